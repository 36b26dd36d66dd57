"""A simulated half year: every slot is dealt with once, through sleeps, kills and clocks that go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from half_year import AMSTERDAM, END, Clock, Disk, Killed, Ledger, Sheet, appointments

from okrsheets.orders.rounds import GOOD, Rounds, Watch

TICK = timedelta(minutes=2)
"""Twice what it is in earnest, for the sake of whoever waits for this test."""
PLANS = {
    f"{text} {n}": text
    for text, count in {
        "15 minutes": 8,
        "1 hour": 8,
        "2 hours": 6,
        "7 minutes": 2,
        "day at 02:30": 8,
        "day at 07:00": 4,
        "weekdays at 07:30": 8,
        "friday at 16:00": 4,
        "sunday at 02:00": 2,
    }.items()
    for n in range(count)
}


class Year:
    """Everything that happens; `random` decides when."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.clock = Clock()
        self.disk = Disk(list(PLANS), self.random)
        self.ledger = Ledger(PLANS, self.disk)
        self.watch = Watch(self.clock, AMSTERDAM)
        self.kills = 0
        self.rounds = self.begin()

    def begin(self) -> Rounds:
        """A new process, which knows what the history knows."""
        self.disk.dead = False
        self.ledger.forget()
        self.ledger.set_back(self.clock())
        return Rounds(appointments(PLANS), self.ledger, self.disk, self.watch, str)

    def live(self) -> None:
        calm = self.calm()
        while self.clock() < END:
            self.something_happens()
            self.tick()
            self.clock.on(next(calm))

    def calm(self) -> Iterator[timedelta]:
        """The time to the next tick: a minute; a night now and then; twice two weeks."""
        long = {20_000, 45_000}
        for n in range(1_000_000):
            asleep = n in long or n % 480 == 479
            yield timedelta(days=14) if n in long else timedelta(hours=8, seconds=n % 60) if asleep else TICK

    def tick(self) -> None:
        try:
            for done in self.rounds.go_round():
                self.ledger.saw(done)
                sheet = self.disk.sheets[done.standing.name]
                if done.result is None:
                    assert sheet.summary == (sheet.inputs, self.watch.today), "an edit went unseen"
        except Killed:
            self.kills += 1
            self.rounds = self.begin()

    def something_happens(self) -> None:
        """An edit every hour or two; the rest every few hours, days or weeks."""
        for chance, event in (
            (0.02, lambda: self.sheet.edit()),
            (0.005, lambda: setattr(self.sheet, "open", True)),
            (0.002, lambda: setattr(self.sheet, "gone", True)),
            (0.05, self.all_is_well),
            (0.0003, lambda: self.clock_is_set(timedelta(seconds=self.random.randint(-86_400, 86_400)))),
            (0.002, lambda: setattr(self.ledger, "full", True)),
            (0.02, lambda: setattr(self.ledger, "full", False)),
            (0.002, lambda: setattr(self.disk, "kills", self.random.choice([0.02, 0.2]))),
            (0.02, lambda: setattr(self.disk, "kills", 0.0)),
        ):
            if self.random.random() < chance:
                event()

    @property
    def sheet(self) -> Sheet:
        """Any one."""
        return self.random.choice(list(self.disk.sheets.values()))

    def all_is_well(self) -> None:
        """Somebody closes what is open, another puts back what is gone."""
        for sheet in self.disk.sheets.values():
            sheet.open = sheet.gone = False

    def clock_is_set(self, by: timedelta) -> None:
        """What was seen until now is written down first: the test counts from there."""
        self.ledger.full, kills, self.disk.kills = False, self.disk.kills, 0
        self.rounds.keep()
        self.clock.on(by)
        self.ledger.set_back(self.clock())
        self.disk.kills = kills

    def settle(self) -> None:
        """The disk is well, everything is edited once more, and eight days pass."""
        self.ledger.full, self.disk.kills = False, 0
        self.all_is_well()
        for sheet in self.disk.sheets.values():
            sheet.edit()
        self.disk.upset = 0
        for _ in range(timedelta(days=8) // TICK):
            self.clock.on(TICK)
            self.tick()
        self.rounds.keep()


def test_every_slot_of_a_half_year_is_dealt_with_once() -> None:
    year = Year(1)
    year.live()
    assert year.kills > 50
    year.settle()
    for name, sheet in year.disk.sheets.items():
        slots = [slot for slot in year.ledger.slots[name] if slot <= year.clock()]
        assert year.ledger.known[name].outcome in GOOD
        assert year.ledger.reached[name] == slots[-1]
        assert year.ledger.made_up[name] > 0
        assert sheet.summary is not None
        assert sheet.summary[0] == sheet.inputs
        assert not year.disk.twice
    assert sum(year.ledger.ran.values()) > 1_000
