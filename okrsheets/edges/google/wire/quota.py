"""Google's quota of the minute, kept from our side: waiting a little beats being refused."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from okrsheets.edges.google.wire.call import Kind

MINUTE = 60.0
PER_MINUTE = 50
"""Of the 60 that Google gives a user, reads and writes each; some room is left for what runs beside us."""


@dataclass(slots=True)
class Quota:
    """One account's share of the minute; all workbooks of a run take from the same one."""

    per_minute: int = PER_MINUTE
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _taken: dict[Kind, deque[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, kind: Kind) -> float:
        """Waits until a call of this kind fits into the minute; the seconds that it took. Drive has room enough."""
        if kind is Kind.DRIVE:
            return 0.0
        wait = self._reserve(kind)
        if wait > 0:
            self.sleep(wait)
        return wait

    def _reserve(self, kind: Kind) -> float:
        """Takes the next free place in the minute, and says how far away it is."""
        with self._lock:
            now = self.clock()
            taken = self._taken.setdefault(kind, deque(maxlen=self.per_minute))
            full = len(taken) == self.per_minute
            at = max(now, taken[0] + MINUTE) if full else now
            taken.append(at)
            return at - now
