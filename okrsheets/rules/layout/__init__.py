"""The workbook as a description: five tabs and the names that anchor them, for any builder."""

from __future__ import annotations

from okrsheets.rules.layout.actions import actions_tab
from okrsheets.rules.layout.kpis import kpis_tab
from okrsheets.rules.layout.objectives import objectives_tab
from okrsheets.rules.layout.summary import summary_tab
from okrsheets.rules.layout.theme import theme_tab
from okrsheets.words.grid import Area
from okrsheets.words.message import Language
from okrsheets.words.period import Period
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.workbook import Workbook

NO_CHECK_INS = CheckIns()


def describe(plan: Plan, period: Period, language: Language, check_ins: CheckIns = NO_CHECK_INS) -> Workbook:
    """The workbook of a plan for a period, in one language; `check_ins` are what is filled in already."""
    drawn = (
        theme_tab(plan, period, language),
        objectives_tab(plan, check_ins, language),
        actions_tab(plan, period, check_ins, language),
        kpis_tab(plan, period, check_ins, language),
        summary_tab(period.weeks, len(plan.funnel), language),
    )
    names: dict[str, Area] = {}
    for _, own in drawn:
        names |= own
    title = plan.theme.title or period.label
    return Workbook(title, tuple(tab for tab, _ in drawn), names, language.code, language.locale)
