"""What the arithmetic of a plan comes down to for its owner: it does not add up, or part of it comes too late."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from okrsheets.rules.funnel.counts import total_lag
from okrsheets.rules.needed.sentences import GOOD_CHANCE
from okrsheets.rules.needed.volume import EVEN
from okrsheets.rules.plan_check.arithmetic import Arithmetic
from okrsheets.rules.wording import name_of, tidy
from okrsheets.words.message import Fact, Message, say, say_many
from okrsheets.words.plan import Plan
from okrsheets.words.report import Finding, Severity


def arithmetic_findings(plan: Plan, figures: Arithmetic) -> Iterator[Finding]:
    """`does_not_add_up`, where the chance of the goal is less than even, and `lead_time`, where units come too late.

    Lead time is a warning where what comes in time gives less than an even chance, else a hint.
    """
    if not figures.adds_up:
        yield Finding("does_not_add_up", Severity.ERROR, *_volume_cell(plan), _does_not_add_up(plan, figures))
    if figures.late:
        on_time = figures.chance_on_time
        severity = Severity.WARNING if on_time is not None and on_time < EVEN else Severity.HINT
        yield Finding("lead_time", severity, plan.funnel[0].kpi, "lag_weeks", _lead_time(plan, figures))


def _volume_cell(plan: Plan) -> tuple[str, str]:
    """Where the volume is planned: with the first stage, else with the first action that feeds it."""
    first = plan.funnel[0]
    feeding = next((action.id for action in plan.actions if action.feeds == first.kpi), None)
    if first.planned_per_week or feeding is None:
        return first.kpi, "planned_per_week"
    return feeding, "per_week"


def _does_not_add_up(plan: Plan, figures: Arithmetic) -> Message:
    facts = _facts(plan, figures)
    if figures.needed is None:
        return say(
            "Your plan does not add up: {volume} ({kpi}) give about {expected} ({result}), not "
            "{goal}. A better rate helps most.",
            **facts,
        )
    return say(
        "Your plan does not add up: {volume} ({kpi}) give about {expected} ({result}), not {goal}. "
        "For an {good} chance it takes {needed}, or a better rate.",
        **facts,
        needed=figures.needed,
        good=GOOD_CHANCE,
    )


def _lead_time(plan: Plan, figures: Arithmetic) -> Message:
    if isclose(figures.late or 0, figures.volume or 0):
        return say("All that you plan ({volume}, {kpi}) pays off only after the period.", **_facts(plan, figures))
    return say_many(
        "What you plan for the last week ({late} of {volume}, {kpi}) pays off only after the period.",
        "What you plan for the last {count} weeks ({late} of {volume}, {kpi}) pays off only after the period.",
        total_lag(plan.funnel),
        **_facts(plan, figures),
        late=tidy(figures.late or 0),
    )


def _facts(plan: Plan, figures: Arithmetic) -> dict[str, Fact]:
    return {
        "volume": tidy(figures.volume or 0),
        "kpi": name_of(plan, plan.funnel[0].kpi),
        "expected": tidy(figures.expected or 0),
        "result": name_of(plan, plan.funnel[-1].kpi),
        "goal": tidy(figures.goal or 0),
    }
