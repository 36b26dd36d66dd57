"""Measure with moderation: one theme, a few objectives, a few key results, a handful of KPIs (method.md §7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from okrsheets.words.message import say
from okrsheets.words.plan import Objective, Plan
from okrsheets.words.report import Finding, Severity

MOST_OBJECTIVES = 3
MOST_KEY_RESULTS = 5
MOST_KPIS = 7

APART = re.compile(r"[\n;|]")
"""What people write between two themes in one cell."""


def size_findings(plan: Plan) -> Iterator[Finding]:
    """What there is too much of, and objectives that have too little below them."""
    yield from _themes(plan)
    if len(plan.objectives) > MOST_OBJECTIVES:
        yield Finding(
            "too_many_objectives",
            Severity.WARNING,
            plan.objectives[MOST_OBJECTIVES].id,
            "title",
            say(
                "You have {count} objectives; with at most {most} each gets the attention it needs.",
                count=len(plan.objectives),
                most=MOST_OBJECTIVES,
            ),
        )
    for objective in plan.objectives:
        yield from _key_results(objective)
    if len(plan.kpis) > MOST_KPIS:
        yield Finding(
            "too_many_kpis",
            Severity.WARNING,
            plan.kpis[MOST_KPIS].id,
            "name",
            say(
                "You follow {count} KPIs; measure in moderation, {most} are plenty.",
                count=len(plan.kpis),
                most=MOST_KPIS,
            ),
        )


def _themes(plan: Plan) -> Iterator[Finding]:
    themes = [part for part in APART.split(plan.theme.title) if part.strip()]
    if len(themes) > 1:
        sentence = say("This looks like {count} themes; one theme a quarter gives focus.", count=len(themes))
        yield Finding("more_than_one_theme", Severity.WARNING, "theme", "title", sentence)


def _key_results(objective: Objective) -> Iterator[Finding]:
    """Key results that stand without an objective are held together by one without a title."""
    count, title = len(objective.key_results), objective.title
    if not title:
        return
    if count == 0:
        sentence = say("“{title}” has no key results yet; two or three show whether it is reached.", title=title)
        yield Finding("objective_without_key_results", Severity.WARNING, objective.id, "title", sentence)
    elif count == 1:
        sentence = say("“{title}” hangs on one key result; a second one makes it surer.", title=title)
        yield Finding("one_key_result", Severity.HINT, objective.id, "title", sentence)
    elif count > MOST_KEY_RESULTS:
        sentence = say(
            "“{title}” has {count} key results; with at most {most} you keep the overview.",
            title=title,
            count=count,
            most=MOST_KEY_RESULTS,
        )
        yield Finding(
            "too_many_key_results", Severity.WARNING, objective.key_results[MOST_KEY_RESULTS].id, "title", sentence
        )
