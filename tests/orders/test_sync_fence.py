"""Accidents of a person between two syncs, in every template, language and store: stop, and go on only by force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.inspect import inspect
from okrsheets.orders.new import new
from okrsheets.orders.report import report
from okrsheets.orders.sync import Outcome, SyncResult, sync
from okrsheets.rules import tables
from okrsheets.rules.summary.places import MARK, SEEN_ROW
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES, Table
from okrsheets.words.errors import Emptied, Vanished
from okrsheets.words.grid import Address, Change, Content, Value
from okrsheets.words.period import quarter
from okrsheets.words.plan import KpiKind
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store

Q4 = quarter(2026, 4)
TODAY = date(2026, 11, 23)
LANGUAGES = Languages()


@dataclass(frozen=True)
class Desk:
    """A workbook that was made, filled in and synced, and the person who works in it."""

    store: Store
    made: Snapshot

    def type(self, cells: Mapping[Address, Value]) -> None:
        """Types into cells; None is pressing Delete."""
        for _, group in groupby(sorted(cells), key=lambda address: address.tab):
            changes = [Change(address, Content(), Content(cells[address])) for address in group]
            self.store.write(changes, self.store.read())

    def clear(self, table: Table, rows: range | list[int], columns: range = range(1, 400)) -> None:
        """Selects cells of a table and presses Delete; formulas of okrsheets' own stay."""
        tab = self.tab(table)
        grid = self.store.read().grids[tab].cells
        spots = (spot for spot, cell in grid.items() if cell.formula is None and spot[0] in rows and spot[1] in columns)
        self.type({Address(tab, *spot): None for spot in spots})

    def tab(self, table: Table) -> str:
        return self.named(table.name("id")).tab

    def named(self, name: str) -> Address:
        area = self.store.read().names[name]
        assert area
        return area.first

    def rows(self, table: Table) -> list[int]:
        """The rows of a table."""
        ids = self.store.read().names[table.name("id")]
        assert ids
        grid = self.store.read().grids[ids.tab]
        return [row for row in range(ids.top, ids.bottom + 1) if grid.at(row, ids.left).value]

    def sync(self, *, force: bool = False) -> SyncResult:
        return sync(self.store, TODAY, LANGUAGES, force=force)


def at(snapshot: Snapshot, item: str, field: str) -> Address:
    where = snapshot.where(item, field)
    assert where
    return where


def filled(snapshot: Snapshot) -> dict[Address, Value]:
    """Five ticks and five numbers, as a person enters them."""
    kpi = next(kpi for kpi in snapshot.plan.kpis if kpi.kind is not KpiKind.RATIO)
    days = [Q4.start + timedelta(days=n) for n in range(5)]
    cells: dict[Address, Value] = {at(snapshot, "A1", day.isoformat()): True for day in days}
    return cells | {at(snapshot, kpi.id, str(week)): float(n) for n, week in zip(range(3, 8), Q4, strict=False)}


@pytest.fixture(params=["memory", "excel"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore("plan.xlsx") if request.param == "memory" else ExcelStore(tmp_path / "plan.xlsx")


def synced(store: Store, name: str = "high-ticket", code: str = "nl") -> Desk:
    new(store, templates.load(name).plan(code), Q4, language(code), LANGUAGES)
    desk = Desk(store, inspect(store, LANGUAGES))
    desk.type(filled(desk.made))
    assert desk.sync().outcome is Outcome.SYNCED
    return desk


# What happens to a workbook

Accident = Callable[[Desk], None]


def all_rows(table: Table) -> Accident:
    return lambda desk: desk.clear(table, desk.rows(table))


def all_but_one_row(table: Table) -> Accident:
    return lambda desk: desk.clear(table, desk.rows(table)[1:])


def all_ids(table: Table) -> Accident:
    return lambda desk: desk.clear(table, desk.rows(table), range(1, 2))


def all_ticks(desk: Desk) -> None:
    desk.type(dict.fromkeys((a for a in filled(desk.made) if a.tab == desk.tab(ACTIONS)), False))


def all_numbers(desk: Desk) -> None:
    desk.type(dict.fromkeys((a for a in filled(desk.made) if a.tab == desk.tab(KPIS)), None))


def most_columns(table: Table) -> Accident:
    def cut(desk: Desk) -> None:
        headings = desk.rows(table)[0] - 1
        desk.clear(table, [headings], range(len(table.columns) + 5, 400))

    return cut


def another_year(desk: Desk) -> None:
    days = (quarter(2027, 4).start - desk.store.read().epoch).days
    desk.type({desk.named("okr_start"): float(days)})


def the_theme_tab(desk: Desk) -> None:
    tab = desk.named("okr_start").tab
    cells = desk.store.read().grids[tab].cells
    desk.type({Address(tab, *spot): None for spot in cells})


ACCIDENTS: Mapping[str, Accident] = {
    **{f"all rows of {table.key}": all_rows(table) for table in tables.TABLES},
    "all ticks": all_ticks,
    "all numbers": all_numbers,
    "most columns of actions": most_columns(ACTIONS),
    "most columns of kpis": most_columns(KPIS),
    "another year": another_year,
    "the theme tab": the_theme_tab,
}
OF_LARGER_TABLES: Mapping[str, Accident] = {
    **{f"all but one row of {table.key}": all_but_one_row(table) for table in tables.TABLES},
    **{f"all ids of {table.key}": all_ids(table) for table in tables.TABLES},
}


def cases(names: Iterable[str], codes: Iterable[str]) -> list[object]:
    return [
        pytest.param(name, code, accident, id=f"{name}-{code}: {what}")
        for name in names
        for code in codes
        for what, accident in (ACCIDENTS if name == "blank" else {**ACCIDENTS, **OF_LARGER_TABLES}).items()
    ]


@pytest.mark.parametrize(("name", "code", "accident"), cases(templates.names(), ["nl", "en"]))
def test_an_accident_stops_and_force_makes_it_a_decision(name: str, code: str, accident: Accident) -> None:
    check_accident(synced(MemoryStore("plan.xlsx"), name, code), accident)


@pytest.mark.parametrize(("name", "code", "accident"), cases(["low-ticket"], ["nl"]))
def test_an_accident_in_a_file_stops_as_well(name: str, code: str, accident: Accident, tmp_path: Path) -> None:
    check_accident(synced(ExcelStore(tmp_path / "plan.xlsx"), name, code), accident)


def check_accident(desk: Desk, accident: Accident) -> None:
    accident(desk)
    before = desk.store.read()
    stopped = desk.sync()
    assert (stopped.outcome, stopped.report, stopped.changes) == (Outcome.FAILED, None, ())
    assert isinstance(stopped.error, Vanished | Emptied)
    assert desk.store.read() == before
    assert desk.sync(force=True).outcome is Outcome.SYNCED
    assert desk.sync().outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("accident", [all_rows(KPIS), all_ids(ACTIONS), all_ticks, another_year, the_theme_tab])
def test_a_report_shows_what_is_there_whatever_happened(accident: Accident) -> None:
    desk = synced(MemoryStore("plan.xlsx"))
    accident(desk)
    assert report(desk.store, TODAY, LANGUAGES).snapshot == inspect(desk.store, LANGUAGES)


def test_what_was_put_back_passes(store: Store) -> None:
    desk = synced(store)
    all_ticks(desk)
    assert desk.sync().outcome is Outcome.FAILED
    desk.type(filled(desk.made))
    assert desk.sync().outcome is Outcome.UNCHANGED


def test_a_dry_run_stops_too_and_one_with_force_names_the_cells(store: Store) -> None:
    desk = synced(store)
    all_ticks(desk)
    assert sync(store, TODAY, LANGUAGES, dry_run=True).outcome is Outcome.FAILED
    tried = sync(store, TODAY, LANGUAGES, dry_run=True, force=True)
    assert tried.outcome is Outcome.DRY_RUN
    assert desk.sync(force=True).changes == tried.changes


def test_what_is_added_without_any_effect_on_a_figure_is_remembered(store: Store) -> None:
    desk = synced(store)
    last = desk.rows(OBJECTIVES)[-1]
    desk.type({Address(desk.tab(OBJECTIVES), last, 2): "A new title"})
    assert desk.sync().outcome is Outcome.SYNCED
    row = desk.rows(KPIS)[-1] + 1
    desk.type({Address(desk.tab(KPIS), row, 2): "A KPI that nothing uses"})
    result = desk.sync()
    assert seen_cell(desk) in {change.address for change in result.changes}
    assert desk.sync().outcome is Outcome.UNCHANGED


def seen_cell(desk: Desk) -> Address:
    head = desk.named("okr_summary_head")
    return replace(head, row=head.row + SEEN_ROW - 1, column=head.column + MARK - 1)


def test_a_workbook_of_an_older_version_learns_at_its_first_sync(store: Store) -> None:
    desk = synced(store)
    desk.type({seen_cell(desk): None})
    all_but_one_row(ACTIONS)(desk)
    assert desk.sync().outcome is Outcome.SYNCED
    assert str(store.read().at(seen_cell(desk)).value).startswith("theme settings=1 ")


@pytest.mark.parametrize("text", ["", "?", "actions rows=999999 ids=", 12.0])
def test_a_memory_that_somebody_typed_over_is_made_anew(text: Value, store: Store) -> None:
    desk = synced(store)
    remembered = store.read().at(seen_cell(desk))
    desk.type({seen_cell(desk): text})
    result = desk.sync(force=text == "actions rows=999999 ids=")
    assert [change.address for change in result.changes] == [seen_cell(desk)]
    assert store.read().at(seen_cell(desk)) == remembered


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_every_store_remembers_the_same(name: str, code: str, tmp_path: Path) -> None:
    desks = [synced(store, name, code) for store in (MemoryStore("plan"), ExcelStore(tmp_path / "plan.xlsx"))]
    one, other = (desk.store.read().at(seen_cell(desk)) for desk in desks)
    assert one == other
    assert one.value
