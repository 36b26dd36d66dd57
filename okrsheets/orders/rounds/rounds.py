"""The rounds over all configured workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from okrsheets.orders.rounds.appointments import GOOD, Appointment, set_back, wakes
from okrsheets.orders.rounds.attending import Attended, attended
from okrsheets.orders.rounds.notebook import Notebook
from okrsheets.orders.rounds.workbooks import UNKNOWN, Watch, Workbooks
from okrsheets.orders.sync import Outcome
from okrsheets.words.errors import HistoryUnusable
from okrsheets.words.history import History, Standing
from okrsheets.words.message import Message


class Rounds:
    """The rounds over all appointments, with what is known of each workbook; `say` words an error for the history.

    A slot is dealt with once. It is written down right after a sync that changed something, at the end of a round in
    which something failed, and within a minute else; whoever is killed before finds the slot open again, and nothing
    to write in it. Raises HistoryUnusable where the history cannot be read.
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
        self._notebook = Notebook(history, watch.now())
        self._workbooks = workbooks
        self._watch = watch
        self._say = say
        self._wakes: dict[str, datetime] = {}
        self._tried: dict[str, str] = {}
        self._looked = watch.now()
        self._let_go()
        self._set_back()

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How each workbook stands, by its name."""
        return self._notebook.known

    @property
    def trouble(self) -> HistoryUnusable | None:
        """Why the history could not be written of late; what is to be written is held until it can."""
        return self._notebook.trouble

    def go_round(self) -> Iterator[Attended]:
        """Attends to all that are due, one by one; whoever iterates may stop between two."""
        self._notice_clock()
        try:
            for appointment in self.appointments:
                if self._awake(appointment, now := self._watch.now()):
                    yield from self._attend(appointment, now)
        finally:
            self._notebook.mark(self._workbooks.round_over())
            self._notebook.keep_at_times(self._watch.now())

    def awaited(self) -> bool:
        """Whether a round has anything to look at."""
        self._notice_clock()
        now = self._watch.now()
        return any(self._awake(appointment, now) for appointment in self.appointments)

    def rearrange(self, appointments: Iterable[Appointment], workbooks: Workbooks, watch: Watch) -> None:
        """Goes on with other appointments, and with what is known of those that stay."""
        self.appointments = tuple(appointments)
        self._workbooks, self._watch = workbooks, watch
        self._tried.clear()
        self._let_go()
        self._set_back()

    def keep(self) -> None:
        """Writes down what was not yet; what cannot be written now is held, and `trouble` says why."""
        self._notebook.keep(self._watch.now())

    def _notice_clock(self) -> None:
        now = self._watch.now()
        if now < self._looked:
            self._set_back()
        self._looked = now

    def _let_go(self) -> None:
        """Nobody follows what is configured no longer: should it come back, it is read."""
        names = {appointment.name for appointment in self.appointments}
        for known in list(self.standings.values()):
            if known.name not in names and known.token != UNKNOWN:
                self._notebook.note(replace(known, token=UNKNOWN))

    def _set_back(self) -> None:
        """What lies ahead by now was dealt with by a wrong clock: it comes again at its time."""
        now = self._watch.now()
        self._wakes.clear()
        for appointment in self.appointments:
            known = self.standings.get(appointment.name)
            if known and known.slot > now:
                self._notebook.note(replace(known, slot=set_back(appointment, known, now, self._watch.zone)))

    def _awake(self, appointment: Appointment, now: datetime) -> bool:
        wakes = self._wakes.get(appointment.name)
        return wakes is None or now >= wakes

    def _attend(self, appointment: Appointment, now: datetime) -> Iterator[Attended]:
        name = appointment.name
        known = self._notebook.known
        done = attended(appointment, known.get(name), self._tried.get(name), self._workbooks, self._watch, self._say)
        if done:
            self._note(done)
        self._wakes[name] = wakes(appointment, known[name], now, self._watch.zone)
        if done:
            yield done

    def _note(self, done: Attended) -> None:
        name = done.standing.name
        if done.standing.outcome in GOOD:
            self._tried.pop(name, None)
        else:
            self._tried[name] = done.token
        outcome = done.result.outcome if done.result else Outcome.UNCHANGED
        self._notebook.note(done.standing, done.run, hurry=outcome is not Outcome.UNCHANGED)
        if outcome is Outcome.SYNCED:
            self.keep()
