"""Whole numbers from sums of fractions, which a computer keeps a last digit short or long."""

from __future__ import annotations

from math import ceil, floor

NOISE = 1e-9
"""A sum such as 4.6 + 2.3 + 0.1, or a quotient such as 999 / 33.3, is beside its whole number by less than this."""


def whole_up(number: float) -> int:
    """The smallest whole number that is not below it."""
    return ceil(number - NOISE)


def whole_down(number: float) -> int:
    """The largest whole number that is not above it."""
    return floor(number + NOISE)
