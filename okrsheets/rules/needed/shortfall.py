"""The chance that too few come through the steps of a funnel, one after the other (method.md §9).

Taken count by count the work would grow with the square of the counts. The chances are smooth except where counts
are small, so a sum goes over panels, and takes a long panel at a few places only (Gauss's rule for sums).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from okrsheets.rules.needed.passing import Passing
from okrsheets.rules.needed.slots import Slots
from okrsheets.rules.numbers.panels import Panel, fit, longest, places
from okrsheets.rules.numbers.quadrature import weighted

NOTHING = 1e-11
"""Chances below this are left out."""

SPREADS = 3.5
"""A panel is at most so many standard deviations long."""

EDGE = 0.25
"""A long panel is smooth where it ends at least this part of its length before the count of all who entered."""


class Curve(Protocol):
    """The chance that too few come through in the end, by how many come so far: it falls from 1 to 0."""

    @property
    def certain(self) -> int:
        """Below this many it is certain."""

    def too_few(self, coming: int) -> float:
        """The chance, 0 to 1, where so many come."""


@dataclass(frozen=True, slots=True)
class Goal:
    """After the last step: so many are wanted."""

    certain: int

    def too_few(self, coming: int) -> float:
        """1 below the goal, 0 from there on."""
        return float(coming < self.certain)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A panel made ready for sums: the counts to take, the curve there times its weight, the law's part there."""

    panel: Panel
    counts: Sequence[float]
    heights: Sequence[float]
    passed: Sequence[float]


@dataclass(slots=True)
class Entering:
    """So many enter the step: what their sum needs, and what it comes to so far."""

    count: int
    whole: float
    total: float = 0.0


class Step:
    """One step and all after it: too few come through where those who pass it are too few for the rest."""

    def __init__(self, law: Passing, in_flight: int, after: Curve) -> None:
        """`in_flight` units wait before the step, to be joined by those who come."""
        self.certain = max(0, after.certain - in_flight)
        self._law, self._in_flight, self._after = law, in_flight, after
        self._never_from: float = after.certain if isinstance(after, Goal) else inf
        self._slots = Slots(self._length_from, after.certain)
        self._prepared: dict[int, tuple[Stretch, ...]] = {}
        self._known: dict[int, float] = {}

    def too_few(self, coming: int) -> float:
        """The chance, 0 to 1, that too few come through in the end where `coming` units come."""
        if coming not in self._known:
            self._known[coming] = min(max(self._sum(coming + self._in_flight), 0.0), 1.0)
        return self._known[coming]

    def _sum(self, entered: int) -> float:
        """Σ chance that c pass · chance that c are too few, from the most likely c outwards."""
        if not self._never_from:
            return 0.0
        entering = Entering(entered, self._law.whole(entered))
        highest = int(min(entered, self._never_from - 1))
        last, middle = self._slots.of(highest), self._slots.of(min(self._law.peak(entered), highest))
        self._add_down(range(middle, -1, -1), entering)
        self._add_up(range(middle + 1, last + 1), entering)
        return entering.total

    def _add_down(self, slots: Iterable[int], entering: Entering) -> None:
        """Until so few pass with no chance to speak of."""
        for slot in slots:
            if self._add(slot, entering) < NOTHING:
                return

    def _add_up(self, slots: Iterable[int], entering: Entering) -> None:
        """Until a slot adds nothing to speak of: more than enough pass, or more than ever will."""
        for slot in slots:
            before = entering.total
            self._add(slot, entering)
            if entering.total - before < NOTHING:
                return

    def _add(self, slot: int, entering: Entering) -> float:
        """Adds the sum over one slot, up to all who entered; returns the chance of its lowest count."""
        if slot not in self._prepared:
            self._prepared[slot] = self._prepare(*self._slots.span(slot))
        lowest = 1.0
        for stretch in self._prepared[slot]:
            if stretch.panel.start <= entering.count:
                taken = self._fitting(stretch, entering.count)
                chances = self._law.chances(entering.count, entering.whole, taken.counts, taken.passed)
                entering.total += weighted(taken.heights, chances)
                lowest = min(lowest, chances[0])
        return lowest

    def _length_from(self, start: int) -> int:
        """As long as the law's spread allows; up to where the curve leaves 1, for it may have a bend there."""
        length = longest(min(start, SPREADS * self._law.spread(start)))
        left = self._after.certain - start
        return min(length, longest(left), left) if left > 0 else length

    def _prepare(self, start: int, end: int) -> tuple[Stretch, ...]:
        panels = fit(start, end, self._after.too_few)
        if panels[0].known[0] < NOTHING:
            self._never_from = min(self._never_from, start)
        return tuple(self._stretch(panel, (panel.length,)) for panel in panels)

    def _fitting(self, stretch: Stretch, entered: int) -> Stretch:
        """The stretch; where it is close to the count of all who entered, a finer one: the law may bend there."""
        panel = stretch.panel
        left = entered + 1 - panel.end
        if left >= (EDGE * panel.length if panel.is_long else 0):
            return stretch
        lengths: list[int] = []
        start, end = panel.start, min(panel.end, entered + 1)
        while start < end:
            lengths.append(min(end - start, longest(min(end - start, (entered + 1 - start) / (1 + EDGE)))))
            start += lengths[-1]
        return self._stretch(panel, lengths)

    def _stretch(self, panel: Panel, lengths: Iterable[int]) -> Stretch:
        """The panel from its start on, taken in runs of these lengths."""
        counts: list[float] = []
        weights: list[float] = []
        start = panel.start
        for length in lengths:
            offsets, parts = places(length)
            counts += [start + offset for offset in offsets]
            weights += parts
            start += length
        heights = [weight * height for weight, height in zip(weights, panel.at(counts), strict=True)]
        return Stretch(panel, counts, heights, self._law.passed(counts))


def through(laws: Sequence[Passing], in_flight: Sequence[int], goal: int) -> Step:
    """The steps from the first to the last, each with what is in flight before it, towards `goal` in the end.

    At least one step; counts are 0 or more.
    """
    *earlier, (law, waiting) = zip(laws, in_flight, strict=True)
    step = Step(law, waiting, Goal(goal))
    for law, waiting in reversed(earlier):
        step = Step(law, waiting, step)
    return step
