"""The chance of reaching a flow target by the end of the period (method.md §6)."""

from __future__ import annotations

from datetime import date

from okrsheets.rules.numbers.rounding import NOISE, whole_up
from okrsheets.rules.numbers.special_functions import incomplete_beta
from okrsheets.rules.progress.key_results import last_number, measuring_kpi
from okrsheets.rules.progress.kpi_values import current_value
from okrsheets.words.plan import KeyResult, KeyResultType, KpiKind
from okrsheets.words.snapshot import Snapshot

FIRST_WEEK = 3
PRIOR_WEEKS = 4


def chance_of(snapshot: Snapshot, key_result: KeyResult, today: date) -> float | None:
    """The chance, 0 to 1, that a reach key result on a flow KPI with baseline 0 gets to its whole-number target.

    None for every other key result, before week 3, and where nothing is reported; 1 or 0 once the period is over.
    """
    kpi = measuring_kpi(snapshot.plan, key_result)
    target = _counted_target(key_result)
    if kpi is None or kpi.kind is not KpiKind.FLOW or target is None:
        return None
    so_far, last = current_value(snapshot, kpi.id, today), last_number(snapshot, key_result, today)
    if so_far is None or last is None:
        return None
    period = snapshot.about.period
    if period.elapsed(today) >= 1:
        return float(so_far >= target - NOISE)
    if period.week(today) < FIRST_WEEK:
        return None
    return flow_chance(target, so_far, period.week(last.monday), period.weeks)


def flow_chance(target: int, so_far: float, week: int, weeks: int) -> float:
    """P(rest ≥ T − k): k so far at the close of week t of W, a weekly rate ~ Gamma(4·T/W + k, 4 + t) from there on.

    The prior is worth four weeks at plan, the rest is negative binomial: P(rest ≥ n) = I₁₋ₚ(n, shape) with
    p = (4 + t)/(4 + W). Vectors: method.md §6.
    """
    missing = whole_up(target - so_far)
    if missing <= 0 or week >= weeks:
        return float(missing <= 0)
    shape = PRIOR_WEEKS * target / weeks + max(so_far, 0.0)
    return incomplete_beta((weeks - week) / (PRIOR_WEEKS + weeks), missing, shape)


def _counted_target(key_result: KeyResult) -> int | None:
    """The target of a reach key result that counts from 0 to a whole number; else None."""
    target = key_result.target
    if key_result.type is not KeyResultType.REACH or key_result.baseline or target is None:
        return None
    return int(target) if target > 0 and target == int(target) else None
