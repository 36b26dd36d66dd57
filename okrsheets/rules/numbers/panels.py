"""A smooth curve over a long run of whole numbers, known by its values at a few of them.

A short panel keeps every value. A long one keeps a polynomial through some, and is halved where that is not enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, pi

from okrsheets.rules.numbers.quadrature import gauss

SHORT = 10
"""So many counts are taken one by one. Longer panels have this length, doubled some times."""

KNOTS = 9
PLACES = 8
SMOOTH = 3e-7
"""The last two coefficients of a good polynomial are below this; its error is then about 1e-9 or less."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The curve over the counts from `start` to before `end`: its values, or Newton's coefficients in −1 … 1."""

    start: int
    end: int
    known: tuple[float, ...]

    @property
    def length(self) -> int:
        """How many counts it covers."""
        return self.end - self.start

    @property
    def is_long(self) -> bool:
        """Whether it is known by a polynomial instead of every value."""
        return self.length > SHORT

    def at(self, counts: Sequence[float]) -> list[float]:
        """The curve at each of `counts`, by Horner's scheme; whole numbers only in a short panel."""
        if not self.is_long:
            return [self.known[int(count) - self.start] for count in counts]
        scale, left = 2 / (self.length - 1), self.start
        spots = [(count - left) * scale - 1 for count in counts]
        heights = [self.known[-1]] * len(spots)
        for knot, slope in zip(reversed(_spots(self.length)[:-1]), reversed(self.known[:-1]), strict=True):
            heights = [slope + (spot - knot) * height for spot, height in zip(spots, heights, strict=True)]
        return heights


def fit(start: int, end: int, curve: Callable[[int], float]) -> tuple[Panel, ...]:
    """Panels from `start` to before `end` that follow the curve. The length is at most SHORT, or SHORT · 2ⁿ."""
    length = end - start
    if length <= SHORT:
        return (Panel(start, end, tuple(curve(count) for count in range(start, end))),)
    slopes = _newton(_spots(length), [curve(start + knot) for knot in knots(length)])
    if _is_smooth(slopes):
        return (Panel(start, end, slopes),)
    middle = start + length // 2
    return fit(start, middle, curve) + fit(middle, end, curve)


def longest(most: float) -> int:
    """The longest length of a panel that is at most `most`; SHORT where even that is more."""
    length = SHORT
    while 2 * length <= most:
        length *= 2
    return length


@cache
def knots(length: int) -> tuple[int, ...]:
    """The offsets at which a long panel knows its curve: whole numbers close to Chebyshev's extrema."""
    return tuple(round((length - 1) / 2 * (1 - cos(pi * k / (KNOTS - 1)))) for k in range(KNOTS))


@cache
def places(length: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Offsets and weights for the sum of a smooth function over a panel."""
    if length <= SHORT:
        return tuple(map(float, range(length))), (1.0,) * length
    rule = gauss(PLACES, length)
    return tuple(length / 2 * (1 + x) - 0.5 for x in rule.nodes), tuple(length / 2 * w for w in rule.weights)


@cache
def _spots(length: int) -> tuple[float, ...]:
    return tuple(2 * knot / (length - 1) - 1 for knot in knots(length))


def _newton(spots: Sequence[float], values: Sequence[float]) -> tuple[float, ...]:
    """Divided differences."""
    slopes = list(values)
    for gap in range(1, len(spots)):
        for k in range(len(spots) - 1, gap - 1, -1):
            slopes[k] = (slopes[k] - slopes[k - 1]) / (spots[k] - spots[k - gap])
    return tuple(slopes)


def _is_smooth(slopes: Sequence[float]) -> bool:
    """Whether the last two coefficients, as of Chebyshev's polynomials, have all but vanished. Two, because in an
    even or odd curve every second one is 0."""
    last, before = slopes[-1], slopes[-2] + slopes[-1]
    return max(abs(last) / 2, abs(before)) <= SMOOTH * float(2 ** (KNOTS - 3))
