"""Does the plan add up, and what about it may its owner want to change (method.md §7)."""

from __future__ import annotations

from okrsheets.rules.plan_check.arithmetic import arithmetic
from okrsheets.rules.plan_check.findings import arithmetic_findings
from okrsheets.rules.plan_check.links import link_findings
from okrsheets.rules.plan_check.measures import measure_findings
from okrsheets.rules.plan_check.size import size_findings
from okrsheets.words.period import Period
from okrsheets.words.plan import Plan
from okrsheets.words.report import PlanCheck


def check(plan: Plan, period: Period) -> PlanCheck:
    """The arithmetic and every finding, the gravest first, else in the order of the plan.

    A plan whose chance cannot be computed (no funnel, goal, rates or volume) is not said to fail: it adds up.
    """
    figures = arithmetic(plan, period)
    found = (
        *arithmetic_findings(plan, figures),
        *size_findings(plan),
        *measure_findings(plan, period),
        *link_findings(plan),
    )
    return PlanCheck(
        adds_up=figures.adds_up,
        findings=tuple(sorted(found, key=lambda finding: finding.severity.rank)),
        expected_results=figures.expected,
        chance=figures.chance,
        needed=figures.needed,
    )
