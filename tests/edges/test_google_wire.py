"""The calls of Google, one by one, against the stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from google_fake import SHEET, GoogleFake
from google_wire import Time, api_of

from okrsheets.edges.google.wire.api import Changes, GoogleApi

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SHEET_FIELDS = "properties(title,locale),sheets(properties(sheetId,title))"


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(now=NOW) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def api(google: GoogleFake, time: Time) -> GoogleApi:
    return api_of(google, time, token=google.token("anna@example.com"))


def test_a_spreadsheet_is_read_and_changed(google: GoogleFake, api: GoogleApi) -> None:
    sheet = {"properties": {"sheetId": 1001, "title": "Sheet1"}}
    id = google.seed_book({"properties": {"title": "Plan", "locale": "nl_NL"}, "sheets": [sheet]}, "anna@example.com")
    cells = {"rows": [{"values": [{"userEnteredValue": {"numberValue": 1.5}}]}], "fields": "userEnteredValue"}
    start = {"sheetId": 1001, "rowIndex": 0, "columnIndex": 0}
    request = {"updateCells": {**cells, "start": start}}
    body = {"requests": [request], "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
    answer = api.batch_update(id, body, fields="updatedSpreadsheet(properties(title))")
    assert answer == {"updatedSpreadsheet": {"properties": {"title": "Plan"}}}
    seen = api.get_spreadsheet(id, fields="sheets(data(rowData(values(effectiveValue))))", ranges=["Sheet1!A1:B2"])
    value = {"effectiveValue": {"numberValue": 1.5}}
    assert seen["sheets"][0]["data"][0]["rowData"][0]["values"][0] == value
    assert api.get_spreadsheet(id, fields="properties(locale)") == {"properties": {"locale": "nl_NL"}}
    assert api.calls == {"batch_update": 1, "write": 1, "get_spreadsheet": 2, "read": 2}


def test_a_file_is_made_found_renamed_shared_and_deleted(google: GoogleFake, api: GoogleApi) -> None:
    id = api.create_file({"name": "Plan", "mimeType": SHEET, "appProperties": {"okrsheets": "u1"}})["id"]
    query = "appProperties has { key='okrsheets' and value='u1' } and trashed = false"
    assert api.find_files(query, "id,name") == [{"id": id, "name": "Plan"}]
    api.update_file(id, {"name": "Plan 2"})
    assert api.file(id, "name,version")["name"] == "Plan 2"
    api.share(id, "bo@example.com")
    roles = {item.get("emailAddress"): item["role"] for item in google.file(id).permissions}
    assert roles["bo@example.com"] == "writer"
    api.delete_file(id)
    assert google.files() == []
    api.delete_file(id)
    assert api.calls["drive"] == 7


def test_the_feed_tells_what_changed_and_what_is_gone(google: GoogleFake, api: GoogleApi) -> None:
    kept, lost = (api.create_file({"name": name, "mimeType": SHEET})["id"] for name in ("a", "b"))
    token = api.start_page_token()
    assert api.changes(token) == Changes((), (), token)
    google.person(kept).type("Sheet1!A1", "x")
    api.delete_file(lost)
    told = api.changes(token)
    assert (told.file_ids, told.removed) == ((kept,), (lost,))
    assert api.changes(told.next_token).file_ids == ()


def test_long_lists_come_in_pages(google: GoogleFake, api: GoogleApi) -> None:
    token = api.start_page_token()
    ids = {google.seed_values({"A": []}, owner="anna@example.com") for _ in range(1001)}
    found = api.find_files("trashed = false", "id")
    assert {file["id"] for file in found} == ids
    assert api.calls["find_files"] == 2
    assert set(api.changes(token).file_ids) == ids
    assert api.calls["changes"] == 2


def test_an_id_cannot_lead_elsewhere(google: GoogleFake, api: GoogleApi) -> None:
    with pytest.raises(Exception, match=r"not there"):
        api.file("../about?x=", "id")
    assert [entry.url.partition("?")[0] for entry in google.log] == ["/drive/v3/files/..%2Fabout%3Fx%3D"]
