"""method.md §5: one word for how it stands."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    AUTUMN,
    SATURDAY,
    SPRING,
    SUNDAY,
    THURSDAY,
    WEDNESDAY,
    close,
    day,
    done,
    flow,
    milestone,
    reach,
    stock,
    within,
    world,
)

from okrsheets.rules.progress.objectives import key_result_report
from okrsheets.rules.progress.status import WEAKEST_FIRST, weakest
from okrsheets.words.plan import Ambition, KeyResult, KeyResultType, Pulse
from okrsheets.words.report import Status


def status(key_result, today, **ledger):
    return key_result_report(world(key_results=[key_result], **ledger), key_result, today).status


@pytest.mark.parametrize(
    ("week", "value", "ambition", "expected"),
    [
        # method.md §5
        (1, 0, Ambition.COMMITTED, Status.ON_TRACK),
        (3, 0, Ambition.COMMITTED, Status.AT_RISK),
        (4, 0, Ambition.COMMITTED, Status.OFF_TRACK),
        (6, 40, Ambition.COMMITTED, Status.AT_RISK),
        (10, 62, Ambition.COMMITTED, Status.OFF_TRACK),
        (12, 84, Ambition.ASPIRATIONAL, Status.ACHIEVED),
        # achieved comes first, at any time
        (1, 100, Ambition.COMMITTED, Status.ACHIEVED),
        (1, 130, Ambition.COMMITTED, Status.ACHIEVED),
        (1, 70, Ambition.ASPIRATIONAL, Status.ACHIEVED),
        # the period is over: .7·G and .4·G
        (13, 70, Ambition.COMMITTED, Status.ON_TRACK),
        (13, 69.9, Ambition.COMMITTED, Status.AT_RISK),
        (13, 40, Ambition.COMMITTED, Status.AT_RISK),
        (13, 39.9, Ambition.COMMITTED, Status.MISSED),
        (13, 49, Ambition.ASPIRATIONAL, Status.ON_TRACK),
        (13, 28, Ambition.ASPIRATIONAL, Status.AT_RISK),
        (13, 27, Ambition.ASPIRATIONAL, Status.MISSED),
        (14, 100, Ambition.COMMITTED, Status.ACHIEVED),
    ],
)
def test_reach_goes_by_pace(week, value, ambition, expected):
    assert status(reach("KR1", 0, 100, ambition=ambition), close(week), current={"KR1": value}) is expected


def test_rounding_does_not_cost_the_goal():
    """(31.2 − 48)/(24 − 48) is .7 but for the last bit."""
    assert (
        status(reach("KR1", 48, 24, ambition=Ambition.ASPIRATIONAL), close(3), current={"KR1": 31.2}) is Status.ACHIEVED
    )


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (1.10, Status.ON_TRACK),
        (1.10001, Status.AT_RISK),
        (1.40, Status.AT_RISK),
        (1.40001, Status.OFF_TRACK),
    ],
)
def test_the_bounds_of_the_pace(pace, expected):
    """In every week: r = (1 − score)/(1 − E), so score = 1 − r·(1 − E)."""
    for week in range(4, 13):
        value = 100 * (1 - pace * (1 - week / 13))
        assert status(reach("KR1", 0, 100), close(week), current={"KR1": value}) is expected


def test_no_value_is_no_data_and_in_the_end_missed():
    assert status(reach("KR1", 0, 10), close(12)) is Status.NO_DATA
    assert status(reach("KR1", 0, 10), close(13)) is Status.MISSED
    assert status(reach("KR1", 10, 10), close(12), current={"KR1": 10}) is Status.NO_DATA
    assert status(within("KR1", 1, 2), close(13)) is Status.MISSED


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (day(3, SATURDAY), Status.ON_TRACK),
        (day(4, WEDNESDAY), Status.ON_TRACK),  # 10 days after the Sunday of week 2
        (day(4, THURSDAY), Status.STALE),  # 11 days
        (close(12), Status.STALE),
        (close(13), Status.ON_TRACK),  # over: the score counts
    ],
)
def test_a_weekly_number_speaks_for_ten_days(today, expected):
    ledger = {"kpis": [stock("K1")], "values": {"K1": [5, 8]}}
    assert status(reach("KR1", 0, 10, "K1"), today, **ledger) is expected
    if expected is Status.STALE:
        assert status(within("KR1", 0, 10, "K1"), today, **ledger) is expected


@pytest.mark.parametrize(("days", "expected"), [(41, Status.ON_TRACK), (42, Status.STALE)])
def test_a_monthly_number_speaks_for_forty_one_days(days, expected):
    key_result = reach("KR1", 0, 10, "K1")
    ledger = {"period": AUTUMN, "kpis": [stock("K1", Pulse.MONTH)], "values": {"K1": [None] * 4 + [9]}}
    assert status(key_result, day(5, SUNDAY + days, AUTUMN), **ledger) is expected


def test_what_has_no_history_never_goes_stale():
    assert status(reach("KR1", 0, 10), day(9), current={"KR1": 9}) is Status.ON_TRACK
    boxed = KeyResult("KR1", "", KeyResultType.DONE, kpi="K1")
    assert status(boxed, day(2), kpis=[stock("K1")], values={"K1": [1]}) is Status.ON_TRACK


@pytest.mark.parametrize(
    ("cells", "week", "expected"),
    [
        ([1] * 9 + [9], 10, Status.ON_TRACK),  # .9
        ([1] * 8 + [9], 9, Status.AT_RISK),  # .89
        ([1, 1, 1, 9], 4, Status.AT_RISK),  # .75
        ([1, 1, 9], 3, Status.OFF_TRACK),  # .67
        ([1] * 13, 12, Status.ON_TRACK),  # never achieved before the end
        ([1] * 13, 13, Status.ACHIEVED),
        ([1] * 12 + [9], 13, Status.ACHIEVED),  # .92
        ([1] * 10 + [9] * 3, 13, Status.AT_RISK),  # .77
        ([1] * 9 + [9] * 4, 13, Status.MISSED),  # .69
    ],
)
def test_within_goes_by_compliance(cells, week, expected):
    assert status(within("KR1", 0, 2, "K1"), close(week), kpis=[flow("K1")], values={"K1": cells}) is expected


@pytest.mark.parametrize(
    ("key_result", "ledger", "week", "expected"),
    [
        (done("KR1"), {}, 1, Status.ON_TRACK),
        (done("KR1"), {}, 8, Status.OFF_TRACK),
        (done("KR1"), {}, 13, Status.MISSED),
        (done("KR1"), {"done": {"KR1": True}}, 2, Status.ACHIEVED),
        (milestone("KR1"), {}, 8, Status.OFF_TRACK),
    ],
)
def test_boxes_go_by_pace_as_well(key_result, ledger, week, expected):
    assert status(key_result, close(week), **ledger) is expected


def test_before_the_start_nothing_is_behind():
    assert status(reach("KR1", 0, 10), day(0), current={"KR1": 0}) is Status.ON_TRACK


def test_the_order_of_the_method():
    """method.md §5: off_track < stale < at_risk < no_data < on_track < achieved; missed weakest of all."""
    assert [status.value for status in WEAKEST_FIRST] == [
        "missed",
        "off_track",
        "stale",
        "at_risk",
        "no_data",
        "on_track",
        "achieved",
    ]
    assert set(WEAKEST_FIRST) == set(Status)
    assert weakest([]) is Status.NO_DATA


@given(st.lists(st.sampled_from(Status), min_size=1, max_size=4))
def test_the_weakest_is_one_of_them_in_any_order(statuses):
    found = {weakest(order) for order in permutations(statuses)}
    assert len(found) == 1
    assert found <= set(statuses)
    assert all(WEAKEST_FIRST.index(found.copy().pop()) <= WEAKEST_FIRST.index(status) for status in statuses)


@given(st.floats(0, 150), st.floats(0, 150), st.integers(1, 13))
def test_more_is_never_weaker(value, other, week):
    low, high = sorted((value, other))
    worse, better = (status(reach("KR1", 0, 100), close(week), current={"KR1": x}) for x in (low, high))
    assert weakest([worse, better]) is worse


@given(st.integers(-5, 120))
def test_no_data_is_never_green(offset):
    ledger = {"kpis": [flow("K1")]}
    for key_result in (reach("KR1", 0, 10, "K1"), within("KR1", 0, 10, "K1"), reach("KR1", 0, 10)):
        assert status(key_result, day(1, offset, SPRING), **ledger) in {Status.NO_DATA, Status.MISSED}
