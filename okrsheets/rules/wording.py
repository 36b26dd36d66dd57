"""How counts, shares and KPIs are said in sentences, whatever these are about."""

from __future__ import annotations

from okrsheets.words.message import Percent
from okrsheets.words.plan import Plan

LEAST = 0.0001
"""The smallest chance that is told, and the largest but for this: nothing is said to be impossible, or certain."""


def name_of(plan: Plan, kpi_id: str) -> str:
    """What the owner calls the KPI; its id where it has no name."""
    kpi = plan.kpi(kpi_id)
    return kpi.name if kpi and kpi.name else kpi_id


def tidy(count: float) -> float:
    """A count as people write it: whole where it is whole, else with one decimal."""
    rounded = round(count, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def percentage(share: float) -> Percent:
    """A share with as many decimals as it takes: 25 %, 2.5 %, 0.25 %. Near 0 and 1 it never says never or always."""
    if not 0 < share < 1:
        return Percent(share)
    told = min(max(share, LEAST), 1 - LEAST)
    small = min(told, 1 - told)
    return Percent(told, 0 if small >= 0.05 else 1 if small >= 0.005 else 2)
