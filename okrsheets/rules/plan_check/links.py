"""What hangs loose in a plan: key results without actions, actions and KPIs that serve nothing (method.md §7)."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.words.message import say
from okrsheets.words.plan import Action, KeyResult, Plan
from okrsheets.words.report import Finding, Severity


def link_findings(plan: Plan) -> Iterator[Finding]:
    """Key results that no action serves, actions that serve nothing, KPIs that nothing uses."""
    for result in plan.key_results:
        if not any(serves(plan, action, result) for action in plan.actions):
            sentence = say(
                "No action serves “{title}” yet; what could you tick for it?", title=result.title or result.id
            )
            yield Finding("key_result_without_action", Severity.WARNING, result.id, "title", sentence)
    for action in plan.actions:
        if not _has_purpose(plan, action):
            sentence = say("“{title}” serves no key result; link it, or let it go.", title=action.title or action.id)
            yield Finding("action_without_purpose", Severity.HINT, action.id, "title", sentence)
    used = used_kpis(plan)
    for kpi in plan.kpis:
        if kpi.id not in used:
            sentence = say("Nothing uses the KPI “{name}”; you may let it go.", name=kpi.name or kpi.id)
            yield Finding("unused_kpi", Severity.HINT, kpi.id, "name", sentence)


def serves(plan: Plan, action: Action, result: KeyResult) -> bool:
    """Whether the action names the key result, feeds the KPI that measures it, or a stage of the funnel before it."""
    if action.key_result == result.id:
        return True
    return action.feeds is not None and result.kpi is not None and action.feeds in _upstream(plan, result.kpi)


def used_kpis(plan: Plan) -> frozenset[str]:
    """The KPIs that a key result, the funnel, an action or a ratio uses."""
    ratios = [kpi for kpi in plan.kpis if kpi.numerator or kpi.denominator]
    used = (
        *(result.kpi for result in plan.key_results),
        *(stage.kpi for stage in plan.funnel),
        *(action.feeds for action in plan.actions),
        *(part for ratio in ratios for part in (ratio.numerator, ratio.denominator)),
    )
    return frozenset(id for id in used if id is not None)


def _upstream(plan: Plan, kpi: str) -> tuple[str, ...]:
    """The KPI, and the stages before it where it is one of the funnel's."""
    stages = [stage.kpi for stage in plan.funnel]
    return (*stages[: stages.index(kpi)], kpi) if kpi in stages else (kpi,)


def _has_purpose(plan: Plan, action: Action) -> bool:
    known = {result.id for result in plan.key_results} | {kpi.id for kpi in plan.kpis}
    return action.key_result in known or action.feeds in known
