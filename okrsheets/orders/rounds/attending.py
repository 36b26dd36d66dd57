"""One look at one workbook whose slot has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from okrsheets.orders.rounds.appointments import GOOD, Appointment, rest_of, slot_of
from okrsheets.orders.rounds.workbooks import UNKNOWN, Watch, Workbooks
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.words.history import Run, Standing
from okrsheets.words.message import Message
from okrsheets.words.schedule import Due


@dataclass(frozen=True, slots=True)
class Attended:
    """A workbook whose slot had come, and how it stands now.

    `token` is what it had when that was looked at. Without a `result` it was known to be unchanged, and nothing was
    read. `run` is what the history gets: nothing for an unchanged workbook, unless slots were missed before, or the
    last attempt had not gone well.
    """

    due: Due
    token: str
    standing: Standing
    run: Run | None = None
    result: SyncResult | None = None


def attended(
    appointment: Appointment,
    known: Standing | None,
    tried: str | None,
    workbooks: Workbooks,
    watch: Watch,
    say: Callable[[Message], str],
) -> Attended | None:
    """What came of a look: a sync, the knowledge that nothing changed, or None where it is left alone for now.

    `tried` is the token of the last attempt where that did not go well; None where it did, or nobody knows.
    """
    now = watch.now()
    slot = slot_of(appointment, known, now, watch.zone)
    if slot is None:
        return None
    token = token_of(appointment.name, known, workbooks, watch.day(now))
    if known and token == known.token != UNKNOWN:
        return unchanged(slot, known, now)
    if known and token == tried and resting(appointment, known, now):
        return None
    return synced(slot, appointment.name, known, token, workbooks, watch, say)


def token_of(name: str, known: Standing | None, workbooks: Workbooks, today: date) -> str:
    """The workbook's token with the day in it, since the figures depend on the day."""
    day = f"{today} "
    before = known.token[len(day) :] if known and known.token.startswith(day) else UNKNOWN
    token = workbooks.token(name, today, before)
    return day + token if token != UNKNOWN else UNKNOWN


def resting(appointment: Appointment, known: Standing, now: datetime) -> bool:
    """Whether it did not go well of late and is left alone for now, its slots to be made up.

    A change of the workbook ends that, and so does a clock that was set back.
    """
    until = rest_of(appointment, known)
    return until is not None and known.tried is not None and known.tried <= now < until


def unchanged(slot: Due, known: Standing, now: datetime) -> Attended:
    """Nothing to do: it is as it was when it was last brought up to date, whatever came of attempts since."""
    outcome = Outcome.UNCHANGED.value
    after = Standing(known.name, slot.slot, outcome, now, None, known.token, 0, known.tried)
    told = slot.missed or known.outcome not in GOOD
    run = Run(known.name, slot.slot, now, 0.0, outcome, None, slot.missed) if told else None
    return Attended(slot, known.token, after, run)


def synced(
    slot: Due,
    name: str,
    known: Standing | None,
    token: str,
    workbooks: Workbooks,
    watch: Watch,
    say: Callable[[Message], str],
) -> Attended:
    """A sync, and how the workbook stands after it."""
    started = watch.now()
    result = workbooks.sync(name, watch.today)
    ended = watch.now()
    error = f"{say(result.error.message)} {say(result.error.advice)}".strip() if result.error else None
    seconds = max(0.0, (ended - started).total_seconds())
    run = Run(name, slot.slot, started, seconds, result.outcome.value, error, slot.missed)
    return Attended(slot, token, stands(run, known, token, ended), run, result)


def stands(run: Run, known: Standing | None, token: str, ended: datetime) -> Standing:
    """How a workbook stands after a sync.

    The token is that of before the reading, so a save meanwhile is a change. After a write of our own it is unknown:
    the next round reads once more, and sees what somebody may have saved right behind us. Where it did not go well,
    the workbook is still up to date with the token it had.
    """
    if run.outcome in GOOD:
        kept = UNKNOWN if run.outcome == Outcome.SYNCED.value else token
        return Standing(run.name, run.slot, run.outcome, ended, None, kept, 0, run.started)
    if known is None:
        return Standing(run.name, run.slot, run.outcome, None, run.error, UNKNOWN, 1, run.started)
    return replace(
        known, slot=run.slot, outcome=run.outcome, error=run.error, failures=known.failures + 1, tried=run.started
    )
