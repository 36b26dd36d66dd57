"""What a monitor on the web hears of a service: that a tick begins, and that all is well or what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from okrsheets.edges.ping import Ping

APART = 60.0
AT_LEAST = 15 * 60.0
"""Seconds between two words to the monitor: no less where there is work, no more where there is none."""


class Monitor:
    """At the configured address; without one, nobody hears anything."""

    def __init__(self, address: str | None) -> None:
        self._ping = Ping(address) if address else None
        self._told = -float("inf")

    def begins(self, monotonic: float, works: Callable[[], bool]) -> bool:
        """Whether this tick is told of, which `works` on something or not; if so, it is told that it begins."""
        if self._ping is None or monotonic - self._told < (APART if works() else AT_LEAST):
            return False
        self._told = monotonic
        self._ping.start()
        return True

    def ends(self, faults: Sequence[str]) -> None:
        """What needs a hand, line by line; nothing where all is well."""
        if self._ping is None:
            return
        if faults:
            self._ping.fail("\n".join(faults))
        else:
            self._ping.success()

    def close(self) -> None:
        """Lets the last words go."""
        if self._ping:
            self._ping.close()
