"""Sync: read, compute, and write the cells of the Summary that differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from okrsheets.orders.languages import Languages
from okrsheets.rules.differences import differences
from okrsheets.rules.fence import fence
from okrsheets.rules.readback import read_back
from okrsheets.rules.report import compute
from okrsheets.rules.summary import stamps, summarise
from okrsheets.words.errors import OkrsheetsError, TemporaryError
from okrsheets.words.grid import Change, Reading
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
    """One workbook's sync. `changes` were written, or would be after a dry run; `error` says why it did not go on."""

    ref: str
    outcome: Outcome
    report: Report | None = None
    changes: tuple[Change, ...] = ()
    error: OkrsheetsError | None = None


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
        return brought_up_to_date(store, today, languages, force=force, dry_run=dry_run)
    except OkrsheetsError as fault:
        return stopped(store.ref, fault)


def brought_up_to_date(
    store: Store, today: date, languages: Languages, *, force: bool = False, dry_run: bool = False
) -> SyncResult:
    """The same, with faults as exceptions."""
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
    """The figures of a reading that is fit to be summarised. Raises NotOurs, PlanDamaged, Emptied."""
    snapshot = read_back(reading, languages.all)
    if not force:
        fence(snapshot, reading)
    return compute(snapshot, today)


def to_write(reading: Reading, report: Report, languages: Languages) -> tuple[Change, ...]:
    """The cells of the Summary that differ; none where only the day it is as of does."""
    about = report.snapshot.about
    changes = differences(reading, summarise(report, languages.of(about.language, about.locale)))
    return changes if {change.address for change in changes} - stamps(report) else ()


def stopped(ref: str, fault: OkrsheetsError) -> SyncResult:
    """The result of a sync that a fault stopped: busy where it may work later, else failed."""
    outcome = Outcome.BUSY if isinstance(fault, TemporaryError) else Outcome.FAILED
    return SyncResult(ref, outcome, error=fault)
