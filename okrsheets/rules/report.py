"""Everything that the Summary shows, from a snapshot and a day: each figure comes from its own module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from okrsheets.rules.actions.execution import execution
from okrsheets.rules.funnel.funnel import funnel_report
from okrsheets.rules.headline.headline import headline
from okrsheets.rules.needed.needed import needed
from okrsheets.rules.progress.objectives import objective_reports
from okrsheets.rules.progress.weekly import weekly_points
from okrsheets.words.plan import Action, KeyResult, Objective, Plan
from okrsheets.words.report import Report
from okrsheets.words.snapshot import Snapshot


def compute(snapshot: Snapshot, today: date) -> Report:
    """The report as of the close of `today`. The same snapshot and day give the same report, always."""
    period = snapshot.about.period
    objectives, done = objective_reports(snapshot, today), execution(snapshot, today)
    funnel, need = funnel_report(snapshot, today), needed(snapshot, today)
    return Report(
        snapshot=snapshot,
        today=today,
        elapsed=period.elapsed(today),
        week=period.week(today),
        objectives=objectives,
        execution=done,
        funnel=funnel,
        needed=need,
        weekly=weekly_points(snapshot, today),
        headline=headline(snapshot, today, objectives, done, funnel, need),
        names=names_of(snapshot.plan),
    )


def names_of(plan: Plan) -> Mapping[str, str]:
    """Titles by id, of KPIs, key results, objectives and actions; an item without a title is called by its id."""
    titled: tuple[Action | KeyResult | Objective, ...] = (*plan.actions, *plan.key_results, *plan.objectives)
    names = {item.id: item.title or item.id for item in titled}
    return names | {kpi.id: kpi.name or kpi.id for kpi in plan.kpis}
