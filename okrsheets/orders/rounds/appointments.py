"""When a configured workbook is attended to: at its slots, and in between where it is not well."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from okrsheets.orders.sync import Outcome
from okrsheets.rules.due import due, jitter, next_slot, standing
from okrsheets.rules.due.patience import LONGEST_BUSY, LONGEST_REST, first_rest, rests_until
from okrsheets.words.history import Standing
from okrsheets.words.schedule import Due, Schedule

GOOD = (Outcome.SYNCED.value, Outcome.UNCHANGED.value)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A configured workbook and when it is to be synced. The name spreads many of them over a minute."""

    name: str
    schedule: Schedule
    offset: timedelta = field(init=False)
    """By how much its slots are later than the schedule says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "offset", jitter(self.name, self.schedule))


def slot_of(appointment: Appointment, known: Standing | None, now: datetime, zone: tzinfo) -> Due | None:
    """The slot to deal with: one that has come, or the last one again where it did not go well."""
    slot = due(appointment.schedule, known.slot if known else None, now, zone, appointment.offset)
    return Due(known.slot) if slot is None and known and known.outcome not in GOOD else slot


def wakes(appointment: Appointment, known: Standing, now: datetime, zone: tzinfo) -> datetime:
    """Until when there is nothing to do for a workbook: its next slot, or the next look where it is not well."""
    coming = next_slot(appointment.schedule, now, zone, appointment.offset)
    return coming if known.outcome in GOOD else min(coming, now + first_rest(appointment.schedule))


def rest_of(appointment: Appointment, known: Standing) -> datetime | None:
    """Until when a workbook that did not go well is left alone; None for one that did."""
    if known.outcome in GOOD or known.tried is None:
        return None
    longest = LONGEST_BUSY if known.outcome == Outcome.BUSY.value else LONGEST_REST
    return rests_until(appointment.schedule, known.tried, known.failures, longest)


def set_back(appointment: Appointment, known: Standing, now: datetime, zone: tzinfo) -> datetime:
    """The last slot that counts as dealt with, by a clock that may have been set back: none that lies ahead."""
    return standing(appointment.schedule, known.slot, now, zone, appointment.offset)
