"""The rounds of a service: which workbooks are due, which of them changed, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.rules.due import due, jitter, next_slot, standing
from okrsheets.rules.due.patience import LONGEST_BUSY, LONGEST_REST, first_rest, rests_until
from okrsheets.words.errors import HistoryUnusable
from okrsheets.words.history import History, Run, Standing
from okrsheets.words.message import Message
from okrsheets.words.schedule import Due, Schedule

GOOD = (Outcome.SYNCED.value, Outcome.UNCHANGED.value)
UNKNOWN = ""
"""The token of a workbook of which nobody can tell whether it changed: it is read."""
AT_MOST_EVERY = timedelta(minutes=1)
"""What only says that nothing changed is written down no more often than this."""
MOST_HELD = 10_000
"""Runs that are held back where the history cannot be written; of more, the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A configured workbook and when it is to be synced. The name spreads many of them over a minute."""

    name: str
    schedule: Schedule
    offset: timedelta = field(init=False)
    """By how much its slots are later than the schedule says."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "offset", jitter(self.name, self.schedule))


class Workbooks(Protocol):
    """The configured workbooks, by their names."""

    def token(self, name: str) -> str:
        """What changes whenever the workbook does, found without reading it; UNKNOWN where that cannot be told."""

    def sync(self, name: str, today: date) -> SyncResult:
        """Brings one up to date. Whatever happens is a result, never an exception."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The clock on the wall, in UTC, and the zone in which days begin and schedules are meant."""

    now: Callable[[], datetime]
    zone: tzinfo

    @property
    def today(self) -> date:
        """The day it is in that zone."""
        return self.now().astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Attended:
    """A workbook whose slot had come, and how it stands now.

    Without a `result` it was known to be unchanged, and nothing was read. `run` is what the history gets: nothing for
    an unchanged workbook, unless slots were missed before.
    """

    due: Due
    standing: Standing
    run: Run | None = None
    result: SyncResult | None = None


class Rounds:
    """The rounds over all appointments, with what is known of each workbook; `say` words an error for the history.

    A slot is dealt with once. It is written down right after a sync that changed something or failed, and within a
    minute else; whoever is killed before finds the slot open again, and nothing to write in it.
    Raises HistoryUnusable where the history cannot be read.
    """

    def __init__(
        self,
        appointments: Iterable[Appointment],
        history: History,
        workbooks: Workbooks,
        watch: Watch,
        say: Callable[[Message], str],
    ) -> None:
        self.appointments = tuple(appointments)
        self.trouble: HistoryUnusable | None = None
        """Why the history could not be written of late; what is to be written is held until it can."""
        self._history = history
        self._workbooks = workbooks
        self._watch = watch
        self._say = say
        self._known = dict(history.standings())
        self._wakes: dict[str, datetime] = {}
        self._standings: dict[str, Standing] = {}
        self._runs: dict[tuple[str, datetime], Run] = {}
        self._looked = self._kept = watch.now()
        self._set_back()

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How each workbook stands, by its name."""
        return self._known

    def go_round(self) -> Iterator[Attended]:
        """Attends to all that are due, one by one; whoever iterates may stop between two."""
        self._notice_clock()
        try:
            for appointment in self.appointments:
                if self._awake(appointment, now := self._watch.now()):
                    yield from self._attend(appointment, now)
        finally:
            if self._standings and not timedelta() <= self._watch.now() - self._kept < AT_MOST_EVERY:
                self.keep()

    def awaited(self) -> bool:
        """Whether a round has anything to look at."""
        self._notice_clock()
        now = self._watch.now()
        return any(self._awake(appointment, now) for appointment in self.appointments)

    def rearrange(self, appointments: Iterable[Appointment], workbooks: Workbooks, watch: Watch) -> None:
        """Goes on with other appointments, and with what is known of those that stay."""
        self.appointments = tuple(appointments)
        self._workbooks, self._watch = workbooks, watch
        self._set_back()

    def keep(self) -> None:
        """Writes down what was not yet; what cannot be written now is held, and `trouble` says why."""
        self._kept = self._watch.now()
        if not self._standings:
            return
        try:
            self._history.keep(tuple(self._standings.values()), tuple(self._runs.values()))
        except HistoryUnusable as trouble:
            self.trouble = trouble
            return
        self.trouble = None
        self._standings.clear()
        self._runs.clear()

    def _notice_clock(self) -> None:
        now = self._watch.now()
        if now < self._looked:
            self._set_back()
        self._looked = now

    def _set_back(self) -> None:
        """What lies ahead by now was dealt with by a wrong clock: it comes again at its time."""
        now = self._watch.now()
        self._wakes.clear()
        for appointment in self.appointments:
            known = self._known.get(appointment.name)
            if known and known.slot > now:
                last = standing(appointment.schedule, known.slot, now, self._watch.zone, appointment.offset)
                self._known[known.name] = self._standings[known.name] = replace(known, slot=last)

    def _awake(self, appointment: Appointment, now: datetime) -> bool:
        wakes = self._wakes.get(appointment.name)
        return wakes is None or now >= wakes

    def _attend(self, appointment: Appointment, now: datetime) -> Iterator[Attended]:
        name = appointment.name
        done = attended(appointment, self._known.get(name), self._workbooks, self._watch, self._say)
        if done:
            self._note(done)
        self._wakes[name] = wakes(appointment, self._known[name], now, self._watch.zone)
        if done:
            yield done

    def _hold(self, run: Run) -> None:
        """Until it is written down. Another attempt in the same slot takes the place of the one before."""
        before = self._runs.pop((run.name, run.slot), None)
        self._runs[run.name, run.slot] = replace(run, missed=max(run.missed, before.missed)) if before else run
        if len(self._runs) > MOST_HELD:
            del self._runs[next(iter(self._runs))]

    def _note(self, done: Attended) -> None:
        name = done.standing.name
        self._known[name] = self._standings[name] = done.standing
        if done.run:
            self._hold(done.run)
        if done.result and done.result.outcome is not Outcome.UNCHANGED:
            self.keep()


def wakes(appointment: Appointment, known: Standing, now: datetime, zone: tzinfo) -> datetime:
    """Until when there is nothing to do for a workbook: its next slot, or the next look where it is not well."""
    coming = next_slot(appointment.schedule, now, zone, appointment.offset)
    return coming if known.outcome in GOOD else min(coming, now + first_rest(appointment.schedule))


def slot_of(appointment: Appointment, known: Standing | None, now: datetime, zone: tzinfo) -> Due | None:
    """The slot to deal with: one that has come, or the last one again where it did not go well."""
    slot = due(appointment.schedule, known.slot if known else None, now, zone, appointment.offset)
    return Due(known.slot) if slot is None and known and known.outcome not in GOOD else slot


def attended(
    appointment: Appointment,
    known: Standing | None,
    workbooks: Workbooks,
    watch: Watch,
    say: Callable[[Message], str],
) -> Attended | None:
    """What came of a look: a sync, the knowledge that nothing changed, or None where it is left alone for now."""
    now = watch.now()
    slot = slot_of(appointment, known, now, watch.zone)
    if slot is None:
        return None
    token = token_of(appointment.name, workbooks, watch.today)
    if known and known.outcome in GOOD and token == known.token != UNKNOWN:
        return unchanged(slot, known, now)
    if known and resting(appointment, known, token, now):
        return None
    return synced(slot, appointment.name, known, token, workbooks, watch, say)


def token_of(name: str, workbooks: Workbooks, today: date) -> str:
    """The workbook's token with the day in it, since the figures depend on the day."""
    token = workbooks.token(name)
    return f"{today} {token}" if token != UNKNOWN else UNKNOWN


def resting(appointment: Appointment, known: Standing, token: str, now: datetime) -> bool:
    """Whether it did not go well of late and is left alone for now, its slots to be made up.

    A change of the file ends that, and so does a clock that was set back.
    """
    until = rest_of(appointment, known)
    return until is not None and token == known.token and known.tried is not None and known.tried <= now < until


def rest_of(appointment: Appointment, known: Standing) -> datetime | None:
    """Until when a workbook that did not go well is left alone; None for one that did."""
    if known.outcome in GOOD or known.tried is None:
        return None
    longest = LONGEST_BUSY if known.outcome == Outcome.BUSY.value else LONGEST_REST
    return rests_until(appointment.schedule, known.tried, known.failures, longest)


def unchanged(slot: Due, known: Standing, now: datetime) -> Attended:
    """Nothing to do. Slots that were missed are written down all the same."""
    outcome = Outcome.UNCHANGED.value
    run = Run(known.name, slot.slot, now, 0.0, outcome, None, slot.missed) if slot.missed else None
    return Attended(slot, replace(known, slot=slot.slot, outcome=outcome, synced=now), run)


def synced(
    slot: Due,
    name: str,
    known: Standing | None,
    token: str,
    workbooks: Workbooks,
    watch: Watch,
    say: Callable[[Message], str],
) -> Attended:
    """A sync, and how the workbook stands after it.

    The token is that of before the reading, so a save meanwhile is a change. After a write of our own it is unknown:
    the next round reads once more, and sees what somebody may have saved right behind us.
    """
    started = watch.now()
    result = workbooks.sync(name, watch.today)
    ended = watch.now()
    error = f"{say(result.error.message)} {say(result.error.advice)}".strip() if result.error else None
    good = result.outcome.value in GOOD
    after = Standing(
        name,
        slot.slot,
        result.outcome.value,
        ended if good else known.synced if known else None,
        error,
        UNKNOWN if result.outcome is Outcome.SYNCED else token,
        0 if good else (known.failures if known else 0) + 1,
        started,
    )
    seconds = max(0.0, (ended - started).total_seconds())
    run = Run(name, slot.slot, started, seconds, result.outcome.value, error, slot.missed)
    return Attended(slot, after, run, result)
