"""Which numbers a field of the plan may hold, whether a template or a setting gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrsheets.words.message import Message, Percent, say


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`, both included and None where open. A `share` is said as a percentage."""

    low: float | None = None
    high: float | None = None
    whole: bool = False
    share: bool = False

    def __contains__(self, number: float) -> bool:
        if self.whole and not float(number).is_integer():
            return False
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    @property
    def expected(self) -> Message:
        """What is expected, as part of a sentence: `a whole number from 1 to 7`."""
        if self.low is None or self.high is None:
            return self._expected_from(self.low)
        if self.share:
            return say("a percentage from {low} to {high}", low=Percent(self.low), high=Percent(self.high))
        if self.whole:
            return say("a whole number from {low} to {high}", low=self.low, high=self.high)
        return say("a number from {low} to {high}", low=self.low, high=self.high)

    def _expected_from(self, low: float | None) -> Message:
        return say("a number") if low is None else say("a number of {low} or more", low=low)


ANY = Range()
FROM_ZERO = Range(low=0)

RANGES: Mapping[str, Range] = {
    "revenue_goal": FROM_ZERO,
    "price": FROM_ZERO,
    "capacity_per_week": FROM_ZERO,
    "weight": FROM_ZERO,
    "tolerance": FROM_ZERO,
    "confidence": Range(0, 10),
    "plan_rate": Range(0, 1, share=True),
    "lag_weeks": Range(0, 26, whole=True),
    "in_flight": FROM_ZERO,
    "planned_per_week": FROM_ZERO,
    "per_week": Range(1, 7, whole=True),
    "amount": FROM_ZERO,
}
"""By the name of the field, which means the same wherever it stands. Fields that are not here take any number."""


def range_of(field: str) -> Range:
    """The numbers that a field may hold."""
    return RANGES.get(field, ANY)
