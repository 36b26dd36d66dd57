"""What a person does to rows: their ticks and numbers are found, or told with the cell and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Q4, Desk, copied_rows, swapped_rows, with_cells, with_columns, with_rows

from okrsheets.rules.readback import read_back
from okrsheets.words.grid import Address, Cell, Kind
from okrsheets.words.period import Week
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.snapshot import Snapshot

MONDAY, TUESDAY = Q4.start, date(2026, 9, 29)
FILLED = CheckIns(
    values={"K1": {Week(MONDAY): 12.0}, "K2": {Week(MONDAY): 3.0}},
    ticks={"A1": frozenset({MONDAY}), "A2": frozenset({TUESDAY})},
    skips={"A1": frozenset({TUESDAY})},
)
TICK, X, SEVEN = Cell(Kind.BOOLEAN, True), Cell(Kind.TEXT, "x"), Cell(Kind.NUMBER, 7.0)


@pytest.fixture
def desk() -> Desk:
    return Desk(check_ins=FILLED)


def same(snapshot: Snapshot, desk: Desk) -> bool:
    """Whether the same plan and the same check-ins are read without any problem."""
    made = desk.made
    alike = (snapshot.plan, snapshot.check_ins, snapshot.about) == (made.plan, made.check_ins, made.about)
    return alike and snapshot.problems == ()


@pytest.mark.parametrize("names_follow", [True, False])
@pytest.mark.parametrize(("tab", "row"), [("Acties", 1), ("Acties", 5), ("KPI's", 1), ("KPI's", 3), ("Doelen", 2)])
def test_rows_may_be_inserted_above_the_headings(desk: Desk, tab: str, row: int, names_follow: bool) -> None:
    assert same(read_back(with_rows(desk.store.read(), tab, row, 2, names_follow=names_follow), LANGUAGES), desk)


@pytest.mark.parametrize("names_follow", [True, False])
@pytest.mark.parametrize(("item", "tab"), [("A2", "Acties"), ("K2", "KPI's"), ("KR2", "Doelen")])
@pytest.mark.parametrize("below", [0, 1])
def test_rows_may_be_inserted_between_and_below(
    desk: Desk, item: str, tab: str, below: int, names_follow: bool
) -> None:
    row = desk.made.cells[item]["title" if item != "K2" else "name"].row + below
    assert same(read_back(with_rows(desk.store.read(), tab, row, 3, names_follow=names_follow), LANGUAGES), desk)


def test_rows_above_the_headings_may_be_deleted(desk: Desk) -> None:
    for names_follow in (True, False):
        reading = with_rows(desk.store.read(), "Acties", 2, -1, names_follow=names_follow)
        assert same(read_back(reading, LANGUAGES), desk)


@pytest.mark.parametrize("row", range(1, 30, 4))
def test_rows_may_be_inserted_anywhere_on_the_first_tab(desk: Desk, row: int) -> None:
    assert same(read_back(with_rows(desk.store.read(), "Kwartaalthema", row, 1), LANGUAGES), desk)


@pytest.mark.parametrize("row", range(1, 14, 4))
def test_fields_are_found_by_their_labels_where_the_names_stayed_behind(desk: Desk, row: int) -> None:
    theme = read_back(with_rows(desk.store.read(), "Kwartaalthema", row, 1, names_follow=False), LANGUAGES).plan.theme
    assert (theme.title, theme.price, theme.revenue_goal) == ("Ten programmes", 1500, 15000)


@pytest.mark.parametrize("names_follow", [True, False])
@pytest.mark.parametrize("column", [1, 2])
def test_columns_may_be_inserted_before_the_fields_of_the_first_tab(column: int, names_follow: bool) -> None:
    theme = replace(PLAN.theme, days_off=(date(2026, 10, 19),), agreements=("Elke dag bellen", "Vrijdag vrij"))
    desk = Desk(replace(PLAN, theme=theme))
    reading = with_columns(desk.store.read(), "Kwartaalthema", column, 1, names_follow=names_follow)
    snapshot = read_back(reading, LANGUAGES)
    assert (snapshot.plan.theme, snapshot.problems, snapshot.about) == (theme, (), desk.made.about)


def test_sorted_rows_keep_their_ticks_and_numbers(desk: Desk) -> None:
    first, last = desk.where("A1", "title").row, desk.where("A4", "title").row
    snapshot = read_back(swapped_rows(desk.store.read(), "Acties", first, last), LANGUAGES)
    assert [action.id for action in snapshot.plan.actions] == ["A4", "A2", "A3", "A1"]
    assert (snapshot.check_ins, snapshot.problems) == (desk.made.check_ins, ())
    snapshot = read_back(swapped_rows(desk.store.read(), "KPI's", 5, 6), LANGUAGES)
    assert snapshot.check_ins.values == desk.made.check_ins.values
    assert snapshot.plan.funnel == desk.made.plan.funnel


def test_a_deleted_row_takes_its_ticks_along_and_leaves_the_others(desk: Desk) -> None:
    snapshot = read_back(with_rows(desk.store.read(), "Acties", desk.where("A1", "title").row, -1), LANGUAGES)
    assert [action.id for action in snapshot.plan.actions] == ["A2", "A3", "A4"]
    assert snapshot.check_ins.ticks["A2"] == {TUESDAY}


def test_a_copied_row_counts_with_its_ticks_and_is_told(desk: Desk) -> None:
    row = desk.where("A1", "title").row
    snapshot = read_back(copied_rows(desk.store.read(), "Acties", row, row, row + 4), LANGUAGES)
    assert [action.id for action in snapshot.plan.actions] == ["A1", "A2", "A3", "A4", "~networking"]
    assert snapshot.check_ins.ticks["~networking"] == snapshot.check_ins.ticks["A1"] == {MONDAY}
    (problem,) = snapshot.problems
    assert (str(problem.where), problem.found) == (f"Acties!A{row + 4}", "A1")


def test_a_copied_objective_has_its_own_copies_of_the_key_results(desk: Desk) -> None:
    top, bottom = desk.where("O1", "title").row, desk.where("KR3", "title").row
    end = desk.where("KR4", "title").row
    snapshot = read_back(copied_rows(desk.store.read(), "Doelen", top, bottom, end + 1), LANGUAGES)
    owned = [(one.id, [result.id for result in one.key_results]) for one in snapshot.plan.objectives]
    assert owned == [
        ("O1", ["KR1", "KR2", "KR3"]),
        ("O2", ["KR4"]),
        ("~close-10-programmes", ["~five-calls-a-week", "~programmes", "~landing-page"]),
    ]
    assert [problem.found for problem in snapshot.problems] == ["O1", "KR1", "KR2", "KR3"]


def test_a_key_result_copied_alone_stays_with_its_objective(desk: Desk) -> None:
    row, end = desk.where("KR2", "title").row, desk.where("KR4", "title").row
    snapshot = read_back(copied_rows(desk.store.read(), "Doelen", row, row, end + 1), LANGUAGES)
    assert [result.id for result in snapshot.plan.objectives[0].key_results][-1] == "~programmes"


@pytest.mark.parametrize("rows", [1, 6, 7, 60])
def test_a_row_added_without_id_counts_also_beyond_the_spare_rows(desk: Desk, rows: int) -> None:
    for field, value in (("title", "Bel iemand"), ("2026-09-28", "x"), ("2026-09-30", "ja")):
        snapshot = desk.beside("A4", field, value, rows=rows)
    assert snapshot.plan.actions[-1].id == "~bel-iemand"
    assert snapshot.check_ins.ticks["~bel-iemand"] == {MONDAY, date(2026, 9, 30)}
    desk.beside("K3", "name", "Mails", rows=rows + 2)
    snapshot = desk.beside("K3", "2026-W40", 5, rows=rows + 2)
    assert snapshot.check_ins.values["~mails"] == {Week(MONDAY): 5}
    assert snapshot.problems == ()


def test_rows_of_two_tabs_with_one_title_keep_their_own_cells(desk: Desk) -> None:
    """Both without an id: the number of calls a week, and the calls to make."""
    desk.beside("K3", "name", "Calls", rows=3)
    snapshot = desk.beside("A4", "title", "Calls", rows=1)
    assert (snapshot.plan.kpis[-1].id, snapshot.plan.actions[-1].id) == ("~calls", "~calls-2")
    assert {snapshot.cells[id][key].tab for id, key in (("~calls", "name"), ("~calls-2", "title"))} == {
        "KPI's",
        "Acties",
    }


NAMELESS = {
    "a ticked box": ("A4", "2026-09-30", TICK, 1),
    "a typed tick": ("A4", "2026-09-30", X, 1),
    "a tick far below": ("A4", "2026-09-30", X, 30),
    "a number": ("K3", "2026-W41", SEVEN, 3),
    "a number as text": ("K3", "2026-W41", Cell(Kind.TEXT, "1.250,50"), 3),
    "a target": ("K5", "target", SEVEN, 1),
    "a key result's number": ("KR4", "target", SEVEN, 1),
}


@pytest.mark.parametrize(("item", "field", "cell", "rows"), NAMELESS.values(), ids=NAMELESS)
def test_what_stands_in_a_row_without_title_and_id_is_told(
    desk: Desk, item: str, field: str, cell: Cell, rows: int
) -> None:
    address = desk.where(item, field)
    place = replace(address, row=address.row + rows)
    snapshot = read_back(with_cells(desk.store.read(), place.tab, {place.spot: cell}), LANGUAGES)
    (problem,) = snapshot.problems
    assert problem.where == place
    assert LANGUAGES[0].say(problem.expected)
    assert LANGUAGES[0].say(problem.hint)
    assert (snapshot.plan, snapshot.check_ins) == (desk.made.plan, desk.made.check_ins)


QUIET = {
    "a note below the days": Cell(Kind.TEXT, "vakantie"),
    "a sum below the numbers": Cell(Kind.NUMBER, 12.0, "SUM(P5:P9)"),
    "a box that nobody ticked": Cell(Kind.BOOLEAN, False),
    "an error of a formula": Cell(Kind.ERROR, "#N/A"),
    "white space": Cell(Kind.TEXT, "  "),
}


@pytest.mark.parametrize("cell", QUIET.values(), ids=QUIET)
@pytest.mark.parametrize(("item", "field", "below"), [("A4", "2026-09-30", 1), ("K3", "2026-W41", 3)])
def test_what_nobody_means_to_count_is_left_alone(desk: Desk, item: str, field: str, below: int, cell: Cell) -> None:
    address = desk.where(item, field)
    place = replace(address, row=address.row + below)
    assert same(read_back(with_cells(desk.store.read(), place.tab, {place.spot: cell}), LANGUAGES), desk)


def test_a_tick_in_a_row_of_which_only_the_hidden_id_is_left_is_told(desk: Desk) -> None:
    row = desk.where("A1", "title").row
    for column in range(2, 10):
        desk.store.fill(Address("Acties", row, column), None)
    snapshot = desk.read()
    assert [action.id for action in snapshot.plan.actions] == ["A2", "A3", "A4"]
    assert [problem.where for problem in snapshot.problems] == [desk.where("A1", "2026-09-28")]


def test_a_row_whose_title_was_cleared_still_counts(desk: Desk) -> None:
    desk.type("A1", "title", None)
    snapshot = desk.type("A1", "title", "   ")
    assert (snapshot.plan.actions[0].id, snapshot.plan.actions[0].title) == ("A1", "")
    assert snapshot.check_ins.ticks["A1"] == {MONDAY}


def test_a_row_with_an_error_for_a_title_counts_and_is_told(desk: Desk) -> None:
    place = replace(desk.where("A4", "title"), row=desk.where("A4", "title").row + 1)
    snapshot = read_back(with_cells(desk.store.read(), "Acties", {place.spot: Cell(Kind.ERROR, "#REF!")}), LANGUAGES)
    assert snapshot.plan.actions[-1].id == "~row"
    assert [problem.where for problem in snapshot.problems] == [place]


def merged(desk: Desk, cells: str, first: Cell, tab: str = "Acties") -> Snapshot:
    reading = with_cells(desk.store.read(), tab, {}, cells)
    spot = reading.grids[tab].merges[-1].first.spot
    return read_back(with_cells(reading, tab, {spot: first}), LANGUAGES)


def test_merged_boxes_count_as_the_first_and_are_told(desk: Desk) -> None:
    row = desk.where("A3", "2026-09-28").row
    for cells in (f"J{row}:N{row}", f"J{row}:J{row + 1}"):
        snapshot = merged(desk, cells, X)
        assert snapshot.check_ins.ticks["A3"] == {MONDAY}
        assert [str(problem.where) for problem in snapshot.problems] == [f"Acties!J{row}"]


def test_a_box_merged_into_a_cell_beside_the_days_is_told(desk: Desk) -> None:
    row = desk.where("A3", "2026-10-05").row
    snapshot = merged(desk, f"Q{row}:R{row}", X)
    assert [str(problem.where) for problem in snapshot.problems] == [f"Acties!Q{row}"]


def test_merged_numbers_count_for_the_first_week_and_are_told(desk: Desk) -> None:
    row = desk.where("K3", "2026-W40").row
    snapshot = merged(desk, f"P{row}:Q{row}", SEVEN, "KPI's")
    assert snapshot.check_ins.values["K3"] == {Week(MONDAY): 7}
    assert [str(problem.where) for problem in snapshot.problems] == [f"KPI's!P{row}"]


@pytest.mark.parametrize("cells", ["J8:J8", "B2:D2", "J2:Q2", "I8:I9"])
def test_merged_cells_that_hold_no_ticks_do_no_harm(desk: Desk, cells: str) -> None:
    reading = with_cells(desk.store.read(), "Acties", {}, cells)
    assert same(read_back(reading, LANGUAGES), desk)


def test_a_ratio_and_a_measured_key_result_are_not_typed(desk: Desk) -> None:
    week = replace(desk.where("K4", "2026-W44"), row=desk.where("K5", "name").row)
    now = replace(desk.where("KR4", "current"), row=desk.where("KR2", "title").row)
    reading = with_cells(desk.store.read(), "KPI's", {week.spot: SEVEN})
    snapshot = read_back(with_cells(reading, "Doelen", {now.spot: SEVEN}), LANGUAGES)
    assert {problem.where for problem in snapshot.problems} == {week, now}
    assert (snapshot.plan, snapshot.check_ins) == (desk.made.plan, desk.made.check_ins)
    formula = Cell(Kind.NUMBER, 7.0, "1+6")
    reading = with_cells(desk.store.read(), "KPI's", {week.spot: formula})
    assert same(read_back(with_cells(reading, "Doelen", {now.spot: formula}), LANGUAGES), desk)


def test_a_milestone_is_ticked_and_not_typed() -> None:
    from okrsheets.words.plan import KeyResult, KeyResultType, Objective

    plan = Plan(PLAN.theme, (Objective("O1", "Go", 1, (KeyResult("KR1", "Live", KeyResultType.MILESTONE),)),))
    desk = Desk(plan)
    place = desk.where("KR1", "target")
    now = replace(place, column=place.column + 1)
    (problem,) = read_back(with_cells(desk.store.read(), "Doelen", {now.spot: SEVEN}), LANGUAGES).problems
    assert problem.where == now
