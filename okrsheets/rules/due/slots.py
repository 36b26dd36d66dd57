"""The moments of a schedule. They depend on nothing but the schedule, the zone and the workbook's name, so that a
service that was killed, asleep or moved to another machine finds the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from hashlib import sha256
from itertools import takewhile

from okrsheets.words.schedule import At, Due, Every, Schedule

EPOCH = datetime(2020, 1, 6, tzinfo=UTC)
"""A Monday. Intervals are counted from here."""
WIDEST_JITTER = timedelta(minutes=1)
LONGEST_GAP = timedelta(days=1)
"""Samoa left out a whole day, in 2011; no zone has ever left out more."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def due(schedule: Schedule, last: datetime | None, now: datetime, zone: tzinfo, offset: timedelta) -> Due | None:
    """The newest slot up to `now` that is later than `last`, with the number of those between; None where none is.

    A workbook that was never synced (`last` is None) is due at once. Where the clock was set back (`last` lies ahead)
    nothing is due; `standing` says from where to go on.
    """
    newest = previous_slot(schedule, now, zone, offset)
    if last is None:
        return Due(newest)
    if newest <= last:
        return None
    return Due(newest, _between(schedule, last, newest, zone, offset))


def standing(schedule: Schedule, last: datetime, now: datetime, zone: tzinfo, offset: timedelta) -> datetime:
    """The last slot that counts as done. After the clock was set back, what lies ahead comes again at its time."""
    return min(last, previous_slot(schedule, now, zone, offset))


def next_slot(schedule: Schedule, after: datetime, zone: tzinfo, offset: timedelta) -> datetime:
    """The first slot later than `after`, in UTC."""
    if isinstance(schedule, Every):
        return _interval_slot(schedule, after, offset) + schedule.interval
    return next(slot for slot in _from(schedule, after, zone, offset) if slot > after)


def previous_slot(schedule: Schedule, until: datetime, zone: tzinfo, offset: timedelta) -> datetime:
    """The last slot that is not later than `until`, in UTC."""
    if isinstance(schedule, Every):
        return _interval_slot(schedule, until, offset)
    day = until.astimezone(zone).date()
    while (slot := _slot_of(schedule, day, zone, offset)) is None or slot > until:
        day -= DAY
    return slot


def jitter(name: str, schedule: Schedule) -> timedelta:
    """By how much a workbook's slots are later than the schedule says, so that not all of them come at once.

    Up to a minute, up to half the interval of short ones; in whole seconds, and always the same for the same name.
    """
    window = WIDEST_JITTER if isinstance(schedule, At) else min(WIDEST_JITTER, schedule.interval / 2)
    seconds = max(1, int(window.total_seconds()))
    return timedelta(seconds=int.from_bytes(sha256(name.encode()).digest()[:8], "big") % seconds)


def _interval_slot(schedule: Every, until: datetime, offset: timedelta) -> datetime:
    origin = EPOCH + offset
    return origin + (until - origin) // schedule.interval * schedule.interval


def _between(schedule: Schedule, last: datetime, newest: datetime, zone: tzinfo, offset: timedelta) -> int:
    """How many slots lie between two, both excluded."""
    if isinstance(schedule, Every):
        return max(0, -((last - newest) // schedule.interval) - 1)
    older = takewhile(lambda slot: slot < newest, _from(schedule, last, zone, offset))
    return sum(1 for slot in older if slot > last)


def _from(schedule: At, moment: datetime, zone: tzinfo, offset: timedelta) -> Iterator[datetime]:
    """The slots in their order, from a little before `moment`, without an end."""
    day = moment.astimezone(zone).date() - DAY
    while True:
        slot = _slot_of(schedule, day, zone, offset)
        if slot is not None:
            yield slot
        day += DAY


def _slot_of(schedule: At, day: date, zone: tzinfo, offset: timedelta) -> datetime | None:
    """The slot of a day; None where the schedule leaves it out."""
    if day.weekday() not in schedule.weekdays:
        return None
    return _in_utc(datetime.combine(day, schedule.time), zone) + offset


def _in_utc(wall: datetime, zone: tzinfo) -> datetime:
    """A time of the wall clock; the first of two that a fold has, the first valid minute after a gap."""
    here = wall.replace(tzinfo=zone, fold=0)
    there = here.astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) == wall:
        return there
    minutes = (wall + n * MINUTE for n in range(1, int(LONGEST_GAP / MINUTE) + 1))
    return next(
        moment
        for minute in minutes
        if (moment := minute.replace(tzinfo=zone).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) == minute
    )
