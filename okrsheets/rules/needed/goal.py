"""What the funnel is for: how many results are wanted in the end (method.md §9)."""

from __future__ import annotations

from okrsheets.rules.numbers.rounding import whole_up
from okrsheets.words.plan import KeyResultType, Plan


def goal_of(plan: Plan) -> float | None:
    """How many of the last stage are wanted; None without a funnel or a goal.

    ceil(revenue goal / price); without both, the target of the last stage's KPI; without that, the target of the
    first reach key result that it measures. Numbers that are not above 0 are as not filled in.
    """
    if len(plan.funnel) < 2:
        return None
    revenue, price = _positive(plan.theme.revenue_goal), _positive(plan.theme.price)
    if revenue and price:
        return whole_up(revenue / price)
    last = plan.kpi(plan.funnel[-1].kpi)
    targets = [last.target if last else None, *_reach_targets(plan)]
    return next((target for target in targets if _positive(target)), None)


def pays_by_price(plan: Plan) -> bool:
    """Whether the goal is a revenue at a price, so that a higher price would help."""
    return bool(_positive(plan.theme.revenue_goal) and _positive(plan.theme.price))


def _reach_targets(plan: Plan) -> list[float | None]:
    last = plan.funnel[-1].kpi
    return [r.target for r in plan.key_results if r.type is KeyResultType.REACH and r.kpi == last]


def _positive(number: float | None) -> float | None:
    return number if number is not None and number > 0 else None
