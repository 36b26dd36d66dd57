"""Who keeps the configured workbooks up to date: goes the rounds, says what came of them, and never gives up."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from okrsheets.orders.rounds import Rounds, Watch
from okrsheets.orders.sync import Outcome
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import unexpected
from okrsheets.shell.keeping.configured import Configured
from okrsheets.shell.keeping.letters import Correspondent
from okrsheets.shell.keeping.log import Level, ServiceLog
from okrsheets.shell.keeping.monitor import Monitor
from okrsheets.shell.keeping.telling import Telling
from okrsheets.shell.keeping.ticker import Clockwork, seconds_between
from okrsheets.words.digest import Memory
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say, say_many

SLOW = 5.0
"""Seconds of one sync after which the round begins anew, so that a slow workbook keeps the quick ones from nothing."""
JUMP = 30.0
"""Seconds by which the clock on the wall may differ from the other one between two ticks, before that is told."""


class Moment(NamedTuple):
    """A moment by the clock on the wall, and by the one that nobody sets; in seconds."""

    wall: float
    monotonic: float


class Keeper:
    """Of one state directory, from the start of a service to its end. Raises what a bad configuration raises."""

    def __init__(
        self,
        desk: Desk,
        history: Memory,
        clockwork: Clockwork,
        log: ServiceLog,
        ended: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clockwork = clockwork
        self._log = log
        self._ended = ended
        self._take(desk, history.bookmark())
        self._rounds = Rounds(self._workbooks.appointments, history, self._workbooks, self._watch, self._in_words)
        self._letters = Correspondent(history, clockwork, log, ended)
        self._telling = Telling(log)
        self._ticked: Moment | None = None

    @property
    def seconds_between(self) -> int:
        """How far apart ticks should be."""
        return seconds_between([each.schedule for each in self._rounds.appointments])

    def tick(self) -> None:
        """One look at the clock and at all that is due. Whatever goes wrong is told, and the next tick comes."""
        fault: OkrsheetsError | None = None
        told = False
        try:
            self._notice_sleep()
            told = self._monitor.begins(self._clockwork.monotonic(), self._rounds.awaited)
            self._go_rounds()
            self._letters.go_round(self._desk, self._go_rounds)
        except Exception as error:
            fault = error if isinstance(error, OkrsheetsError) else unexpected(error)
        self._telling.fault(fault)
        self._tell_trouble()
        self._monitor.ends(lambda: self._faults(fault), told=told)

    def reload(self) -> None:
        """Reads the configuration again; where it is no good, that is told and the old one stays."""
        desk = Desk(self._desk.config, verbose=self._desk.verbose, quiet=self._desk.quiet, hasty=True)
        try:
            names = desk.all_workbooks()
        except OkrsheetsError as fault:
            self._log.tell("configuration_kept", fault.message, Level.FAULT)
            self._log.tell("configuration_kept", say("The previous configuration stays in use."), Level.WARNING)
            return
        self._monitor.close()
        self._take(desk, self._workbooks.round_over())
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
        self._monitor.close()

    def _take(self, desk: Desk, bookmark: str) -> None:
        """All that comes from a configuration; the bookmark says up to where its workbooks were followed."""
        self._desk = desk
        self._workbooks = Configured(desk, lambda: self._clockwork.now().timestamp(), bookmark)
        self._watch = Watch(self._clockwork.now, desk.zone)
        self._monitor = Monitor(desk.configuration.ping)

    def _in_words(self, message: Message) -> str:
        return self._desk.language.say(message)

    def _go_rounds(self) -> None:
        """Until nothing is left that a slow workbook kept waiting."""
        while self._go_round() and not self._ended():
            pass

    def _go_round(self) -> bool:
        """One round, told as it goes. True where it was broken off behind a slow workbook."""
        begun = before = self._clockwork.monotonic()
        count = 0
        for done in self._rounds.go_round():
            count += 1
            self._telling.attended(done, self._workbooks.obstacle)
            after = self._clockwork.monotonic()
            if self._ended() or after - before > SLOW:
                return True
            before = after
        self._telling.round_over(count, before - begun)
        return False

    def _notice_sleep(self) -> None:
        now = Moment(self._clockwork.now().timestamp(), self._clockwork.monotonic())
        if self._ticked:
            jumped = (now.wall - self._ticked.wall) - (now.monotonic - self._ticked.monotonic)
            if abs(jumped) > JUMP:
                self._telling.jump(jumped)
        self._ticked = now

    def _tell_trouble(self) -> None:
        self._telling.history(self._rounds.trouble)
        self._telling.google(self._workbooks.trouble, self._workbooks.obstacle)

    def _faults(self, fault: OkrsheetsError | None) -> list[str]:
        """What needs a hand, in lines for the monitor."""
        names = {appointment.name for appointment in self._rounds.appointments}
        lines = [self._in_words(each.message) for each in (fault, self._rounds.trouble) if each]
        failed = [known for known in self._rounds.standings.values() if known.outcome == Outcome.FAILED.value]
        return lines + [f"{known.name}: {known.error}" for known in failed if known.name in names]
