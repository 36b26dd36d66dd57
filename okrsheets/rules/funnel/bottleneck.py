"""The verdict on the weakest step, or that there is none to give (method.md §8).

A verdict must hold in this week and in the one before: one striking week is not enough to name somebody's weak spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from okrsheets.rules.funnel.attainment import Odds
from okrsheets.words.report import Verdict

CLEAR = 0.90
LIKELY = 0.80
NONE = 0.50

ACTIVITY = -1
"""The number of the activity among the candidates; the steps have 0, 1, 2 …"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the candidates that it names: steps by their number from 0, or ACTIVITY."""

    verdict: Verdict
    named: tuple[int, ...] = ()


def judge(now: Odds, before: Odds) -> Judgement:
    """The first verdict that the odds of both weeks bear."""
    both = tuple(zip(_candidates(now), _candidates(before), strict=True))
    first = 0 if now.activity is None else ACTIVITY
    best = max(range(len(both)), key=lambda candidate: min(both[candidate]))
    if min(both[best]) >= CLEAR:
        return Judgement(Verdict.CLEAR, (best + first,))
    if min(both[best]) >= LIKELY:
        return Judgement(Verdict.LIKELY, (best + first,))
    pair = _pair(both)
    if pair:
        return Judgement(Verdict.EITHER, tuple(candidate + first for candidate in pair))
    if min(now.none, before.none) >= NONE:
        return Judgement(Verdict.NONE)
    return Judgement(Verdict.NOT_ENOUGH_DATA)


def _candidates(odds: Odds) -> tuple[float, ...]:
    """The activity first, where it is known."""
    return odds.steps if odds.activity is None else (odds.activity, *odds.steps)


def _pair(both: Sequence[tuple[float, float]]) -> tuple[int, int] | None:
    """Of three candidates or more, the two that are together clear in both weeks, the likeliest such pair now."""
    if len(both) < 3:
        return None
    pairs = [
        (both[i][0] + both[j][0], (i, j))
        for i, j in combinations(range(len(both)), 2)
        if min(both[i][0] + both[j][0], both[i][1] + both[j][1]) >= CLEAR
    ]
    return max(pairs, key=lambda pair: pair[0])[1] if pairs else None
