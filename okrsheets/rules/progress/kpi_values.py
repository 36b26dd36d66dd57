"""What a KPI says: its values by week, typed or from ticks, and the one value that they make (method.md §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from math import fsum

from okrsheets.rules.actions.ticks import ticks_until
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import Kpi, KpiKind, Plan, Pulse
from okrsheets.words.snapshot import Snapshot


def weekly_values(snapshot: Snapshot, kpi_id: str, until: date) -> Mapping[Week, float]:
    """The reported values up to and including the week of `until`, in the KPI's unit, oldest week first.

    A flow's week where nothing was typed holds what its ticks add up to, where there are any: a week without a tick
    has no value, it is not 0. A ratio has the weeks where both parts are reported and the denominator is not 0.
    Weeks outside the period, and weeks in which a monthly KPI has no cell, do not count. Unknown KPI: empty.
    """
    kpi = snapshot.plan.kpi(kpi_id)
    if kpi is None:
        return {}
    if kpi.kind is KpiKind.RATIO:
        return {week: above / below for week, (above, below) in _parts(snapshot, kpi, until).items() if below}
    return _own_values(snapshot, kpi, until)


def current_value(snapshot: Snapshot, kpi_id: str, until: date) -> float | None:
    """The KPI's one value as of `until` (method.md §2); None where nothing is reported yet.

    Flow: the sum. Stock: the last. Average: the mean. Ratio: the sum of the numerator / the sum of the denominator
    over the weeks where both are reported, None where the denominator's sum is 0.
    """
    kpi = snapshot.plan.kpi(kpi_id)
    if kpi is not None and kpi.kind is KpiKind.RATIO:
        return _ratio_of_sums(snapshot, kpi, until)
    values = tuple(weekly_values(snapshot, kpi_id, until).values())
    if kpi is None or not values:
        return None
    if kpi.kind is KpiKind.STOCK:
        return values[-1]
    total = fsum(values)
    return total / len(values) if kpi.kind is KpiKind.AVERAGE else total


def last_reported(snapshot: Snapshot, kpi_id: str, until: date) -> Week | None:
    """The last week up to that of `until` in which the KPI is reported, a ratio in both its parts; else None."""
    kpi = snapshot.plan.kpi(kpi_id)
    if kpi is not None and kpi.kind is KpiKind.RATIO:
        return max(_parts(snapshot, kpi, until), default=None)
    return max(weekly_values(snapshot, kpi_id, until), default=None)


def pulse(plan: Plan, kpi: Kpi) -> Pulse:
    """How often the KPI gets a value: as it says; a ratio, which has no cells, monthly where a part is monthly."""
    if kpi.kind is not KpiKind.RATIO:
        return kpi.cadence
    parts = (plan.kpi(kpi.numerator), plan.kpi(kpi.denominator))
    return Pulse.MONTH if any(part and part.cadence is Pulse.MONTH for part in parts) else Pulse.WEEK


def reporting_weeks(snapshot: Snapshot, kpi: Kpi) -> tuple[Week, ...]:
    """The weeks of the period in which the KPI has a cell: all, or a monthly one's month weeks (method.md §1)."""
    period = snapshot.about.period
    return period.month_weeks if pulse(snapshot.plan, kpi) is Pulse.MONTH else tuple(period)


def _ratio_of_sums(snapshot: Snapshot, kpi: Kpi, until: date) -> float | None:
    parts = _parts(snapshot, kpi, until).values()
    below = fsum(denominator for _, denominator in parts)
    return fsum(numerator for numerator, _ in parts) / below if below else None


def _parts(snapshot: Snapshot, kpi: Kpi, until: date) -> Mapping[Week, tuple[float, float]]:
    """Numerator and denominator of a ratio, in the weeks where both are reported."""
    numerator, denominator = (
        _own_values(snapshot, part, until) if part else {}
        for part in (snapshot.plan.kpi(kpi.numerator), snapshot.plan.kpi(kpi.denominator))
    )
    return {week: (value, denominator[week]) for week, value in numerator.items() if week in denominator}


def _own_values(snapshot: Snapshot, kpi: Kpi, until: date) -> Mapping[Week, float]:
    typed = snapshot.check_ins.values.get(kpi.id, {})
    ticked = _ticked_values(snapshot, kpi, until) if kpi.kind is KpiKind.FLOW else {}
    values = {**ticked, **typed}
    last = Week.of(until)
    return {week: values[week] for week in reporting_weeks(snapshot, kpi) if week in values and week <= last}


def _ticked_values(snapshot: Snapshot, kpi: Kpi, until: date) -> Mapping[Week, float]:
    """What the ticks of the actions that feed the KPI add up to, by the week whose cell they fill."""
    amounts: dict[Week, list[float]] = defaultdict(list)
    for action in snapshot.plan.actions:
        if action.feeds == kpi.id:
            for day in ticks_until(snapshot, action, until):
                amounts[_cell_of(snapshot.about.period, kpi, day)].append(action.amount)
    return {week: fsum(parts) for week, parts in amounts.items()}


def _cell_of(period: Period, kpi: Kpi, day: date) -> Week:
    """The week whose cell holds what happened on `day`: its own, or its month's for a monthly KPI."""
    week = Week.of(day)
    if kpi.cadence is Pulse.WEEK:
        return week
    return next((closing for closing in period.month_weeks if closing.month == week.month), week)
