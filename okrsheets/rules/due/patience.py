"""How long a workbook that could not be synced is left alone before its slot is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from okrsheets.words.schedule import At, Schedule

SHORTEST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
LONGEST_BUSY = timedelta(minutes=5)
"""Of a workbook that somebody has open, or whose keeper asked for a pause: that passes by itself."""
MOST_DOUBLINGS = 20


def first_rest(schedule: Schedule) -> timedelta:
    """The rest after one failure: a minute, or the interval where that is shorter."""
    return SHORTEST_REST if isinstance(schedule, At) else min(SHORTEST_REST, schedule.interval)


def rests_until(schedule: Schedule, tried: datetime, failures: int, longest: timedelta = LONGEST_REST) -> datetime:
    """When another try is due: after the first rest, then twice as long and so on, up to the longest.

    A daily workbook whose disk was full in the morning is therefore done as soon as there is room, and one that
    stays broken costs one look an hour.
    """
    doublings = min(max(failures - 1, 0), MOST_DOUBLINGS)
    return tried + min(longest, first_rest(schedule) * (1 << doublings))
