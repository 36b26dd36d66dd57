"""How far one should be by now, and how fast one has to go from here (method.md §5)."""

from __future__ import annotations

from datetime import date

from okrsheets.rules.funnel.counts import total_lag
from okrsheets.words.period import Period
from okrsheets.words.plan import Ambition, KeyResult, KeyResultType, Plan

A_HAIR = 1e-9
"""Rounding of floating point must not decide: 31.2 of 48 → 24 is .7."""


def at_least(value: float, bound: float) -> bool:
    """value ≥ bound, but for the rounding of floating point."""
    return value >= bound - A_HAIR


def lag_before(plan: Plan, key_result: KeyResult) -> int:
    """L: the weeks that a first-step unit needs to reach the stage that measures the key result.

    0 for a key result that is not of type reach, or whose KPI is no stage of the funnel.
    """
    stages = [stage.kpi for stage in plan.funnel]
    if key_result.type is not KeyResultType.REACH or key_result.kpi not in stages:
        return 0
    return total_lag(plan.funnel[: stages.index(key_result.kpi) + 1])


def expected_progress(period: Period, lag: int, day: date) -> float:
    """E: the share that was to be expected at the close of `day`, 0 to 1, given a lag of some weeks."""
    elapsed = period.elapsed(day)
    if elapsed >= 1 or period.weeks <= lag:
        return float(elapsed >= 1)
    return max(0.0, (period.weeks * elapsed - lag) / (period.weeks - lag))


def required_pace(score: float | None, expected: float, goal: float = Ambition.COMMITTED.goal) -> float | None:
    """r: "go r times the planned speed from here". 0 where the goal is reached, None without a score or time."""
    if score is None or expected >= 1:
        return None
    return max(0.0, goal - score) / (goal * (1 - expected))
