"""What a person does to columns and to the dates above them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, Q4, Desk, with_cells, with_columns, with_rows, without

from okrsheets.rules import tables
from okrsheets.rules.readback import read_back
from okrsheets.rules.readback.days import Calendar
from okrsheets.words.grid import Address, Area, Cell, Grid, Kind, a1
from okrsheets.words.period import Period, Week, quarter
from okrsheets.words.plan import CheckIns
from okrsheets.words.snapshot import Snapshot

MONDAY = Q4.start
WEEK_41, WEEK_42 = Week.parse("2026-W41"), Week.parse("2026-W42")
FILLED = CheckIns(
    values={"K1": {Week(MONDAY): 12.0, WEEK_41: 9.0, WEEK_42: 7.0}},
    ticks={"A1": frozenset({MONDAY, date(2026, 10, 9)})},
)
EPOCH = date(1899, 12, 30)


@pytest.fixture
def desk() -> Desk:
    return Desk(check_ins=FILLED)


def serial(day: date) -> Cell:
    return Cell(Kind.NUMBER, float((day - EPOCH).days), dated=True)


def text(words: str) -> Cell:
    return Cell(Kind.TEXT, words)


def heading(desk: Desk, item: str, field: str) -> Address:
    """The heading over a cell."""
    row = desk.made.cells["K1" if item[0] == "K" else "A1"]["name" if item[0] == "K" else "title"].row - 1
    return replace(desk.where(item, field), row=row)


def retyped(desk: Desk, item: str, field: str, cell: Cell) -> Snapshot:
    """The workbook with another heading over a cell."""
    place = heading(desk, item, field)
    return read_back(with_cells(desk.store.read(), place.tab, {place.spot: cell}), LANGUAGES)


@pytest.mark.parametrize("names_follow", [True, False])
@pytest.mark.parametrize(("tab", "column"), [("KPI's", 2), ("KPI's", 16), ("KPI's", 20), ("Acties", 2), ("Acties", 15)])
def test_a_column_may_be_inserted_anywhere(desk: Desk, tab: str, column: int, names_follow: bool) -> None:
    snapshot = read_back(with_columns(desk.store.read(), tab, column, 1, names_follow=names_follow), LANGUAGES)
    assert (snapshot.plan, snapshot.check_ins, snapshot.problems) == (desk.made.plan, desk.made.check_ins, ())


@pytest.mark.parametrize("names_follow", [True, False])
def test_a_column_may_be_moved(desk: Desk, names_follow: bool) -> None:
    reading = desk.store.read()
    grid = reading.grids["KPI's"]
    places = {5: 11, 11: 5}
    cells = {(row, places.get(column, column)): cell for (row, column), cell in grid.cells.items()}
    names = {
        name: replace(area, left=places.get(area.left, area.left), right=places.get(area.right, area.right))
        if area and area.tab == grid.title and area.left == area.right and names_follow
        else area
        for name, area in reading.names.items()
    }
    moved = replace(reading, grids={**reading.grids, grid.title: Grid(grid.title, cells)}, names=names)
    snapshot = read_back(moved, LANGUAGES)
    assert (snapshot.plan, snapshot.check_ins, snapshot.problems) == (desk.made.plan, desk.made.check_ins, ())


@pytest.mark.parametrize("names_follow", [True, False])
def test_a_removed_week_is_told_and_the_others_count(desk: Desk, names_follow: bool) -> None:
    column = desk.where("K1", "2026-W41").column
    snapshot = read_back(with_columns(desk.store.read(), "KPI's", column, -1, names_follow=names_follow), LANGUAGES)
    assert snapshot.check_ins.values["K1"] == {Week(MONDAY): 12, WEEK_42: 7}
    (problem,) = snapshot.problems
    assert problem.where == Address("KPI's", 4, 1)
    assert "5 okt 2026" in LANGUAGES[0].say(problem.expected)


def test_a_week_s_days_that_were_removed_are_told(desk: Desk) -> None:
    column = desk.where("A1", "2026-10-05").column
    snapshot = read_back(with_columns(desk.store.read(), "Acties", column, -8, names_follow=True), LANGUAGES)
    assert snapshot.check_ins.ticks["A1"] == {MONDAY}
    (problem,) = snapshot.problems
    assert "7" in LANGUAGES[0].say(problem.expected)


HEADINGS_NL = (
    "5-10-2026",
    "05-10-2026",
    "5/10/2026",
    "5.10.2026",
    "5 - 10 - 2026",
    "5-10-26",
    "5-10",
    "2026-10-05",
    "2026/10/5",
    "2026-10-05T00:00:00",
    "2026-10-05 00:00",
    "5 okt",
    "5 okt.",
    "5-okt",
    "5-okt-26",
    "5 okt 2026",
    "5 oktober 2026",
    "5 October",
    "ma 5 okt",
    "ma. 5 okt.",
    "Maandag, 5 oktober 2026",
    "  5\u00a0okt ",
    "Oct 5",
    "October 5, 2026",
    "October 5th 2026",
)
HEADINGS_US = ("10/5/2026", "10-5-26", "10/5", "Oct 5", "Mon, Oct 5, 2026", "5 Oct 2026", "2026-10-05", "5 okt")
NO_HEADINGS = (
    "week 41",
    "W41",
    "5",
    "5 foo 2026",
    "31-2-2026",
    "5-13-2026",
    "oktober",
    "5-4",
    "5 okt 1926",
    "0 okt",
    "",
)


@pytest.mark.parametrize("words", HEADINGS_NL)
def test_a_heading_may_be_retyped_as_text(desk: Desk, words: str) -> None:
    snapshot = retyped(desk, "K1", "2026-W41", text(words))
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())


@pytest.mark.parametrize("words", HEADINGS_US)
def test_a_heading_is_read_as_the_locale_writes_it(words: str) -> None:
    desk = Desk(code="en", check_ins=FILLED)
    snapshot = retyped(desk, "K1", "2026-W41", text(words))
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())


@pytest.mark.parametrize("words", NO_HEADINGS)
def test_a_heading_that_is_no_date_of_the_period_is_told(desk: Desk, words: str) -> None:
    snapshot = retyped(desk, "K1", "2026-W41", text(words))
    assert snapshot.check_ins.values["K1"] == {Week(MONDAY): 12, WEEK_42: 7}
    assert snapshot.problems[0].where == Address("KPI's", 4, 1)


def test_a_year_is_told_by_the_period_also_across_new_year() -> None:
    calendar = Calendar(EPOCH, "nl_NL", LANGUAGES, Period(date(2026, 12, 14), 8))
    assert [calendar.day(text(words)) for words in ("14-12", "4 jan", "31 mrt")] == [
        date(2026, 12, 14),
        date(2027, 1, 4),
        None,
    ]
    assert Calendar(EPOCH, "nl_NL", LANGUAGES).day(text("4 jan")) is None
    assert Calendar(EPOCH).day(text("4-1-2027")) == date(2027, 1, 4)


def test_a_heading_without_the_format_of_a_date_is_one_all_the_same(desk: Desk) -> None:
    snapshot = retyped(desk, "K1", "2026-W41", replace(serial(WEEK_41.monday), dated=False))
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())


@pytest.mark.parametrize("gap", [1, 5])
def test_a_week_that_was_put_back_at_the_end_counts(desk: Desk, gap: int) -> None:
    """Beyond the area of the names, too."""
    column = desk.where("K1", "2026-W41").column
    reading = with_columns(desk.store.read(), "KPI's", column, -1, names_follow=True)
    end = desk.where("K1", "2026-W53").column - 1 + gap
    cells = {(4, end): serial(WEEK_41.monday), (5, end): Cell(Kind.NUMBER, 9.0)}
    snapshot = read_back(with_cells(reading, "KPI's", cells), LANGUAGES)
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())


ADDED = {
    "a week after the period": "2027-01-04",
    "the week before it": "2026-09-21",
    "a week that is there": "2026-10-05",
    "a day in the middle of a week": "2026-10-07",
}


@pytest.mark.parametrize("day", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("words", [False, True])
def test_a_number_under_a_date_that_does_not_count_is_told(desk: Desk, day: str, words: bool) -> None:
    end = desk.where("K1", "2026-W53").column + 1
    top = text(day) if words else serial(date.fromisoformat(day))
    headed = with_cells(desk.store.read(), "KPI's", {(4, end): top})
    assert read_back(headed, LANGUAGES).problems == ()
    snapshot = read_back(with_cells(headed, "KPI's", {(6, end): Cell(Kind.NUMBER, 9.0)}), LANGUAGES)
    assert snapshot.check_ins == desk.made.check_ins
    (problem,) = snapshot.problems
    assert (problem.where, problem.found) == (Address("KPI's", 6, end), "9")
    assert LANGUAGES[0].say(problem.expected)
    assert LANGUAGES[0].say(problem.hint)


def test_ticks_under_copied_days_are_told_column_by_column(desk: Desk) -> None:
    """Somebody copied a week for the next one and forgot the dates."""
    reading = desk.store.read()
    grid, first = reading.grids["Acties"], desk.where("A1", "2026-10-05").column
    end = desk.where("A1", Q4.end.isoformat()).column + 2
    copies = {
        (row, column - first + end): cell for (row, column), cell in grid.cells.items() if 0 <= column - first < 8
    }
    snapshot = read_back(with_cells(reading, "Acties", copies), LANGUAGES)
    assert snapshot.check_ins == desk.made.check_ins
    place = Address("Acties", desk.where("A1", "2026-10-09").row, end + 4)
    assert [problem.where for problem in snapshot.problems] == [place]


def test_a_number_in_a_month_s_wrong_week_is_told_and_a_formula_is_not(desk: Desk) -> None:
    place = replace(desk.where("K4", "2026-W44"), column=desk.where("K1", "2026-W42").column)
    for cell, told in ((Cell(Kind.NUMBER, 7.0), 1), (Cell(Kind.NUMBER, 7.0, "3+4"), 0)):
        snapshot = read_back(with_cells(desk.store.read(), "KPI's", {place.spot: cell}), LANGUAGES)
        assert len(snapshot.problems) == told


def test_merged_headings_leave_the_first_day_and_the_others_are_told(desk: Desk) -> None:
    first = heading(desk, "A1", "2026-10-05")
    gone = {(first.row, first.column + n): Cell(Kind.EMPTY) for n in range(1, 5)}
    cells = f"{a1(first.spot)}:{a1((first.row, first.column + 4))}"
    snapshot = read_back(with_cells(desk.store.read(), "Acties", gone, cells), LANGUAGES)
    assert snapshot.check_ins.ticks["A1"] == {MONDAY}
    (problem,) = snapshot.problems
    assert "6 okt 2026" in LANGUAGES[0].say(problem.expected)


def test_merged_column_headings_leave_the_columns_where_they_are(desk: Desk) -> None:
    cells = {(4, 6): Cell(Kind.EMPTY), (4, 7): Cell(Kind.EMPTY)}
    snapshot = read_back(with_cells(desk.store.read(), "KPI's", cells, "E4:G4"), LANGUAGES)
    assert (snapshot.plan, snapshot.problems) == (desk.made.plan, ())


def test_headings_that_stand_twice_are_told_apart_by_their_names(desk: Desk) -> None:
    reading = desk.store.read()
    grid = reading.grids["Doelen"]
    copies = {(row, column + 20): cell for (row, column), cell in grid.cells.items()}
    doubled = with_cells(reading, "Doelen", copies)
    assert read_back(doubled, LANGUAGES).plan == desk.made.plan
    snapshot = read_back(without(doubled, "okr_objectives_confidence"), LANGUAGES)
    assert "Vertrouwen" in LANGUAGES[0].say(snapshot.problems[0].expected)


NAMES = sorted(name for name in Desk().store.read().names if not name.startswith("okr_summary"))
ELSEWHERE = {"nowhere": None, "to another tab": Area("Overzicht", 1, 1, 1, 1), "to no tab": Area("Weg", 1, 1, 1, 1)}


@pytest.mark.parametrize("area", ELSEWHERE.values(), ids=ELSEWHERE)
def test_any_name_that_leads_elsewhere_is_made_up_for_by_headings_and_labels(desk: Desk, area: Area | None) -> None:
    reading = desk.store.read()
    for name in NAMES:
        snapshot = read_back(replace(reading, names={**reading.names, name: area}), LANGUAGES)
        assert (snapshot.plan, snapshot.check_ins, snapshot.problems) == (desk.made.plan, desk.made.check_ins, ()), name
        assert snapshot.about == desk.made.about, name


def test_no_name_at_all_is_needed() -> None:
    for code in ("nl", "en"):
        desk = Desk(code=code, check_ins=FILLED)
        reading = desk.store.read()
        snapshot = read_back(replace(reading, names={}), LANGUAGES)
        assert (snapshot.plan, snapshot.check_ins, snapshot.problems) == (desk.made.plan, desk.made.check_ins, ())
        assert snapshot.about == desk.made.about


def test_all_headings_reworded_are_found_by_their_names(desk: Desk) -> None:
    row = heading(desk, "K1", "2026-W40").row
    cells = {(row, column): text(f"kop {column}") for column in range(1, len(tables.KPIS.columns) + 1)}
    assert read_back(with_cells(desk.store.read(), "KPI's", cells), LANGUAGES).plan == desk.made.plan


def test_rows_of_headings_that_moved_below_their_name_are_found(desk: Desk) -> None:
    reading = with_rows(desk.store.read(), "KPI's", 1, 7, names_follow=False)
    assert read_back(reading, LANGUAGES).plan == desk.made.plan


def test_a_quarter_of_another_year_reads_the_same() -> None:
    desk = Desk(period=quarter(2027, 1), check_ins=CheckIns(values={"K1": {Week.parse("2027-W02"): 4.0}}))
    snapshot = retyped(desk, "K1", "2027-W02", text("11 jan"))
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())
