"""What a service says about its rounds: what came of each workbook, and what stands in the way of many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from okrsheets.orders.rounds import Attended
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.shell.faults import BUG, code_of
from okrsheets.shell.keeping.log import Level, ServiceLog
from okrsheets.shell.sync_in_words import attention, outcome_in_words
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say, say_many

LEVELS: Mapping[Outcome, Level] = {
    Outcome.SYNCED: Level.NOTE,
    Outcome.UNCHANGED: Level.DETAIL,
    Outcome.BUSY: Level.WARNING,
    Outcome.FAILED: Level.FAULT,
}


class Telling:
    """Says each thing once: what was said of a workbook the last time, or lasts, is not said again."""

    def __init__(self, log: ServiceLog) -> None:
        self._log = log
        self._warned: dict[str, tuple[Message, ...]] = {}
        self._fault: Message | None = None
        self._unwritten = False
        self._unheard = False

    def attended(self, done: Attended, obstacle: OkrsheetsError | None) -> None:
        """What came of one workbook, and whatever a person should know besides.

        Of what an obstacle kept from all Google Sheets, each is a detail: the obstacle is told itself.
        """
        result, run = done.result, done.run
        if result is None or run is None:
            return
        self._log.tell(
            run.outcome,
            words_of(result, run.name),
            Level.DETAIL if obstacle and result.error is obstacle else LEVELS[result.outcome],
            workbook=run.name,
            seconds=round(run.seconds, 3),
            missed=run.missed,
            error=run.error,
        )
        self._trace(result.error)
        warnings = warnings_of(result, run.name)
        for warning in warnings:
            if warning not in self._warned.get(run.name, ()):
                words = say("{name}: {what}", name=run.name, what=warning)
                self._log.tell("warning", words, Level.WARNING, workbook=run.name)
        self._warned[run.name] = warnings

    def round_over(self, count: int, seconds: float) -> None:
        """That a round is over in which so many workbooks were due."""
        if count:
            words = say_many("Looked after {count} workbook.", "Looked after {count} workbooks.", count)
            self._log.tell("round", words, Level.DETAIL, workbooks=count, seconds=round(seconds, 3))

    def fault(self, fault: OkrsheetsError | None) -> None:
        """What stood in the way of a whole tick, once as long as it is the same."""
        if fault and fault.message != self._fault:
            self._log.tell("fault", say("{what} {advice}", what=fault.message, advice=fault.advice), Level.FAULT)
            self._trace(fault)
        self._fault = fault.message if fault else None

    def _trace(self, fault: OkrsheetsError | None) -> None:
        if fault and code_of(fault) == BUG:
            self._log.trace(fault)

    def history(self, trouble: OkrsheetsError | None) -> None:
        """That nothing can be remembered, when that begins."""
        if trouble and not self._unwritten:
            words = say("{what} {advice}", what=trouble.message, advice=trouble.advice)
            self._log.tell("history", words, Level.FAULT)
        self._unwritten = trouble is not None

    def google(self, trouble: OkrsheetsError | None, obstacle: OkrsheetsError | None) -> None:
        """That Google does not say what changed, when that begins, and when it is over."""
        if trouble and not self._unheard:
            self._log.tell("google", trouble_in_words(trouble, waits=obstacle is not None), Level.WARNING)
        if self._unheard and trouble is None:
            self._log.tell("google", say("Google says again which sheets changed."))
        self._unheard = trouble is not None

    def jump(self, seconds: float) -> None:
        """That the computer slept, or its clock was set, which explains what comes next."""
        self._log.tell("clock", jump_in_words(seconds), seconds=round(seconds))


def warnings_of(result: SyncResult, name: str) -> tuple[Message, ...]:
    """What a person should know besides what came of a sync, by the workbook's name in the configuration."""
    problems = len(result.report.problems) if result.report else 0
    return (*result.warnings, attention(name, problems)) if problems else result.warnings


def words_of(result: SyncResult, name: str) -> Message:
    """What came of a sync, by the workbook's name in the configuration."""
    if result.error is None:
        return outcome_in_words(name, result)
    return say("{name}: {what} {advice}", name=name, what=result.error.message, advice=result.error.advice)


def trouble_in_words(trouble: OkrsheetsError, *, waits: bool) -> Message:
    """What is the matter with Google, and what becomes of the sheets."""
    what, advice = trouble.message, trouble.advice
    if waits:
        return say("The Google Sheets wait: {what} {advice}", what=what, advice=advice)
    return say("Google does not say which sheets changed, so each is read: {what} {advice}", what=what, advice=advice)


def jump_in_words(seconds: float) -> Message:
    """`The computer slept, or its clock was set forward: 8:00:00.`"""
    length = str(timedelta(seconds=round(abs(seconds))))
    if seconds > 0:
        return say("The computer slept, or its clock was set forward: {length}.", length=length)
    return say("The clock was set back: {length}.", length=length)
