"""How the configured workbooks are, by what is remembered of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import IntEnum

from okrsheets.orders.digest import slot_of
from okrsheets.orders.letters import Subscription
from okrsheets.orders.rounds import GOOD, Appointment, rest_of
from okrsheets.orders.sync import Outcome
from okrsheets.rules.digest.reminders import APART, MOST_REMINDERS, PATIENCE
from okrsheets.rules.due import due, next_slot, standing
from okrsheets.words.digest import Correspondence
from okrsheets.words.history import Standing


class Condition(IntEnum):
    """What is to be said of a workbook first: the lowest."""

    NEEDS_A_HAND = 0
    WAITS = 1
    NEW = 2
    WELL = 3


@dataclass(frozen=True, slots=True)
class Mail:
    """The letters about one workbook: when the last went, when the next is due.

    `failed` is when the one that is due could not be delivered. `silent`: three reminders went, and nothing comes
    until somebody touches the plan.
    """

    last: datetime | None
    due: datetime
    failed: datetime | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """One workbook. `known` is None where it was never synced; `due` is past where its time has come already.

    `mail` is None where nobody wants letters about it.
    """

    name: str
    place: str
    known: Standing | None
    due: datetime
    mail: Mail | None = None

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


def mail(wanted: Subscription, known: Correspondence | None, now: datetime, zone: tzinfo) -> Mail:
    """How it is with the letters about a workbook. One that has come and was not dealt with is due already."""
    coming = next_slot(wanted.day, now, zone, wanted.offset)
    if known is None:
        return Mail(None, coming)
    slot = slot_of(replace(known, tried=None), wanted.day, wanted.offset, now, zone)
    if slot is None:
        earliest = known.sent + APART if known.sent else coming
        return Mail(known.sent, max(coming, earliest), silent=known.reminders >= MOST_REMINDERS)
    failed = known.tried if known.tried and known.tried >= slot.slot else None
    return Mail(known.sent, failed + PATIENCE if failed else slot.slot, failed)


def by_need(found: Iterable[Status]) -> list[Status]:
    """What needs a hand first, what waits second; else in the order given."""
    return sorted(found, key=lambda one: one.condition)
