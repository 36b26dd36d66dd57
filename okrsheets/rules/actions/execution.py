"""What was done of what was planned: ticks against quotas, never results (method.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okrsheets.rules.actions.ticks import ticks_until
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import WORKING_DAYS, Action, Cadence
from okrsheets.words.report import ActionReport, Execution, Tally
from okrsheets.words.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Marks:
    """One action's boxes as of a day, those that are ticked and those that are skipped, and the days off."""

    action: Action
    period: Period
    ticks: frozenset[date]
    skips: frozenset[date]
    days_off: frozenset[date]


def execution(snapshot: Snapshot, today: date) -> Execution:
    """Every action and their sum: so far with the running week pro rata, and this week whole.

    Overshoot in one action does not pay for another. Nothing is due before the start.
    """
    actions = tuple(action_report(snapshot, action, today) for action in snapshot.plan.actions)
    return Execution(
        actions=actions,
        so_far=sum((report.so_far for report in actions), Tally()),
        this_week=sum((report.this_week for report in actions), Tally()),
    )


def action_report(snapshot: Snapshot, action: Action, today: date) -> ActionReport:
    """One action: done and due so far, and in the week of `today`."""
    marks = Marks(
        action=action,
        period=snapshot.about.period,
        ticks=ticks_until(snapshot, action, today),
        skips=snapshot.check_ins.skips.get(action.id, frozenset()),
        days_off=frozenset(snapshot.plan.theme.days_off),
    )
    once = action.cadence is Cadence.ONCE
    return ActionReport(
        id=action.id,
        title=action.title,
        so_far=_once_so_far(marks, today) if once else _weeks_so_far(marks, today),
        this_week=_once_in(marks, Week.of(today)) if once else tally(marks, Week.of(today)),
    )


def tally(marks: Marks, week: Week) -> Tally:
    """What a daily, weekly or monthly action asks of a whole week, its quota less skips, and what was done of that.

    A monthly action asks for one tick in the week that closes its month, and takes it from any of the month's weeks.
    """
    weeks = _weeks_that_count(marks, week)
    due = max(0, _quota(marks.action) - _skipped(marks, weeks)) if weeks else 0
    return Tally(min(sum(Week.of(day) in weeks for day in marks.ticks), due), due)


def pro_rata(whole: Tally, days_gone: int) -> Tally:
    """The part of a week's tally that is due after some of its 7 days, rounded down; done counts at most that."""
    due = whole.due * days_gone // 7
    return Tally(min(whole.done, due), due)


def _weeks_so_far(marks: Marks, today: date) -> Tally:
    begun = (week for week in marks.period if week.monday <= today)
    return sum((pro_rata(tally(marks, week), min((today - week.monday).days + 1, 7)) for week in begun), Tally())


def _once_so_far(marks: Marks, today: date) -> Tally:
    """Due when it is ticked, or when the day it was due has passed."""
    due = marks.action.due
    passed = due is not None and due < today
    return _once(marks) if marks.ticks or passed else Tally()


def _once_in(marks: Marks, week: Week) -> Tally:
    due = marks.action.due
    return _once(marks) if due is not None and Week.of(due) == week else Tally()


def _once(marks: Marks) -> Tally:
    return Tally(1, 1) if marks.ticks else Tally(0, int(not marks.skips))


def _quota(action: Action) -> int:
    """Ticks a week; a monthly action asks for one a month."""
    return 1 if action.cadence is Cadence.MONTHLY else action.per_week


def _weeks_that_count(marks: Marks, week: Week) -> frozenset[Week]:
    """The weeks whose boxes count for `week`: itself; for a monthly action its month's, if it closes the month."""
    if marks.action.cadence is Cadence.MONTHLY:
        closes = week in marks.period.month_weeks
        return frozenset(one for one in marks.period if closes and one.month == week.month)
    return frozenset({week}) if week.monday in marks.period else frozenset()


def _skipped(marks: Marks, weeks: frozenset[Week]) -> int:
    """How many ticks need not be: boxes with a skip, and the days off as far as they concern the action."""
    action = marks.action
    marked = {day for day in marks.skips if Week.of(day) in weeks}
    off = {day for day in marks.days_off if Week.of(day) in weeks and day.weekday() < _working_days(action)}
    if action.cadence is Cadence.DAILY:
        return len(marked | off)
    whole_week_off = action.cadence is Cadence.WEEKLY and len(off) == WORKING_DAYS
    return _quota(action) if whole_week_off else len(marked)


def _working_days(action: Action) -> int:
    return 7 if action.cadence is Cadence.DAILY and action.per_week > WORKING_DAYS else WORKING_DAYS
