"""The letters of the week as a service sends them: for which workbooks, by whom, and what is told about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from okrsheets.edges.messages import Post
from okrsheets.edges.whereabouts import whereabouts
from okrsheets.orders.digest import figures
from okrsheets.orders.letters import LetterRounds, Subscription, Written
from okrsheets.orders.rounds import Watch
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import fault_of
from okrsheets.shell.keeping.log import Level, ServiceLog
from okrsheets.words.digest import Letters
from okrsheets.words.errors import NotDelivered, OkrsheetsError, PerhapsDelivered
from okrsheets.words.message import Message, say
from okrsheets.words.period import Week
from okrsheets.words.report import Report

if TYPE_CHECKING:
    from okrsheets.shell.keeping.ticker import Clockwork


class Correspondent:
    """Writes whatever letters are due, between the syncs of a service."""

    def __init__(self, letters: Letters, clockwork: Clockwork, log: ServiceLog, ended: Callable[[], bool]) -> None:
        self._letters = letters
        self._clockwork = clockwork
        self._log = log
        self._ended = ended
        self._desk: Desk | None = None
        self._rounds: LetterRounds | None = None

    def go_round(self, desk: Desk, sync: Callable[[], None]) -> None:
        """One letter after the other; `sync` comes after each, so that none waits for more than one letter."""
        if self._ended():
            return
        for written in self._rounds_of(desk).go_round():
            self._tell(written)
            sync()
            if self._ended():
                return

    def _rounds_of(self, desk: Desk) -> LetterRounds:
        """The rounds as configured now; another desk is a configuration that was read again."""
        if self._rounds is None or desk is not self._desk:
            wanted, office = subscriptions(desk), ConfiguredOffice(desk)
            watch = Watch(self._clockwork.now, desk.zone)
            if self._rounds is None:
                self._rounds = LetterRounds(wanted, self._letters, office, watch, desk.languages)
            else:
                self._rounds.rearrange(wanted, office, watch)
            self._desk = desk
        return self._rounds

    def _tell(self, written: Written) -> None:
        name = written.name
        if written.error:
            level = Level.FAULT if isinstance(written.error, PerhapsDelivered) else Level.WARNING
            self._log.tell("letter_failed", failure_in_words(name, written.error), level, workbook=name)
            return
        words = say("{name}: the letter of the week went out.", name=name)
        if not written.sent:
            quiet = say("{name}: no letter this week, since there is nothing new to say.", name=name)
            self._log.tell("letter_spared", quiet, Level.DETAIL, workbook=name)
            return
        self._log.tell("letter_sent", words, workbook=name, reminders=written.after.reminders)
        for warning in written.warnings:
            self._log.tell("warning", say("{name}: {what}", name=name, what=warning), Level.WARNING, workbook=name)


class ConfiguredOffice:
    """As okrsheets.orders.letters.PostOffice asks, by a configuration."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def report(self, name: str, today: date) -> Report:
        """As it would be written into the Summary."""
        return figures(self._desk.store(self._desk.configured_place(name)), today, self._desk.languages)

    def place(self, name: str) -> str:
        """Where the workbook is, in full: the same from every folder, so that its events keep their names."""
        return whereabouts(self._desk.configured_place(name))

    def postman(self, name: str, week: Week) -> Post:
        """By the configuration of letters about this workbook. Raises NoMessenger, BadAddress."""
        known = self._desk.configuration.workbook(name)
        assert known is not None
        table = self._desk.configuration.letters(known)
        return Post(table.to, table.folder, name, str(week))

    def fault(self, error: Exception) -> OkrsheetsError:
        """As the command line tells it."""
        return fault_of(error)


def subscriptions(desk: Desk) -> list[Subscription]:
    """The configured workbooks about which somebody wants letters."""
    known = desk.configuration
    tables = ((workbook.name, known.letters(workbook)) for workbook in known.workbooks)
    return [Subscription(name, table.schedule) for name, table in tables if table.wanted]


def failure_in_words(name: str, fault: OkrsheetsError) -> Message:
    """What went wrong, what to do, and whether it is tried again."""
    if isinstance(fault, PerhapsDelivered):
        return say("{name}: {what} {advice}", name=name, what=fault.message, advice=fault.advice)
    again = say("It is tried again in an hour.")
    if isinstance(fault, NotDelivered):
        return say("{name}: {what} {again} {advice}", name=name, what=fault.message, again=again, advice=fault.advice)
    return say(
        "{name}: no letter yet. {what} {advice} {again}",
        name=name,
        what=fault.message,
        advice=fault.advice,
        again=again,
    )
