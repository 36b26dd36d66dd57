"""Can it be measured, can it be ticked: key results and actions that would stay silent (method.md §7)."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.rules.typed.choices import TEXTS
from okrsheets.words.message import Message, say
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Plan
from okrsheets.words.report import Finding, Severity

DAYS = 7


def measure_findings(plan: Plan, period: Period) -> Iterator[Finding]:
    """Key results without a measure or already at their target, and actions without a box to tick."""
    for result in plan.key_results:
        gap = _gap(plan, result)
        if gap is not None:
            field, sentence = gap
            yield Finding("key_result_not_measurable", Severity.ERROR, result.id, field, sentence)
        elif _stands_still(result):
            yield Finding("baseline_is_target", Severity.ERROR, result.id, "target", _use_within(result))
    for action in plan.actions:
        problem = _no_box(action, period)
        if problem:
            yield Finding("action_cannot_be_ticked", Severity.ERROR, action.id, "per_week", problem)


def _gap(plan: Plan, result: KeyResult) -> tuple[str, Message] | None:
    """The field that is missing, and what to do about it; None where the key result can be measured."""
    title = result.title or result.id
    if result.type is KeyResultType.MILESTONE:
        if any(action.cadence is Cadence.ONCE and action.key_result == result.id for action in plan.actions):
            return None
        once = Message(TEXTS[Cadence.ONCE])
        return "title", say("“{title}” needs its milestones: actions “{once}” that serve it.", title=title, once=once)
    if result.type is KeyResultType.DONE:
        return None
    if result.kpi is not None and plan.kpi(result.kpi) is None:
        return "title", say("“{title}” cannot be measured yet: its KPI is not in the list.", title=title)
    return _missing_number(result, title)


def _missing_number(result: KeyResult, title: str) -> tuple[str, Message] | None:
    if result.type is KeyResultType.REACH:
        if result.target is None:
            return "target", say("“{title}” cannot be measured yet: fill in its target.", title=title)
        return None
    if result.low is None and result.high is None:
        return "low", say("“{title}” cannot be measured yet: fill in its lowest or highest value.", title=title)
    if result.kpi is None:
        return "title", say("“{title}” cannot be measured yet: choose the KPI that shows it.", title=title)
    return None


def _stands_still(result: KeyResult) -> bool:
    """A missing baseline is 0."""
    return result.type is KeyResultType.REACH and result.target == (result.baseline or 0)


def _use_within(result: KeyResult) -> Message:
    return say(
        "“{title}” begins at its target. To stay there, choose the type “{within}”.",
        title=result.title or result.id,
        within=Message(TEXTS[KeyResultType.WITHIN]),
    )


def _no_box(action: Action, period: Period) -> Message | None:
    """Why the action cannot be ticked as planned; None where it can."""
    title = action.title or action.id
    if action.cadence is Cadence.MONTHLY and not period.month_weeks:
        return say("“{title}” is monthly, but no month ends in this period.", title=title)
    if action.cadence in (Cadence.DAILY, Cadence.WEEKLY) and not 1 <= action.per_week <= DAYS:
        return say(
            "“{title}” cannot be ticked {count} times a week: choose 1 to {most}.",
            title=title,
            count=action.per_week,
            most=DAYS,
        )
    return None
