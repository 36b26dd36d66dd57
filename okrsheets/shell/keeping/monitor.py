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
        self._well: bool | None = None

    def begins(self, monotonic: float, works: Callable[[], bool]) -> bool:
        """Whether this tick is told of, which `works` on something or not; if so, it is told that it begins."""
        if self._ping is None or monotonic - self._told < (APART if works() else AT_LEAST):
            return False
        self._told = monotonic
        self._ping.start()
        return True

    def ends(self, faults: Callable[[], Sequence[str]], *, told: bool) -> None:
        """What needs a hand, line by line; nothing where all is well. Also of a tick that is not `told` of, where
        that is no longer what was heard last."""
        if self._ping:
            self._tell(self._ping, faults(), told=told)

    def _tell(self, ping: Ping, faults: Sequence[str], *, told: bool) -> None:
        before, self._well = self._well, not faults
        if not told and before == self._well:
            return
        if faults:
            ping.fail("\n".join(faults))
        else:
            ping.success()

    def close(self) -> None:
        """Lets the last words go."""
        if self._ping:
            self._ping.close()
