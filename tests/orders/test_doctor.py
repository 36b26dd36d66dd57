"""The doctor on a workbook in memory: what two readers see otherwise, and why a number or a tick is not seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.doctor import Examined, examine
from okrsheets.rules.layout import describe
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import NotFound
from okrsheets.words.grid import NOTHING, Address, Area, Cell, Grid, Kind, Reading
from okrsheets.words.period import quarter
from okrsheets.words.plan import (
    Action,
    Cadence,
    KeyResult,
    KeyResultType,
    Kpi,
    KpiKind,
    Objective,
    Plan,
    Pulse,
    Stage,
    Theme,
)
from okrsheets.words.report import Severity
from okrsheets.words.second_look import SecondLook
from okrsheets.words.workbook import Written

Q4 = quarter(2026, 4)
TODAY = date(2026, 11, 23)
LANGUAGES = Languages()
ENGLISH = language("en")
PLAN = Plan(
    Theme("Ten programmes", "A star", "It is time", 15000, 1500, None, (date(2026, 10, 9),)),
    (
        Objective(
            "O1",
            "Close 10 programmes",
            1,
            (
                KeyResult("KR1", "Programmes", baseline=0, target=10, kpi="K3"),
                KeyResult("KR2", "The page", KeyResultType.MILESTONE),
                KeyResult("KR3", "Followers", baseline=100, target=200),
                KeyResult("KR4", "Live", KeyResultType.DONE),
            ),
        ),
    ),
    (
        Kpi("K1", "Invitations"),
        Kpi("K2", "Calls"),
        Kpi("K3", "Programmes"),
        Kpi("K4", "Open rate", KpiKind.AVERAGE, target=0.4, unit="%"),
        Kpi("K5", "Conversion", KpiKind.RATIO, numerator="K3", denominator="K2", unit="%"),
        Kpi("K6", "Growth", KpiKind.AVERAGE, target=2, unit="%"),
        Kpi("K7", "Weight", KpiKind.STOCK, Pulse.MONTH),
    ),
    (Stage("K1", 0.3, 1), Stage("K2", 0.25, 1), Stage("K3")),
    (
        Action("A1", "Invite", Cadence.WEEKLY, 2, "KR1", "K1", 3),
        Action("A2", "Call", Cadence.DAILY, 5, "KR1"),
        Action("A3", "Write", Cadence.ONCE, 1, "KR2"),
    ),
)


class Desk:
    """A workbook of the plan, in memory, at which somebody types."""

    def __init__(self) -> None:
        self.store = MemoryStore("plan.xlsx")
        self.store.create(describe(PLAN, Q4, ENGLISH))
        self.cells = self.examined().inspected.snapshot.cells

    def where(self, item: str, key: str) -> Address:
        return self.cells[item][key]

    def fill(self, item: str, key: str, value: Written, *, down: int = 0, right: int = 0) -> Address:
        """Types into a cell of an item, or so many rows below it and columns to the right of it."""
        own = self.where(item, key)
        address = Address(own.tab, own.row + down, own.column + right)
        self.store.fill(address, value)
        return address

    def examined(self, second: Eyes | None = None, today: date = TODAY) -> Examined:
        return examine(self.store, second, today, LANGUAGES)

    def found(self, second: Eyes | None = None, today: date = TODAY) -> tuple[Diagnosis, ...]:
        return self.examined(second, today).diagnoses


@dataclass(frozen=True)
class Eyes:
    """Another reader, which sees what ours sees but in the cells that it is told about."""

    otherwise: Mapping[Address, Cell] = field(default_factory=dict)
    blind: Mapping[str, str] = field(default_factory=dict)
    empty: Collection[str] = ()
    hidden: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def look(self, reading: Reading, titles: Collection[str]) -> SecondLook:
        grids = {title: Grid(title, self.cells(reading.grids[title])) for title in titles if title not in self.blind}
        return SecondLook("another 1.0", grids, self.blind, self.hidden)

    def cells(self, grid: Grid) -> dict[tuple[int, int], Cell]:
        if grid.title in self.empty:
            return {}
        return {**grid.cells, **{at.spot: cell for at, cell in self.otherwise.items() if at.tab == grid.title}}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def rules(found: Collection[Diagnosis]) -> list[tuple[str, Address | None]]:
    return [(one.rule, one.where) for one in found]


def said(one: Diagnosis) -> str:
    return ENGLISH.say(one.sentence)


def test_a_new_workbook_is_well(desk: Desk) -> None:
    examined = desk.examined(Eyes())
    assert examined.agreement is not None
    assert examined.diagnoses == ()
    assert examined.agreement.same == examined.agreement.of
    assert examined.agreement.of > 300
    assert examined.agreement.reader == "another 1.0"


def test_without_a_second_reader_there_is_no_agreement_and_still_advice(desk: Desk) -> None:
    where = desk.fill("K1", "2026-W42", "about 12")
    examined = desk.examined()
    assert examined.agreement is None
    assert rules(examined.diagnoses) == [("not_understood", where)]
    assert said(examined.diagnoses[0]) == "Here stands “about 12”, expected: a number."


def test_a_problem_where_nothing_stands_says_what_is_expected(desk: Desk) -> None:
    desk.fill("K1", LAST, None, down=-1)
    (one,) = desk.found()
    assert (one.rule, said(one)) == ("not_understood", "Expected here: a column for Dec 28, 2026.")


def test_a_workbook_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(NotFound):
        examine(MemoryStore("gone.xlsx"), Eyes(), TODAY, LANGUAGES)


NUMBER = Cell(Kind.NUMBER, 12.0)


@pytest.mark.parametrize(
    ("theirs", "rule", "severity"),
    [
        (NOTHING, "readers_differ", Severity.WARNING),
        (Cell(Kind.NUMBER, 13.0), "readers_differ", Severity.WARNING),
        (Cell(Kind.TEXT, "12"), "readers_differ", Severity.WARNING),
        (Cell(Kind.ERROR, "#N/A"), "readers_differ", Severity.WARNING),
        (Cell(Kind.UNCALCULATED, None, "A1"), "readers_differ", Severity.WARNING),
        (Cell(Kind.NUMBER, 46027.0, dated=True), "date_for_number", Severity.WARNING),
        (Cell(Kind.NUMBER, 9e9, dated=True), "date_for_number", Severity.WARNING),
    ],
)
def test_a_number_that_another_reader_sees_otherwise(desk: Desk, theirs: Cell, rule: str, severity: Severity) -> None:
    where = desk.fill("K1", "2026-W42", 12)
    examined = desk.examined(Eyes({where: theirs}))
    assert examined.agreement is not None
    assert (examined.agreement.of - examined.agreement.same) == 1
    (one,) = examined.diagnoses
    assert (one.rule, one.severity, one.where) == (rule, severity, where)
    assert "okrsheets sees the number 12" in said(one)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (12, Cell(Kind.NUMBER, 12.0 + 1e-13)),
        (None, Cell(Kind.TEXT, "")),
        (None, Cell(Kind.UNCALCULATED, None, 'IF(A1="","",1)')),
        ("of the  week ", Cell(Kind.TEXT, "of the week")),
        ("", NOTHING),
    ],
)
def test_what_looks_alike_is_the_same(desk: Desk, ours: Written, theirs: Cell) -> None:
    where = desk.fill("O1", "title", ours)
    agreement = desk.examined(Eyes({where: theirs})).agreement
    assert agreement is not None
    assert agreement.same == agreement.of


@pytest.mark.parametrize(("theirs", "same"), [(1.0, True), (0.0, False), (2.0, False)])
def test_a_tick_is_a_1_to_some(desk: Desk, theirs: float, same: bool) -> None:
    where = desk.fill("A1", "2026-10-15", True)
    assert (desk.found(Eyes({where: Cell(Kind.NUMBER, theirs, "TRUE()")})) == ()) is same


def test_views_are_said_in_words(desk: Desk) -> None:
    title = desk.where("O1", "title")
    (one,) = desk.found(Eyes({title: Cell(Kind.BOOLEAN, True)}))
    assert said(one) == "okrsheets sees the text “Close 10 programmes” here, another reader sees a ticked box."
    (one,) = desk.found(Eyes({title: Cell(Kind.BOOLEAN, False)}))
    assert "sees an open box." in said(one)
    day = desk.where("theme", "days_off")
    (one,) = desk.found(Eyes({day: Cell(Kind.TEXT, "9 oct")}))
    assert "okrsheets sees the day Oct 9, 2026 here" in said(one)


def test_codes_in_a_text_are_explained_and_do_no_harm(desk: Desk) -> None:
    where = desk.fill("A1", "title", "Invite\rthem")
    (one,) = desk.found(Eyes({where: Cell(Kind.TEXT, "Invite_x000D_them")}))
    assert (one.rule, one.severity, one.where) == ("escaped_text", Severity.HINT, where)


def test_a_tick_by_formula_that_nobody_calculated_is_explained_and_does_no_harm(desk: Desk) -> None:
    where = desk.fill("A1", "2026-10-15", True)
    (one,) = desk.found(Eyes({where: Cell(Kind.UNCALCULATED, None, "TRUE()")}))
    assert (one.rule, one.severity, one.where) == ("uncalculated_tick", Severity.HINT, where)


def test_a_tab_that_another_reader_cannot_read_is_told_once(desk: Desk) -> None:
    blind = desk.examined(Eyes(blind={"KPIs": "it has no sheet"}))
    empty = desk.examined(Eyes(empty={"KPIs"}))
    for examined, why in ((blind, "it has no sheet"), (empty, "it sees no cells at all")):
        assert rules(examined.diagnoses) == [("tab_not_compared", None)]
        assert said(examined.diagnoses[0]) == f"another 1.0 cannot read KPIs: {why}."
        assert examined.agreement is not None
        assert 0 < examined.agreement.same < examined.agreement.of


def test_tabs_that_cannot_be_read_for_the_same_reason_are_told_together(desk: Desk) -> None:
    blind = dict.fromkeys(("Theme", "Objectives", "Actions", "KPIs"), "it has no sheet")
    examined = desk.examined(Eyes(blind=blind))
    assert [said(one) for one in examined.diagnoses] == [
        "another 1.0 cannot read Actions, KPIs, Objectives, and Theme: it has no sheet."
    ]
    assert examined.agreement is not None
    assert examined.agreement.same == 0


FIRST, LAST = "2026-W40", "2026-W53"
BEYOND = 10
"""Columns to the right of the last week."""


def beyond(desk: Desk, heading: Written, value: Written = 7) -> Address:
    """A column beyond the weeks, with a heading and what stands in the row of the first KPI."""
    desk.fill("K1", LAST, heading, down=-1, right=BEYOND)
    return desk.fill("K1", LAST, value, right=BEYOND)


@pytest.mark.parametrize(
    ("heading", "value", "severity", "words"),
    [
        (None, 7, Severity.WARNING, "no date stands above column"),
        ("my sum", 7, Severity.HINT, "“my sum” above column"),
        (None, "7,5 and more", Severity.WARNING, "1 filled cell does not count"),
    ],
)
def test_a_number_under_no_date(desk: Desk, heading: Written, value: Written, severity: Severity, words: str) -> None:
    where = beyond(desk, heading, value)
    (one,) = desk.found()
    assert (one.rule, one.severity, one.where) == ("no_date", severity, where)
    assert words in said(one)


@pytest.mark.parametrize("value", ["a note of my own", 0, None])
def test_a_note_beside_the_weeks_is_nobody_s_business(desk: Desk, value: Written) -> None:
    beyond(desk, None, value)
    assert desk.found() == ()


def test_numbers_in_several_rows_of_a_column_are_told_together(desk: Desk) -> None:
    first = beyond(desk, None)
    desk.fill("K2", LAST, 3, right=BEYOND)
    (one,) = desk.found()
    assert (one.where, said(one)) == (first, "2 filled cells do not count: no date stands above column AM.")


def no_title(desk: Desk) -> Address:
    return desk.fill("K6", FIRST, 4, down=3)


def in_a_ratio(desk: Desk) -> Address:
    week = replace(desk.where("K5", "name"), column=desk.where("K4", FIRST).column)
    desk.store.fill(week, 0.3)
    return week


def measured_by_its_kpi(desk: Desk) -> Address:
    own = replace(desk.where("KR1", "title"), column=desk.where("KR3", "current").column)
    desk.store.fill(own, 4)
    return own


def outside_the_period(desk: Desk) -> Address:
    return beyond(desk, date(2027, 1, 11))


@pytest.mark.parametrize("lose", [no_title, in_a_ratio, measured_by_its_kpi, outside_the_period])
def test_what_reading_found_lost_is_told_once(desk: Desk, lose: Callable[[Desk], Address]) -> None:
    where = lose(desk)
    (one,) = desk.found(Eyes())
    assert (one.rule, one.severity, one.where) == ("not_understood", Severity.WARNING, where)
    assert ENGLISH.say(one.remedy)


def test_a_number_in_a_key_result_s_own_cell_is_well(desk: Desk) -> None:
    desk.fill("KR3", "current", 120)
    desk.fill("KR4", "done", True)
    assert desk.found() == ()


@pytest.mark.parametrize("copy", ["Actions (2)", "Actions_2", "Copy of Actions", "Kopie van actions", "actions copy"])
def test_a_copy_of_a_tab(desk: Desk, copy: str) -> None:
    class Copied(MemoryStore):
        def read(self) -> Reading:
            reading = desk.store.read()
            return replace(reading, titles=(*reading.titles, copy, "My own"))

    examined = examine(Copied(), None, TODAY, LANGUAGES)
    assert [(one.rule, said(one)) for one in examined.diagnoses] == [
        ("copied_tab", f"The tab “{copy}” looks like a copy of “Actions”; only “Actions” counts.")
    ]
    assert examined.inspected.other_tabs == (copy, "My own")


def test_weeks_and_days_to_come(desk: Desk) -> None:
    week = desk.fill("K2", "2026-W49", 3)
    desk.fill("K2", "2026-W50", 3)
    day = desk.fill("A2", "2026-11-24", True)
    desk.fill("A3", "2026-12-24", True)
    found = desk.found()
    assert rules(found) == [("still_to_come", week), ("still_to_come", day)]
    assert said(found[0]).startswith("The weeks from Nov 30, 2026 on are still to come: their 2 numbers of “Calls”")
    assert {one.severity for one in found} == {Severity.HINT}
    assert desk.found(today=date(2026, 12, 24)) == ()


def test_more_ticks_than_asked_for(desk: Desk) -> None:
    for day in ("2026-10-12", "2026-10-13", "2026-10-14"):
        desk.fill("A1", day, True)
    for day in ("05", "06", "07", "08", "09"):
        desk.fill("A2", f"2026-10-{day}", True)
    found = [one for one in desk.found() if one.rule == "above_quota"]
    assert rules(found) == [
        ("above_quota", desk.where("A1", "2026-10-14")),
        ("above_quota", desk.where("A2", "2026-10-09")),
    ], "9 October is a day off, so four were asked for"


def test_ticks_that_a_typed_number_hides(desk: Desk) -> None:
    for day in ("2026-10-12", "2026-10-13", "2026-10-20"):
        desk.fill("A1", day, True)
    where = desk.fill("K1", "2026-W42", 2)
    desk.fill("K1", "2026-W43", 5)
    (one,) = desk.found()
    assert (one.rule, one.where) == ("typed_over_ticks", where)
    assert said(one) == "“Invitations”, the week of Oct 12, 2026: the typed 2 counts, not the 6 of the ticks."


def test_a_kpi_that_nothing_uses(desk: Desk) -> None:
    desk.fill("K7", "2026-W44", 80)
    (one,) = desk.found()
    assert (one.rule, one.where) == ("unused_kpi", desk.where("K7", "name"))


def test_twelve_where_twelve_percent_is_meant(desk: Desk) -> None:
    where = desk.fill("K4", FIRST, 12)
    desk.fill("K4", "2026-W41", 0.12)
    desk.fill("K6", FIRST, 2.5)
    found = [one for one in desk.found() if one.rule != "unused_kpi"]
    assert rules(found) == [("share_above_one", where)]
    assert said(found[0]) == "“Open rate” is a percentage, and 12 counts as 1,200%."
    assert ENGLISH.say(found[0].remedy) == "Type 12% with its percent sign if that is what you mean."


def test_a_row_that_a_person_added(desk: Desk) -> None:
    where = desk.fill("A3", "title", "Rest", down=1)
    (one,) = desk.found()
    assert (one.rule, one.severity, one.where) == ("row_without_id", Severity.HINT, where)
    assert said(one) == "“Rest” was added by hand; it counts, and is known by its title."


def test_a_copied_row_is_told_once(desk: Desk) -> None:
    desk.fill("A3", "title", "Write", down=1)
    id = replace(desk.where("A3", "title"), column=1)
    copied = replace(id, row=id.row + 1)
    desk.store.fill(copied, "A3")
    assert rules(desk.found()) == [("not_understood", copied)]


def test_numbers_typed_as_text(desk: Desk) -> None:
    where = desk.fill("K1", "2026-W42", "1,250.50")
    desk.fill("K2", "2026-W42", "3")
    (one,) = desk.found()
    assert (one.rule, one.where) == ("number_as_text", where)
    assert said(one).startswith("2 numbers are stored as text, the first one here")


def test_what_lies_under_merged_weeks(desk: Desk) -> None:
    first = desk.where("K2", "2026-W42")
    area = Area(first.tab, first.row, first.column, first.row, first.column + 1)

    class Merged(MemoryStore):
        def read(self) -> Reading:
            reading = desk.store.read()
            grid = replace(reading.grids[first.tab], merges=(area, Area(first.tab, 1, 1, 1, 3)))
            return replace(reading, grids={**reading.grids, first.tab: grid})

    assert examine(Merged(), None, TODAY, LANGUAGES).diagnoses == ()
    under = desk.fill("K2", "2026-W43", 5)
    (one,) = examine(Merged(), None, TODAY, LANGUAGES).diagnoses
    assert (one.rule, one.severity, one.where) == ("under_merged_cells", Severity.WARNING, under)
    assert said(one) == f"Under the merged cells {area.a1} lies the number 5: it counts, unseen."


def test_hidden_rows(desk: Desk) -> None:
    rows = {desk.where("A1", "title").row, desk.where("A3", "title").row}
    (one,) = desk.found(Eyes(hidden={"Actions": frozenset(rows | {99})}))
    assert (one.rule, one.severity) == ("hidden_rows", Severity.HINT)
    assert said(one) == "Rows 8 and 10 of Actions are hidden, by hand or by a filter; they count all the same."


def test_the_gravest_comes_first_and_of_a_cell_one_thing_is_said(desk: Desk) -> None:
    hint = desk.fill("K2", "2026-W49", 3)
    where = desk.fill("K1", "2026-W42", "about 12")
    found = desk.found(Eyes({where: NOTHING}))
    assert rules(found) == [("not_understood", where), ("still_to_come", hint)]
    assert all(ENGLISH.say(one.remedy) for one in found)
