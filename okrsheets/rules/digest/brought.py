"""What the KPIs brought in one week, beside what was planned for a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsheets.rules.progress.kpi_values import reporting_weeks, weekly_values
from okrsheets.words.digest import Brought
from okrsheets.words.period import Week
from okrsheets.words.plan import Kpi, KpiKind
from okrsheets.words.snapshot import Snapshot


def brought(snapshot: Snapshot, week: Week, today: date) -> tuple[Brought, ...]:
    """The KPIs that have a value for `week`, in the order of the plan. What is not known is not said."""
    return tuple(_found(snapshot, week, min(week.sunday, today)))


def _found(snapshot: Snapshot, week: Week, until: date) -> Iterator[Brought]:
    for kpi in snapshot.plan.kpis:
        value = weekly_values(snapshot, kpi.id, until).get(week)
        if value is not None:
            yield Brought(kpi, value, planned_for_a_week(snapshot, kpi))


def planned_for_a_week(snapshot: Snapshot, kpi: Kpi) -> float | None:
    """The volume that is planned for a week, of the funnel's first stage; else an equal part of a flow's target.

    A ratio and an average have their target every week. A stock is on its way to its target: no week has a part of it.
    """
    funnel = snapshot.plan.funnel
    if funnel and funnel[0].kpi == kpi.id and funnel[0].planned_per_week is not None:
        return funnel[0].planned_per_week
    if kpi.target is None or kpi.kind is KpiKind.STOCK:
        return None
    weeks = len(reporting_weeks(snapshot, kpi))
    return kpi.target / weeks if kpi.kind is KpiKind.FLOW and weeks else kpi.target
