"""What is known of each step's rate, and how likely each step is the one furthest behind plan (method.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, log1p, prod, sqrt

from okrsheets.rules.numbers.quadrature import gauss, running, weighted
from okrsheets.rules.numbers.special_functions import incomplete_beta, log_beta

PRIOR = 4
"""The prior is worth four contacts at plan."""

DELTA = 0.10
"""Less than this behind plan is no bottleneck."""

LOWEST_PLAN, HIGHEST_PLAN = 1e-6, 0.9999


@dataclass(frozen=True, slots=True)
class StepRate:
    """A step's rate as far as it is known, p ~ Beta(a, b), and the rate that was planned, above 0 and below 1."""

    a: float
    b: float
    plan: float

    @property
    def mean(self) -> float:
        """E[p], 0 to 1."""
        return self.a / (self.a + self.b)

    @property
    def shortfall(self) -> float:
        """E[max(plan − p, 0)]: what is missing to plan wherever the rate is below it."""
        below = incomplete_beta(self.plan, self.a, self.b)
        return max(0.0, self.plan * below - self.mean * incomplete_beta(self.plan, self.a + 1, self.b))


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely each step, and the activity, is the one furthest behind plan; `none` that nothing is behind."""

    steps: tuple[float, ...]
    activity: float | None
    none: float


def plan_of(rate: float | None) -> float | None:
    """A plan rate that can be compared with: one in a million to 99.99 %; None for none, and for what is no rate.

    A plan of 100 % is taken as 99.99 %, so that one who does not go on does not make it impossible.
    """
    return min(max(rate, LOWEST_PLAN), HIGHEST_PLAN) if rate is not None and 0 < rate <= 1 else None


def learn(plan: float, entered: float, converted: float) -> StepRate:
    """What `converted` of `entered` say about a step planned at `plan`, 0 < plan < 1, 0 ≤ converted ≤ entered."""
    return StepRate(PRIOR * plan + max(0.0, converted), PRIOR * (1 - plan) + max(0.0, entered - converted), plan)


def weakest(steps: Sequence[StepRate], activity: float | None) -> Odds:
    """The odds of being the smallest attainment (rate / plan) and more than δ below plan (method.md §8).

    `activity` is done / planned, 0 or more and known exactly; None leaves it out of the contest.
    """
    ceiling = 1 - DELTA if activity is None else min(1 - DELTA, activity)
    shares, all_above = _race(steps, log(ceiling)) if ceiling > 0 else ((0.0,) * len(steps), 1.0)
    if activity is None:
        return Odds(shares, None, all_above)
    behind = activity < 1 - DELTA
    return Odds(shares, all_above if behind else 0.0, 0.0 if behind else all_above)


def gains(steps: Sequence[StepRate]) -> tuple[float, ...]:
    """Extra results per 100 first-step units if one step were at plan, for each step (method.md §8)."""
    others = (prod(other.mean for j, other in enumerate(steps) if j != i) for i in range(len(steps)))
    return tuple(100 * rest * step.shortfall for rest, step in zip(others, steps, strict=True))


def _race(steps: Sequence[StepRate], end: float) -> tuple[tuple[float, ...], float]:
    """∫ fᵢ Π [1 − Fⱼ] for each step, up to the log of attainment `end`, and Π [1 − Fⱼ] there.

    Over the log of attainment every density is smooth, however few or many the counts.
    """
    weights, until = gauss().weights, running()
    shares, passed = [0.0] * len(steps), [0.0] * len(steps)
    for left, right in pairwise(_edges(steps, end)):
        half = (right - left) / 2
        densities = [_densities(step, left + half, half) for step in steps]
        above = [
            [1 - before - weighted(row, density) for row in until]
            for before, density in zip(passed, densities, strict=True)
        ]
        for i, density in enumerate(densities):
            others = (above[j] for j in range(len(steps)) if j != i)
            shares[i] += weighted(weights, [prod(heights) for heights in zip(density, *others, strict=True)])
            passed[i] += weighted(weights, density)
    # What is impossible comes out as a few 1e-14 on either side of 0, and all together beside 1.
    none = max(0.0, prod(1 - before for before in passed))
    possible = [max(0.0, share) for share in shares]
    excess = max(1.0, sum(possible) + none)
    return tuple(share / excess for share in possible), none / excess


def _densities(step: StepRate, middle: float, half: float) -> list[float]:
    """The density of ln R = ln(p / plan) at the nodes of a panel, times half the panel's width."""
    log_plan, b_less = log(step.plan), step.b - 1
    front = step.a * log_plan - log_beta(step.a, step.b) + log(half)
    logs = (middle + half * node for node in gauss().nodes)
    return [exp(front + step.a * x + b_less * log1p(-exp(log_plan + x))) for x in logs]


def _edges(steps: Sequence[StepRate], end: float) -> list[float]:
    """Where the panels meet: close around the middle of each step, twice as far apart with each further one."""
    marks = {mark for step in steps for mark in _marks(step) if mark < end}
    return [*sorted(marks), end]


def _marks(step: StepRate) -> list[float]:
    """From the middle of ln R outwards to where less than 1e-15 is left; a small `a` has a long tail to the left."""
    a, b = step.a + 1, step.b + 1
    middle, width = log(a / (a + b)) - log(step.plan), sqrt(b / (a * (a + b)))
    outwards = [width / 2]
    while outwards[-1] < 9 * width + 36 / step.a:
        outwards.append(outwards[-1] * 2)
    right = (middle + out for out in outwards if out <= 8 * width)
    return [middle, *(middle - out for out in outwards), *right]
