"""method.md §4: what was done of what was planned."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    AUTUMN,
    FRIDAY,
    MONDAY,
    SATURDAY,
    SPRING,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    close,
    daily,
    day,
    days,
    monthly,
    once,
    weekly,
    world,
)

from okrsheets.rules.actions.execution import execution
from okrsheets.words.plan import Action, Cadence, Theme
from okrsheets.words.report import Tally


def run(actions, today, **ledger):
    return execution(world(actions=actions, **ledger), today)


def so_far(action, today, ticks=(), skips=(), days_off=()):
    theme = Theme(days_off=tuple(days_off))
    return run([action], today, theme=theme, ticks={action.id: ticks}, skips={action.id: skips}).so_far


def this_week(action, today, ticks=(), skips=(), days_off=()):
    theme = Theme(days_off=tuple(days_off))
    return run([action], today, theme=theme, ticks={action.id: ticks}, skips={action.id: skips}).this_week


# Vectors of method.md §4, whole weeks


@pytest.mark.parametrize(
    ("rows", "score"),
    [
        ([(5, 5), (2, 3), (0, 1)], 7 / 9),
        ([(7, 5), (2, 3)], 7 / 8),
    ],
)
def test_overshoot_in_one_action_does_not_pay_for_another(rows, score):
    actions = [daily(f"A{n}", per_week) for n, (_, per_week) in enumerate(rows)]
    ticks = {f"A{n}": days(1, done) for n, (done, _) in enumerate(rows)}
    assert run(actions, close(1), ticks=ticks).so_far.score == pytest.approx(score)


def test_skips_lower_the_quota():
    assert so_far(daily("A1"), close(1), ticks=days(1, 3), skips=days(1, 5)[3:]) == Tally(3, 3)
    assert so_far(daily("A1"), close(1), skips=days(1, 5)).score is None


# Daily and weekly quotas


def test_a_quota_counts_week_by_week():
    """Seven in week 1 do not make up for three in week 2."""
    assert so_far(daily("A1"), close(2), ticks=days(1, 7) + days(2, 3)) == Tally(8, 10)


def test_any_days_of_the_week_will_do():
    assert so_far(daily("A1", 2), close(1), ticks=[day(1, SATURDAY), day(1, SUNDAY)]) == Tally(2, 2)


@pytest.mark.parametrize(
    ("per_week", "off", "due"),
    [
        (5, [day(1, FRIDAY)], 4),
        (5, [day(1, SATURDAY)], 5),
        (6, [day(1, SATURDAY)], 5),
        (7, [day(1, SATURDAY), day(1, SUNDAY)], 5),
        (3, days(1, 5), 0),
        (5, [day(2)], 5),
    ],
)
def test_days_off_lower_a_daily_quota(per_week, off, due):
    assert so_far(daily("A1", per_week), close(1), days_off=off) == Tally(0, due)


def test_a_day_off_with_a_skip_counts_once():
    assert so_far(daily("A1"), close(1), skips=[day(1)], days_off=[day(1), day(1, TUESDAY)]) == Tally(0, 3)


def test_work_on_a_day_off_counts_up_to_the_quota():
    assert so_far(daily("A1"), close(1), ticks=days(1, 5), days_off=[day(1)]) == Tally(4, 4)


@pytest.mark.parametrize(
    ("action", "ticks", "skips", "off", "tally"),
    [
        (weekly("A1"), [day(1, THURSDAY)], [], [], Tally(1, 1)),
        (weekly("A1"), [day(1), day(1, FRIDAY)], [], [], Tally(1, 1)),
        (weekly("A1"), [], [day(1, FRIDAY)], [], Tally(0, 0)),
        (weekly("A1"), [], [], days(1, 5), Tally(0, 0)),
        (weekly("A1"), [], [], days(1, 4), Tally(0, 1)),
        (weekly("A1"), [], [], [*days(1, 4), day(1, SATURDAY)], Tally(0, 1)),
        (weekly("A1", 3), [day(1)], [day(1, WEDNESDAY)], [], Tally(1, 2)),
        (weekly("A1", 3), [day(1)], [], days(1, 5), Tally(0, 0)),
        (weekly("A1", 7), [day(1)], [], days(1, 5), Tally(0, 0)),
    ],
)
def test_weekly(action, ticks, skips, off, tally):
    assert so_far(action, close(1), ticks, skips, off) == tally
    assert this_week(action, close(1), ticks, skips, off) == tally


# The running week


@pytest.mark.parametrize(
    ("weekday", "due"),
    [(MONDAY, 0), (TUESDAY, 1), (WEDNESDAY, 2), (THURSDAY, 2), (FRIDAY, 3), (SATURDAY, 4), (SUNDAY, 5)],
)
def test_the_running_week_counts_pro_rata_rounded_down(weekday, due):
    assert so_far(daily("A1"), day(1, weekday)) == Tally(0, due)
    assert this_week(daily("A1"), day(1, weekday)) == Tally(0, 5)


def test_a_daily_seven_is_due_from_its_first_day_and_never_more_than_seven():
    assert [so_far(daily("A1", 7), day(1, weekday)).due for weekday in range(7)] == [1, 2, 3, 4, 5, 6, 7]
    assert so_far(daily("A1", 7), day(2)).due == 8


def test_in_the_running_week_done_counts_at_most_what_is_due():
    ticks = days(1, 3)
    assert so_far(daily("A1"), day(1, WEDNESDAY), ticks) == Tally(2, 2)
    assert this_week(daily("A1"), day(1, WEDNESDAY), ticks) == Tally(3, 5)


def test_skips_of_the_whole_running_week_count_before_the_pro_rata():
    """(5 − 2) · 3 / 7 = 1.29: 1."""
    skips = [day(1), day(1, FRIDAY)]
    assert so_far(daily("A1"), day(1, WEDNESDAY), skips=skips) == Tally(0, 1)
    assert this_week(daily("A1"), day(1, WEDNESDAY), skips=skips) == Tally(0, 3)


def test_boxes_ticked_ahead():
    """A daily box stands for its day; a weekly one for its week, so Friday's may be ticked on Wednesday."""
    ticks = days(1, 5)
    assert this_week(daily("A1"), day(1, TUESDAY), ticks) == Tally(2, 5)
    assert this_week(weekly("A1"), day(1, WEDNESDAY), [day(1, FRIDAY)]) == Tally(1, 1)
    assert so_far(weekly("A1"), day(1, WEDNESDAY), [day(1, FRIDAY)]) == Tally(0, 0)
    assert so_far(weekly("A1"), close(2), [day(3)]) == Tally(0, 2)


# Monthly: 2026-Q4 has its month weeks in W44, W48, W53, which are its weeks 5, 9 and 14


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (close(4, AUTUMN), 0),
        (day(5, SATURDAY, AUTUMN), 0),
        (close(5, AUTUMN), 1),
        (close(9, AUTUMN), 2),
        (AUTUMN.end, 3),
    ],
)
def test_monthly_is_due_in_the_months_week(today, due):
    assert run([monthly("A1")], today, period=AUTUMN).so_far == Tally(0, due)


@pytest.mark.parametrize(("week", "done"), [(1, 1), (3, 1), (5, 1), (6, 0)])
def test_monthly_is_ticked_anywhere_in_the_months_weeks(week, done):
    ticks = {"A1": [day(week, FRIDAY, AUTUMN)]}
    result = run([monthly("A1")], close(5, AUTUMN), period=AUTUMN, ticks=ticks)
    assert (result.so_far, result.this_week) == (Tally(done, 1), Tally(done, 1))


def test_monthly_in_other_weeks_and_skipped():
    ticks = {"A1": [day(2, FRIDAY, AUTUMN)]}
    assert run([monthly("A1")], day(2, FRIDAY, AUTUMN), period=AUTUMN, ticks=ticks).this_week == Tally(0, 0)
    skips = {"A1": [day(2, FRIDAY, AUTUMN)]}
    assert run([monthly("A1")], close(5, AUTUMN), period=AUTUMN, skips=skips).so_far == Tally(0, 0)
    assert run([monthly("A1")], close(9, AUTUMN), period=AUTUMN, skips=skips).so_far == Tally(0, 1)
    assert run([monthly("A1")], day(9, WEDNESDAY, AUTUMN), period=AUTUMN).this_week == Tally(0, 1)


def test_days_off_do_not_move_a_month():
    theme = Theme(days_off=tuple(days(5, 5, AUTUMN)))
    assert run([monthly("A1")], close(5, AUTUMN), period=AUTUMN, theme=theme).so_far == Tally(0, 1)


# Once

DUE = day(3, WEDNESDAY)


@pytest.mark.parametrize(
    ("today", "ticks", "skips", "tally", "week"),
    [
        (day(2), [], [], Tally(0, 0), Tally(0, 0)),
        (day(2), [day(2)], [], Tally(1, 1), Tally(0, 0)),
        (day(2), [DUE], [], Tally(1, 1), Tally(0, 0)),  # its one box, ticked early
        (day(3), [], [], Tally(0, 0), Tally(0, 1)),
        (DUE, [], [], Tally(0, 0), Tally(0, 1)),  # today is not past
        (DUE + timedelta(1), [], [], Tally(0, 1), Tally(0, 1)),
        (day(3), [day(1)], [], Tally(1, 1), Tally(1, 1)),
        (DUE + timedelta(1), [], [DUE], Tally(0, 0), Tally(0, 0)),
        (close(9), [], [], Tally(0, 1), Tally(0, 0)),
        (day(20), [], [], Tally(0, 1), Tally(0, 0)),
    ],
)
def test_once_is_due_when_ticked_or_when_its_day_has_passed(today, ticks, skips, tally, week):
    assert so_far(once("A1", DUE), today, ticks, skips) == tally
    assert this_week(once("A1", DUE), today, ticks, skips) == week


@pytest.mark.parametrize(("ticks", "tally"), [([], Tally(0, 0)), ([day(1)], Tally(1, 1))])
def test_once_without_a_day_is_due_when_ticked(ticks, tally):
    assert so_far(once("A1"), close(9), ticks) == tally
    assert this_week(once("A1"), day(1), ticks) == Tally(0, 0)


# Around the period


@pytest.mark.parametrize("today", [day(0), day(-3)])
def test_before_the_start_nothing_is_due(today):
    result = run([daily("A1"), weekly("A2"), monthly("A3")], today, ticks={"A1": days(0, 5)})
    assert (result.so_far, result.this_week, result.so_far.score) == (Tally(), Tally(), None)


def test_after_the_end_the_whole_period_counts_and_no_week_runs():
    result = run([daily("A1"), weekly("A2")], day(15), ticks={"A1": [box for n in range(1, 16) for box in days(n, 5)]})
    assert (result.so_far, result.this_week) == (Tally(65, 65 + 13), Tally())


def test_a_plan_without_actions_has_no_score():
    assert run([], close(3)).so_far.score is None


def test_each_action_is_reported_and_the_sum_is_theirs():
    actions = [daily("A1"), weekly("A2"), once("A3", day(1))]
    result = run(actions, close(1), ticks={"A1": days(1, 4), "A3": [day(1)]})
    assert [(row.id, row.title, row.so_far) for row in result.actions] == [
        ("A1", "Daily A1", Tally(4, 5)),
        ("A2", "Weekly A2", Tally(0, 1)),
        ("A3", "Once A3", Tally(1, 1)),
    ]
    assert result.so_far == Tally(5, 7)


# Laws

boxes = st.frozensets(st.dates(day(0), day(15)), max_size=60)
plans = st.builds(
    Action,
    id=st.just("A1"),
    title=st.just("Call"),
    cadence=st.sampled_from(Cadence),
    per_week=st.integers(0, 9),
    due=st.none() | st.dates(day(0), day(15)),
)


@given(plans, boxes, boxes, boxes, st.dates(day(0), day(15)), st.dates(day(0), day(15)))
def test_one_more_tick_never_lowers_the_score_and_one_more_skip_never_raises_what_is_due(
    action: Action, ticks: frozenset[date], skips: frozenset[date], off: frozenset[date], today: date, extra: date
):
    here = so_far(action, today, ticks, skips, off)
    assert 0 <= here.done <= here.due
    assert 0 <= (here.score or 0) <= 1
    assert (so_far(action, today, ticks | {extra}, skips, off).score or 0) >= (here.score or 0)
    assert so_far(action, today, ticks, skips | {extra}, off).due <= here.due
    assert so_far(action, today, ticks, skips, off | {extra}).due <= here.due
    week = this_week(action, today, ticks, skips, off)
    assert 0 <= week.done <= week.due


@given(st.lists(plans, max_size=5), boxes, st.dates(day(0), day(15)), st.integers())
def test_rows_may_come_in_any_order(actions, ticks, today, seed):
    shuffled = list(actions)
    Random(seed).shuffle(shuffled)
    one, other = (run(rows, today, ticks={"A1": ticks}, period=SPRING) for rows in (actions, shuffled))
    assert (one.so_far, one.this_week) == (other.so_far, other.this_week)
