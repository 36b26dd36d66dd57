"""The Google store: what is read of a spreadsheet, what is written, and what each of it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from excel_files import change, plan_workbook
from google_fake import PERSON, GoogleFake, batch_cells, faults
from google_fake.faults import Fault
from google_plans import LANGUAGES, TITLES, TODAY, Sheet, described, made_in
from google_wire import Time, api_of

from okrsheets.edges.google.store import reference
from okrsheets.edges.google.store.cells import cell_of
from okrsheets.edges.google.store.reading import seen
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.store.writing import check_addresses
from okrsheets.orders.sync import Outcome, sync
from okrsheets.words.errors import (
    ChangedBeside,
    ChangedMeanwhile,
    FolderClosed,
    GoogleUnwell,
    NoGoogleFolder,
    NoGoogleSheet,
    NoRoomForSummary,
    NotFound,
    RequestRefused,
    SummaryUnproven,
    WriteUnproven,
)
from okrsheets.words.grid import NOTHING, Address, Area, Cell, Change, Content, Kind
from okrsheets.words.workbook import Entry, Tab, Workbook

BATCH, GET = "sheets.spreadsheets.batchUpdate", "sheets.spreadsheets.get"


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def small(google: GoogleFake) -> Sheet:
    """A tab of ticks and a Summary."""
    sheet = made_in(google, plan_workbook(C4=Entry("stays")))
    google.log.clear()
    return sheet


def urls(google: GoogleFake) -> list[str]:
    return [entry.url for entry in google.log]


IDS = {
    "google:1AbC-d_e": "1AbC-d_e",
    "https://docs.google.com/spreadsheets/d/1AbC-d_e": "1AbC-d_e",
    "https://docs.google.com/spreadsheets/d/1AbC-d_e/edit?gid=0#gid=0": "1AbC-d_e",
    "http://docs.google.com/spreadsheets/u/1/d/1AbC-d_e/edit": "1AbC-d_e",
    "https://docs.google.com/a/example.com/spreadsheets/d/1AbC-d_e/edit": "1AbC-d_e",
}


@pytest.mark.parametrize("text", IDS)
def test_a_sheet_is_meant(text: str) -> None:
    assert reference.is_google(text)
    assert reference.sheet(text) == IDS[text]


@pytest.mark.parametrize(
    "text", ["google", "google:", "google:a/../b", "https://docs.google.com/document/d/1AbC-d_e/edit"]
)
def test_no_sheet_is_meant(text: str) -> None:
    assert reference.is_google(text)
    with pytest.raises(NoGoogleSheet):
        reference.sheet(text)


@pytest.mark.parametrize("text", ["plan.xlsx", "google.xlsx", "https://example.com/d/1", "https://[", "drive/google"])
def test_google_is_not_meant(text: str) -> None:
    assert not reference.is_google(text)


def test_a_folder_is_meant() -> None:
    assert reference.folder("google") is None
    assert reference.folder("google:0B-folder") == "0B-folder"
    assert reference.folder("https://drive.google.com/drive/u/0/folders/0B-folder?resourcekey=1") == "0B-folder"
    for text in ("google:", "https://docs.google.com/spreadsheets/d/1AbC-d_e"):
        with pytest.raises(NoGoogleFolder):
            reference.folder(text)


CELLS: dict[str, tuple[dict[str, Any], Cell]] = {
    "nothing": ({}, NOTHING),
    "only a look": ({"effectiveFormat": {"numberFormat": {"type": "DATE"}}}, NOTHING),
    "a number": (
        {"effectiveValue": {"numberValue": 3}, "userEnteredValue": {"numberValue": 3}},
        Cell(Kind.NUMBER, 3.0),
    ),
    "zero": ({"effectiveValue": {"numberValue": 0}, "userEnteredValue": {"numberValue": 0}}, Cell(Kind.NUMBER, 0.0)),
    "no": (
        {"effectiveValue": {"boolValue": False}, "userEnteredValue": {"boolValue": False}},
        Cell(Kind.BOOLEAN, False),
    ),
    "an empty text": ({"effectiveValue": {"stringValue": ""}, "userEnteredValue": {"stringValue": ""}}, NOTHING),
    "an empty text of a formula": (
        {"effectiveValue": {"stringValue": ""}, "userEnteredValue": {"formulaValue": '=""'}},
        Cell(Kind.TEXT, "", '""'),
    ),
    "a day": (
        {
            "effectiveValue": {"numberValue": 46307},
            "userEnteredValue": {"numberValue": 46307},
            "effectiveFormat": {"numberFormat": {"type": "DATE"}},
        },
        Cell(Kind.NUMBER, 46307.0, dated=True),
    ),
    "a text in the format of days": (
        {
            "effectiveValue": {"stringValue": "soon"},
            "userEnteredValue": {"stringValue": "soon"},
            "effectiveFormat": {"numberFormat": {"type": "DATE_TIME"}},
        },
        Cell(Kind.TEXT, "soon"),
    ),
    "an error": (
        {"effectiveValue": {"errorValue": {"type": "DIVIDE_BY_ZERO"}}, "userEnteredValue": {"formulaValue": "=1/0"}},
        Cell(Kind.ERROR, "#DIV/0!", "1/0"),
    ),
    "an error that nobody knows": (
        {"effectiveValue": {"errorValue": {"type": "NEW"}}, "userEnteredValue": {"formulaValue": "=X()"}},
        Cell(Kind.ERROR, "#ERROR!", "X()"),
    ),
    "not calculated yet": (
        {
            "effectiveValue": {"errorValue": {"type": "LOADING"}},
            "userEnteredValue": {"formulaValue": "=GOOGLEFINANCE(1)"},
        },
        Cell(Kind.UNCALCULATED, None, "GOOGLEFINANCE(1)"),
    ),
    "a formula without a value": ({"userEnteredValue": {"formulaValue": "=A1"}}, Cell(Kind.UNCALCULATED, None, "A1")),
    "filled by a neighbour's formula": ({"effectiveValue": {"numberValue": 2}}, Cell(Kind.NUMBER, 2.0, "")),
    "a link within": (
        {"userEnteredFormat": {"textFormat": {"link": {"uri": "#gid=7&range=B2%3AC3"}}}},
        Cell(Kind.EMPTY, link="Acties!B2:C3"),
    ),
    "a link within, as a page": (
        {
            "effectiveValue": {"stringValue": "look"},
            "userEnteredValue": {"stringValue": "look"},
            "hyperlink": "https://docs.google.com/spreadsheets/d/1x/edit#gid=7&range=B2",
        },
        Cell(Kind.TEXT, "look", link="Acties!B2"),
    ),
    "a link to a tab that is gone": ({"hyperlink": "#gid=8&range=B2"}, NOTHING),
    "a link to the web": ({"hyperlink": "https://example.com/#gid=7&range=B2"}, NOTHING),
}


@pytest.mark.parametrize(("told", "cell"), CELLS.values(), ids=CELLS)
def test_a_cell_is_what_google_tells(told: dict[str, Any], cell: Cell) -> None:
    assert cell_of(told, {7: "Acties"}) == cell


def answer(**more: Any) -> dict[str, Any]:
    """An answer about two tabs, the second a chart."""
    tabs = [
        {"properties": {"title": "A", "sheetType": "GRID", "gridProperties": {"rowCount": 9, "columnCount": 4}}},
        {"properties": {"sheetId": 5, "title": "Chart", "sheetType": "OBJECT"}},
        {"properties": {"sheetId": 6, "title": "B", "gridProperties": {"rowCount": 3, "columnCount": 3}}},
    ]
    return {"sheets": tabs, **more}


def test_names_lead_where_google_says() -> None:
    names = [
        {"name": "okr_open", "range": {"startRowIndex": 1, "endColumnIndex": 2}},
        {"name": "OKR_one", "range": {"sheetId": 6, "startRowIndex": 0, "endRowIndex": 1, "endColumnIndex": 1}},
        {"name": "okr_lost", "range": {"sheetId": 77}},
        {"name": "okr_nowhere"},
        {"name": "budget", "range": {"endRowIndex": 1}},
    ]
    reading = seen(answer(namedRanges=names), "ref", ["Chart"]).reading
    assert reading.names == {
        "okr_open": Area("A", 2, 1, 9, 2),
        "okr_one": Area("B", 1, 1, 1, 1),
        "okr_lost": None,
        "okr_nowhere": None,
    }
    assert (reading.titles, list(reading.grids)) == (("A", "Chart", "B"), ["A", "B"])


def test_names_of_a_copied_tab_are_its_own() -> None:
    place = {"endRowIndex": 1, "endColumnIndex": 1}
    names = [
        {"name": "'B'!okr_x", "range": {"sheetId": 6, **place}},
        {"name": "okr_x", "range": place},
        {"name": "'B'!okr_y", "range": {"sheetId": 6, **place}},
    ]
    reading = seen(answer(namedRanges=names), "ref", ()).reading
    assert reading.names == {"okr_x": Area("A", 1, 1, 1, 1), "okr_y": Area("B", 1, 1, 1, 1)}
    assert reading.copies == ("B",)


def test_what_is_made_is_read_at_once_and_then_asked_for(google: GoogleFake) -> None:
    store = GoogleStore(api_of(google, Time()), None, TITLES)
    assert (store.ref, store.url) == ("google", None)
    assert GoogleStore(api_of(google, Time()), None, folder="F").ref == "google:F"
    store.create(described())
    made = store.read()
    assert google.log.by_method() == {"drive.files.create": 1, BATCH: 1}
    assert store.read() == made
    assert google.log.by_method()[GET] == 1
    assert store.url == f"{store.ref}/edit"
    assert store.warnings == ()


def test_a_sheet_has_the_locale_and_the_time_zone_that_are_asked_for(google: GoogleFake) -> None:
    store = GoogleStore(api_of(google, Time()), None, TITLES, time_zone="Europe/Amsterdam")
    store.create(described("blank", "nl"))
    properties = google.book(store.id)["properties"]
    assert (properties["locale"], properties["timeZone"]) == ("nl_NL", "Europe/Amsterdam")


def test_a_replaced_sheet_keeps_its_address_and_costs_two_calls(google: GoogleFake) -> None:
    sheet = made_in(google, described())
    sheet.owner.add_tab("Notes")
    google.log.clear()
    store = sheet.store()
    store.create(described(code="en"), replace=True)
    assert google.log.by_method() == {GET: 1, BATCH: 1}
    assert store.read().titles == ("Theme", "Objectives", "Actions", "KPIs", "Summary")
    assert store.url == f"https://docs.google.com/spreadsheets/d/{sheet.id}/edit"
    assert len(google.files()) == 1


def test_of_a_sheet_with_other_tabs_ours_are_asked_for_once_they_are_known(google: GoogleFake, small: Sheet) -> None:
    small.owner.add_tab("Notes")
    small.owner.put("Notes!A1", "secret")
    google.log.clear()
    store = small.store()
    first, second = store.read(), store.read()
    assert (first, first.other_tabs) == (second, ("Notes",))
    assert ["ranges=" in url for url in urls(google)] == [False, True]
    assert "secret" not in str(list(google.log)[1].response)
    store.write([change((3, 2), "x")], second)
    assert "secret" not in str(list(google.log)[2].response)


def test_a_renamed_tab_is_found_again(google: GoogleFake, small: Sheet) -> None:
    small.owner.add_tab("Notes")
    store = small.store()
    store.read()
    small.owner.rename_tab("KPI's", "Cijfers")
    google.log.clear()
    assert store.read().titles == ("Cijfers", "Overzicht", "Notes")
    assert ["ranges=" in url for url in urls(google)] == [True, False]


def test_a_name_that_moved_to_an_unknown_tab_is_followed(google: GoogleFake, small: Sheet) -> None:
    small.owner.add_tab("Notes")
    store = small.store()
    store.read()
    small.owner.cut_and_paste("'KPI''s'!A1:A3", "Notes!A1")
    assert store.read() == small.store().read()


def test_trouble_with_known_tabs_is_told(google: GoogleFake, small: Sheet) -> None:
    small.owner.add_tab("Notes")
    store = small.store()
    store.read()
    google.fault(Fault("odd", faults.sheets_error(409, "No", "ABORTED")), GET)
    with pytest.raises(RequestRefused):
        store.read()


def test_cells_side_by_side_go_as_one_block(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    block = [change((row, column), row * column) for row in (5, 6, 7) for column in (2, 3)]
    linked = [change((5, 4), "look", "KPI's!A1"), change((6, 4), "look", "KPI's!A2")]
    store.write([*block, *linked, change((9, 2), "alone")], store.read())
    requests = google.log.bodies()[-1]["requests"]
    shapes = {
        (asked["start"]["rowIndex"], asked["start"]["columnIndex"], len(asked["rows"]), len(asked["rows"][0]["values"]))
        for asked in (request["updateCells"] for request in requests)
    }
    assert shapes == {(4, 1, 3, 2), (8, 1, 1, 1), (4, 3, 2, 1)}
    assert sum("link" in request["updateCells"]["fields"] for request in requests) == 1


def test_looks_and_links_to_the_web_stay_with_another_value(google: GoogleFake, small: Sheet) -> None:
    small.owner.format("Overzicht!B3", "PERCENT", "0%")
    (sheet,) = [s for s in google.book(small.id)["sheets"] if s["properties"]["title"] == "Overzicht"]
    link = {"textFormat": {"bold": True, "link": {"uri": "https://example.com"}}}
    asked = {
        "range": {
            "sheetId": sheet["properties"]["sheetId"],
            "startRowIndex": 2,
            "endRowIndex": 3,
            "startColumnIndex": 1,
            "endColumnIndex": 2,
        },
        "cell": {"userEnteredFormat": link},
        "fields": "userEnteredFormat.textFormat",
    }
    api_of(google, Time(), token=google.token(PERSON)).batch_update(small.id, {"requests": [{"repeatCell": asked}]})
    before = text_format(google, small.id)
    assert before.items() >= link["textFormat"].items()
    store = small.store()
    store.write([change((3, 2), 0.5)], store.read())
    assert small.owner.shown("Overzicht!B3") == "50%"
    assert text_format(google, small.id) == before


def text_format(google: GoogleFake, id: str) -> dict[str, Any]:
    """That of B3 on the Summary."""
    cell = google.book(id, grid=True)["sheets"][1]["data"][0]["rowData"][2]["values"][1]
    return dict(cell["userEnteredFormat"]["textFormat"])


def test_what_the_owner_did_between_reading_and_writing_is_told_and_untouched(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    small.owner.insert_rows("Overzicht", 1)
    small.owner.put("'KPI''s'!B2", "theirs")
    with pytest.raises(ChangedBeside) as error:
        store.write([change((3, 2), "ours")], reading)
    assert error.value.exit_code == 75
    assert small.owner.value("'KPI''s'!B2") == "theirs"
    assert google.log.by_method() == {GET: 1, BATCH: 1}


def test_a_tab_that_is_gone_by_now_is_no_bug(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    small.owner.delete_tab("Overzicht")
    with pytest.raises(ChangedMeanwhile):
        store.write([change((3, 2), "ours")], reading)


def test_a_batch_that_is_refused_though_nothing_changed_is_told(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    google.fault(Fault("wrong", faults.sheets_error(400, "Invalid requests[0].updateCells: no")), BATCH)
    with pytest.raises(RequestRefused):
        store.write([change((3, 2), "ours")], reading)


def test_a_locked_summary_is_told_as_that(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    message = "Invalid requests[0].updateCells: You are trying to edit a protected cell or object."
    google.fault(Fault("locked", faults.sheets_error(400, message)), BATCH)
    with pytest.raises(NoRoomForSummary) as error:
        store.write([change((3, 2), "ours")], reading)
    assert error.value.facts["where"] == "Overzicht!B3"


def test_another_value_than_the_one_written_is_told(google: GoogleFake, small: Sheet) -> None:
    """Google is not known to change a typed value; if it ever does, nobody is left in the belief that all is well."""
    store = small.store()
    reading = store.read()
    now = google.book(small.id, grid=True)
    google.fault(Fault("other", faults.Answer(200, {"updatedSpreadsheet": now})), BATCH)
    with pytest.raises(SummaryUnproven) as error:
        store.write([change((3, 2), "ours"), change((9, 9), "")], reading)
    assert error.value.facts["where"] == "Overzicht!B3"


def test_a_cell_that_a_formula_fills_is_not_written_over(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    now = google.book(small.id, grid=True)
    now["sheets"][1]["data"][0]["rowData"][0]["values"][0].pop("userEnteredValue")
    google.fault(Fault("filled", faults.Answer(200, now)), GET, times=1)
    with pytest.raises(NoRoomForSummary):
        store.write([change((1, 1), "ours")], store.read())


def test_a_refusal_that_is_about_nothing_known_is_told_as_it_is(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    google.fault(Fault("odd", faults.sheets_error(409, "No", "ABORTED")), BATCH)
    with pytest.raises(RequestRefused):
        store.write([change((5, 2), 1)], reading)


def test_a_new_sheet_that_does_not_hold_what_was_described_is_taken_away_again(
    google: GoogleFake, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = batch_cells.write_cell

    def carelessly(tab: Any, row: int, column: int, source: Any, fields: str) -> None:
        text = source.get("userEnteredValue", {}).get("stringValue", "")
        write(tab, row, column, {"userEnteredValue": {"stringValue": text + " "}} if text else source, fields)

    monkeypatch.setattr(batch_cells, "write_cell", carelessly)
    with pytest.raises(WriteUnproven, match="does not read back"):
        made_in(google)
    assert google.files() == []


def test_a_link_needs_its_tab(small: Sheet) -> None:
    store = small.store()
    with pytest.raises(NoRoomForSummary):
        store.write([change((3, 2), "look", "Elders!A1")], store.read())


def test_only_the_summary_is_ever_addressed(google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    reading = store.read()
    with pytest.raises(ValueError, match="Summary"):
        store.write([Change(Address("KPI's", 2, 2), Content(), Content("ours"))], reading)
    assert google.log.by_method() == {GET: 1}


START = {"sheetId": 1002, "rowIndex": 0, "columnIndex": 0}
ELSEWHERE = {
    "another tab": {"updateCells": {"start": {**START, "sheetId": 1001}, "rows": [], "fields": "userEnteredValue"}},
    "all of a cell": {"updateCells": {"start": START, "rows": [], "fields": "*"}},
    "a range": {"updateCells": {"range": {"sheetId": 1001}, "start": START, "rows": [], "fields": "userEnteredValue"}},
    "a row less": {"deleteDimension": {"range": {"sheetId": 1002, "dimension": "ROWS", "startIndex": 0}}},
    "two things": {
        "updateCells": {"start": START, "rows": [], "fields": "userEnteredValue"},
        "deleteSheet": {"sheetId": 1001},
    },
}


@pytest.mark.parametrize("request_body", ELSEWHERE.values(), ids=ELSEWHERE)
def test_nothing_else_can_be_asked(request_body: dict[str, Any]) -> None:
    check_addresses([{"updateCells": {"start": START, "rows": [], "fields": "userEnteredValue"}}], {1002})
    with pytest.raises(ValueError, match="Summary"):
        check_addresses([request_body], {1002})


def test_a_sheet_that_is_yet_to_be_made_has_nothing_to_read(google: GoogleFake) -> None:
    with pytest.raises(NotFound):
        GoogleStore(api_of(google, Time())).read()


@pytest.mark.parametrize("call", [GET, BATCH])
def test_half_an_answer_is_no_answer(call: str, google: GoogleFake, small: Sheet) -> None:
    store = small.store()
    google.fault(Fault("nothing in it", faults.Answer(200, {})), call)
    with pytest.raises(GoogleUnwell):
        store.write([change((3, 2), "ours")], store.read())


@pytest.mark.parametrize("fault", [faults.missing(), faults.not_shared()])
def test_a_folder_that_is_out_of_reach_is_named(fault: Fault, google: GoogleFake) -> None:
    google.fault(fault, "drive.files.create")
    with pytest.raises(FolderClosed) as error:
        GoogleStore(api_of(google, Time()), folder="0B-folder").create(described())
    assert error.value.facts["ref"] == "0B-folder"


def test_a_making_that_is_interrupted_leaves_nothing(google: GoogleFake, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    api = api_of(google, Time())
    monkeypatch.setattr(api, "batch_update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        GoogleStore(api).create(described())
    assert (google.files(), google.log.count("create")) == ([], 1)


def test_a_formula_that_changes_by_itself_is_no_edit(google: GoogleFake) -> None:
    """What a formula comes to may depend on the hour, or on the Summary that is being written."""
    sheet = made_in(google, plan_workbook())
    sheet.owner.type("'KPI''s'!C3", "=Overzicht!B3*2")
    store = sheet.store()
    store.write([change((3, 2), 21)], store.read())
    assert sheet.owner.value("'KPI''s'!C3") == 42


def test_a_sync_costs_two_calls_and_one_where_nothing_changed(google: GoogleFake) -> None:
    sheet = made_in(google)
    google.log.clear()
    assert sync(sheet.store(), TODAY, LANGUAGES).outcome is Outcome.SYNCED
    assert google.log.by_method() == {GET: 1, BATCH: 1}
    assert sync(sheet.store(), TODAY, LANGUAGES).outcome is Outcome.UNCHANGED
    assert google.log.by_method() == {GET: 2, BATCH: 1}


def test_a_workbook_without_a_summary_is_read(google: GoogleFake) -> None:
    tab = Tab("Acties", {(1, 1): Entry("id")}, "1F6F6B")
    store = made_in(google, Workbook("Plan", (tab,), {"okr_actions_id": Area("Acties", 1, 1, 1, 1)})).store()
    reading = store.read()
    with pytest.raises(ValueError, match="Summary"):
        store.write([change((1, 1), "x", tab="Acties")], reading)
