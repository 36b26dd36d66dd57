"""Small worlds: a plan and its ledger, so that a test reads like a page of somebody's quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from okrsheets.words.message import Fact, Message, Percent
from okrsheets.words.period import Period, Week, quarter
from okrsheets.words.plan import (
    Action,
    Ambition,
    Cadence,
    CheckIns,
    KeyResult,
    KeyResultType,
    Kpi,
    KpiKind,
    Objective,
    Plan,
    Pulse,
    Stage,
    Theme,
)
from okrsheets.words.snapshot import About, Snapshot

SPRING = quarter(2026, 2)
"""2026-03-30 to 2026-06-28, 13 weeks."""
AUTUMN = quarter(2026, 4)
"""2026-09-28 to 2027-01-03, 14 weeks."""

NO_THEME = Theme()
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
Column = Sequence[float | None]


def day(week: int, weekday: int = MONDAY, period: Period = SPRING) -> date:
    """A day of the week with this number in the period, from 1; 0 and beyond the end lie outside."""
    return period.start + timedelta(days=7 * (week - 1) + weekday)


def days(week: int, count: int, period: Period = SPRING) -> list[date]:
    """The first days of a week, from its Monday."""
    return [day(week, weekday, period) for weekday in range(count)]


def close(week: int, period: Period = SPRING) -> date:
    """The Sunday of a week."""
    return day(week, SUNDAY, period)


def world(
    *,
    period: Period = SPRING,
    theme: Theme = NO_THEME,
    objectives: Sequence[Objective] = (),
    key_results: Sequence[KeyResult] = (),
    kpis: Sequence[Kpi] = (),
    funnel: Sequence[Stage] = (),
    actions: Sequence[Action] = (),
    values: Mapping[str, Column] | None = None,
    current: Mapping[str, float] | None = None,
    done: Mapping[str, bool] | None = None,
    ticks: Mapping[str, Iterable[date]] | None = None,
    skips: Mapping[str, Iterable[date]] | None = None,
) -> Snapshot:
    """A snapshot. `values` gives each KPI's cells from week 1 on, None for an empty one."""
    if key_results:
        objectives = (*objectives, Objective("O1", "Ten clients", key_results=tuple(key_results)))
    check_ins = CheckIns(
        values={kpi: column(cells, period) for kpi, cells in (values or {}).items()},
        current=current or {},
        done=done or {},
        ticks={action: frozenset(boxes) for action, boxes in (ticks or {}).items()},
        skips={action: frozenset(boxes) for action, boxes in (skips or {}).items()},
    )
    plan = Plan(theme, tuple(objectives), tuple(kpis), tuple(funnel), tuple(actions))
    return Snapshot(About("memory", "plan", "en", "en_US", period), plan, check_ins)


def column(cells: Column, period: Period = SPRING) -> dict[Week, float]:
    """A KPI's row of cells, from week 1 on, as values by week."""
    return {Week.of(day(n, MONDAY, period)): value for n, value in enumerate(cells, 1) if value is not None}


def flow(id: str, cadence: Pulse = Pulse.WEEK) -> Kpi:
    return Kpi(id, f"KPI {id}", KpiKind.FLOW, cadence)


def stock(id: str, cadence: Pulse = Pulse.WEEK) -> Kpi:
    return Kpi(id, f"KPI {id}", KpiKind.STOCK, cadence)


def average(id: str) -> Kpi:
    return Kpi(id, f"KPI {id}", KpiKind.AVERAGE)


def ratio(id: str, numerator: str, denominator: str) -> Kpi:
    return Kpi(id, f"KPI {id}", KpiKind.RATIO, numerator=numerator, denominator=denominator)


def reach(
    id: str,
    baseline: float | None,
    target: float | None,
    kpi: str | None = None,
    *,
    weight: float = 1,
    ambition: Ambition = Ambition.COMMITTED,
) -> KeyResult:
    return KeyResult(id, f"Reach {id}", ambition=ambition, baseline=baseline, target=target, weight=weight, kpi=kpi)


def within(
    id: str, low: float | None, high: float | None, kpi: str | None = None, *, tolerance: float | None = None
) -> KeyResult:
    return KeyResult(id, f"Keep {id}", KeyResultType.WITHIN, low=low, high=high, tolerance=tolerance, kpi=kpi)


def milestone(id: str) -> KeyResult:
    return KeyResult(id, f"Steps of {id}", KeyResultType.MILESTONE)


def done(id: str, weight: float = 1) -> KeyResult:
    return KeyResult(id, f"Do {id}", KeyResultType.DONE, weight=weight)


def daily(id: str, per_week: int = 5, *, feeds: str | None = None, amount: float = 1) -> Action:
    return Action(id, f"Daily {id}", Cadence.DAILY, per_week, feeds=feeds, amount=amount)


def weekly(id: str, per_week: int = 1, *, feeds: str | None = None, amount: float = 1) -> Action:
    return Action(id, f"Weekly {id}", Cadence.WEEKLY, per_week, feeds=feeds, amount=amount)


def monthly(id: str) -> Action:
    return Action(id, f"Monthly {id}", Cadence.MONTHLY, 1)


def once(
    id: str, due: date | None = None, *, key_result: str | None = None, feeds: str | None = None, amount: float = 1
) -> Action:
    return Action(id, f"Once {id}", Cadence.ONCE, 1, key_result, feeds, amount, due)


def english(message: Message) -> str:
    """A message in plain English, to compare with."""
    text = message.text if message.many is None or message.count == 1 else message.many
    return text.format(**{name: _shown(fact) for name, fact in message.facts.items()})


def _shown(fact: Fact) -> str:
    if isinstance(fact, Message):
        return english(fact)
    return f"{100 * fact.share:.0f}%" if isinstance(fact, Percent) else str(fact)
