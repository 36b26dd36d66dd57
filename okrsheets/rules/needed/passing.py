"""How many of those who enter a step pass it: beta-binomial where its rate is learned, binomial where it is known.

The chance that c of n pass is exp(whole(n) + passed(c) + dropped(n − c)): each part depends on one number only, and is
written for real 0 ≤ c ≤ n, so that sums can be taken by quadrature.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from typing import Protocol

from okrsheets.rules.numbers.special_functions import log_beta


class Passing(Protocol):
    """One step's law for how many pass. Counts are never negative."""

    @property
    def mean(self) -> float:
        """The share that passes on average, above 0 and below 1."""

    def peak(self, entered: int) -> int:
        """A most likely number to pass; the chance falls on either side of it."""

    def spread(self, passed: float) -> float:
        """The standard deviation of the number that pass where on average `passed` do."""

    def whole(self, entered: int) -> float:
        """The part of the log chance that depends on how many enter."""

    def passed(self, counts: Sequence[float]) -> list[float]:
        """The part that depends on how many pass, for each of `counts`."""

    def chances(self, entered: int, whole: float, counts: Sequence[float], passed: Sequence[float]) -> list[float]:
        """The chance that so many pass, for each of `counts`; `whole` and `passed` are the parts for these."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A rate p ~ Beta(a, b), a + b > 2."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """E[p]."""
        return self.a / (self.a + self.b)

    def peak(self, entered: int) -> int:
        """The mode of the beta-binomial; an end where a or b is at most 1."""
        if self.b <= 1:
            return entered
        return min(entered, int((entered + 1) * max(0.0, self.a - 1) / (self.a + self.b - 2)))

    def spread(self, passed: float) -> float:
        """√(n p (1 − p) (a + b + n) / (a + b + 1)), n = passed / p."""
        size = self.a + self.b
        return sqrt(passed * self.b / size * (size + passed / self.mean) / (size + 1))

    def whole(self, entered: int) -> float:
        """ln n! / Γ(a + b + n) B(a, b)."""
        return lgamma(entered + 1) - lgamma(self.a + self.b + entered) - log_beta(self.a, self.b)

    def passed(self, counts: Sequence[float]) -> list[float]:
        """ln Γ(a + c) / c!."""
        return [lgamma(self.a + count) - lgamma(count + 1) for count in counts]

    def chances(self, entered: int, whole: float, counts: Sequence[float], passed: Sequence[float]) -> list[float]:
        """With the part of those who do not pass, ln Γ(b + n − c) / (n − c)!."""
        top, one_more = self.b + entered, entered + 1
        return [
            exp(whole + part + lgamma(top - count) - lgamma(one_more - count))
            for count, part in zip(counts, passed, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A rate that is taken as known, above 0 and below 1."""

    mean: float

    def peak(self, entered: int) -> int:
        """The mode of the binomial."""
        return min(entered, int((entered + 1) * self.mean))

    def spread(self, passed: float) -> float:
        """√(n p (1 − p)), n = passed / p."""
        return sqrt(passed * (1 - self.mean))

    def whole(self, entered: int) -> float:
        """ln n! (1 − p)ⁿ."""
        return lgamma(entered + 1) + entered * log1p(-self.mean)

    def passed(self, counts: Sequence[float]) -> list[float]:
        """ln (p / (1 − p))ᶜ / c!."""
        odds = log(self.mean) - log1p(-self.mean)
        return [count * odds - lgamma(count + 1) for count in counts]

    def chances(self, entered: int, whole: float, counts: Sequence[float], passed: Sequence[float]) -> list[float]:
        """With the part of those who do not pass, ln 1 / (n − c)!."""
        one_more = entered + 1
        return [exp(whole + part - lgamma(one_more - count)) for count, part in zip(counts, passed, strict=True)]
