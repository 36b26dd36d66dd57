"""What keeps a service going: `schedule`, which does one thing only, and a clock that nobody sets.

`schedule` counts on the wall clock of the zone (facts/service.md §2). Where that is set back, its next tick would be
hours away; a tick that is late by the other clock is therefore made at once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from schedule import Scheduler

from okrsheets.words.schedule import Every, Schedule

LONGEST = 60
"""Seconds between two ticks at most."""
LATE = 1.5
"""Of the time between two ticks: after so long, one is late."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The wall clock in UTC, the seconds of a clock that nobody sets, and a way to let time pass."""

    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    wait: Callable[[float], None]


class Ticker:
    """Calls `tick` at once, and then every so many whole seconds."""

    def __init__(self, tick: Callable[[], None], clockwork: Clockwork) -> None:
        self._tick = tick
        self._clockwork = clockwork
        self._scheduler = Scheduler()
        self._seconds = LONGEST
        self._last = -float("inf")

    def every(self, seconds: int) -> None:
        """From now on so many seconds apart, and once right away."""
        self._seconds = seconds
        self._last = -float("inf")
        self._scheduler.clear()
        self._scheduler.every(seconds).seconds.do(self._one_tick)

    def run(self, going: Callable[[], bool]) -> None:
        """Ticks as long as it is going; looks at that before every wait and after it."""
        while going():
            self._scheduler.run_pending()
            if self._clockwork.monotonic() - self._last > LATE * self._seconds:
                self.every(self._seconds)
                self._one_tick()
            if going():
                self._clockwork.wait(self._rest)

    @property
    def _rest(self) -> float:
        return min(max(self._scheduler.idle_seconds or 0.0, 0.0), self._seconds)

    def _one_tick(self) -> None:
        self._last = self._clockwork.monotonic()
        with suppress(Exception):  # a job that raises would end the loop; the tick itself says what went wrong
            self._tick()


def seconds_between(schedules: list[Schedule]) -> int:
    """How far apart ticks are: half of the shortest interval, so that nothing is late by more than that."""
    intervals = [schedule.interval for schedule in schedules if isinstance(schedule, Every)]
    shortest = min(intervals, default=timedelta(seconds=2 * LONGEST))
    return max(1, min(LONGEST, int(shortest.total_seconds() / 2)))
