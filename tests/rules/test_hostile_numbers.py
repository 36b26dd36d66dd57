"""Numbers, dates and tables that nobody can mean: a problem, or counted as what they are. Nothing else breaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from desks import LANGUAGES, PLAN, Desk
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.rules.funnel.attainment import HIGHEST_PLAN
from okrsheets.rules.funnel.counts import Counts
from okrsheets.rules.needed.needed import MOST_UNITS, in_flight, laws_of
from okrsheets.rules.needed.passing import Fixed, Learned
from okrsheets.rules.plan_check.arithmetic import chance_of_reaching
from okrsheets.rules.plan_check.check import check
from okrsheets.rules.readback import read_back
from okrsheets.rules.readback.rows import MOST_ROWS
from okrsheets.rules.report import compute
from okrsheets.rules.summary import summarise
from okrsheets.words.errors import NotOurs, PlanTooLarge
from okrsheets.words.grid import Address, Area
from okrsheets.words.period import Week
from okrsheets.words.plan import Stage

ANY_NUMBER = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from((0.0, 1.0, -1.0, 1e-12, 1e12, -1e12, 1e15, 1e-300, 5e-324, 1.7e308, 26.0, 9e9)),
)
CELLS = (
    *(("K1", str(Week.parse(f"2026-W{number}"))) for number in (40, 41, 47, 48)),
    *(("K2", "2026-W40"), ("K3", "2026-W47"), ("K4", "2026-W44"), ("K1", "target"), ("K3", "target")),
    *(("K1", "plan_rate"), ("K1", "lag_weeks"), ("K1", "in_flight"), ("K1", "planned_per_week"), ("K2", "plan_rate")),
    *(("KR2", "baseline"), ("KR2", "target"), ("KR4", "current"), ("KR4", "target"), ("KR1", "low")),
    *(("theme", "revenue_goal"), ("theme", "price"), ("theme", "capacity_per_week")),
    *(("A1", "per_week"), ("A1", "2026-09-28"), ("A4", "due")),
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(CELLS), ANY_NUMBER, min_size=1), st.sampled_from(("2026-11-23", "2027-01-03")))
def test_any_numbers_at_all_give_figures_and_sentences(typed: dict[tuple[str, str], float], today: str) -> None:
    desk = Desk()
    for (item, field), value in typed.items():
        if desk.made.where(item, field):
            desk.type(item, field, value)
    snapshot = desk.read()
    report = compute(snapshot, date.fromisoformat(today))
    cells = summarise(report, LANGUAGES[0])
    said = [LANGUAGES[0].say(sentence) for sentence in report.headline]
    said += [LANGUAGES[0].say(finding.sentence) for finding in check(snapshot.plan, snapshot.about.period).findings]
    assert cells
    assert all(said)


@pytest.mark.parametrize("typed", [1.1e15, -1e16, 1e300, "9" * 300])
def test_a_number_too_large_to_count_is_reported(typed: float | str) -> None:
    snapshot = Desk().type("KR4", "current", typed)
    assert "KR4" not in snapshot.check_ins.current
    (problem,) = snapshot.problems
    assert LANGUAGES[1].say(problem.expected) == "a number that can be counted"


@pytest.mark.parametrize(("typed", "read"), [(1e15, 1e15), (-1e15, -1e15), (1e-12, 1e-12), (9e-13, 0), (-5e-324, 0)])
def test_a_rounding_error_is_nothing_and_the_largest_counts(typed: float, read: float) -> None:
    snapshot = Desk().type("KR4", "current", typed)
    assert snapshot.check_ins.current["KR4"] == read
    assert snapshot.problems == ()


@pytest.mark.parametrize("day", ["9999-12-27", "0001-01-01", "1989-12-31", "2200-01-01"])
def test_a_day_outside_of_any_plan_is_no_day(day: str) -> None:
    (problem,) = Desk().type("A4", "due", day).problems
    assert LANGUAGES[1].say(problem.expected) == "a date"


@pytest.mark.parametrize("schema", ["2", "9" * 9, "9" * 5000])
def test_a_newer_version_may_have_any_number(schema: str) -> None:
    desk = Desk()
    desk.store.fill(desk.store.read().names["okr_schema"].first, schema)
    with pytest.raises(NotOurs):
        desk.read()


@pytest.mark.parametrize("schema", ["²", "٣", "-2", "1.5", "new", "0" * 5000])
def test_what_is_no_version_is_as_good_as_this_one(schema: str) -> None:
    desk = Desk()
    desk.store.fill(desk.store.read().names["okr_schema"].first, schema[:9])
    assert desk.read().plan == desk.made.plan


@pytest.mark.parametrize("weeks", ["0" * 5000 + "9", "26" + "0" * 5000, "²"])
def test_a_length_that_is_no_number_leaves_the_weeks_of_the_kpis(weeks: str) -> None:
    desk = Desk()
    desk.store.fill(desk.store.read().names["okr_weeks"].first, weeks)
    assert desk.read().about.period == desk.made.about.period


def test_a_name_that_leads_to_a_whole_tab_is_not_taken_at_its_word() -> None:
    desk = Desk()
    reading = desk.store.read()
    tab = reading.names["okr_theme_days_off"].tab
    whole = {name: Area(tab, 1, 1, 1_048_576, 16_384) for name in ("okr_theme_days_off", "okr_theme_agreements")}
    snapshot = read_back(replace(reading, names={**reading.names, **whole}), LANGUAGES)
    assert len(snapshot.cells["theme"]) < 5_000


def test_a_table_of_more_rows_than_anybody_works_at_is_refused() -> None:
    desk = Desk()
    first = desk.where("A1", "title")
    for row in range(MOST_ROWS - len(PLAN.actions)):
        desk.store.fill(Address(first.tab, first.row + len(PLAN.actions) + row, first.column), f"action {row}")
    assert len(desk.read().plan.actions) == MOST_ROWS
    desk.store.fill(Address(first.tab, first.row + MOST_ROWS, first.column), "one more")
    with pytest.raises(PlanTooLarge) as refused:
        desk.read()
    assert (refused.value.facts["count"], refused.value.facts["limit"]) == (MOST_ROWS + 1, MOST_ROWS)


@pytest.mark.parametrize("goal", [0, 1e-12, 1e-9, -5])
def test_a_goal_of_next_to_nothing_is_reached(goal: float) -> None:
    assert chance_of_reaching(10, 0.5, goal) == chance_of_reaching(0, 0.5, goal) == 1


def test_a_rate_of_very_many_is_known() -> None:
    stages = (Stage("K1", 0.5), Stage("K2", 0.5), Stage("K3", 0.5), Stage("K4"))
    counts = Counts(1, (MOST_UNITS, MOST_UNITS - 4, 1e12), (MOST_UNITS / 4, 5, 1e12), (0, 0, 0), 0)
    (known, learned, all_of_them), basis = laws_of(stages, counts)
    assert basis == "measured"
    assert known == Fixed(pytest.approx(0.25, abs=1e-6))
    assert learned == Learned(7, MOST_UNITS - 7)
    assert all_of_them == Fixed(HIGHEST_PLAN)


def test_more_than_can_wait_counts_as_the_most_that_can() -> None:
    counts = Counts(1, (1e12, 3), (0, 0), (1e12, 2.9999999999), 0)
    stages = (Stage("K1"), Stage("K2"), Stage("K3"))
    assert in_flight(stages, counts) == (MOST_UNITS, 3)
    assert in_flight((replace(stages[0], in_flight=1e15), replace(stages[1], in_flight=-1), stages[2]), counts) == (
        MOST_UNITS,
        0,
    )
