"""What is still open in a week, with a day proposed for every tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsheets.rules.actions.boxes import box_days
from okrsheets.rules.actions.execution import action_report
from okrsheets.words.digest import OpenBoxes
from okrsheets.words.period import Week
from okrsheets.words.plan import WORKING_DAYS, Action, Cadence
from okrsheets.words.snapshot import Snapshot


def open_boxes(snapshot: Snapshot, week: Week, today: date) -> tuple[OpenBoxes, ...]:
    """The actions that ask for something in `week`, as far as it is not done; no proposed day lies before `today`."""
    found = (_of(snapshot, action, week, today) for action in snapshot.plan.actions)
    return tuple(boxes for boxes in found if boxes.left)


def _of(snapshot: Snapshot, action: Action, week: Week, today: date) -> OpenBoxes:
    left = _left(snapshot, action, week)
    return OpenBoxes(action, left, tuple(sorted(_best_days(snapshot, action, week, today)[:left])))


def _left(snapshot: Snapshot, action: Action, week: Week) -> int:
    """Ticks that the week still asks for. What is to be done once stays open after its day, without a reproach."""
    if action.cadence is Cadence.ONCE:
        return int(not _settled(snapshot, action) and _has_come(snapshot, action, week))
    tally = action_report(snapshot, action, week.sunday).this_week
    return tally.due - tally.done


def _settled(snapshot: Snapshot, action: Action) -> bool:
    marked = snapshot.check_ins
    return bool(marked.ticks.get(action.id) or marked.skips.get(action.id))


def _has_come(snapshot: Snapshot, action: Action, week: Week) -> bool:
    """Whether its day lies in the week or before it; without a day, in the last week."""
    return min(box_days(action, snapshot.about.period)) <= week.sunday


def _best_days(snapshot: Snapshot, action: Action, week: Week, today: date) -> list[date]:
    """The days that are left, those with a box of the action first, then working days, then the order of the week."""
    boxes = box_days(action, snapshot.about.period)
    return sorted(
        _free_days(snapshot, action, week, today),
        key=lambda day: (day not in boxes, day.weekday() >= WORKING_DAYS, day),
    )


def _free_days(snapshot: Snapshot, action: Action, week: Week, today: date) -> Iterator[date]:
    marked = snapshot.check_ins
    taken = marked.ticks.get(action.id, frozenset()) | marked.skips.get(action.id, frozenset())
    away = frozenset(snapshot.plan.theme.days_off)
    return (day for day in week.days if day >= today and day not in taken and day not in away)
