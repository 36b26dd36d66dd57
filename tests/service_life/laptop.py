"""A laptop in everyday use: its lid, its power and its clock do as they please, and a service runs on it."""

from __future__ import annotations

import gc
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import time_machine

from okrsheets.edges.history import SqliteHistory
from okrsheets.shell import clock
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork, Ticker
from okrsheets.words.history import Run, Standing
from tests.service_life.slots import Slots

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGIN, END = datetime(2026, 9, 28, 9, tzinfo=AMSTERDAM), datetime(2027, 4, 5, tzinfo=UTC)
"""Both changes of the clock (25 October, 28 March) and the end of week 53 (3 January) lie between."""
NEVER = datetime.max.replace(tzinfo=UTC)
QUIET = timedelta(days=8)
"""At the end nobody does anything for so long, and every slot comes once more."""
SELDOM = 10
"""Of so many sessions, the memory is measured behind one."""


class PowerFails(BaseException):
    """In the middle of whatever is under way."""


class MortalHistory(SqliteHistory):
    """Of a process that may be gone: then it writes nothing more, tidying up included."""

    gone = False

    def keep(self, standings: Sequence[Standing], runs: Sequence[Run], bookmark: str | None = None) -> None:
        if self.gone:
            raise PowerFails
        super().keep(standings, runs, bookmark)


class Laptop:
    """Awake for an hour or so at a time; its own clock stops while it sleeps, the one on the wall goes on.

    `plans` are schedules by the names of the workbooks, `type` is what somebody does who types a figure into one.
    Every tick is held against what was due in it. Its folder has the configuration.
    """

    def __init__(
        self,
        traveller: time_machine.Traveller,
        folder: Path,
        plans: Mapping[str, str],
        type: Callable[[str, float], None],
        seed: int = 3,
    ) -> None:
        self.traveller = traveller
        self.folder = folder
        self.type = type
        self.random = Random(seed)
        self.slots = Slots(plans, AMSTERDAM)
        self.edits: Counter[str] = Counter()
        self.awake = 0.0
        self.kills = self.halfway = self.ticks = 0
        self.told: Counter[tuple[str, str]] = Counter()
        self.sizes: list[tuple[int, int]] = []
        self.over = NEVER
        self._log = io.StringIO()
        self._history = self._new_history()

    @property
    def config(self) -> str:
        """Where the configuration is."""
        return str(self.folder / "config.toml")

    @property
    def quiet(self) -> bool:
        """Whether the half year is over."""
        return self.over is not NEVER

    def now(self) -> datetime:
        """The clock on the wall, if the battery lasts until somebody has looked."""
        if not self.quiet and self.random.random() < 0.0008:
            self.halfway += 1
            raise PowerFails
        return clock.now()

    def wait(self, seconds: float) -> None:
        """The time to the next tick; now and then the lid is closed, the clock is set, or the power fails."""
        self.awake += seconds
        self.pass_by(timedelta(seconds=max(seconds, 1)))
        if not self.quiet and clock.now() >= END:
            self.over = clock.now() + QUIET
        if self.quiet:
            self.pass_by(timedelta(hours=1))
            return
        dice = self.random.random()
        if dice < 0.06:
            self.pass_by(timedelta(hours=8))
        elif dice < 0.0605:
            self.pass_by(timedelta(days=14))
        elif dice < 0.064:
            self.pass_by(timedelta(hours=self.random.choice([-5, 5, -26, 26])))
        elif dice < 0.072:
            raise PowerFails
        elif dice < 0.077:
            self.somebody_types()

    def somebody_types(self) -> None:
        """A figure into one of four workbooks, which the next slot of each has to show."""
        plans = list(self.slots.plans)
        for name in self.random.sample(plans, ceil(len(plans) / 4)):
            self.edits[name] += 1
            self.type(name, float(self.edits[name]))

    def pass_by(self, time: timedelta) -> None:
        self.traveller.shift(time)

    def live(self) -> None:
        """From one power failure to the next."""
        while clock.now() < self.over:
            try:
                self.session()
            except PowerFails:
                self.kills += 1
                self._history.gone = True
                self.read_log()  # what it still said is none of the next one's
                if self.kills % SELDOM == 0:
                    gc.collect()
                    self.sizes.append((len(gc.get_objects()), open_files()))

    def session(self) -> None:
        """One process, from its start to its end."""
        clockwork = Clockwork(self.now, lambda: self.awake, self.wait)
        desk = Desk(self.config)
        log = ServiceLog(desk.language, desk.zone, clock.now, LogFormat.JSON, stream=self._log, verbose=True)
        self._history = self._new_history()
        self.slots.remember({name: known.slot for name, known in self._history.standings().items()})
        keeper = Keeper(desk, self._history, clockwork, log)

        def tick() -> None:
            keeper.tick()
            self.judge()

        ticker = Ticker(tick, clockwork)
        ticker.every(keeper.seconds_between)
        ticker.run(lambda: clock.now() < self.over)
        keeper.close()

    def judge(self) -> None:
        """As many workbooks were looked after as were due."""
        self.ticks += 1
        due = self.slots.due(clock.now(), self.edits)
        attended = self.read_log()
        if attended != due:
            raise WrongCount(f"{attended} instead of {due} at {clock.now()}")

    def read_log(self) -> int:
        """Counts what was told since the last time; how many workbooks were looked after."""
        lines = [json.loads(line) for line in self._log.getvalue().splitlines()]
        self._log.seek(0)
        self._log.truncate()
        self.told.update((line["event"], line.get("workbook", "")) for line in lines)
        return sum(line["workbooks"] for line in lines if line["event"] == "round")

    def _new_history(self) -> MortalHistory:
        return MortalHistory(self.folder / "state")


class WrongCount(BaseException):
    """No Exception, of which the ticker makes nothing."""


def open_files() -> int:
    """File descriptors of this process, where the system tells."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.exists() else 0
