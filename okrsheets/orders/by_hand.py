"""A sync that somebody asked for, as the service and `okrsheets status` are to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from okrsheets.orders.rounds import GOOD, UNKNOWN, Appointment
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.rules.due.slots import previous_slot
from okrsheets.words.history import Standing
from okrsheets.words.message import Message


def stands_by_hand(
    appointment: Appointment,
    result: SyncResult,
    known: Standing | None,
    now: datetime,
    zone: tzinfo,
    say: Callable[[Message], str],
    token: str = UNKNOWN,
) -> Standing:
    """How a configured workbook stands after a sync that ended `now`; `token` is what it had before that.

    It takes the place of no slot: the service comes when it would have come, and reads once more where nobody can
    tell that the workbook is unchanged. Nor does it make the service more patient with one that does not go well.
    """
    outcome = result.outcome.value
    slot = known.slot if known else previous_slot(appointment.schedule, now, zone, appointment.offset)
    if outcome in GOOD:
        kept = UNKNOWN if result.outcome is Outcome.SYNCED else token
        return Standing(appointment.name, slot, outcome, now, None, kept, 0, now)
    error = f"{say(result.error.message)} {say(result.error.advice)}".strip() if result.error else None
    before = known or Standing(appointment.name, slot, outcome)
    return replace(before, outcome=outcome, error=error, failures=max(before.failures, 1), tried=now)
