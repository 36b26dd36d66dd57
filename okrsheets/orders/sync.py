"""Sync: read, compute, and write the cells of the Summary that differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from okrsheets.orders.languages import Languages
from okrsheets.rules.differences import differences
from okrsheets.rules.fence import fence
from okrsheets.rules.fence.memory import memory
from okrsheets.rules.readback import read_back
from okrsheets.rules.report import compute
from okrsheets.rules.summary import stamps, summarise
from okrsheets.words.errors import OkrsheetsError, TemporaryError
from okrsheets.words.grid import Change, Reading
from okrsheets.words.message import Message
from okrsheets.words.report import Report
from okrsheets.words.store import Store


class Outcome(Enum):
    """How a sync ended."""

    SYNCED = "synced"
    UNCHANGED = "unchanged"
    BUSY = "busy"
    FAILED = "failed"
    DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """One workbook's sync. `changes` were written, or would be after a dry run; `error` says why it did not go on;
    `warnings` are what a person should know besides."""

    ref: str
    outcome: Outcome
    report: Report | None = None
    changes: tuple[Change, ...] = ()
    error: OkrsheetsError | None = None
    warnings: tuple[Message, ...] = ()


def sync(
    store: Store,
    today: date,
    languages: Languages,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> SyncResult:
    """Brings the Summary up to date. `force` passes the fence; a fault is a result, never an exception."""
    try:
        result = brought_up_to_date(store, today, languages, force=force, dry_run=dry_run)
    except OkrsheetsError as fault:
        result = stopped(store.ref, fault)
    return replace(result, warnings=store.warnings)


def brought_up_to_date(
    store: Store, today: date, languages: Languages, *, force: bool = False, dry_run: bool = False
) -> SyncResult:
    """The same, with faults as exceptions."""
    if not dry_run:
        store.tidy()
    reading = store.read()
    report = understood(reading, today, languages, force)
    changes = to_write(reading, report, languages)
    if dry_run:
        return SyncResult(store.ref, Outcome.DRY_RUN, report, changes)
    if not changes:
        return SyncResult(store.ref, Outcome.UNCHANGED, report)
    store.write(changes, reading)
    return SyncResult(store.ref, Outcome.SYNCED, report, changes)


def understood(reading: Reading, today: date, languages: Languages, force: bool) -> Report:
    """The figures of a reading that is fit to be summarised. Raises NotOurs, PlanDamaged, Emptied, Vanished."""
    snapshot = read_back(reading, languages.all)
    if not force:
        fence(snapshot, reading)
    return compute(snapshot, today)


def to_write(reading: Reading, report: Report, languages: Languages) -> tuple[Change, ...]:
    """The cells of the Summary that differ, and what was seen for the next fence; none where only the day differs."""
    about = report.snapshot.about
    contents = summarise(report, languages.of(about.language, about.locale))
    changes = differences(reading, {**contents, **memory(report.snapshot, reading)})
    return changes if {change.address for change in changes} - stamps(report) else ()


def stopped(ref: str, fault: OkrsheetsError) -> SyncResult:
    """The result of a sync that a fault stopped: busy where it may work later, else failed."""
    outcome = Outcome.BUSY if isinstance(fault, TemporaryError) else Outcome.FAILED
    return SyncResult(ref, outcome, error=fault)
