"""method.md §2: what a KPI says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    AUTUMN,
    FRIDAY,
    SUNDAY,
    TUESDAY,
    average,
    close,
    column,
    daily,
    day,
    days,
    flow,
    monthly,
    once,
    ratio,
    stock,
    weekly,
    world,
)

from okrsheets.rules.progress.kpi_values import current_value, last_reported, pulse, reporting_weeks, weekly_values
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Cadence, Pulse


@pytest.mark.parametrize(
    ("kpi", "cells", "current"),
    [
        (flow("K1"), [2, None, 3], 5),
        (flow("K1"), [0, 0], 0),
        (stock("K1"), [900, 950, None], 950),
        (stock("K1"), [900, 0], 0),
        (average("K1"), [0.2, None, 0.4], 0.3),
        (flow("K1"), [None, None], None),
        (stock("K1"), [], None),
        (average("K1"), [None], None),
    ],
)
def test_the_kind_decides_how_weeks_become_one_value(kpi, cells, current):
    assert current_value(world(kpis=[kpi], values={"K1": cells}), "K1", close(5)) == pytest.approx(current)


def test_a_ratio_is_the_ratio_of_sums_not_the_mean_of_rates():
    """method.md §2: weeks (1 of 2), (1 of 20): 2/22 = 0.0909, not 0.2750."""
    book = world(kpis=[flow("S"), flow("C"), ratio("R", "S", "C")], values={"S": [1, 1], "C": [2, 20]})
    assert current_value(book, "R", close(2)) == pytest.approx(0.0909, abs=1e-4)
    assert list(weekly_values(book, "R", close(2)).values()) == [0.5, 0.05]


def test_a_ratio_counts_only_the_weeks_where_both_are_reported():
    book = world(
        kpis=[flow("S"), flow("C"), ratio("R", "S", "C")], values={"S": [1, None, 4, 9], "C": [10, 50, 10, None]}
    )
    assert current_value(book, "R", close(4)) == 5 / 20
    assert weekly_values(book, "R", close(4)) == column([0.1, None, 0.4])
    assert last_reported(book, "R", close(4)) == Week.of(day(3))


def test_a_ratio_without_a_denominator_has_no_value_but_is_reported():
    book = world(kpis=[flow("S"), flow("C"), ratio("R", "S", "C")], values={"S": [0, 0], "C": [0, 0]})
    assert current_value(book, "R", close(2)) is None
    assert weekly_values(book, "R", close(2)) == {}
    assert last_reported(book, "R", close(2)) == Week.of(day(2))


def test_a_week_without_denominator_still_counts_in_the_sums():
    book = world(kpis=[flow("S"), flow("C"), ratio("R", "S", "C")], values={"S": [1, 1], "C": [0, 8]})
    assert current_value(book, "R", close(2)) == 2 / 8


@pytest.mark.parametrize("parts", [("S", "nowhere"), ("R", "S"), ("nowhere", "S")])
def test_a_ratio_of_what_has_no_cells_has_no_value(parts):
    book = world(kpis=[flow("S"), ratio("R", *parts)], values={"S": [1, 2]})
    assert current_value(book, "R", close(2)) is None
    assert last_reported(book, "R", close(2)) is None


def test_the_last_week_is_the_last_that_is_reported():
    book = world(kpis=[stock("K1")], values={"K1": [5, None, 6, None, 7]})
    assert last_reported(book, "K1", close(4)) == Week.of(day(3))


def test_an_unknown_kpi_has_no_values():
    book = world(values={"K9": [1, 2]})
    assert weekly_values(book, "K9", close(2)) == {}
    assert current_value(book, "K9", close(2)) is None
    assert last_reported(book, "K9", close(2)) is None


def test_weeks_after_that_of_today_do_not_count_yet():
    book = world(kpis=[flow("K1"), stock("K2")], values={"K1": [1, 2, 4], "K2": [10, 20, 40]})
    assert current_value(book, "K1", day(2)) == 3
    assert current_value(book, "K2", day(2)) == 20
    assert current_value(book, "K1", day(0, SUNDAY)) is None
    assert current_value(book, "K1", day(99)) == 7


def test_values_outside_the_period_do_not_count():
    book = world(kpis=[flow("K1")], values={"K1": [1] * 15})
    assert current_value(book, "K1", close(15)) == 13


def test_ticks_fill_a_week_in_which_nothing_was_typed():
    book = world(
        kpis=[flow("K1")],
        actions=[daily("A1", feeds="K1", amount=20), weekly("A2", feeds="K1", amount=5), daily("A3", feeds="K2")],
        values={"K1": [None, 7, None, 0]},
        ticks={"A1": days(1, 3) + days(2, 5) + days(4, 1), "A2": [day(1, FRIDAY)], "A3": days(1, 5)},
    )
    assert weekly_values(book, "K1", close(5)) == column([65, 7, None, 0])


def test_a_week_without_ticks_is_not_reported():
    book = world(kpis=[flow("K1")], actions=[daily("A1", feeds="K1")])
    assert current_value(book, "K1", close(3)) is None


@pytest.mark.parametrize("kpi", [stock("K1"), average("K1"), ratio("K1", "K2", "K3")])
def test_ticks_feed_flows_only(kpi):
    book = world(kpis=[kpi], actions=[daily("A1", feeds="K1")], ticks={"A1": days(1, 5)})
    assert current_value(book, "K1", close(1)) is None


def test_a_daily_tick_after_today_does_not_count_and_a_weekly_one_stands_for_its_week():
    book = world(
        kpis=[flow("K1"), flow("K2"), flow("K3")],
        actions=[daily("A1", feeds="K1"), weekly("A2", feeds="K2"), once("A3", feeds="K3", amount=3)],
        ticks={"A1": days(1, 5), "A2": [day(1, FRIDAY), day(2)], "A3": [day(1, FRIDAY)]},
    )
    assert [current_value(book, kpi, day(1, TUESDAY)) for kpi in ("K1", "K2", "K3")] == [2, 1, 3]


def test_a_monthly_kpi_has_a_cell_in_each_months_week_only():
    """method.md §1: 2026-Q4 has its months in W44, W48, W53."""
    kpi = stock("K1", Pulse.MONTH)
    book = world(period=AUTUMN, kpis=[kpi], values={"K1": [1, 1, 1, 1, 5] + [None] * 8 + [9]})
    assert [str(week) for week in reporting_weeks(book, kpi)] == ["2026-W44", "2026-W48", "2026-W53"]
    assert [str(week) for week in weekly_values(book, "K1", AUTUMN.end)] == ["2026-W44", "2026-W53"]


def test_ticks_of_a_month_fill_the_months_cell():
    kpi = flow("K1", Pulse.MONTH)
    ticks = [day(1, period=AUTUMN), day(4, period=AUTUMN), day(6, period=AUTUMN), day(9, period=AUTUMN)]
    feeder = Action("A1", "Call", Cadence.WEEKLY, 1, feeds="K1", amount=2)
    book = world(period=AUTUMN, kpis=[kpi], actions=[feeder], ticks={"A1": ticks})
    assert {str(week): value for week, value in weekly_values(book, "K1", AUTUMN.end).items()} == {
        "2026-W44": 4,
        "2026-W48": 4,
    }


def test_ticks_in_a_month_without_a_cell_do_not_count():
    period = type(AUTUMN)(AUTUMN.start, 6)
    kpi = flow("K1", Pulse.MONTH)
    book = world(
        period=period,
        kpis=[kpi],
        actions=[monthly("A0"), weekly("A1", feeds="K1")],
        ticks={"A1": [day(6, period=period)]},
    )
    assert weekly_values(book, "K1", period.end) == {}


def test_a_ratio_is_monthly_where_a_part_is():
    kpis = [
        flow("W"),
        flow("M", Pulse.MONTH),
        ratio("R1", "W", "W"),
        ratio("R2", "W", "M"),
        ratio("R4", "M", "W"),
        ratio("R3", "W", "nowhere"),
    ]
    plan = world(kpis=kpis).plan
    assert [pulse(plan, kpi) for kpi in kpis] == [
        Pulse.WEEK,
        Pulse.MONTH,
        Pulse.WEEK,
        Pulse.MONTH,
        Pulse.MONTH,
        Pulse.WEEK,
    ]


cells = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=13)


@given(cells, st.integers(0, 14), st.sampled_from([flow("K1"), stock("K1"), average("K1")]))
def test_the_value_lies_in_what_was_reported(row, week, kpi):
    book = world(kpis=[kpi], values={"K1": row})
    reported = [value for value in row[:week] if value is not None]
    value = current_value(book, "K1", close(week))
    assert (value is None) == (not reported)
    assert list(weekly_values(book, "K1", close(week)).values()) == reported
    if value is not None and kpi.kind.value != "flow":
        assert min(reported) - 1e-6 <= value <= max(reported) + 1e-6


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60)), min_size=1, max_size=13))
def test_a_ratio_lies_between_its_lowest_and_highest_week(pairs):
    book = world(
        kpis=[flow("S"), flow("C"), ratio("R", "S", "C")],
        values={"S": [above for above, _ in pairs], "C": [below for _, below in pairs]},
    )
    weeks = weekly_values(book, "R", close(13)).values()
    value = current_value(book, "R", close(13))
    assert value is not None
    assert min(weeks) - 1e-12 <= value <= max(weeks) + 1e-12
