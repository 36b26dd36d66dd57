"""What is needed from here: the goal, what is in flight, the basis, and whether it can be done (method.md §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from funnels import TODAY, settled
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AUTUMN, SPRING, close, english, reach, within, world

from okrsheets.rules.needed.needed import needed
from okrsheets.words.period import Period
from okrsheets.words.plan import KeyResult, Kpi, Pulse, Stage, Theme
from okrsheets.words.report import Needed
from okrsheets.words.snapshot import Snapshot

TEN = Theme(revenue_goal=15000, price=1500)
BAND = replace(within("KR2", 1, 5, "K3"), target=7)
"""Somebody typed a target that a band does not have."""
KPIS = (Kpi("K1", "Invitations"), Kpi("K2", "Calls"), Kpi("K3", "Clients"))


def high_ticket(
    values: dict[str, Sequence[float | None]] | None = None,
    *,
    lags: tuple[int, int] = (1, 2),
    in_flight: float | None = None,
    theme: Theme = TEN,
    plans: tuple[float | None, float | None] = (0.30, 0.25),
    key_results: Sequence[KeyResult] = (),
    last: Kpi = KPIS[2],
    period: Period = SPRING,
) -> Snapshot:
    stages = [Stage("K1", plans[0], lags[0]), Stage("K2", plans[1], lags[1], in_flight), Stage("K3")]
    return world(
        period=period,
        theme=theme,
        kpis=[*KPIS[:2], last],
        funnel=stages,
        key_results=key_results,
        values=values,  # type: ignore[arg-type]
    )


def figures(workbook: Snapshot, week: int) -> Needed:
    answer = needed(workbook, close(week))
    assert answer is not None
    return answer


def test_r1_with_the_plan_rates_in_the_first_week() -> None:
    answer = figures(high_ticket(), 1)
    assert (answer.sales, answer.n50, answer.n80, answer.basis) == (10, 129, 166, "plan")
    assert (answer.usable_weeks, answer.per_week) == (9, 19)
    assert (answer.capacity, answer.feasible, answer.chance_at_capacity) == (None, None, None)


@pytest.mark.parametrize(
    ("id", "counts", "goal", "n50", "n80"), [("R2", (60, 24, 3), 13, 186, 314), ("R4", (100, 30, 8), 18, 126, 185)]
)
def test_r2_and_r4_with_the_measured_rates(id: str, counts: tuple[int, ...], goal: int, n50: int, n80: int) -> None:
    answer = needed(settled(counts, (0.30, 0.25), goal=goal), TODAY)
    assert answer is not None
    assert (answer.sales, answer.n50, answer.n80, answer.basis) == (10, n50, n80, "measured"), id


@pytest.mark.parametrize("in_flight", [6, 6.9])
def test_r3_with_calls_in_flight_and_a_capacity(in_flight: float) -> None:
    """Five weeks are usable: 13 − 5 − 3. Everything else of week 5 stands still since week 3."""
    values = {"K1": [60, 0, 0, 0, 0], "K2": [0, 24, 0, 0, 0], "K3": [0, 0, 0, 3, 0]}
    theme = replace(TEN, capacity_per_week=15)
    answer = figures(high_ticket(values, in_flight=in_flight, theme=theme), 5)
    assert (answer.sales, answer.n50, answer.n80) == (7, 113, 206)
    assert (answer.usable_weeks, answer.per_week, answer.capacity) == (5, 42, 15)
    assert answer.feasible is False
    assert answer.chance_at_capacity == pytest.approx(0.2871, abs=6e-5)


def test_without_any_capacity_the_chance_is_that_of_what_is_on_its_way() -> None:
    """Six calls are on their way for the last client; a tenth of an invitation a week is none."""
    values = {"K1": [60, 0, 0, 0, 0], "K2": [0, 24, 0, 0, 0], "K3": [0, 0, 0, 3, 0]}
    four = Theme(revenue_goal=6000, price=1500)
    chances = [
        figures(high_ticket(values, in_flight=6, theme=replace(four, capacity_per_week=capacity)), 5).chance_at_capacity
        for capacity in (0, 0.1, 1)
    ]
    assert chances[0] is not None
    assert 0 < chances[0] == chances[1] < chances[2]  # type: ignore[operator]


def test_in_flight_is_what_came_too_late_to_have_gone_on() -> None:
    """As of week 5 with lags 1 and 2: the invitations of week 5, the calls of weeks 4 and 5."""
    values = {"K1": [20, 10, 10, 10, 10], "K2": [0, 6, 3, 4, 2], "K3": [0, 0, 0, 1, 1]}
    derived = figures(high_ticket(values), 5)
    typed = figures(high_ticket(values, in_flight=6), 5)
    fewer = figures(high_ticket(values, in_flight=0), 5)
    assert (derived.n50, derived.n80) == (typed.n50, typed.n80)
    assert derived.n80 is not None
    assert fewer.n80 is not None
    assert derived.n80 < fewer.n80


def test_negative_in_flight_is_nothing() -> None:
    values = {"K1": [60, 0, 0, 0, 0], "K2": [0, 24, 0, 0, 0], "K3": [0, 0, 0, 3, 0]}
    assert figures(high_ticket(values, in_flight=-4), 5).n80 == figures(high_ticket(values, in_flight=0), 5).n80


@pytest.mark.parametrize(("first", "basis"), [(19, "plan"), (20, "measured")])
def test_twenty_units_that_had_their_time_make_a_measurement(first: float, basis: str) -> None:
    """What was sent this week does not count for it."""
    values = {"K1": [first, 50], "K2": [0, 5]}
    assert figures(high_ticket(values), 2).basis == basis


def test_impossible_counts_fall_back_on_the_plan() -> None:
    values = {"K1": [30, 0, 0], "K2": [0, 31, 0]}
    assert figures(high_ticket(values), 3).basis == "plan"


@pytest.mark.parametrize(
    ("theme", "last", "key_results", "sales"),
    [
        (TEN, Kpi("K3", "Clients", target=99), (), 10),
        (Theme(revenue_goal=999, price=33.3), KPIS[2], (), 30),
        (Theme(revenue_goal=1000, price=33.3), KPIS[2], (), 31),
        (Theme(revenue_goal=15000), Kpi("K3", "Clients", target=12), (), 12),
        (Theme(revenue_goal=15000, price=0), Kpi("K3", "Clients", target=12), (), 12),
        (Theme(revenue_goal=0, price=1500), Kpi("K3", "Clients", target=11.5), (), 12),
        (Theme(), KPIS[2], (reach("KR1", 0, 8, "K3"),), 8),
        (Theme(), KPIS[2], (reach("KR1", 0, 8, "K2"), BAND, reach("KR3", 0, 9, "K3")), 9),
        (Theme(), Kpi("K3", "Clients", target=12), (reach("KR1", 0, 8, "K3"),), 12),
    ],
)
def test_the_goal(theme: Theme, last: Kpi, key_results: tuple[KeyResult, ...], sales: int) -> None:
    """ceil(revenue goal / price); else the last stage's target; else that of the key result that it measures."""
    assert figures(high_ticket(theme=theme, last=last, key_results=key_results), 1).sales == sales


@pytest.mark.parametrize("theme", [Theme(), Theme(revenue_goal=-1, price=5)])
def test_without_a_goal_nothing_is_needed(theme: Theme) -> None:
    assert needed(high_ticket(theme=theme), close(1)) is None


@pytest.mark.parametrize("funnel", [(), (Stage("K3"),)])
def test_without_a_funnel_nothing_is_needed(funnel: tuple[Stage, ...]) -> None:
    assert needed(world(kpis=KPIS, funnel=funnel, theme=TEN), close(1)) is None


def test_a_goal_for_a_kpi_that_is_gone() -> None:
    """The revenue still says how many, or the key result that it measured."""
    funnel = [Stage("K1", 0.3), Stage("K2", 0.25), Stage("K3")]
    assert figures(world(kpis=KPIS[:2], funnel=funnel, theme=TEN), 1).sales == 10
    assert figures(world(kpis=KPIS[:2], funnel=funnel, key_results=[reach("KR1", 0, 8, "K3")]), 1).sales == 8


def test_results_so_far_come_off_the_goal_also_in_parts() -> None:
    values = {"K1": [60] * 3, "K2": [20] * 3, "K3": [1, 2.5, None]}
    assert figures(high_ticket(values), 3).sales == 7


def test_a_months_results_count_as_typed() -> None:
    values = {"K3": [None] * 4 + [4]}
    workbook = high_ticket(values, last=Kpi("K3", "Clients", cadence=Pulse.MONTH), period=AUTUMN)
    answer = needed(workbook, close(6, AUTUMN))
    assert answer is not None
    assert answer.sales == 6


@pytest.mark.parametrize("week", [3, 13])
def test_reached_needs_nothing(week: int) -> None:
    answer = figures(high_ticket({"K1": [60] * 3, "K2": [20] * 3, "K3": [5, 5, 2]}), week)
    assert (answer.sales, answer.n50, answer.n80, answer.per_week, answer.feasible) == (0, 0, 0, 0, True)
    assert english(answer.sentence) == "The goal is reached: 12 of 10 (Clients)."


def test_what_is_on_its_way_may_be_enough() -> None:
    values = {"K1": [40, 0, 0], "K2": [0, 12, 0], "K3": [5, 4, 0]}
    answer = figures(high_ticket(values), 3)
    assert (answer.sales, answer.n80, answer.per_week, answer.feasible) == (1, 0, 0, True)
    assert english(answer.sentence) == "Needed: what is on its way already gives an 80% chance of the goal."


@pytest.mark.parametrize(
    ("capacity", "feasible", "chance"),
    [(None, None, None), (19, True, None), (18.9, False, 0.82), (0, False, 0), (-3, False, 0)],
)
def test_feasible_is_a_matter_of_capacity(capacity: float | None, feasible: bool | None, chance: float | None) -> None:
    answer = figures(high_ticket(theme=replace(TEN, capacity_per_week=capacity)), 1)
    assert answer.per_week == 19
    assert answer.feasible is feasible
    assert answer.chance_at_capacity == (None if chance is None else pytest.approx(chance, abs=0.03))


@pytest.mark.parametrize(("week", "usable"), [(1, 9), (9, 1), (10, 0), (13, 0)])
def test_usable_weeks_leave_time_for_every_step(week: int, usable: int) -> None:
    answer = figures(high_ticket({"K1": [30] * 9, "K2": [9] * 9, "K3": [0] * 9}), week)
    assert answer.usable_weeks == usable
    assert (answer.per_week is None) == (usable == 0)
    assert (answer.feasible is False) == (usable == 0)


def test_without_a_usable_week_only_what_is_on_its_way_counts() -> None:
    """K2's twelve calls in flight: 1 − (1 − p)^12 for one client, p ~ Beta(4, 6)."""
    values = {"K1": [20, 0, 0] + [0] * 8, "K2": [0, 6] + [0] * 8 + [12], "K3": [9, 0, 0, 3, -3] + [0] * 6}
    answer = figures(high_ticket(values), 11)
    assert answer.sales == 1
    assert answer.usable_weeks == 0
    assert answer.feasible is True  # an 80 % chance is on its way already
    more = figures(high_ticket(values, theme=Theme(revenue_goal=18000, price=1500)), 11)
    assert more.sales == 3
    assert more.feasible is False
    assert 0 < (more.chance_at_capacity or 0) < 0.8


def test_after_the_period_nothing_more_comes() -> None:
    values = {"K1": [30] * 13, "K2": [9] * 13, "K3": [0] * 13}
    answer = figures(high_ticket(values), 14)
    assert (answer.sales, answer.usable_weeks, answer.feasible, answer.chance_at_capacity) == (10, 0, False, 0)
    assert english(answer.sentence) == "The period is over: 0 of 10 (Clients)."


@pytest.mark.parametrize("plans", [(None, 0.25), (0.3, None), (0.3, 0)])
@pytest.mark.parametrize("week", [1, 13])
def test_without_plan_rates_it_cannot_be_said(plans: tuple[float | None, float | None], week: int) -> None:
    answer = figures(high_ticket({"K1": [60] * 3, "K2": [20] * 3}, plans=plans), week)
    assert (answer.sales, answer.n50, answer.n80, answer.per_week, answer.basis) == (10, None, None, None, "plan")
    assert answer.chance_at_capacity is None
    assert answer.feasible is (None if week == 1 else False)


def test_out_of_reach_is_said() -> None:
    values = {"K1": [5000] * 3, "K2": [0] * 3}
    answer = figures(high_ticket(values, plans=(0.02, 0.25), theme=replace(TEN, capacity_per_week=500)), 3)
    assert (answer.n80, answer.per_week, answer.feasible) == (None, None, False)
    assert answer.chance_at_capacity == pytest.approx(0, abs=1e-2)
    assert english(answer.sentence) == (
        "At these rates no number of units (Invitations) gives an 80% chance of 10 more (Clients): "
        "a better rate helps most."
    )


@pytest.mark.parametrize(
    ("workbook", "week", "sentence"),
    [
        (high_ticket(), 1, "Needed for an 80% chance of your goal: 19 a week (Invitations), if your plan rates hold."),
        (
            high_ticket({"K1": [60, 0, 0, 0, 0], "K2": [0, 24, 0, 0, 0], "K3": [0, 0, 0, 3, 0]}, in_flight=6),
            5,
            "Needed for an 80% chance of your goal: 42 a week (Invitations).",
        ),
        (
            high_ticket(theme=replace(TEN, capacity_per_week=12)),
            1,
            (
                "Needed for an 80% chance of your goal: 19 a week (Invitations), if your plan rates hold; "
                "at your most, 12 a week, "
                "the chance is 29%, and more time, a better rate or a higher price would help."
            ),
        ),
        (
            high_ticket(theme=Theme(capacity_per_week=12), last=Kpi("K3", "Clients", target=10)),
            1,
            (
                "Needed for an 80% chance of your goal: 19 a week (Invitations), if your plan rates hold; "
                "at your most, 12 a week, "
                "the chance is 29%, and more time or a better rate would help."
            ),
        ),
        (
            high_ticket({"K1": [30] * 9, "K2": [9] * 9, "K3": [0] * 9}),
            12,
            (
                "What you start now (Invitations) pays off after the period; what is on its way gives a chance of 0% "
                "for the 10 to go (Clients), and more time, a better rate or a higher price would help."
            ),
        ),
        (
            high_ticket(plans=(None, 0.25)),
            1,
            "What is needed follows from the plan rates: fill in one for every step of the funnel.",
        ),
        (
            high_ticket(theme=Theme(revenue_goal=15000, capacity_per_week=12), last=Kpi("K3", "Clients", target=10)),
            1,
            (
                "Needed for an 80% chance of your goal: 19 a week (Invitations), if your plan rates hold; "
                "at your most, 12 a week, "
                "the chance is 29%, and more time or a better rate would help."
            ),
        ),
        (
            high_ticket(plans=(0.3, None)),
            1,
            "What is needed follows from the plan rates: fill in one for every step of the funnel.",
        ),
        (
            high_ticket(plans=(None, 0.25)),
            12,
            (
                "What you start now (Invitations) pays off after the period; 10 to go (Clients), "
                "and more time, a better rate or a higher price would help."
            ),
        ),
        (
            high_ticket(),
            12,
            (
                "What you start now (Invitations) pays off after the period; 10 to go (Clients), "
                "and more time, a better rate or a higher price would help."
            ),
        ),
        (
            high_ticket(theme=Theme(), last=Kpi("K3", "Clients", target=10)),
            12,
            (
                "What you start now (Invitations) pays off after the period; 10 to go (Clients), "
                "and more time or a better rate would help."
            ),
        ),
    ],
)
def test_the_sentence(workbook: Snapshot, week: int, sentence: str) -> None:
    assert english(figures(workbook, week).sentence) == sentence


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=9), st.integers(1, 14))
def test_the_same_workbook_gives_the_same_answer(first: list[int], week: int) -> None:
    values = {"K1": first, "K2": [count // 4 for count in first], "K3": [count // 20 for count in first]}
    assert needed(high_ticket(values), close(week)) == needed(high_ticket(values), close(week))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.floats(-3, 80), max_size=13),
    st.lists(st.floats(-3, 40), max_size=13),
    st.lists(st.floats(-1, 9), max_size=13),
    st.none() | st.floats(0, 100),
    st.integers(0, 15),
)
def test_whatever_a_person_types_there_is_an_answer(
    first: list[float], second: list[float], third: list[float], capacity: float | None, week: int
) -> None:
    values = {"K1": first, "K2": second, "K3": third}
    answer = figures(high_ticket(values, theme=replace(TEN, capacity_per_week=capacity)), week)
    assert answer.sales >= 0
    assert answer.n80 is None or (answer.n50 or 0) <= answer.n80
    assert answer.chance_at_capacity is None or 0 <= answer.chance_at_capacity <= 1
    assert (answer.chance_at_capacity is not None) == (answer.feasible is False)
