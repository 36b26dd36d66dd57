"""What every store promises (okrsheets.words.store.Store). A store passes when it is one of the `stores` here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from excel_files import change, plan_workbook
from google_fake import GoogleFake
from google_wire import Time, api_of

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.memory import MemoryStore
from okrsheets.words.errors import AlreadyThere, ChangedMeanwhile, NoRoomForSummary, NotFound
from okrsheets.words.grid import NOTHING, Address, Area, Cell, Change, Content, Grid, Kind, Reading, a1
from okrsheets.words.store import Store
from okrsheets.words.workbook import Entry, Formula, Link, Merge, Style, Tab, Workbook

LONGEST = 32_767
ODD_TEXTS = (
    "=1+1",
    "+31 6 1234",
    "@home",
    "-",
    "<b>fat & <i>proud</i></b>",
    "'quoted'",
    '"double"',
    "_x0041_",
    "_x0",
    "two\nlines\tand a tab",
    "return\rhere",
    "bell \x07 null \x00 escape \x1b",
    "not a letter \ufffe \uffff",
    "emoji 🎯 ☑ e\u0301",
    "مرحبا שלום 日本語",
    " spaces around ",
    "]]>",
    "&amp;&#65;",
    "TRUE",
    "0123",
    "1.250,50",
    "x" * LONGEST,
    "🎯" * (LONGEST // 2),
)


class Keeper:
    """A place for one workbook; each call looks at it anew.

    `fences`: nothing is written at all where anybody wrote since the reading. `calculates`: formulas get a value.
    """

    fences = True
    calculates = False

    def __init__(self, look: Callable[[], Store]) -> None:
        self._look = look

    def __call__(self) -> Store:
        return self._look()

    def edit(self, where: Address, value: str | float | bool) -> None:
        """A change that somebody else makes, in whatever program."""
        store = self()
        store.write([Change(where, Content(), Content(value))], store.read())


class GoogleKeeper(Keeper):
    """One spreadsheet of the stand-in for Google."""

    fences = False
    calculates = True

    def __init__(self, google: GoogleFake) -> None:
        self.google, self.api = google, api_of(google, Time())
        super().__init__(self._opened)

    def _opened(self) -> Store:
        return GoogleStore(self.api, next((file.id for file in self.google.files()), None))

    def edit(self, where: Address, value: str | float | bool) -> None:
        (file,) = self.google.files()
        title = where.tab.replace("'", "''")
        self.google.person(file.id).put(f"'{title}'!{a1(where.spot)}", value)


@pytest.fixture(params=["memory", "excel", "google"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keeper]:
    """Makes the store of one and the same workbook."""
    if request.param == "memory":
        store = MemoryStore("plan")
        yield Keeper(lambda: store)
    elif request.param == "excel":
        yield Keeper(lambda: ExcelStore(tmp_path / "plan.xlsx"))
    else:
        with GoogleFake() as google:
            yield GoogleKeeper(google)
            assert google.violations == []


def made(new_store: Keeper, **summary: Entry) -> Store:
    store = new_store()
    store.create(plan_workbook(**summary))
    return store


def cells(reading: Reading, tab: str = "Overzicht") -> dict[tuple[int, int], Cell]:
    return dict(reading.grids[tab].cells)


def written(store: Store, *changes: tuple[tuple[int, int], object, str | None]) -> Reading:
    store.write([change(spot, value, link) for spot, value, link in changes], store.read())  # type: ignore[arg-type]
    return store.read()


DESCRIBED = {
    "text": (Entry("Tien trajecten"), Cell(Kind.TEXT, "Tien trajecten")),
    "text like a formula": (Entry("=SUM(A1:A9)"), Cell(Kind.TEXT, "=SUM(A1:A9)")),
    "whole number": (Entry(12), Cell(Kind.NUMBER, 12.0)),
    "broken number": (Entry(0.1), Cell(Kind.NUMBER, 0.1)),
    "tiny number": (Entry(5e-300), Cell(Kind.NUMBER, 5e-300)),
    "true": (Entry(True), Cell(Kind.BOOLEAN, True)),
    "false": (Entry(False, Style(checkbox=True)), Cell(Kind.BOOLEAN, False)),
    "day": (Entry(date(2026, 10, 12), Style(number="d mmm")), Cell(Kind.NUMBER, 46307.0, dated=True)),
    "nothing": (Entry(None), NOTHING),
    "empty text": (Entry(""), NOTHING),
    "formula with a number": (Entry(Formula("=1+1", 2)), Cell(Kind.NUMBER, 2.0, "1+1")),
    "formula with a text": (Entry(Formula('"a"&"b"', "ab")), Cell(Kind.TEXT, "ab", '"a"&"b"')),
    "link": (Entry(Link(Area("KPI's", 2, 3, 2, 3), "here")), Cell(Kind.TEXT, "here", link="KPI's!C2")),
    "link to an area": (Entry(Link(Area("KPI's", 2, 3, 4, 5), "all")), Cell(Kind.TEXT, "all", link="KPI's!C2:E4")),
}


@pytest.mark.parametrize(("entry", "cell"), DESCRIBED.values(), ids=DESCRIBED)
def test_what_was_described_is_read(new_store: Keeper, entry: Entry, cell: Cell) -> None:
    store = made(new_store, C4=entry)
    assert store.read().at(Address("Overzicht", 4, 3)) == cell


def test_a_formula_has_a_value_only_where_somebody_calculates(new_store: Keeper) -> None:
    cell = made(new_store, C4=Entry(Formula("=1+1"))).read().at(Address("Overzicht", 4, 3))
    assert cell == (Cell(Kind.NUMBER, 2.0, "1+1") if new_store.calculates else Cell(Kind.UNCALCULATED, None, "1+1"))


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:14]))
def test_any_text_is_a_text(new_store: Keeper, text: str) -> None:
    store = made(new_store, C4=Entry(text))
    assert store.read().at(Address("Overzicht", 4, 3)) == Cell(Kind.TEXT, text)
    reading = written(store, ((3, 2), text, None))
    assert reading.at(Address("Overzicht", 3, 2)) == Cell(Kind.TEXT, text)


@pytest.mark.parametrize("text", ["_x005F_x0041_", "_x005f_", "__x0041__x0042_", "_x0041_x0042_"])
def test_an_escaped_text_is_written_as_it_stands(new_store: Keeper, text: str) -> None:
    """XlsxWriter escapes the first of these wrongly, so no description holds it."""
    assert written(made(new_store), ((3, 2), text, None)).at(Address("Overzicht", 3, 2)) == Cell(Kind.TEXT, text)


def test_titles_names_and_epoch_are_read(new_store: Keeper) -> None:
    reading = made(new_store).read()
    assert reading.titles == ("KPI's", "Overzicht")
    assert reading.names == {"okr_kpis_id": Area("KPI's", 1, 1, 3, 1), "okr_summary": Area("Overzicht", 1, 1, 9, 9)}
    assert reading.epoch == date(1899, 12, 30)
    assert reading.ref == new_store().ref


def test_every_tab_with_a_name_is_read(new_store: Keeper) -> None:
    reading = made(new_store).read()
    assert reading.grids["KPI's"].at(2, 2) == Cell(Kind.BOOLEAN, True)
    assert reading.grids["KPI's"].at(3, 7) == Cell(Kind.BOOLEAN, False)
    assert len(reading.grids["KPI's"].cells) == 15


def test_an_empty_tab_is_read(new_store: Keeper) -> None:
    store = new_store()
    tab = Tab("Leeg", {}, "1F6F6B")
    store.create(Workbook("Plan", (tab,), {"okr_theme": Area("Leeg", 1, 1, 1, 1)}))
    assert store.read().grids == {"Leeg": Grid("Leeg")}


def test_reading_twice_gives_the_same(new_store: Keeper) -> None:
    store = made(new_store)
    assert store.read() == store.read() == new_store().read()


def test_a_workbook_that_is_not_there(new_store: Keeper) -> None:
    with pytest.raises(NotFound):
        new_store().read()


def test_a_workbook_that_is_there_already_is_left_alone(new_store: Keeper) -> None:
    before = made(new_store, C4=Entry("mine")).read()
    with pytest.raises(AlreadyThere):
        new_store().create(plan_workbook(C4=Entry("yours")))
    assert new_store().read() == before


def test_a_workbook_is_replaced_on_demand(new_store: Keeper) -> None:
    made(new_store, C4=Entry("mine"))
    new_store().create(plan_workbook(C4=Entry("yours")), replace=True)
    assert new_store().read().at(Address("Overzicht", 4, 3)).value == "yours"


def test_a_write_changes_the_named_cells_and_nothing_else(new_store: Keeper) -> None:
    store = made(new_store, C4=Entry("stays"), D4=Entry("goes"))
    before = store.read()
    after = written(store, ((4, 4), 7, None), ((8, 8), "new", None), ((1, 1), None, None))
    expected = cells(before) | {(4, 4): Cell(Kind.NUMBER, 7.0), (8, 8): Cell(Kind.TEXT, "new")}
    del expected[1, 1]
    assert cells(after) == expected
    assert (after.titles, after.names, after.grids["KPI's"]) == (before.titles, before.names, before.grids["KPI's"])
    if new_store.fences:
        assert after.fingerprint != before.fingerprint


@pytest.mark.parametrize("old", ["text", 3.5, True, None, Link(Area("KPI's", 1, 1, 1, 1), "link")])
@pytest.mark.parametrize("new", ["other", 0, -2.75, 1e21, 123456789012345000.0, True, False, None, ""])
def test_any_value_takes_the_place_of_any_other(new_store: Keeper, old: object, new: object) -> None:
    store = made(new_store, C4=Entry(old))  # type: ignore[arg-type]
    cell = written(store, ((4, 3), new, None)).at(Address("Overzicht", 4, 3))
    assert cell.value == (None if new == "" else new)
    assert cell.link is None
    assert type(cell.value) is (float if type(new) is int else type(cell.value))


def test_the_same_write_again_changes_nothing_that_is_read(new_store: Keeper) -> None:
    store = made(new_store)
    first = written(store, ((3, 2), "text", "KPI's!B2"), ((5, 5), 0.25, None))
    second = written(store, ((3, 2), "text", "KPI's!B2"), ((5, 5), 0.25, None))
    assert second.grids == first.grids


def test_to_write_nothing_is_no_write(new_store: Keeper) -> None:
    store = made(new_store)
    before = store.read()
    store.write([], before)
    assert store.read() == before


def test_writes_follow_each_other(new_store: Keeper) -> None:
    store = made(new_store)
    for number in range(5):
        written(store, ((3, 2), number, None), ((10 + number, 4), f"row {number}", None))
    assert [store.read().grids["Overzicht"].at(10 + n, 4).value for n in range(5)] == [f"row {n}" for n in range(5)]
    assert store.read().grids["Overzicht"].at(3, 2).value == 4


def test_what_somebody_changed_since_the_reading_is_left_alone(new_store: Keeper) -> None:
    store = made(new_store)
    old = store.read()
    new_store.edit(Address("KPI's", 2, 2), "by somebody else")
    with pytest.raises(ChangedMeanwhile):
        store.write([change((3, 2), "ours")], old)
    newer = new_store().read()
    assert newer.fingerprint != old.fingerprint
    assert newer.grids["KPI's"].at(2, 2).value == "by somebody else"
    theirs = {spot: cell for spot, cell in old.grids["KPI's"].cells.items() if spot != (2, 2)}
    assert {spot: cell for spot, cell in newer.grids["KPI's"].cells.items() if spot != (2, 2)} == theirs
    assert (newer.at(Address("Overzicht", 3, 2)) == NOTHING) is new_store.fences


def test_who_comes_late_with_a_reading_writes_nothing(new_store: Keeper) -> None:
    old = made(new_store).read()
    new_store.edit(Address("KPI's", 2, 2), "by somebody else")
    newer = new_store().read()
    with pytest.raises(ChangedMeanwhile):
        new_store().write([change((3, 2), "ours")], old)
    assert new_store().read() == newer


def test_two_that_write_the_summary_at_once(new_store: Keeper) -> None:
    """Where there are fences the second is told; elsewhere the later figures stand, and the owner's cells as ever."""
    store = made(new_store)
    old = store.read()
    written(new_store(), ((3, 2), "first", None))
    if new_store.fences:
        with pytest.raises(ChangedMeanwhile):
            store.write([change((3, 2), "second")], old)
    else:
        store.write([change((3, 2), "second")], old)
    last = new_store().read()
    assert last.at(Address("Overzicht", 3, 2)).value == ("first" if new_store.fences else "second")
    assert last.grids["KPI's"] == old.grids["KPI's"]


def test_links_are_set_changed_and_removed(new_store: Keeper) -> None:
    workbook = plan_workbook(C4=Entry(Link(Area("KPI's", 1, 1, 1, 1), "described")))
    odd = tuple(Tab(title, {}, "1F6F6B") for title in ("A!B", "Über & <so>"))
    store = new_store()
    store.create(replace(workbook, tabs=(*workbook.tabs, *odd)))
    other = Cell(Kind.TEXT, "described", link="KPI's!A1")
    place = Address("Overzicht", 3, 2)
    for link in ("KPI's!J7", "Overzicht!A1", "A!B!C3", "Über & <so>!AA12", None, "KPI's!A1"):
        reading = written(store, ((3, 2), "look", link))
        assert reading.at(place) == Cell(Kind.TEXT, "look", link=link)
        assert reading.at(Address("Overzicht", 4, 3)) == other
    reading = written(store, ((3, 2), None, None), ((4, 3), None, None))
    assert reading.at(place) == reading.at(Address("Overzicht", 4, 3)) == NOTHING


REFUSED = {
    "a formula": (4, 3),
    "a cell merged into another": (6, 2),
}


@pytest.mark.parametrize("spot", REFUSED.values(), ids=REFUSED)
def test_what_must_not_be_written_over_stays(new_store: Keeper, spot: tuple[int, int]) -> None:
    workbook = plan_workbook(C4=Entry(Formula("=1+1", 2)), A6=Entry("wide"))
    merged = Tab("Overzicht", workbook.tabs[1].entries, "1F6F6B", merges=(Merge(Area("Overzicht", 6, 1, 6, 3)),))
    store = new_store()
    store.create(Workbook("Plan", (workbook.tabs[0], merged), workbook.names))
    before = store.read()
    with pytest.raises(NoRoomForSummary) as refusal:
        store.write([change((1, 1), "new"), change(spot, "new")], before)
    assert refusal.value.facts["where"] == str(Address("Overzicht", *spot))
    assert new_store().read() == before


@pytest.mark.parametrize("value", ["x" * (LONGEST + 1), "🎯" * 16_384, float("nan"), float("inf")])
def test_what_no_cell_can_hold_is_refused(new_store: Keeper, value: str | float) -> None:
    store = made(new_store)
    before = store.read()
    with pytest.raises(NoRoomForSummary):
        store.write([change((3, 2), value)], before)
    assert store.read() == before


def test_a_merged_cell_is_written_where_it_begins(new_store: Keeper) -> None:
    tab = Tab("Overzicht", {(6, 1): Entry("wide")}, "1F6F6B", merges=(Merge(Area("Overzicht", 6, 1, 6, 3)),))
    store = new_store()
    store.create(Workbook("Plan", (tab,), {"okr_summary": Area("Overzicht", 1, 1, 9, 9)}))
    reading = written(store, ((6, 1), "wider", "Overzicht!A1"))
    assert reading.at(Address("Overzicht", 6, 1)).value == "wider"
    assert reading.grids["Overzicht"].merges == (Area("Overzicht", 6, 1, 6, 3),)


def test_a_tab_that_is_not_there_is_refused(new_store: Keeper) -> None:
    store = made(new_store)
    with pytest.raises(NoRoomForSummary):
        store.write([change((1, 1), "new", tab="Niets")], store.read())
