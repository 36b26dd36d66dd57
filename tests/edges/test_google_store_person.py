"""What people do to a spreadsheet between two syncs: everything is found again, or told; nothing of theirs is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from google_fake import GoogleFake
from google_plans import LANGUAGES, START, TODAY, Sheet, described, made_in, place

from okrsheets.orders.sync import Outcome, sync
from okrsheets.words.errors import NoRoomForSummary, PlanDamaged, SummaryReshaped
from okrsheets.words.grid import a1
from okrsheets.words.period import Week
from okrsheets.words.plan import CheckIns
from okrsheets.words.report import Report
from okrsheets.words.snapshot import Snapshot

WEEK = Week.of(START)
FILLED = CheckIns(
    values={"K1": {WEEK: 4.0}},
    ticks={"A1": frozenset({START, START + timedelta(days=2)})},
    skips={"A1": frozenset({START + timedelta(days=1)})},
)
TABS = ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Overzicht")


@pytest.fixture(scope="module")
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture(scope="module")
def pattern(google: GoogleFake) -> Sheet:
    """A plan of two weeks, filled in and synced."""
    sheet = made_in(google, described(check_ins=FILLED))
    assert sync(sheet.store(), TODAY, LANGUAGES).outcome is Outcome.SYNCED
    return sheet


@pytest.fixture
def sheet(pattern: Sheet) -> Sheet:
    return pattern.copy()


def figures(snapshot: Snapshot) -> tuple[object, ...]:
    """What was understood, wherever it stands."""
    return snapshot.plan, snapshot.check_ins, snapshot.problems, replace(snapshot.about, ref="")


def synced(sheet: Sheet) -> Report:
    """A sync that goes well, changes the Summary only, and leaves nothing to do for the next one."""
    before, store = sheet.values(), sheet.store()
    result = sync(store, TODAY, LANGUAGES)
    assert result.error is None
    assert result.report is not None
    assert sync(store, TODAY, LANGUAGES).outcome is Outcome.UNCHANGED
    summaries = {change.address.tab for change in result.changes}
    after = sheet.values()
    assert {title: cells for title, cells in after.items() if title not in summaries} == {
        title: cells for title, cells in before.items() if title not in summaries
    }
    assert len(summaries) <= 1
    return result.report


HARMLESS: dict[str, Callable[[Sheet], None]] = {
    "nothing": lambda sheet: None,
    "rows above the headings": lambda sheet: sheet.owner.insert_rows("Acties", 2, 3),
    "rows above everything": lambda sheet: sheet.owner.insert_rows("KPI's", 1, 2),
    "rows on the theme": lambda sheet: sheet.owner.insert_rows("Kwartaalthema", 4, 2),
    "a column at the left": lambda sheet: sheet.owner.insert_columns("Doelen", 1),
    "a column between": lambda sheet: sheet.owner.insert_columns("Acties", 4),
    "rows above the summary": lambda sheet: sheet.owner.insert_rows("Overzicht", 1, 2),
    "a column left of the summary": lambda sheet: sheet.owner.insert_columns("Overzicht", 1),
    "notes in a tab of their own": lambda sheet: sheet.owner.add_tab("Notities"),
    "another file name": lambda sheet: sheet.owner.rename_file("Mijn kwartaal"),
    "another locale": lambda sheet: sheet.owner.set_locale("en_US"),
    **{f"{tab} renamed": (lambda sheet, tab=tab: sheet.owner.rename_tab(tab, f"Mijn {tab}")) for tab in TABS},
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_does_no_harm_changes_no_figure(edit: Callable[[Sheet], None], sheet: Sheet, pattern: Sheet) -> None:
    wanted = figures(pattern.snapshot())
    edit(sheet)
    assert figures(synced(sheet).snapshot) == wanted


@pytest.mark.parametrize("tab", ["Doelen", "Acties", "KPI's"])
def test_tables_are_found_without_their_names(tab: str, sheet: Sheet, pattern: Sheet) -> None:
    wanted = figures(pattern.snapshot())
    for name, area in sheet.store().read().names.items():
        if area and area.tab == tab:
            sheet.owner.delete_name(name)
    assert figures(synced(sheet).snapshot) == wanted


def test_sorted_rows_keep_their_numbers(google: GoogleFake) -> None:
    values = {"K1": {WEEK: 1.0}, "K2": {WEEK: 2.0}, "K3": {WEEK: 3.0}}
    sheet = made_in(google, described("high-ticket", check_ins=CheckIns(values=values)))
    grid = sheet.store().read().grids["KPI's"]
    ids = [row for (row, column), cell in grid.cells.items() if column == 1 and str(cell.value).startswith("K")]
    widest = max(column for _, column in grid.cells)
    sheet.owner.sort(area_of("KPI's", ids, widest), 1, down=True)
    snapshot = sheet.snapshot()
    assert {id: typed for id, typed in snapshot.check_ins.values.items() if typed} == values
    assert [kpi.id for kpi in snapshot.plan.kpis] == ["K4", "K3", "K2", "K1"]


def area_of(tab: str, rows: list[int], width: int) -> str:
    title = tab.replace("'", "''")
    return f"'{title}'!{a1((min(rows), 1))}:{a1((max(rows), width))}"


def test_of_a_copied_tab_the_original_counts_and_the_copy_is_told(sheet: Sheet) -> None:
    sheet.owner.copy_tab("Acties", "Kopie van Acties")
    report = synced(sheet)
    assert report.snapshot.check_ins.ticks == FILLED.ticks
    assert sheet.store().read().other_tabs == ("Kopie van Acties",)


def test_a_row_that_a_person_adds_counts(sheet: Sheet) -> None:
    known = sheet.snapshot()
    where = known.where("A1", "title")
    assert where is not None
    below = replace(where, row=where.row + 1)
    sheet.owner.insert_rows("Acties", below.row)
    sheet.owner.type(place(below), "Nog een actie")
    assert "Nog een actie" in [action.title for action in synced(sheet).snapshot.plan.actions]


def test_a_deleted_column_is_told_and_the_rest_counts(sheet: Sheet) -> None:
    day = sheet.snapshot().where("A1", str(START + timedelta(days=2)))
    assert day is not None
    sheet.owner.delete_columns("Acties", day.column)
    report = synced(sheet)
    assert report.snapshot.check_ins.ticks == {"A1": frozenset({START})}
    assert len(report.snapshot.problems) == 1


def test_problems_lead_to_their_cells_also_where_a_tab_was_renamed(sheet: Sheet) -> None:
    where = sheet.snapshot().where("K1", str(WEEK))
    sheet.owner.type(place(where), "ongeveer 4")
    synced(sheet)
    before = links(sheet)
    sheet.owner.rename_tab("KPI's", "Cijfers")
    assert links(sheet) == {spot: link.replace("KPI's", "Cijfers") for spot, link in before.items()} != {}
    sheet.owner.type(place(replace(where, tab="Cijfers") if where else None), "4")
    synced(sheet)
    assert links(sheet) == {}


def test_a_line_that_leads_somewhere_looks_as_it_was_made_and_so_when_the_link_is_gone(sheet: Sheet) -> None:
    """Google draws every link blue and underlined, unless it is told otherwise in the same request."""
    made = looks(sheet)
    where = sheet.snapshot().where("K1", str(WEEK))
    sheet.owner.type(place(where), "ongeveer 4")
    synced(sheet)
    assert links(sheet)
    assert looks(sheet) == made
    sheet.owner.type(place(where), "4")
    synced(sheet)
    assert looks(sheet) == made


def looks(sheet: Sheet) -> list[Any]:
    """How the text of every cell of the Summary looks, but for its link."""
    book = sheet.google.book(sheet.id, grid=True)
    (tab,) = [tab for tab in book["sheets"] if tab["properties"]["title"] == "Overzicht"]
    formats = [
        dict(cell.get("userEnteredFormat", {}).get("textFormat", {}))
        for row in tab["data"][0]["rowData"]
        for cell in row.get("values", ())
    ]
    return [{name: look for name, look in text.items() if look and name != "link"} for text in formats]


def links(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Where the Summary's cells below its head lead, to a tab of numbers."""
    grid = sheet.store().read().grids["Overzicht"]
    found = {spot: cell.link for spot, cell in grid.cells.items() if cell.link and spot[0] > 19}
    return {spot: link for spot, link in found.items() if link}


@pytest.mark.parametrize("tab", ["Doelen", "Acties", "KPI's", "Overzicht"])
def test_a_deleted_tab_stops_the_sync_and_nothing_is_written(tab: str, sheet: Sheet, google: GoogleFake) -> None:
    sheet.owner.delete_tab(tab)
    before = sheet.values()
    result = sync(sheet.store(), TODAY, LANGUAGES)
    assert isinstance(result.error, PlanDamaged)
    assert sheet.values() == before


def test_an_emptied_tab_stops_the_sync(sheet: Sheet) -> None:
    sheet.owner.clear("Acties!A1:Z100")
    before = sheet.values()
    assert sync(sheet.store(), TODAY, LANGUAGES).outcome is Outcome.FAILED
    assert sheet.values() == before


def test_a_column_inside_the_summary_stops_the_sync(sheet: Sheet) -> None:
    sheet.owner.insert_columns("Overzicht", 5)
    before = sheet.values()
    result = sync(sheet.store(), TODAY + timedelta(days=1), LANGUAGES)
    assert isinstance(result.error, SummaryReshaped)
    assert sheet.values() == before


def test_a_person_s_formula_in_the_summary_is_not_written_over(sheet: Sheet) -> None:
    sheet.owner.type("Overzicht!B3", "=1+1")
    result = sync(sheet.store(), TODAY, LANGUAGES)
    assert isinstance(result.error, NoRoomForSummary)
    assert sheet.owner.value("Overzicht!B3") == 2


def test_what_a_person_types_into_the_summary_is_written_over(sheet: Sheet, pattern: Sheet) -> None:
    sheet.owner.put("Overzicht!B3", "mijn eigen woorden")
    synced(sheet)
    assert sheet.values()["Overzicht"] == pattern.values()["Overzicht"]


def test_what_stands_beside_the_summary_stays(sheet: Sheet) -> None:
    sheet.owner.put("Overzicht!O25", "van mij")
    synced(sheet)
    assert sheet.owner.value("Overzicht!O25") == "van mij"
