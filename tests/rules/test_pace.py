"""method.md §5: expected progress and the pace from here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import SPRING, close, day, reach, within, world

from okrsheets.rules.progress.pace import at_least, expected_progress, lag_before, required_pace
from okrsheets.words.period import Period
from okrsheets.words.plan import KeyResult, KeyResultType, Stage

FUNNEL = [Stage("K1", 0.3, 1), Stage("K2", 0.25, 2), Stage("K3")]


@pytest.mark.parametrize(
    ("week", "score", "goal", "expected", "pace"),
    [
        # method.md §5
        (1, 0, 1, 0.0769, 1.0833),
        (3, 0, 1, 0.2308, 1.3000),
        (4, 0, 1, 0.3077, 1.4444),
        (6, 0.40, 1, 0.4615, 1.1143),
        (10, 0.62, 1, 0.7692, 1.6467),
        (12, 0.84, 0.7, 0.9231, 0),
    ],
)
def test_the_table_of_the_method(week, score, goal, expected, pace):
    assert expected_progress(SPRING, 0, close(week)) == pytest.approx(expected, abs=1e-4)
    assert required_pace(score, expected_progress(SPRING, 0, close(week)), goal) == pytest.approx(pace, abs=1e-4)


@pytest.mark.parametrize(
    ("lag", "on", "expected"),
    [
        (3, close(3), 0),
        (3, close(4), 1 / 10),
        (3, close(13), 1),
        (3, day(0), 0),
        (13, close(12), 0),
        (13, close(13), 1),
        (20, close(12), 0),
        (20, close(13), 1),
        (0, day(0), 0),
        (0, day(99), 1),
    ],
)
def test_a_lag_shortens_the_time_in_which_results_can_come(lag, on, expected):
    assert expected_progress(SPRING, lag, on) == pytest.approx(expected)


@pytest.mark.parametrize(("kpi", "lag"), [("K1", 0), ("K2", 1), ("K3", 3), ("K9", 0), (None, 0)])
def test_the_lag_is_that_of_the_steps_before_the_stage(kpi, lag):
    assert lag_before(world(funnel=FUNNEL).plan, reach("KR1", 0, 10, kpi)) == lag


def test_only_reach_waits_for_the_funnel():
    plan = world(funnel=FUNNEL).plan
    assert lag_before(plan, within("KR1", 1, 2, "K3")) == 0
    assert lag_before(plan, KeyResult("KR1", "", KeyResultType.DONE, kpi="K3")) == 0


@pytest.mark.parametrize(("score", "expected"), [(None, 0.5), (0.5, 1.0), (None, 1.0)])
def test_no_pace_without_a_score_or_without_time(score, expected):
    assert required_pace(score, expected) is None


def test_the_planned_speed_from_the_planned_place_is_one():
    assert required_pace(0.4, 0.4) == pytest.approx(1)
    assert required_pace(0.28, 0.4, 0.7) == pytest.approx(1)


@given(st.integers(1, 26), st.integers(0, 30), st.integers(-10, 200), st.integers(1, 30))
def test_expected_progress_is_a_share_that_only_grows(weeks, lag, offset, more):
    period = Period(SPRING.start, weeks)
    today, later = day(1, offset), day(1, offset + more)
    assert 0 <= expected_progress(period, lag, today) <= expected_progress(period, lag, later) <= 1
    assert expected_progress(period, lag, today) <= expected_progress(period, 0, today) + 1e-12


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.99), st.sampled_from([0.7, 1.0]))
def test_a_higher_score_never_asks_for_more(score, other, expected, goal):
    low, high = sorted((score, other))
    assert required_pace(low, expected, goal) >= required_pace(high, expected, goal) >= 0


def test_rounding_does_not_decide():
    assert at_least(0.1 + 0.2, 0.3)
    assert at_least(0.7 - 1e-12, 0.7)
    assert not at_least(0.7 - 1e-6, 0.7)
