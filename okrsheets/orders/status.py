"""How the configured workbooks are, by what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum

from okrsheets.orders.rounds import GOOD, Appointment, rest_of
from okrsheets.orders.sync import Outcome
from okrsheets.rules.due import due, next_slot, standing
from okrsheets.words.history import Standing


class Condition(IntEnum):
    """What is to be said of a workbook first: the lowest."""

    NEEDS_A_HAND = 0
    WAITS = 1
    NEW = 2
    WELL = 3


@dataclass(frozen=True, slots=True)
class Status:
    """One workbook. `known` is None where it was never synced; `due` is past where its time has come already."""

    name: str
    place: str
    known: Standing | None
    due: datetime

    @property
    def condition(self) -> Condition:
        """Whether somebody is needed."""
        if self.known is None:
            return Condition.NEW
        if self.known.outcome in GOOD:
            return Condition.WELL
        return Condition.NEEDS_A_HAND if self.known.outcome == Outcome.FAILED.value else Condition.WAITS


def statuses(
    appointments: Iterable[tuple[Appointment, str]],
    standings: Mapping[str, Standing],
    now: datetime,
    zone: tzinfo,
) -> list[Status]:
    """All workbooks, each with its place, in the order given."""
    return [
        Status(one.name, place, known := standings.get(one.name), next_due(one, known, now, zone))
        for one, place in appointments
    ]


def next_due(appointment: Appointment, known: Standing | None, now: datetime, zone: tzinfo) -> datetime:
    """The slot that comes next, or the one that has come and was not dealt with yet; in UTC.

    A workbook that did not go well is tried again when its rest is over.
    """
    rest = rest_of(appointment, known) if known else None
    if rest is not None:
        return rest
    schedule, offset = appointment.schedule, appointment.offset
    last = standing(schedule, known.slot, now, zone, offset) if known else None
    missed = due(schedule, last, now, zone, offset)
    return missed.slot if missed else next_slot(schedule, now, zone, offset)


def by_need(found: Iterable[Status]) -> list[Status]:
    """What needs a hand first, what waits second; else in the order given."""
    return sorted(found, key=lambda one: one.condition)
