"""Slots of whole numbers, from 0 on without a gap, that grow longer with the numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Slots of the same length, one behind the other: `first` is the number of the first one, `end` is not in them."""

    first: int
    start: int
    end: int
    length: int


class Slots:
    """Slots, each as long as it is told for its start, 1 or more. None is told to go beyond `bend`: one ends there.

    They are kept in runs of equal ones, found by bisection: a slot at a thousand million takes no more than one at ten.
    Where lengths fall again towards the bend, a few slots may be shorter than they were told.
    """

    def __init__(self, length_from: Callable[[int], int], bend: int = 0) -> None:
        self._length_from, self._bend = length_from, bend
        self._runs = [self._run(0, 0)]

    def of(self, count: int) -> int:
        """The number of the slot that holds a count of 0 or more."""
        while self._runs[-1].end <= count:
            last = self._runs[-1]
            self._runs.append(self._run(last.first + (last.end - last.start) // last.length, last.end))
        run = self._runs[bisect_right(self._runs, count, key=lambda run: run.start) - 1]
        return run.first + (count - run.start) // run.length

    def span(self, slot: int) -> tuple[int, int]:
        """Where a slot starts, and before what it ends; one that `of` has named, or an earlier one."""
        run = self._runs[bisect_right(self._runs, slot, key=lambda run: run.first) - 1]
        start = run.start + (slot - run.first) * run.length
        return start, start + run.length

    def _run(self, first: int, start: int) -> Run:
        """As many slots as have the length of the first one."""
        length = self._length_from(start)

        def is_other(slots: int) -> bool:
            at = start + slots * length
            return start < self._bend < at + length or self._length_from(at) != length

        enough = 1
        while not is_other(enough):
            enough *= 2
        same = bisect_left(range(enough + 1), True, lo=1, key=is_other)
        return Run(first, start, start + same * length, length)
