"""A half year in the life of a service, with a clock, a disk and people that are all made up.

The slots are counted by an oracle of its own: a walk over every minute of the half year.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from okrsheets.orders.rounds import UNKNOWN, Appointment, Attended
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.rules.due import jitter, read_schedule
from okrsheets.rules.due.slots import EPOCH
from okrsheets.words.errors import Busy, ChangedMeanwhile, HistoryUnusable, NotFound
from okrsheets.words.history import Run, Standing
from okrsheets.words.schedule import Every

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2026, 9, 28, 5, tzinfo=UTC)
END = datetime(2027, 4, 5, tzinfo=UTC)
"""Both changes of the clock (25 October, 28 March) and the end of week 53 (3 January) lie between."""
SPARE = timedelta(days=20)


class Killed(BaseException):
    """The process is gone at this point; what it had in memory is too."""


@cache
def slots(text: str) -> list[datetime]:
    """Every slot of a schedule around the half year, without its jitter."""
    schedule = read_schedule(text)
    minutes = range(int((END - START + 2 * SPARE) / timedelta(minutes=1)))
    begin = START - SPARE
    if isinstance(schedule, Every):
        first = -((EPOCH - begin) // schedule.interval)
        count = int((END - START + 2 * SPARE) / schedule.interval)
        return [EPOCH + n * schedule.interval for n in range(first, first + count)]
    found: dict[date, datetime] = {}
    for n in minutes:
        moment = begin + timedelta(minutes=n)
        wall = moment.astimezone(AMSTERDAM)
        if wall.date() not in found and wall.weekday() in schedule.weekdays and wall.time() >= schedule.time:
            found[wall.date()] = moment
    return sorted(found.values())[1:]


@dataclass
class Clock:
    """The clock on the wall."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Sheet:
    """A workbook: what somebody typed, and the Summary with the day it is as of."""

    inputs: int = 0
    version: int = 0
    summary: tuple[int, date] | None = None
    open: bool = False
    gone: bool = False
    written: tuple[int, date] | None = None

    def edit(self) -> None:
        self.inputs += 1
        self.version += 1


class Disk:
    """All workbooks; kills happen here and there, saves in the middle of a sync too."""

    def __init__(self, names: Sequence[str], random: Random) -> None:
        self.sheets = {name: Sheet() for name in names}
        self.random = random
        self.kills = 0.0
        self.dead = False
        self.upset = 1.0
        self.twice: list[str] = []

    def token(self, name: str, today: date, before: str) -> str:
        sheet = self.sheets[name]
        return "gone" if sheet.gone else UNKNOWN if self.random.random() < 0.01 * self.upset else str(sheet.version)

    def sync(self, name: str, today: date) -> SyncResult:
        sheet = self.sheets[name]
        self.perhaps_killed()
        if sheet.gone:
            return SyncResult(name, Outcome.FAILED, error=NotFound(ref=name))
        wanted = sheet.inputs, today
        if self.random.random() < 0.02 * self.upset:
            sheet.edit()
            return SyncResult(name, Outcome.BUSY, error=ChangedMeanwhile(ref=name))
        if sheet.summary == wanted:
            return SyncResult(name, Outcome.UNCHANGED)
        if sheet.open:
            return SyncResult(name, Outcome.BUSY, error=Busy(ref=name, holder=""))
        if sheet.written == wanted:
            self.twice.append(name)
        sheet.summary = sheet.written = wanted
        sheet.version += 1
        if self.random.random() < 0.05 * self.upset:
            sheet.edit()  # somebody saves right behind us
        self.perhaps_killed()
        return SyncResult(name, Outcome.SYNCED)

    def round_over(self) -> str:
        return ""

    def perhaps_killed(self) -> None:
        """Whoever is dead does nothing any more, tidying up included."""
        self.dead = self.dead or self.random.random() < self.kills
        if self.dead:
            raise Killed


class Ledger:
    """A history that survives kills, and holds every slot against the oracle's count when it is written down."""

    def __init__(self, plans: Mapping[str, str], disk: Disk) -> None:
        self.slots = {
            name: [slot + jitter(name, read_schedule(text)) for slot in slots(text)] for name, text in plans.items()
        }
        self.disk = disk
        self.known: dict[str, Standing] = {}
        self.reached: dict[str, datetime] = {}
        self.seen: dict[str, int] = defaultdict(int)
        self.ran: Counter[str] = Counter()
        self.made_up: Counter[str] = Counter()
        self.full = False

    def standings(self) -> Mapping[str, Standing]:
        return dict(self.known)

    def runs(self, name: str) -> Sequence[Run]:
        return ()

    def saw(self, done: Attended) -> None:
        """A slot that needed no run: the workbook was known to be unchanged."""
        if done.run is None:
            self.seen[done.standing.name] += 1

    def bookmark(self) -> str:
        return ""

    def keep(self, standings: Sequence[Standing], runs: Sequence[Run], bookmark: str | None = None) -> None:
        if self.full:
            raise HistoryUnusable(path="state", reason="the disk is full")
        self.disk.perhaps_killed()
        newest = {(run.name, run.slot): run.missed for run in sorted(runs, key=lambda run: run.missed)}
        for standing in standings:
            self.commit(standing, {slot: missed for (name, slot), missed in newest.items() if name == standing.name})
        self.disk.perhaps_killed()

    def commit(self, standing: Standing, runs: Mapping[datetime, int]) -> None:
        """Every slot since the last time ran once, was seen to need nothing, or is recorded as made up."""
        name, before = standing.name, self.reached.get(standing.name)
        made_up = sum(runs.values())
        ran = sum(1 for slot in runs if slot != before)
        count = ran + made_up + self.seen.pop(name, 0)
        expected = self.between(name, before, standing.slot) if before else 1
        assert count == expected, f"{name}: {count} slots instead of {expected} from {before} to {standing.slot}"
        self.known[name], self.reached[name] = standing, standing.slot
        self.ran[name] += ran
        self.made_up[name] += made_up

    def between(self, name: str, after: datetime, until: datetime) -> int:
        known = self.slots[name]
        assert known[bisect_right(known, until) - 1] == until, f"{until} is no slot of {name}"
        return bisect_right(known, until) - bisect_right(known, after)

    def set_back(self, now: datetime) -> None:
        """The clock passes again what lies ahead of it now."""
        for name, reached in self.reached.items():
            known = self.slots[name]
            self.reached[name] = min(reached, known[bisect_right(known, now) - 1])

    def forget(self) -> None:
        """What was seen and not written down is gone with the process."""
        self.seen.clear()


def appointments(plans: Mapping[str, str]) -> list[Appointment]:
    """The plans as a configuration has them."""
    return [Appointment(name, read_schedule(text)) for name, text in plans.items()]
