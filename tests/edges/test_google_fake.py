"""The stand-in for Google: what its own recordings do not say is held here, to documentation and reports of users."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from google_calls import Calls, Json
from google_fake import ROBOT, SCOPE, SHEET, GoogleFake, Refusal
from google_fake.formats import show_number
from google_fake.locales import LOCALES
from google_fake.typed import read_typed

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(now=NOW) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def calls(google: GoogleFake) -> Calls:
    return Calls(google)


def cell(**fields: Any) -> Json:
    return {"values": [{"userEnteredValue": fields}]}


def box(sheet: int, top: int, bottom: int, left: int, right: int) -> Json:
    edges = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": sheet, **edges}


@pytest.mark.parametrize(
    ("locale", "text", "value", "shown"),
    [
        ("en_US", "1,250.5", 1250.5, "1,250.50"),
        ("en_US", "1,5", "1,5", "1,5"),
        ("en_US", "45%", 0.45, "45%"),
        ("en_US", "$1,250", 1250, "$1,250"),
        ("en_US", "11/23/2026", 46349, "11/23/2026"),
        ("en_US", "true", True, "TRUE"),
        ("nl_NL", "12,5", 12.5, "12,5"),
        ("nl_NL", "12.5", 46154, "12.5"),
        ("nl_NL", "12.50", "12.50", "12.50"),
        ("nl_NL", "1.234", 1234, "1.234"),
        ("nl_NL", "1.234,50", 1234.5, "1.234,50"),
        ("nl_NL", "45 %", 0.45, "45%"),
        ("nl_NL", "12,5%", 0.125, "12,50%"),
        ("nl_NL", "€ 1.250", 1250, "€ 1.250"),
        ("nl_NL", "23-11-2026", 46349, "23-11-2026"),
        ("nl_NL", "31-2-2026", "31-2-2026", "31-2-2026"),
        ("nl_NL", "waar", True, "WAAR"),
        ("nl_NL", "n.v.t.", "n.v.t.", "n.v.t."),
        ("nl_NL", "-", "-", "-"),
        ("nl_NL", "'0042", "0042", "0042"),
        ("nl_NL", "0042", 42, "42"),
        ("nl_NL", "1e5", 100000, "1,00E+05"),
        ("nl_NL", "=1/4", 0.25, "0,25"),
        ("nl_NL", "=1/0", "#DIV/0!", "#DIV/0!"),
        ("nl_NL", "=NVT()", "#NAME?", "#NAME?"),
        ("nl_NL", "=SUM(1,5;2)", 3.5, "3,5"),
        ("nl_NL", "=SUM(A1,A2)", "#ERROR!", "#ERROR!"),
        ("nl_NL", "=1.5+1", "#ERROR!", "#ERROR!"),
        ("en_US", "=SUM(1,2;3)", 6, "6"),
        ("en_US", '=IF(2>1;"a b";0)', "a b", "a b"),
        ("de_DE", "1.234,5", 1234.5, "1.234,50"),
        ("de_DE", "12.5", 46154, "12.5"),
        ("de_DE", "falsch", False, "FALSCH"),
        ("de_DE", "1.250 €", 1250, "1.250 €"),
        ("fr_FR", "1 234,5", 1234.5, "1\u202f234,50"),
        ("fr_FR", "12.5", "12.5", "12.5"),
        ("fr_FR", "VRAI", True, "VRAI"),
        ("fr_FR", "2026-11-23", 46349, "2026-11-23"),
    ],
)
def test_typed_text_is_read_and_shown_in_the_locale_of_the_sheet(
    google: GoogleFake, calls: Calls, locale: str, text: str, value: Any, shown: str
) -> None:
    id = google.seed_values({"KPI": [[]]}, locale)
    google.person(id).type("KPI!B2", text)
    assert calls.values(id, "KPI!B2") == [[shown]]
    [[given]] = calls.values(id, "KPI!B2", valueRenderOption="UNFORMATTED_VALUE")
    assert (given, type(given)) == (value, type(value))


@pytest.mark.parametrize(
    ("number", "pattern", "locale", "shown"),
    [
        (0.456, "0%", "nl_NL", "46%"),
        (1234567.891, "#,##0.00", "nl_NL", "1.234.567,89"),
        (1234567.891, "#,##0.00", "fr_FR", "1\u202f234\u202f567,89"),
        (-1250, "€ #,##0;-€ #,##0", "nl_NL", "-€ 1.250"),
        (-0.001, "0.0", "en_US", "0.0"),
        (0.5, "0", "en_US", "1"),
        (2.5, "0.##", "en_US", "2.5"),
        (0.25, "#.00", "en_US", ".25"),
        (12, '0 "weken"', "nl_NL", "12 weken"),
        (1234.5, "[$€] #,##0.00", "de_DE", "€ 1.234,50"),
        (12345, "0.00E+00", "nl_NL", "1,23E+04"),
        (1 / 3, "", "nl_NL", "0,3333333333"),
        (1e20, "", "en_US", "1.00000E+20"),
    ],
)
def test_a_number_is_shown_under_its_pattern(number: float, pattern: str, locale: str, shown: str) -> None:
    number_format = {"type": "NUMBER", "pattern": pattern} if pattern else {}
    assert show_number(number, number_format, LOCALES[locale]) == shown


@pytest.mark.parametrize(
    ("serial", "pattern", "shown"),
    [
        (46349, "d-m-yyyy", "23-11-2026"),
        (46349, "dd mmm yy", "23 nov 26"),
        (46349.75, "yyyy-mm-dd hh:mm", "2026-11-23 18:00"),
        (46349.75, "h:mm AM/PM", "6:00 PM"),
        (1.5, "[h]:mm", "36:00"),
    ],
)
def test_a_day_is_shown_under_its_pattern(serial: float, pattern: str, shown: str) -> None:
    assert show_number(serial, {"type": "DATE", "pattern": pattern}, LOCALES["nl_NL"]) == shown


def test_a_written_text_is_never_read() -> None:
    assert read_typed("'=1+1", LOCALES["nl_NL"], 2026).value == {"stringValue": "=1+1"}


def test_everything_a_quarter_needs_is_made_in_two_calls_and_answered_as_kept(google: GoogleFake, calls: Calls) -> None:
    id = calls.create(
        {
            "properties": {"title": "Q4", "locale": "nl_NL", "timeZone": "Europe/Amsterdam"},
            "sheets": [
                {
                    "properties": {
                        "sheetId": 11,
                        "title": "Actions",
                        "gridProperties": {"rowCount": 40, "columnCount": 20},
                    }
                },
                {"properties": {"sheetId": 12, "title": "Summary", "tabColorStyle": {"rgbColor": {"green": 1}}}},
            ],
        }
    )
    text = {"foregroundColor": {"red": 1}, "bold": True}
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=$D2"}]}
    series = {"series": {"sourceRange": {"sources": [box(12, 0, 5, 1, 2)]}}, "targetAxis": "LEFT_AXIS"}
    answer = calls.batch(
        id,
        {
            "updateCells": {
                "start": {"sheetId": 11},
                "rows": [cell(stringValue="=no formula")],
                "fields": "userEnteredValue",
            }
        },
        {
            "repeatCell": {
                "range": box(11, 0, 1, 0, 20),
                "cell": {"userEnteredFormat": {"textFormat": text}},
                "fields": "*",
            }
        },
        {
            "setDataValidation": {
                "range": box(11, 1, 40, 3, 16),
                "rule": {"condition": {"type": "BOOLEAN"}, "strict": True},
            }
        },
        {"addNamedRange": {"namedRange": {"namedRangeId": "n1", "name": "okr_ticks", "range": box(11, 1, 40, 3, 16)}}},
        {
            "addConditionalFormatRule": {
                "rule": {
                    "ranges": [box(11, 1, 40, 0, 20)],
                    "booleanRule": {"condition": condition, "format": {"backgroundColor": {"green": 1}}},
                },
                "index": 0,
            }
        },
        {
            "addBanding": {
                "bandedRange": {
                    "range": box(11, 0, 40, 0, 20),
                    "rowProperties": {"firstBandColor": {"red": 1}, "secondBandColor": {"blue": 1}},
                }
            }
        },
        {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 12}, "warningOnly": True}}},
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 11, "gridProperties": {"frozenRowCount": 1}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
        {
            "updateDimensionProperties": {
                "range": {"sheetId": 11, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1},
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
        {"addDimensionGroup": {"range": {"sheetId": 11, "dimension": "ROWS", "startIndex": 2, "endIndex": 5}}},
        {"mergeCells": {"range": box(12, 0, 1, 0, 4), "mergeType": "MERGE_ALL"}},
        {
            "addChart": {
                "chart": {
                    "chartId": 7,
                    "spec": {"basicChart": {"chartType": "LINE", "series": [series]}},
                    "position": {"overlayPosition": {"anchorCell": {"sheetId": 12, "rowIndex": 8}}},
                }
            }
        },
        {
            "createDeveloperMetadata": {
                "developerMetadata": {
                    "metadataKey": "okrsheets",
                    "metadataValue": "1",
                    "visibility": "DOCUMENT",
                    "location": {"sheetId": 11},
                }
            }
        },
        includeSpreadsheetInResponse=True,
        responseIncludeGridData=True,
        responseRanges=["Actions!A1:B1"],
    )
    [actions] = answer["updatedSpreadsheet"]["sheets"]
    [row] = actions["data"][0]["rowData"]
    assert "userEnteredValue" not in row["values"][0], "a format with fields * clears the value"
    kept = calls.get(id)
    assert kept["properties"]["locale"] == "nl_NL"
    actions, summary = kept["sheets"]
    assert actions["properties"]["gridProperties"]["frozenRowCount"] == 1
    assert {"conditionalFormats", "bandedRanges", "rowGroups"} < actions.keys()
    assert summary["protectedRanges"][0]["warningOnly"] is True
    assert "editors" not in summary["protectedRanges"][0]
    assert summary["properties"]["tabColor"] == {"green": 1}
    assert summary["charts"][0]["chartId"] == 7
    assert kept["namedRanges"] == [{"namedRangeId": "n1", "name": "okr_ticks", "range": box(11, 1, 40, 3, 16)}]
    assert kept["developerMetadata"][0]["location"] == {"locationType": "SHEET", "sheetId": 11}
    assert calls.values(id, "Actions") == []
    assert google.log.count("create") == 1


def test_a_batch_is_all_or_nothing(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [["old"]]})
    sheet = calls.get(id)["sheets"][0]["properties"]["sheetId"]
    fine = {
        "updateCells": {
            "range": box(sheet, 0, 1, 0, 1),
            "rows": [cell(stringValue="new")],
            "fields": "userEnteredValue",
        }
    }
    bad = {"updateCells": {"range": box(404, 0, 1, 0, 1), "rows": [], "fields": "userEnteredValue"}}
    error = calls.batch(id, fine, bad, status=400)["error"]
    assert error["message"] == "Invalid requests[1].updateCells: No grid with id: 404"
    assert calls.values(id, "A!A1") == [["old"]]
    version = google.file(id).version
    calls.batch(id, fine)
    assert calls.values(id, "A!A1") == [["new"]]
    assert google.file(id).version == version + 1


@pytest.mark.parametrize(
    ("request_", "complaint"),
    [
        ({"addSheet": {"properties": {"title": "a"}}}, 'A sheet with the name "a" already exists'),
        ({"addNamedRange": {"namedRange": {"name": "x", "range": {}}}}, "No grid with id: 0"),
        ({"addNamedRange": {"namedRange": {"name": "KPI1", "range": {"sheetId": 5}}}}, "Invalid name"),
        ({"addNamedRange": {"namedRange": {"name": "taken", "range": {"sheetId": 5}}}}, "already exists"),
        ({"updateCells": {"range": box(5, 0, 1, 0, 1), "rows": []}}, "At least one field must be listed in 'fields'"),
        ({"updateCells": {"range": box(5, 0, 1, 0, 1), "rows": [], "fields": "nonsense"}}, "no field 'nonsense'"),
        (
            {"updateCells": {"start": {"sheetId": 5, "rowIndex": 3}, "rows": [cell(boolValue=True)], "fields": "*"}},
            "Attempting to write row: 3, beyond the last requested row of: 2",
        ),
        ({"repeatCell": {"range": box(5, 0, 9, 0, 1), "cell": {}, "fields": "*"}}, "exceeds grid limits"),
        (
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": 5, "gridProperties": {"frozenRowCount": 3}},
                    "fields": "gridProperties.frozenRowCount",
                }
            },
            "You can't freeze all visible rows",
        ),
        ({"deleteSheet": {"sheetId": 5}}, "You can't remove all the sheets in a document."),
        (
            {"setDataValidation": {"range": {"sheetId": 5}, "rule": {"condition": {"type": "ONE_OF_LIST"}}}},
            "takes 1 to",
        ),
        (
            {
                "addConditionalFormatRule": {
                    "rule": {
                        "ranges": [{"sheetId": 5}],
                        "booleanRule": {"condition": {"type": "BLANK"}, "format": {"textFormat": {"fontSize": 9}}},
                    }
                }
            },
            "Only bold, italic",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_as_google_says_it(
    google: GoogleFake, calls: Calls, request_: Json, complaint: str
) -> None:
    grid = {"rowCount": 3, "columnCount": 3}
    named = {"name": "taken", "range": {"sheetId": 5}}
    id = google.seed_book(
        {"sheets": [{"properties": {"sheetId": 5, "title": "A", "gridProperties": grid}}], "namedRanges": [named]}
    )
    error = calls.batch(id, request_, status=400)["error"]
    assert complaint in error["message"]
    assert error["status"] == "INVALID_ARGUMENT"


def test_an_unknown_field_is_refused_and_kept_as_a_violation(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [[1]]})
    error = calls.batch(id, {"addSheet": {"properties": {"tittle": "x"}}}, status=400)["error"]
    assert "Unknown name \"tittle\" at 'requests[0].addSheet.properties'" in error["message"]
    [violation] = google.violations
    assert "SheetProperties has no such field" in violation
    google.violations.clear()


def test_ranges_follow_what_a_person_does(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"Actions": [["id", "title"], ["a-1", "Call"], ["a-2", "Mail"], ["a-3", "Post"]]})
    sheet = calls.get(id)["sheets"][0]["properties"]["sheetId"]
    calls.batch(id, {"addNamedRange": {"namedRange": {"name": "rows", "range": box(sheet, 1, 4, 0, 2)}}})
    person = google.person(id)
    person.insert_rows("Actions", 3, 2)
    person.insert_columns("Actions", 1)
    assert calls.values(id, "rows") == [["a-1", "Call"], [], [], ["a-2", "Mail"], ["a-3", "Post"]]
    person.delete_rows("Actions", 3, 2)
    person.rename_tab("Actions", "Acties van ons")
    person.sort("'Acties van ons'!B2:C4", 2)
    assert calls.values(id, "rows") == [["a-1", "Call"], ["a-2", "Mail"], ["a-3", "Post"]]
    read = calls.ask("GET", f"/v4/spreadsheets/{id}/values:batchGet", ranges=["rows"])
    assert read["valueRanges"][0]["range"] == "'Acties van ons'!B2:C4"
    person.delete_rows("Acties van ons", 2, 3)
    assert "namedRanges" not in calls.get(id)


def test_cells_are_read_by_the_id_of_their_tab(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"Actions": [["a-1", True, 0.45]]}, "nl_NL")
    sheet = calls.get(id, fields="sheets.properties.sheetId")["sheets"][0]["properties"]["sheetId"]
    google.person(id).rename_tab("Actions", "Acties")
    asked = {"dataFilters": [{"gridRange": {"sheetId": sheet}}], "valueRenderOption": "UNFORMATTED_VALUE"}
    read = calls.ask("POST", f"/v4/spreadsheets/{id}/values:batchGetByDataFilter", asked)
    assert read["valueRanges"][0]["valueRange"]["values"] == [["a-1", True, 0.45]]
    assert read["valueRanges"][0]["dataFilters"] == asked["dataFilters"]
    gone = {"dataFilters": [{"gridRange": {"sheetId": 9}}]}
    error = calls.ask("POST", f"/v4/spreadsheets/{id}/values:batchGetByDataFilter", gone, 400)["error"]
    assert error["message"] == "Invalid dataFilter[0]: No grid with id: 9"
    assert google.log.count("read") == 3
    assert google.log.count("write") == 0


def test_an_error_in_a_cell_tells_its_kind_only_as_effective_value(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"KPI": [[]]}, "nl_NL")
    google.person(id).type("KPI!A1", "=NA()")
    assert calls.values(id, "KPI!A1", valueRenderOption="UNFORMATTED_VALUE") == [["#N/A"]]
    mask = "sheets.data.rowData.values.effectiveValue"
    shown = calls.get(id, ranges="KPI!A1", fields=mask)["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert shown == [{"effectiveValue": {"errorValue": {"type": "N_A"}}}]


def test_a_checkbox_is_true_false_or_never_touched(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"Actions": [["x"]]}, "nl_NL")
    sheet = calls.get(id)["sheets"][0]["properties"]["sheetId"]
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    calls.batch(id, {"setDataValidation": {"range": box(sheet, 1, 5, 0, 1), "rule": rule}})
    person = google.person(id)
    person.tick("Actions!A2")
    person.tick("Actions!A3", False)
    person.paste("Actions!A5", ["ja"])
    with pytest.raises(Refusal):
        person.type("Actions!A4", "ja")
    raw = calls.values(id, "Actions!A2:A5", valueRenderOption="UNFORMATTED_VALUE")
    assert raw == [[True], [False], [], ["ja"]]
    assert calls.values(id, "Actions!A2:A5") == [["WAAR"], ["ONWAAR"], [], ["ja"]]


def test_a_number_typed_into_a_percentage_is_one(google: GoogleFake) -> None:
    id = google.seed_values({"KPI": [[]]}, "nl_NL")
    person = google.person(id)
    person.format("KPI!A1", "PERCENT", "0%")
    person.type("KPI!A1", "45")
    assert (person.value("KPI!A1"), person.shown("KPI!A1")) == (0.45, "45%")


def test_files_are_found_by_their_own_properties(google: GoogleFake, calls: Calls) -> None:
    body = {"name": "Q4's plan", "mimeType": SHEET, "appProperties": {"okrsheets": "u-1"}}
    id = calls.ask("POST", "/drive/v3/files", body, supportsAllDrives="true")["id"]
    google.seed_values({"A": []})
    found = calls.ask(
        "GET", "/drive/v3/files", q="appProperties has { key='okrsheets' and value='u-1' } and trashed = false"
    )
    assert found["files"] == [{"kind": "drive#file", "id": id, "name": "Q4's plan", "mimeType": SHEET}]
    assert calls.ask("GET", "/drive/v3/files", q=r"name = 'Q4\'s plan' and not trashed = true")["files"]
    assert calls.ask("GET", "/drive/v3/files", q="name contains 'zz' or mimeType = 'text/plain'")["files"] == []
    calls.ask("PATCH", f"/drive/v3/files/{id}", {"appProperties": {"okrsheets": None}, "trashed": True})
    assert calls.ask("GET", "/drive/v3/files", q="trashed=true", fields="files/appProperties") == {"files": [{}]}
    calls.ask("GET", "/drive/v3/files", status=400, q="name is 'x'")


def test_the_feed_tells_each_changed_file_once_also_those_one_changed_oneself(google: GoogleFake, calls: Calls) -> None:
    ids = [google.seed_values({"A": [[n]]}) for n in range(3)]
    token = calls.ask("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    calls.write(ids[0], "A!A1", [[7]])
    google.person(ids[2]).type("A!A1", "8")
    google.person(ids[2]).type("A!A1", "9")
    first = calls.ask("GET", "/drive/v3/changes", pageToken=token, pageSize=1)
    second = calls.ask("GET", "/drive/v3/changes", pageToken=first["nextPageToken"], pageSize=1000)
    assert [change["fileId"] for page in (first, second) for change in page["changes"]] == [ids[0], ids[2]]
    assert calls.ask("GET", "/drive/v3/changes", pageToken=second["newStartPageToken"])["changes"] == []
    google.delay_drive(180)
    google.person(ids[1]).type("A!A1", "10")
    assert calls.ask("GET", "/drive/v3/changes", pageToken=second["newStartPageToken"])["changes"] == []
    google.clock.advance(181)
    calls.ask("DELETE", f"/drive/v3/files/{calls.create({})}", status=204)
    late = calls.ask("GET", "/drive/v3/changes", pageToken=second["newStartPageToken"])
    assert [change["fileId"] for change in late["changes"]] == [ids[1]]


def test_drive_runs_behind_the_edits(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [[1]]})
    before = calls.ask("GET", f"/drive/v3/files/{id}", fields="version,modifiedTime")
    google.delay_drive(180)
    google.person(id).type("A!A1", "2")
    assert calls.ask("GET", f"/drive/v3/files/{id}", fields="version,modifiedTime") == before
    google.clock.advance(180)
    after = calls.ask("GET", f"/drive/v3/files/{id}", fields="version,modifiedTime")
    assert int(after["version"]) > int(before["version"])
    assert after["modifiedTime"] == "2026-11-23T08:00:00.000Z"


def test_the_feed_tells_of_deleted_files_and_of_lost_ones(google: GoogleFake, calls: Calls) -> None:
    lost, deleted = google.seed_values({"A": []}), calls.create({})
    token = calls.ask("GET", "/drive/v3/changes/startPageToken")["startPageToken"]
    google.unshare(lost, ROBOT)
    google.person(lost).type("A1", "unseen")
    calls.ask("DELETE", f"/drive/v3/files/{deleted}", status=204)
    changes = calls.ask("GET", "/drive/v3/changes", pageToken=token)["changes"]
    assert [(change["fileId"], change["removed"]) for change in changes] == [(lost, True), (deleted, True)]
    assert calls.ask("GET", "/drive/v3/changes", pageToken=token, includeRemoved="false")["changes"] == []


def test_a_narrow_scope_sees_only_the_files_of_its_application(google: GoogleFake) -> None:
    foreign = google.seed_values({"A": [[1]]})
    calls = Calls(google, google.token("anna@example.com", SCOPE + "drive.file", app="okrsheets"))
    own = calls.create({"properties": {"title": "mine"}})
    calls.ask("GET", f"/v4/spreadsheets/{foreign}", status=404)
    assert [file["id"] for file in calls.ask("GET", "/drive/v3/files")["files"]] == [own]
    stranger = Calls(google, google.token("bob@example.com"))
    assert stranger.ask("GET", f"/v4/spreadsheets/{own}", status=403)["error"]["status"] == "PERMISSION_DENIED"
    google.share(own, "bob@example.com", "reader")
    stranger.get(own)
    stranger.write(own, "A1", [[1]], status=403)


def test_a_service_account_owns_files_only_in_a_shared_drive(google: GoogleFake, calls: Calls) -> None:
    google.world.service_accounts_have_storage = False
    body: Json = {"name": "x", "mimeType": SHEET}
    error = calls.ask("POST", "/drive/v3/files", body, 403)["error"]
    assert error["errors"][0]["reason"] == "storageQuotaExceeded"
    calls.ask("POST", "/v4/spreadsheets", {}, 403)
    team = google.shared_drive(ROBOT)
    calls.ask("POST", "/drive/v3/files", {**body, "parents": [team]}, supportsAllDrives="true")


def test_an_uploaded_workbook_is_there_as_a_sheet(google: GoogleFake, calls: Calls, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "KPI's"
    book.active.append(["Name", date(2026, 11, 23), 0.45, True, "=1+1", "#N/A"])
    book.active["C1"].number_format = "0%"
    book.active["B1"].number_format = "d-m-yyyy"
    book.active.merge_cells("A3:B3")
    book.defined_names["okr_kpi"] = openpyxl.workbook.defined_name.DefinedName(
        "okr_kpi", attr_text="'KPI''s'!$A$1:$D$1"
    )
    book.save(tmp_path / "plan.xlsx")
    id = google.upload_xlsx(tmp_path / "plan.xlsx", locale="nl_NL")
    google.share(id, ROBOT)
    assert calls.values(id, "okr_kpi") == [["Name", "23-11-2026", "45%", "WAAR"]]
    raw = calls.values(id, "okr_kpi", valueRenderOption="UNFORMATTED_VALUE")
    assert raw == [["Name", 46349, 0.45, True]]
    assert calls.values(id, "'KPI''s'!E1:F1", valueRenderOption="FORMULA") == [["=1+1", "=#N/A"]]
    assert google.person(id).value("'KPI''s'!F1") == "#N/A"
    assert len(calls.get(id)["sheets"][0]["merges"]) == 1


def test_it_starts_from_a_shell_and_says_where_it_is() -> None:
    line = [sys.executable, "-m", "tests.google_fake", "--port", "0"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("http://127.0.0.1:")
        finally:
            process.terminate()
        assert process.wait(10) == 0
