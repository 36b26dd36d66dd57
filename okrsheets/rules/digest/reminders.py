"""Whether it is time to write, and what: the letter of the week, a reminder, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import sha256

from okrsheets.rules.digest.digest import weeks_of
from okrsheets.rules.progress.kpi_values import last_reported
from okrsheets.words.digest import Correspondence
from okrsheets.words.plan import CheckIns
from okrsheets.words.schedule import Due
from okrsheets.words.snapshot import Snapshot

QUIET = timedelta(weeks=2)
"""After so long without a tick or a number a plan counts as untouched."""
MOST_REMINDERS = 3
STILL_FRESH = timedelta(days=2)
"""A letter that could not be written on its day is still written within this time; after that the next one is."""
APART = timedelta(weeks=1) - STILL_FRESH
"""Two letters are at least so far apart, also where the day was changed in the configuration."""
PATIENCE = timedelta(hours=1)
"""After a letter could not be delivered, the next try is so much later."""


class Turn(Enum):
    """What the plan's turn brings."""

    DIGEST = "digest"
    REMINDER = "reminder"
    SILENCE = "silence"


def worth_writing(slot: Due | None, known: Correspondence, now: datetime) -> bool:
    """Whether a slot of the letters' schedule asks for a letter now: it has come, lately, and the last was long ago.

    Where the last letter lies ahead, the clock was wrong when it went or is wrong now: see `lapses`.
    """
    if slot is None or now - slot.slot >= STILL_FRESH:
        return False
    if known.tried is not None and timedelta() <= now - known.tried < PATIENCE:
        return False
    return known.sent is None or not timedelta() <= now - known.sent < APART


def lapses(known: Correspondence, now: datetime) -> bool:
    """Whether a slot passes without a letter, since nobody can tell how long ago the last one was."""
    return known.sent is not None and known.sent > now


def looks_again(known: Correspondence, coming: datetime, now: datetime) -> datetime:
    """When there may be something to write again: at the slot that comes, or when a wait is over that ends before."""
    waits = (known.tried and known.tried + PATIENCE, known.sent and known.sent + APART)
    return min([coming, *(end for end in waits if end and end > now)])


def turn(snapshot: Snapshot, known: Correspondence, day: date) -> Turn:
    """What to write on `day`, by what is remembered: reminders where nobody touched the plan, three in a row."""
    period = snapshot.about.period
    if not any(week.monday in period for week in weeks_of(day)):
        return Turn.SILENCE
    if day - quiet_since(snapshot, known, day) < QUIET:
        return Turn.DIGEST
    return Turn.REMINDER if noted(snapshot, known, day).reminders < MOST_REMINDERS else Turn.SILENCE


def quiet_since(snapshot: Snapshot, known: Correspondence, day: date) -> date:
    """The last day that shows somebody's hand, or the first of the period: before it, nothing is asked."""
    touched = noted(snapshot, known, day).touched
    return max(filter(None, (touched, *signs(snapshot, day), snapshot.about.period.start)))


def noted(snapshot: Snapshot, known: Correspondence, day: date) -> Correspondence:
    """What is remembered after a look at the plan: where ticks or numbers are others than before, it was touched."""
    mark = mark_of(snapshot.check_ins)
    if mark == known.mark:
        return known
    touched = day if known.mark else known.touched
    return replace(known, mark=mark, touched=touched, reminders=0)


def mark_of(check_ins: CheckIns) -> str:
    """The same for the same ticks, skips and numbers, whatever their order; another for others."""
    return sha256("\n".join(sorted(_entries(check_ins))).encode()).hexdigest()[:16]


def signs(snapshot: Snapshot, day: date) -> Iterator[date]:
    """The days up to `day` that have a tick, and those of the numbers, as far as they are known."""
    for days in snapshot.check_ins.ticks.values():
        yield from (ticked for ticked in days if ticked <= day)
    for kpi in snapshot.plan.kpis:
        week = last_reported(snapshot, kpi.id, day)
        if week:
            yield min(week.sunday, day)


def _entries(check_ins: CheckIns) -> Iterable[str]:
    for kpi, values in check_ins.values.items():
        yield from (f"value {kpi} {week} {value!r}" for week, value in values.items())
    yield from (f"current {id} {value!r}" for id, value in check_ins.current.items())
    yield from (f"done {id}" for id, is_done in check_ins.done.items() if is_done)
    for kind, marks in (("tick", check_ins.ticks), ("skip", check_ins.skips)):
        yield from (f"{kind} {id} {day}" for id, days in marks.items() for day in days)
