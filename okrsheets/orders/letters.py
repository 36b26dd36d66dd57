"""The rounds of the letters: whose letter is due, what becomes of it, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from okrsheets.orders.digest import begun, deliver, post, slot_of
from okrsheets.orders.languages import Languages
from okrsheets.orders.rounds import Watch
from okrsheets.rules.digest.reminders import lapses, looks_again
from okrsheets.rules.due import jitter, next_slot, standing
from okrsheets.words.digest import Correspondence, Letters, Postman
from okrsheets.words.errors import HistoryUnusable, OkrsheetsError, PerhapsDelivered
from okrsheets.words.message import Message
from okrsheets.words.period import Week
from okrsheets.words.report import Report
from okrsheets.words.schedule import At, Due


@dataclass(frozen=True, slots=True)
class Subscription:
    """A configured workbook and the day of its letter. The name spreads many of them over a minute."""

    name: str
    day: At
    offset: timedelta = field(init=False)
    """By how much its slots are later than the day says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "offset", jitter(self.name, self.day))


class PostOffice(Protocol):
    """The workbooks that letters are about, and the ways to those who want them. All may raise OkrsheetsError."""

    def report(self, name: str, today: date) -> Report:
        """What there is to tell about a workbook."""

    def place(self, name: str) -> str:
        """Where the workbook is, in full."""

    def postman(self, name: str, week: Week) -> Postman:
        """Who brings the letter of that week."""

    def fault(self, error: Exception) -> OkrsheetsError:
        """What went wrong, as it can be told; what nobody expected is told as a bug. Raises nothing."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one slot. Neither `sent` nor `error`: there was nothing to write to anybody.

    `warnings` tell of places that were not reached while others were.
    """

    name: str
    slot: datetime
    after: Correspondence
    sent: bool = False
    error: OkrsheetsError | None = None
    warnings: tuple[Message, ...] = ()


class LetterRounds:
    """The rounds over all subscriptions, with what is known of each.

    Nothing is read where no slot has come. A slot is dealt with once; a letter that certainly reached nobody is tried
    again an hour later, as long as it is fresh. Raises HistoryUnusable where the history cannot be read.
    """

    def __init__(
        self,
        subscriptions: Iterable[Subscription],
        letters: Letters,
        office: PostOffice,
        watch: Watch,
        languages: Languages,
    ) -> None:
        self._letters = letters
        self._languages = languages
        self._known = dict(letters.letters())
        self.rearrange(subscriptions, office, watch)

    def rearrange(self, subscriptions: Iterable[Subscription], office: PostOffice, watch: Watch) -> None:
        """Goes on with other subscriptions, and with what is known of those that stay."""
        self._subscriptions = tuple(subscriptions)
        self._office, self._watch = office, watch
        self._looked = watch.now()
        new = [begun(each.name, self._looked) for each in self._subscriptions if each.name not in self._known]
        self._known |= {each.name: each for each in new}
        if new:
            with suppress(HistoryUnusable):  # known in this process all the same; each is written with its first slot
                self._letters.keep_letters(*new)
        self._set_back()

    def go_round(self) -> Iterator[Written]:
        """Writes whatever is due, one by one; whoever iterates may stop between two."""
        now = self._watch.now()
        if now < self._looked:
            self._set_back()
        self._looked = now
        for subscription in self._subscriptions:
            if self._watch.now() >= self._wakes[subscription.name]:
                yield from self._attend(subscription)

    def _set_back(self) -> None:
        """After a clock that was wrong, what lies ahead by now comes again at its time. Sent letters stay sent."""
        now = self._looked = self._watch.now()
        self._wakes = {each.name: now for each in self._subscriptions}
        for one in self._subscriptions:
            known = self._known[one.name]
            last = standing(one.day, known.slot, now, self._watch.zone, one.offset) if known.slot > now else known.slot
            self._known[one.name] = replace(known, slot=last)

    def _attend(self, subscription: Subscription) -> Iterator[Written]:
        name, day, offset = subscription.name, subscription.day, subscription.offset
        now, zone = self._watch.now(), self._watch.zone
        slot = slot_of(self._known[name], day, offset, now, zone)
        done = self._deal_with(name, slot, now) if slot else None
        self._wakes[name] = looks_again(self._known[name], next_slot(day, now, zone, offset), now)
        if done:
            yield done

    def _deal_with(self, name: str, slot: Due, now: datetime) -> Written:
        """A letter, silence, or a failure that is tried again unless something may have arrived."""
        known = self._known[name]
        try:
            if lapses(known, now):
                self._keep(replace(known, slot=slot.slot, sent=now))
                return Written(name, slot.slot, self._known[name])
            return self._write(known, slot, now)
        except PerhapsDelivered as fault:
            return Written(name, slot.slot, self._known[name], error=fault)
        except Exception as error:  # also a bug that one plan brings to light must not stop the other letters
            self._known[name] = replace(known, tried=now)
            with suppress(HistoryUnusable):
                self._keep(self._known[name])
            return Written(name, slot.slot, self._known[name], error=self._office.fault(error))

    def _write(self, known: Correspondence, slot: Due, now: datetime) -> Written:
        name, zone = known.name, self._watch.zone
        report = self._office.report(name, self._watch.today)
        made = post(report, known, slot, now, zone, self._languages, self._office.place(name))
        week = Week.of(slot.slot.astimezone(zone).date())
        postman = self._office.postman(name, week) if made.letter else None
        warnings = deliver(made, self._keep, postman)
        return Written(name, slot.slot, made.after, made.letter is not None, warnings=warnings)

    def _keep(self, known: Correspondence) -> None:
        """Writes it down, and only then knows it."""
        self._letters.keep_letters(known)
        self._known[known.name] = known
