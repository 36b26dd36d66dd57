"""What a person does to a workbook, and what okrsheets then understands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Q4, Desk, with_cells, with_columns, without

from okrsheets.edges import templates
from okrsheets.edges.languages import language
from okrsheets.edges.memory import MemoryStore
from okrsheets.rules import tables
from okrsheets.rules.fence import fence
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.words.errors import Emptied, NotOurs, PlanDamaged
from okrsheets.words.grid import NOTHING, Address, Cell, Grid, Kind, Reading
from okrsheets.words.period import Period, Week, quarter
from okrsheets.words.plan import Cadence, CheckIns, KeyResultType, KpiKind, Stage


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("name", templates.names())
def test_a_template_s_plan_comes_back_as_it_was(name: str, code: str) -> None:
    plan = templates.load(name).plan(code)
    snapshot = Desk(plan, code).made
    assert snapshot.plan == plan
    assert snapshot.problems == ()
    assert (snapshot.about.language, snapshot.about.period) == (code, Q4)


@pytest.mark.parametrize("period", [quarter(2027, 1), Period(date(2026, 9, 14), 26), Period(date(2026, 9, 14), 1)])
def test_a_plan_with_everything_in_it_comes_back_for_any_period(period: Period) -> None:
    snapshot = Desk(PLAN, "en", period).made
    assert snapshot.plan == PLAN
    assert snapshot.about.period == period
    assert len([key for key in snapshot.cells["A1"] if key[:2] == "20"]) == 7 * period.weeks


def test_check_ins_come_back_as_they_were_filled_in() -> None:
    monday, tuesday = Q4.start, date(2026, 9, 29)
    filled = CheckIns(
        values={"K1": {Week(monday): 12.0}, "K4": {Week.parse("2026-W44"): 140.0}},
        current={"KR4": 150.0},
        done={"KR3": True},
        ticks={"A1": frozenset({monday}), "A3": frozenset()},
        skips={"A1": frozenset({tuesday})},
    )
    read = Desk(check_ins=filled).made.check_ins
    assert read.values["K1"] == {Week(monday): 12}
    assert read.values["K4"] == {Week.parse("2026-W44"): 140}
    assert (read.current, read.done) == ({"KR4": 150}, {"KR3": True})
    assert (read.ticks["A1"], read.skips["A1"]) == ({monday}, {tuesday})


@pytest.mark.parametrize(
    ("typed", "value"),
    [(12, 12), ("1.250,50", 1250.5), ("12 %", 0.12), ("€ 1.250,00", 1250), (0, 0), ("", None), ("  ", None)],
)
def test_a_number_is_read_as_the_locale_writes_it(typed: float | str, value: float | None) -> None:
    snapshot = Desk().type("K1", "2026-W40", typed)
    assert snapshot.check_ins.values["K1"].get(Week.parse("2026-W40")) == value
    assert snapshot.problems == ()


@pytest.mark.parametrize("typed", ["ongeveer 12", "1.250", True])
def test_what_is_not_clearly_a_number_is_reported_with_its_cell_and_does_not_count(typed: str | bool) -> None:
    desk = Desk()
    snapshot = desk.type("K1", "2026-W40", typed)
    assert snapshot.check_ins.values["K1"] == {}
    (problem,) = snapshot.problems
    assert (problem.where, problem.found) == (desk.where("K1", "2026-W40"), "TRUE" if typed is True else typed)
    assert LANGUAGES[0].say(problem.hint)


@pytest.mark.parametrize("cell", [Cell(Kind.ERROR, "#DIV/0!"), Cell(Kind.UNCALCULATED, None, "A1+B1")])
def test_an_unknown_figure_is_a_problem_and_not_emptiness(cell: Cell) -> None:
    desk = Desk()
    for item, field in [("K1", "2026-W40"), ("A1", "2026-09-28"), ("theme", "days_off"), ("theme", "title")]:
        snapshot = read_back(_with(desk, item, field, cell), LANGUAGES)
        (problem,) = snapshot.problems
        assert problem.where == desk.where(item, field)
        assert problem.found in ("#DIV/0!", "=A1+B1")


@pytest.mark.parametrize("typed", [True, 1, "x", "X", "v", "✓", "✔", "ja", "YES", "Waar", "true", "1"])
def test_a_tick_may_be_typed_in_many_ways(typed: str | bool) -> None:
    assert Desk().type("A1", "2026-09-28", typed).check_ins.ticks["A1"] == {Q4.start}


@pytest.mark.parametrize("typed", [False, 0, "", " ", "nee", "No", "ONWAAR", "0"])
def test_an_open_box_may_be_left_in_many_ways(typed: str | bool) -> None:
    snapshot = Desk().type("A1", "2026-09-28", typed)
    assert snapshot.check_ins.ticks["A1"] == frozenset()
    assert snapshot.problems == ()


@pytest.mark.parametrize("typed", ["-", "–"])
def test_a_dash_skips(typed: str) -> None:
    assert Desk().type("A1", "2026-09-28", typed).check_ins.skips["A1"] == {Q4.start}


@pytest.mark.parametrize("typed", ["bijna", 2, 0.5])
def test_anything_else_in_a_box_is_reported_and_counts_as_open(typed: str | float) -> None:
    snapshot = Desk().type("A1", "2026-09-28", typed)
    assert snapshot.check_ins.ticks["A1"] == frozenset()
    assert [problem.found for problem in snapshot.problems] == [str(typed)]


@pytest.mark.parametrize("typed", [date(2026, 10, 19), "2026-10-19", "19-10-2026", "19/10/2026", "19.10.2026"])
def test_a_day_off_is_a_date_or_the_text_of_one(typed: date | str) -> None:
    assert Desk().type("theme", "days_off", typed).plan.theme.days_off == (date(2026, 10, 19),)


@pytest.mark.parametrize("typed", ["herfstvakantie", 12, "31-02-2026", True])
def test_what_is_no_date_is_reported(typed: str | float) -> None:
    snapshot = Desk().type("theme", "days_off.2", typed)
    assert snapshot.plan.theme.days_off == ()
    assert len(snapshot.problems) == 1


def test_an_american_writes_the_month_first() -> None:
    assert Desk(code="en").type("theme", "days_off", "10/19/2026").plan.theme.days_off == (date(2026, 10, 19),)


@pytest.mark.parametrize(
    ("item", "field", "typed"),
    [
        ("K1", "plan_rate", 30),
        ("K1", "plan_rate", -0.1),
        ("K1", "lag_weeks", 1.5),
        ("K2", "in_flight", -1),
        ("KR2", "confidence", 11),
        ("A1", "per_week", 8),
        ("theme", "price", -5),
        ("theme", "price", "veel"),
    ],
)
def test_a_number_out_of_range_is_reported_and_left_out(item: str, field: str, typed: float | str) -> None:
    assert len(Desk().type(item, field, typed).problems) == 1


def test_drop_downs_are_understood_in_either_language() -> None:
    desk = Desk()
    for word in ("weekly", "wekelijks", "WEEKLY"):
        assert desk.beside("A1", "per_week", word, columns=-1).plan.actions[0].cadence is Cadence.WEEKLY
    snapshot = desk.beside("A1", "per_week", "sometimes", columns=-1)
    assert snapshot.plan.actions[0].cadence is Cadence.DAILY
    assert [problem.found for problem in snapshot.problems] == ["sometimes"]


def test_a_row_that_a_person_adds_counts_under_its_title() -> None:
    desk = Desk()
    desk.beside("A4", "title", "Bel elke dag iemand", rows=1)
    snapshot = desk.beside("A4", "title", "Bel elke dag iemand", rows=2)
    assert [action.id for action in snapshot.plan.actions[-2:]] == ["~bel-elke-dag-iemand", "~bel-elke-dag-iemand-2"]
    assert snapshot.plan.actions[-1].per_week == 5


def test_a_copied_row_counts_without_its_id_and_is_reported() -> None:
    desk = Desk()
    desk.beside("A4", "title", "A copy", rows=1)
    snapshot = desk.beside("A4", "title", "A1", rows=1, columns=-1)
    assert [action.id for action in snapshot.plan.actions][-1] == "~a-copy"
    assert [problem.found for problem in snapshot.problems] == ["A1"]


def test_a_row_that_was_cleared_is_gone_even_if_its_hidden_id_stayed() -> None:
    desk = Desk()
    row = desk.where("A4", "title").row
    for column in range(2, 10):
        desk.store.fill(Address("Acties", row, column), None)
    assert [action.id for action in desk.read().plan.actions] == ["A1", "A2", "A3"]


def test_a_key_result_stays_with_its_objective_when_rows_are_sorted() -> None:
    desk = Desk()
    reading = desk.store.read()
    grid = reading.grids["Doelen"]
    first, last = desk.where("O1", "title").row, desk.where("KR4", "title").row
    flipped = {
        (first + last - row if first <= row <= last else row, column): cell
        for (row, column), cell in grid.cells.items()
    }
    snapshot = read_back(replace(reading, grids={**reading.grids, "Doelen": Grid("Doelen", flipped)}), LANGUAGES)
    owned = {objective.id: {result.id for result in objective.key_results} for objective in snapshot.plan.objectives}
    assert owned == {"O1": {"KR1", "KR2", "KR3"}, "O2": {"KR4"}}


def test_a_key_result_that_a_person_adds_belongs_to_the_objective_above_it() -> None:
    desk = Desk()
    desk.beside("KR4", "title", "More", rows=1)
    desk.beside("KR4", "low", 3, rows=1)
    added = desk.read().plan.objectives[1].key_results[-1]
    assert (added.id, added.type, added.low) == ("~more", KeyResultType.WITHIN, 3)


def test_key_results_above_every_objective_belong_to_the_first() -> None:
    desk = Desk()
    row = desk.where("O1", "title").row
    desk.store.fill(Address("Doelen", row, 4), "bereiken")
    snapshot = desk.read()
    assert snapshot.plan.objectives[0].key_results[0].id == "O1"


def test_key_results_without_any_objective_still_count() -> None:
    desk = Desk()
    for id in ("O1", "O2"):
        row = desk.where(id, "title").row
        desk.store.fill(Address("Doelen", row, 4), "reach")
    (alone,) = desk.read().plan.objectives
    assert (alone.id, len(alone.key_results)) == ("~", 6)


def test_an_objective_is_known_by_its_id_where_its_type_was_cleared() -> None:
    desk = Desk()
    desk.store.fill(Address("Doelen", desk.where("O1", "title").row, 4), None)
    assert [objective.id for objective in desk.read().plan.objectives] == ["O1", "O2"]


def test_a_reference_may_be_a_title_and_one_to_nothing_is_reported() -> None:
    desk = Desk()
    assert desk.beside("A1", "title", "programmes", columns=2).plan.actions[0].key_result == "KR2"
    snapshot = desk.beside("A1", "title", "KR9", columns=2)
    assert snapshot.plan.actions[0].key_result is None
    assert [problem.found for problem in snapshot.problems] == ["KR9"]


def test_two_kpis_cannot_be_the_same_stage() -> None:
    desk = Desk()
    snapshot = desk.beside("K4", "plan_rate", 2, columns=-1)
    assert [stage.kpi for stage in snapshot.plan.funnel] == ["K1", "K2", "K3"]
    assert [problem.found for problem in snapshot.problems] == ["2"]


def test_a_lag_that_is_left_out_is_one_week() -> None:
    assert Desk().type("K1", "lag_weeks", None).plan.funnel[0] == Stage("K1", 0.3, 1, None, 13)


def test_a_month_s_value_in_another_week_is_reported() -> None:
    desk = Desk()
    assert [key for key in desk.made.cells["K4"] if "W" in key] == ["2026-W44", "2026-W48", "2026-W53"]
    snapshot = desk.beside("K4", "2026-W44", 130, columns=-1)
    assert [problem.found for problem in snapshot.problems] == ["130"]


def test_a_ratio_has_no_cells_of_its_own() -> None:
    assert not [key for key in Desk().made.cells["K5"] if "W" in key]


@pytest.mark.parametrize("names_follow", [True, False])
def test_columns_are_found_after_one_was_inserted(names_follow: bool) -> None:
    reading = with_columns(Desk().store.read(), "KPI's", 6, 2, names_follow=names_follow)
    snapshot = read_back(reading, LANGUAGES)
    assert snapshot.plan == PLAN
    assert snapshot.problems == ()


@pytest.mark.parametrize("names_follow", [True, False])
def test_a_column_that_can_be_missed_is_reported_and_counts_as_empty(names_follow: bool) -> None:
    place = tables.OBJECTIVES.position("confidence")
    reading = with_columns(Desk().store.read(), "Doelen", place, -1, names_follow=names_follow)
    snapshot = read_back(reading, LANGUAGES)
    assert snapshot.plan.key_results[1].confidence is None
    assert snapshot.plan.key_results[1].note == "go"
    assert len(snapshot.problems) == 1
    assert snapshot.where("KR2", "confidence") is None


@pytest.mark.parametrize("names_follow", [True, False])
def test_a_table_without_its_titles_cannot_be_read(names_follow: bool) -> None:
    reading = with_columns(Desk().store.read(), "Acties", 2, -1, names_follow=names_follow)
    with pytest.raises(PlanDamaged):
        read_back(reading, LANGUAGES)


def test_headings_find_the_columns_when_all_names_are_gone() -> None:
    reading = Desk().store.read()
    own = [name for name in reading.names if name.startswith(("okr_objectives", "okr_kpis", "okr_actions"))]
    assert read_back(without(reading, *own), LANGUAGES).plan == PLAN


def test_a_reworded_heading_does_no_harm_while_its_name_stands() -> None:
    desk = Desk()
    row = desk.where("O1", "title").row - 1
    desk.store.fill(Address("Doelen", row, tables.OBJECTIVES.position("target")), "Waar ik uit wil komen")
    assert desk.read().plan == PLAN


def test_a_tab_without_names_and_headings_cannot_be_read() -> None:
    reading = Desk().store.read()
    own = [name for name in reading.names if name.startswith("okr_actions")]
    bare = replace(reading, grids={**reading.grids, "Acties": Grid("Acties")})
    with pytest.raises(PlanDamaged):
        read_back(without(bare, *own), LANGUAGES)


def test_a_tab_that_is_gone_is_named() -> None:
    reading = Desk().store.read()
    gone = {title: grid for title, grid in reading.grids.items() if title != "Acties"}
    with pytest.raises(PlanDamaged) as raised:
        read_back(replace(reading, grids=gone), LANGUAGES)
    assert "Acties" in LANGUAGES[0].say(raised.value.message)


def test_a_renamed_tab_is_found_by_its_names() -> None:
    store = MemoryStore()
    workbook = describe(PLAN, Q4, language("nl"))
    renamed = {tab.title: f"Mijn {tab.title}" for tab in workbook.tabs}
    tabs = tuple(replace(tab, title=renamed[tab.title], merges=()) for tab in workbook.tabs)
    names = {name: replace(area, tab=renamed[area.tab]) for name, area in workbook.names.items()}
    store.create(replace(workbook, tabs=tabs, names=names))
    assert read_back(store.read(), LANGUAGES).plan == PLAN


def test_the_period_is_told_by_the_weeks_when_the_theme_tab_lost_it() -> None:
    reading = Desk(code="en", period=quarter(2027, 1)).store.read()
    own = [tables.setting_name(field) for field in (*tables.PERIOD_FIELDS, *tables.SETTING_FIELDS)]
    snapshot = read_back(without(reading, *own), LANGUAGES)
    assert snapshot.about.period == quarter(2027, 1)
    assert (snapshot.about.language, snapshot.about.locale) == ("en", "en_US")


def test_without_any_trace_of_the_period_nothing_can_be_computed() -> None:
    reading = Desk().store.read()
    cells = {spot: cell for spot, cell in reading.grids["KPI's"].cells.items() if spot[0] != 4 or spot[1] < 16}
    bare = replace(reading, grids={**reading.grids, "KPI's": Grid("KPI's", cells)})
    start = bare.names["okr_start"]
    assert start
    with pytest.raises(PlanDamaged):
        read_back(with_cells(bare, start.tab, {start.first.spot: NOTHING}), LANGUAGES)


def test_a_workbook_of_somebody_else_is_said_to_be_one() -> None:
    with pytest.raises(NotOurs):
        read_back(Reading("excel", "taxes.xlsx", ("2026",), {}, {}, ""), LANGUAGES)


def test_a_workbook_of_a_newer_okrsheets_is_left_alone() -> None:
    desk = Desk()
    area = desk.store.read().names["okr_schema"]
    assert area
    desk.store.fill(area.first, 2)
    with pytest.raises(NotOurs):
        desk.read()


@pytest.mark.parametrize(
    ("tab", "from_row"),
    [("Kwartaalthema", 1), ("Doelen", 5), ("Doelen", 1), ("Acties", 6), ("Acties", 1), ("KPI's", 5)],
)
def test_an_emptied_tab_stops_at_the_fence(tab: str, from_row: int) -> None:
    desk = Desk()
    fence(desk.read(), desk.store.read())
    for row, column in list(desk.store.read().grids[tab].cells):
        if row >= from_row:
            desk.store.fill(Address(tab, row, column), None)
    with pytest.raises(Emptied) as raised:
        fence(desk.read(), desk.store.read())
    assert raised.value.facts["tab"] == tab


def test_a_title_may_be_a_number() -> None:
    assert Desk().type("theme", "title", 2026).plan.theme.title == "2026"


def test_titles_are_known_in_all_languages() -> None:
    assert {"Kwartaalthema", "Overzicht", "Objectives", "KPI's", "KPIs"} <= known_titles(LANGUAGES)


def test_a_reading_of_a_kind_of_counting_from_the_sheet() -> None:
    desk = Desk()
    assert desk.made.plan.kpis[3].kind is KpiKind.STOCK
    place = tables.KPIS.position("kind")
    desk.store.fill(Address("KPI's", desk.where("K4", "name").row, place), "gemiddelde")
    assert desk.read().plan.kpis[3].kind is KpiKind.AVERAGE


def _with(desk: Desk, item: str, field: str, cell: Cell) -> Reading:
    reading, address = desk.store.read(), desk.where(item, field)
    cells = {**reading.grids[address.tab].cells, address.spot: cell}
    return replace(reading, grids={**reading.grids, address.tab: Grid(address.tab, cells)})


def test_a_lost_week_is_reported_and_what_stood_there_does_not_count() -> None:
    desk = Desk()
    desk.type("K1", "2026-W42", 12)
    heading = replace(desk.where("K1", "2026-W42"), row=desk.where("K1", "2026-W42").row - 1)
    desk.store.fill(heading, "week 42")
    snapshot = desk.read()
    assert snapshot.check_ins.values["K1"] == {}
    (problem,) = snapshot.problems
    assert "12 okt 2026" in LANGUAGES[0].say(problem.expected)


def test_a_plan_that_began_without_actions_is_no_accident() -> None:
    desk = Desk(replace(PLAN, actions=()))
    fence(desk.read(), desk.store.read())


def test_where_nobody_knows_which_tabs_were_filled_all_were() -> None:
    desk = Desk(replace(PLAN, actions=()))
    desk.store.fill(desk.made.settings["filled"], None)
    reading = desk.store.read()
    with pytest.raises(Emptied):
        fence(read_back(reading, LANGUAGES), reading)


def test_a_number_beyond_belief_is_reported() -> None:
    assert [problem.found for problem in Desk().type("K1", "2026-W40", 1e15).problems] == [str(10**15)]
