"""Which ticks count by a day (method.md §2, §4)."""

from __future__ import annotations

from datetime import date

from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Cadence
from okrsheets.words.snapshot import Snapshot


def ticks_until(snapshot: Snapshot, action: Action, until: date) -> frozenset[date]:
    """The days of an action's ticked boxes that count at the close of `until`.

    A daily box stands for its own day, so a later one does not count yet. A weekly or monthly box stands for its
    week, wherever in the week its date falls. The one box of a `once` action counts as soon as it is ticked.
    """
    ticks = snapshot.check_ins.ticks.get(action.id, frozenset())
    if action.cadence is Cadence.ONCE:
        return ticks
    last = until if action.cadence is Cadence.DAILY else Week.of(until).sunday
    return frozenset(day for day in ticks if day <= last)
