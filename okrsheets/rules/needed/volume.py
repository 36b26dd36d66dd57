"""The smallest volume with which enough come through, for a wanted chance (method.md §9)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

EVEN, GOOD = 0.5, 0.8
"""The chances that are answered for."""

LIMIT = 1_000_000
"""More first-step units than this are no answer."""

SLACK = 1e-12
"""A chance that is short by less than this is only short by rounding."""

STRIDE = 1.5


def smallest_volume(too_few: Callable[[int], float], chance: float, guess: int) -> int | None:
    """The smallest whole number with 1 − too_few(number) ≥ chance; None where it is above LIMIT.

    `too_few` may only fall as the number grows. `guess` is where to begin; a good one saves work.
    """

    def is_enough(volume: int) -> bool:
        return 1 - too_few(volume) >= chance - SLACK

    high = min(max(guess, 1), LIMIT)
    while not is_enough(high):
        if high == LIMIT:
            return None
        high = min(int(high * STRIDE) + 1, LIMIT)
    low = int(high / STRIDE)
    while low and is_enough(low):
        high, low = low, int(low / STRIDE)
    return bisect_left(range(high), True, lo=low, key=is_enough)
