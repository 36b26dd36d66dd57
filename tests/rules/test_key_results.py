"""method.md §3: what a key result stands at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    AUTUMN,
    SPRING,
    WEDNESDAY,
    close,
    daily,
    day,
    done,
    flow,
    milestone,
    monthly,
    once,
    ratio,
    reach,
    stock,
    within,
    world,
)

from okrsheets.rules.progress.key_results import closeness, last_number, measure, measuring_kpi
from okrsheets.words.period import Week
from okrsheets.words.plan import KeyResult, KeyResultType, Pulse


@pytest.mark.parametrize(
    ("baseline", "target", "value", "raw", "score"),
    [
        # method.md §3
        (0, 10, 4, 0.4, 0.4),
        (0, 10, 13, 1.3, 1),
        (20, 50, 14, -0.2, 0),
        (48, 24, 30, 0.75, 0.75),
        (48, 24, 54, -0.25, 0),
        (48, 24, 20, 1.1667, 1),
        (-5000, 10000, 2500, 0.5, 0.5),
        (63, 70, 63, 0, 0),
        # silent in the method: a missing baseline is 0
        (None, 10, 4, 0.4, 0.4),
    ],
)
def test_reach(baseline, target, value, raw, score):
    key_result = reach("KR1", baseline, target)
    measured = measure(world(key_results=[key_result], current={"KR1": value}), key_result, day(3))
    assert measured.current == value
    assert measured.raw == pytest.approx(raw, abs=1e-4)
    assert measured.score == pytest.approx(score, abs=1e-4)
    assert measured.regressed == (raw < 0)
    assert measured.in_band is None
    assert measured.compliance is None


@pytest.mark.parametrize(
    ("baseline", "target", "value"), [(0, 10, None), (0, None, 4), (10, 10, 4), (None, 0, 4), (None, None, None)]
)
def test_reach_without_value_target_or_distance_has_no_score(baseline, target, value):
    key_result = reach("KR1", baseline, target)
    book = world(key_results=[key_result], current={} if value is None else {"KR1": value})
    measured = measure(book, key_result, day(3))
    assert (measured.current, measured.raw, measured.score) == (value, None, None)
    assert not measured.regressed


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_score_is_a_share_and_grows_towards_the_target(baseline, target, value):
    key_result = reach("KR1", baseline, target)
    measured = measure(world(current={"KR1": value}), key_result, day(3))
    if measured.score is not None:
        assert 0 <= measured.score <= 1
        nearer = measure(world(current={"KR1": (value + target) / 2}), key_result, day(3))
        assert abs(1 - nearer.raw) <= abs(1 - measured.raw) + 1e-6


def test_a_kpi_is_the_value_whatever_is_typed():
    key_result = reach("KR1", 0, 10, "K1")
    book = world(kpis=[flow("K1")], values={"K1": [1, 3]}, current={"KR1": 9})
    assert measure(book, key_result, close(2)).current == 4
    assert last_number(book, key_result, close(2)) == Week.of(day(2))


def test_where_its_kpi_is_gone_the_typed_number_is_the_value():
    key_result = reach("KR1", 0, 10, "K9")
    book = world(current={"KR1": 9})
    assert measure(book, key_result, close(2)).current == 9
    assert last_number(book, key_result, close(2)) is None


@pytest.mark.parametrize(
    ("cells", "low", "high", "tolerance", "compliance", "score"),
    [
        # method.md §3, 13 weeks
        ([42, 44, 47, 39, 45], 40, 45, None, 0.6, 3 / 13),
        ([42, 44, 47, 39, 45], 40, 45, 5, 0.88, 4.4 / 13),
        ([5, 4, 3, None, 6], 4, None, None, 0.75, 3 / 13),
        ([5, 4, 3, None, 6], 4, None, 2, 0.875, 3.5 / 13),
        # silent in the method
        ([5, 9], None, 8, None, 0.5, 1 / 13),
        ([5, 9], None, 8, -1, 0.5, 1 / 13),
        ([5, 99], None, 8, 2, 0.5, 1 / 13),
        ([5, 8.5], None, 8, 1, 0.75, 1.5 / 13),
    ],
)
def test_within(cells, low, high, tolerance, compliance, score):
    key_result = within("KR1", low, high, "K1", tolerance=tolerance)
    book = world(kpis=[stock("K1")], values={"K1": cells})
    measured = measure(book, key_result, close(5))
    assert measured.compliance == pytest.approx(compliance)
    assert measured.score == pytest.approx(score)
    assert measured.raw is None
    assert measured.in_band == (closeness(key_result, cells[-1]) == 1)


def test_within_by_month_counts_months():
    key_result = within("KR1", 40, 45, "K1")
    book = world(period=AUTUMN, kpis=[stock("K1", Pulse.MONTH)], values={"K1": [None] * 4 + [42] + [None] * 3 + [50]})
    measured = measure(book, key_result, AUTUMN.end)
    assert (measured.score, measured.compliance, measured.in_band) == (1 / 3, 0.5, False)


def test_within_judges_each_week_of_a_ratio():
    key_result = within("KR1", 0.5, None, "R")
    book = world(kpis=[flow("S"), flow("C"), ratio("R", "S", "C")], values={"S": [1, 1], "C": [2, 20]})
    assert measure(book, key_result, close(2)).compliance == 0.5


def test_within_by_hand_speaks_for_the_period_so_far():
    key_result = within("KR1", 40, 45, tolerance=10)
    measured = measure(world(current={"KR1": 50}), key_result, close(6))
    assert (measured.current, measured.in_band, measured.compliance) == (50, False, 0.5)
    assert measured.score == pytest.approx(0.5 * 6 / 13)


def test_within_by_hand_is_in_its_band_or_not():
    assert measure(world(current={"KR1": 45}), within("KR1", 40, 45), close(6)).in_band is True
    assert measure(world(current={"KR1": 46}), within("KR1", 40, 45), close(6)).in_band is False


@pytest.mark.parametrize(("low", "high", "value"), [(None, None, 42), (40, 45, None)])
def test_within_without_band_or_value_has_no_score(low, high, value):
    book = world(current={} if value is None else {"KR1": value})
    measured = measure(book, within("KR1", low, high), close(6))
    assert (measured.current, measured.score, measured.in_band, measured.compliance) == (value, None, None, None)


@given(
    st.lists(st.none() | st.floats(-1e6, 1e6), max_size=13),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.none() | st.floats(0, 100),
    st.sampled_from([Pulse.WEEK, Pulse.MONTH]),
)
def test_within_stays_a_share(cells, low, high, tolerance, cadence):
    key_result = within("KR1", low, high, "K1", tolerance=tolerance)
    measured = measure(world(kpis=[stock("K1", cadence)], values={"K1": cells}), key_result, SPRING.end)
    if measured.score is not None:
        assert 0 <= measured.score <= measured.compliance <= 1


def test_milestones_weigh_by_their_amount():
    """method.md §3: w 2,1,3,2, done 1,1,0,0: 3/8."""
    steps = [once(f"A{n}", key_result="KR1", amount=weight) for n, weight in enumerate((2, 1, 3, 2))]
    others = [once("A8", key_result="KR2", amount=50), daily("A9"), monthly("A10")]
    ticks = {"A0": [day(2)], "A1": [day(3)], "A8": [day(1)]}
    measured = measure(world(actions=[*steps, *others], ticks=ticks), milestone("KR1"), day(1))
    assert (measured.current, measured.raw, measured.score) == (3 / 8, 3 / 8, 3 / 8)


def test_milestones_are_once_actions_only():
    action = KeyResult("KR1", "Steps", KeyResultType.MILESTONE)
    book = world(actions=[once("A1", key_result="KR1", amount=-3)], ticks={"A1": [day(1)]})
    assert measure(world(), action, day(1)).score == 0
    assert measure(book, action, day(1)).score == 0


@pytest.mark.parametrize(("box", "score"), [({"KR1": True}, 1), ({"KR1": False}, 0), ({}, 0)])
def test_done_is_one_tick(box, score):
    measured = measure(world(done=box), done("KR1"), day(3, WEDNESDAY))
    assert (measured.current, measured.raw, measured.score) == (score, score, score)


def test_boxes_and_milestones_are_not_measured_by_a_kpi():
    plan = world(kpis=[flow("K1")]).plan
    types = {kind: measuring_kpi(plan, KeyResult("KR1", "", kind, kpi="K1")) for kind in KeyResultType}
    assert types == {
        KeyResultType.REACH: flow("K1"),
        KeyResultType.WITHIN: flow("K1"),
        KeyResultType.MILESTONE: None,
        KeyResultType.DONE: None,
    }
