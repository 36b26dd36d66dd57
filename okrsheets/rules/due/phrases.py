"""Schedules as people write them: `15 minutes`, `weekdays at 07:30`, `friday at 16:00` (contract.md §5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time, timedelta

from okrsheets.rules.typed.nearest import no_such
from okrsheets.words.message import Message, say
from okrsheets.words.schedule import At, Every, Schedule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS: Mapping[str, frozenset[int]] = {
    "day": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    **{name: frozenset({number}) for number, name in enumerate(DAYS)},
}
UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
}
INTERVAL = re.compile(r"(?:every\s+)?(\d{1,6})\s*([a-z]+)")
MOMENT = re.compile(r"(?:every\s+)?([a-z]+)\s+at\s+(\d{1,2}):(\d{2})")
EXAMPLES = ("15 minutes", "2 hours", "day at 07:00", "weekdays at 07:30", "friday at 16:00")
LONGEST = timedelta(days=7)


class NotASchedule(ValueError):
    """A text that says no when; `reason` is part of a sentence for whoever wrote it."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def read_schedule(text: str) -> Schedule:
    """The schedule that a text stands for; upper and lower case are the same. Raises NotASchedule."""
    known = " ".join(text.lower().split())
    if found := MOMENT.fullmatch(known):
        return At(_weekdays(found[1]), _time(int(found[2]), int(found[3])))
    if INTERVAL.fullmatch(known):
        return Every(read_interval(known))
    raise NotASchedule(say("{value} is not a schedule, such as {examples}", value=text, examples=EXAMPLES))


def read_interval(text: str) -> timedelta:
    """`10 seconds`, `15 minutes`, `2 hours`: from one second to a week. Raises NotASchedule."""
    found = INTERVAL.fullmatch(" ".join(text.lower().split()))
    if not found:
        raise NotASchedule(say("{value} is not a length of time, such as {example}", value=text, example="10 seconds"))
    unit = found[2].removesuffix("s")
    if unit not in UNITS:
        raise NotASchedule(no_such(found[2], tuple(f"{name}s" for name in UNITS)))
    interval = int(found[1]) * UNITS[unit]
    if not timedelta() < interval <= LONGEST:
        raise NotASchedule(say("{value} is not between a second and a week", value=text))
    return interval


def _weekdays(name: str) -> frozenset[int]:
    if name not in WEEKDAYS:
        raise NotASchedule(no_such(name, tuple(WEEKDAYS)))
    return WEEKDAYS[name]


def _time(hour: int, minute: int) -> time:
    if hour > 23 or minute > 59:
        raise NotASchedule(say("{value} is not a time of the day", value=f"{hour:02d}:{minute:02d}"))
    return time(hour, minute)
