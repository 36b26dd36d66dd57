"""Which numbers are shares, shown as percentages, and which are money: asked by the layout and by the Summary."""

from __future__ import annotations

from okrsheets.words.plan import KeyResult, Kpi, KpiKind, Plan

MONEY = frozenset(("€", "$", "£", "¥", "EUR", "USD", "GBP", "CHF", "EURO"))


def is_money(unit: str) -> bool:
    """Whether the unit is a currency, as a sign or a code."""
    return unit.upper() in MONEY


def counts_shares(kpi: Kpi) -> bool:
    """Whether a KPI's values are shares: a ratio is one, and what is entered in percent."""
    return kpi.kind is KpiKind.RATIO or kpi.unit == "%"


def is_share(result: KeyResult, plan: Plan) -> bool:
    """Whether a key result's numbers are shares: by its own unit, or by the KPI that measures it."""
    kpi = plan.kpi(result.kpi)
    return result.unit == "%" or (kpi is not None and counts_shares(kpi))
