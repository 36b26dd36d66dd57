"""method.md §6: the chance of reaching a flow target."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom
from worlds import SPRING, average, close, day, flow, reach, stock, within, world

from okrsheets.rules.progress.chance import chance_of, flow_chance
from okrsheets.words.period import Period
from okrsheets.words.plan import KeyResultType

KR = reach("KR1", 0, 10, "K1")
K1 = flow("K1")


@pytest.mark.parametrize(
    ("so_far", "week", "chance"),
    [  # method.md §6: T = 10, W = 13
        (1, 3, 0.2097),
        (2, 3, 0.4157),
        (3, 3, 0.6430),
        (6, 6, 0.8034),
        (4, 6, 0.3737),
        (3, 9, 0.0106),
        (9, 12, 0.5191),
        (0, 0, 0.4537),
    ],
)
def test_the_vectors_of_the_method(so_far, week, chance):
    assert flow_chance(10, so_far, week, 13) == pytest.approx(chance, abs=1e-4)


def chance(cells, today, key_result=KR, kpi=K1, period=SPRING):
    return chance_of(world(period=period, kpis=[kpi], values={"K1": cells}), key_result, today)


def test_it_counts_up_to_the_last_week_with_a_value():
    """(2, 3) of the vectors, two weeks later without a new number."""
    assert chance([1, 0, 1], close(5)) == pytest.approx(0.4157, abs=1e-4)


@pytest.mark.parametrize(
    ("cells", "today", "expected"),
    [
        ([1, 1], close(2), None),
        ([], close(9), None),
        ([11], close(3), 1),
        ([1] * 10, close(13), 1),
        ([1] * 9, close(13), 0),
        ([1] * 9, day(20), 0),
        ([], close(13), None),
        ([0] * 13, day(13), 0),
    ],
)
def test_before_week_three_without_numbers_and_at_the_end(cells, today, expected):
    assert chance(cells, today) == expected


def test_a_period_of_two_weeks_has_an_end_as_well():
    assert chance([9, 1], close(2), period=Period(SPRING.start, 2)) == 1


@pytest.mark.parametrize(
    "key_result",
    [
        reach("KR1", 5, 10, "K1"),
        reach("KR1", 0, 10.5, "K1"),
        reach("KR1", 0, -10, "K1"),
        reach("KR1", 0, 0, "K1"),
        reach("KR1", 0, None, "K1"),
        reach("KR1", 0, 10),
        within("KR1", 0, 10, "K1"),
        replace(KR, type=KeyResultType.DONE),
        replace(KR, type=KeyResultType.WITHIN, low=0),
    ],
)
def test_no_chance_for_what_does_not_count_from_nothing(key_result):
    assert chance([1, 1, 1], close(3), key_result) is None


@pytest.mark.parametrize("kpi", [stock("K1"), average("K1")])
def test_no_chance_for_what_does_not_flow(kpi):
    assert chance([1, 1, 1], close(3), kpi=kpi) is None


def test_the_ends_of_the_scale():
    assert chance([10], close(3)) == 1
    assert chance([0] * 12 + [9], day(13)) == 0
    assert 0 < flow_chance(10, 9.5, 12, 13) < 1
    assert flow_chance(10, 9.5, 13, 13) == 0
    assert chance([0, 0], close(3), reach("KR1", 0, 1, "K1")) == pytest.approx(flow_chance(1, 0, 2, 13))


def test_fractions_that_add_up_to_the_target_reach_it():
    """4.6 + 2.3 + 0.1 is 7, but for the last digit of a computer."""
    assert flow_chance(7, 4.6 + 2.3 + 0.1, 3, 13) == 1
    assert flow_chance(10, 4.6 + 2.3 + 0.1, 3, 13) == pytest.approx(flow_chance(10, 7, 3, 13))
    assert chance([4.6, 2.3, 0.1], day(13), reach("KR1", 0, 7, "K1")) == 1


def test_a_count_below_nothing_asks_for_more_and_does_not_make_the_rate_negative():
    assert flow_chance(1, -5, 3, 13) == pytest.approx(nbinom.sf(5, 4 / 13, 7 / 17))


def test_a_missing_baseline_is_nothing():
    assert chance([1, 1], close(3), reach("KR1", None, 10, "K1")) == chance([1, 1], close(3))


counts = st.integers(1, 2000)


@given(counts, counts, st.integers(0, 26), st.integers(1, 26))
def test_it_agrees_with_scipy(target, so_far, week, weeks):
    week = min(week, weeks - 1)
    shape, rate = 4 * target / weeks + so_far, (4 + week) / (4 + weeks)
    expected = nbinom.sf(target - so_far - 1, shape, rate)
    assert flow_chance(target, so_far, week, weeks) == pytest.approx(expected, abs=1e-9)


@given(counts, st.floats(-100, 2000), st.integers(0, 13))
def test_it_is_a_share_and_more_never_lowers_it(target, so_far, week):
    here, further = (flow_chance(target, k, week, 13) for k in (so_far, so_far + 1))
    assert 0 <= here <= further + 1e-12
    assert further <= 1
