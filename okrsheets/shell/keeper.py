"""Who keeps the configured workbooks up to date: goes the rounds, says what came of them, and never gives up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from okrsheets.edges.ping import Ping
from okrsheets.orders.rounds import Attended, Rounds, Watch
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.shell.configured import Configured
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import unexpected
from okrsheets.shell.service_log import Level, ServiceLog
from okrsheets.shell.sync import attention, outcome_in_words
from okrsheets.shell.ticker import Clockwork, seconds_between
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.history import History
from okrsheets.words.message import Message, say, say_many

SLOW = 5.0
"""Seconds of one sync after which the round begins anew, so that a slow workbook keeps the quick ones from nothing."""
JUMP = 30.0
"""Seconds by which the clock on the wall may differ from the other one between two ticks, before that is told."""
PINGS_APART = 60.0
PINGS_AT_LEAST = 15 * 60.0
"""Seconds between two words to the monitor: no less where there is work, no more where there is none."""
LEVELS: Mapping[Outcome, Level] = {
    Outcome.SYNCED: Level.NOTE,
    Outcome.UNCHANGED: Level.DETAIL,
    Outcome.BUSY: Level.WARNING,
    Outcome.FAILED: Level.FAULT,
}


class Keeper:
    """Of one state directory, from the start of a service to its end. Raises what a bad configuration raises."""

    def __init__(
        self,
        desk: Desk,
        history: History,
        clockwork: Clockwork,
        log: ServiceLog,
        ended: Callable[[], bool] = lambda: False,
    ) -> None:
        self._desk = desk
        self._clockwork = clockwork
        self._log = log
        self._ended = ended
        self._workbooks, self._watch, self._ping = self._things_of(desk)
        self._rounds = Rounds(self._workbooks.appointments, history, self._workbooks, self._watch, self._in_words)
        self._warned: dict[str, tuple[Message, ...]] = {}
        self._ticked: tuple[float, float] | None = None
        self._pinged = -float("inf")
        self._troubled = False

    @property
    def seconds_between(self) -> int:
        """How far apart ticks should be."""
        return seconds_between([each.schedule for each in self._rounds.appointments])

    def tick(self) -> None:
        """One look at the clock and at all that is due. Whatever goes wrong is told, and the next tick comes."""
        self._notice_sleep()
        fault = None
        starts = self._ping_starts()
        try:
            while self._go_round() and not self._ended():
                pass
        except Exception as error:
            fault = unexpected(error)
            self._log.tell("fault", fault.message, Level.FAULT)
        self._tell_trouble()
        if starts:
            self._ping_result(fault)

    def reload(self) -> None:
        """Reads the configuration again; where it is no good, that is told and the old one stays."""
        desk = Desk(self._desk.config, verbose=self._desk.verbose, quiet=self._desk.quiet)
        try:
            names = desk.all_workbooks()
        except OkrsheetsError as fault:
            self._log.tell("configuration_kept", fault.message, Level.FAULT)
            self._log.tell("configuration_kept", say("The configuration of before is kept."), Level.WARNING)
            return
        if self._ping:
            self._ping.close()
        self._desk = desk
        self._workbooks, self._watch, self._ping = self._things_of(desk)
        self._log.language, self._log.zone = desk.language, self._watch.zone
        self._rounds.rearrange(self._workbooks.appointments, self._workbooks, self._watch)
        words = say_many(
            "The configuration was read again: {count} workbook.",
            "The configuration was read again: {count} workbooks.",
            len(names),
        )
        self._log.tell("reloaded", words, workbooks=len(names))

    def close(self) -> None:
        """Writes down what was not yet, and takes leave of the monitor."""
        self._rounds.keep()
        self._tell_trouble()
        if self._ping:
            self._ping.close()

    def _things_of(self, desk: Desk) -> tuple[Configured, Watch, Ping | None]:
        workbooks = Configured(desk, lambda: self._clockwork.now().timestamp())
        address = desk.configuration.ping
        return workbooks, Watch(self._clockwork.now, desk.zone), Ping(address) if address else None

    def _in_words(self, message: Message) -> str:
        return self._desk.language.say(message)

    def _go_round(self) -> bool:
        """One round, told as it goes. True where it was broken off behind a slow workbook."""
        before = self._clockwork.monotonic()
        for done in self._rounds.go_round():
            self._tell(done)
            after = self._clockwork.monotonic()
            if self._ended() or after - before > SLOW:
                return True
            before = after
        return False

    def _tell(self, done: Attended) -> None:
        """What came of one workbook, and whatever a person should know besides that was not said the last time."""
        result, run = done.result, done.run
        if result is None or run is None:
            return
        self._log.tell(
            run.outcome,
            words_of(result, run.name),
            LEVELS[result.outcome],
            workbook=run.name,
            seconds=round(run.seconds, 3),
            missed=run.missed,
            error=run.error,
        )
        warnings = self._warnings_of(result)
        for warning in warnings:
            if warning not in self._warned.get(run.name, ()):
                self._log.tell("warning", named(run.name, warning), Level.WARNING, workbook=run.name)
        self._warned[run.name] = warnings

    def _warnings_of(self, result: SyncResult) -> tuple[Message, ...]:
        problems = len(result.report.problems) if result.report else 0
        return (*result.warnings, attention(result.ref, problems)) if problems else result.warnings

    def _notice_sleep(self) -> None:
        """Tells when the computer slept or its clock was set, which explains what comes next."""
        now = self._clockwork.now().timestamp(), self._clockwork.monotonic()
        if self._ticked:
            jumped = (now[0] - self._ticked[0]) - (now[1] - self._ticked[1])
            if abs(jumped) > JUMP:
                self._log.tell("clock", jump_in_words(jumped), seconds=round(jumped))
        self._ticked = now

    def _tell_trouble(self) -> None:
        """That nothing can be remembered, once each time that it begins."""
        trouble = self._rounds.trouble
        if trouble and not self._troubled:
            self._log.tell("history", trouble.message, Level.FAULT, advice=self._in_words(trouble.advice))
        self._troubled = trouble is not None

    def _ping_starts(self) -> bool:
        """Whether the monitor is told about this tick."""
        if self._ping is None:
            return False
        apart = PINGS_APART if self._rounds.awaited() else PINGS_AT_LEAST
        now = self._clockwork.monotonic()
        if now - self._pinged < apart:
            return False
        self._pinged = now
        self._ping.start()
        return True

    def _ping_result(self, fault: OkrsheetsError | None) -> None:
        if self._ping is None:
            return
        names = {appointment.name for appointment in self._rounds.appointments}
        lines = [self._in_words(each.message) for each in (fault, self._rounds.trouble) if each]
        lines += [
            f"{name}: {known.error}"
            for name, known in self._rounds.standings.items()
            if name in names and known.outcome == Outcome.FAILED.value
        ]
        if lines:
            self._ping.fail("\n".join(lines))
        else:
            self._ping.success()


def words_of(result: SyncResult, name: str) -> Message:
    """What came of a sync, by the workbook's name in the configuration."""
    if result.error is None:
        return outcome_in_words(replace(result, ref=name))
    return say("{name}: {what} {advice}", name=name, what=result.error.message, advice=result.error.advice)


def named(name: str, what: Message) -> Message:
    """Something about a workbook."""
    return say("{name}: {what}", name=name, what=what)


def jump_in_words(seconds: float) -> Message:
    """`The computer slept for 8:00:00, or its clock was set forward.`"""
    length = str(timedelta(seconds=round(abs(seconds))))
    if seconds > 0:
        return say("The computer slept, or its clock was set forward: {length}.", length=length)
    return say("The clock was set back: {length}.", length=length)
