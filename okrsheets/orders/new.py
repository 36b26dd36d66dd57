"""New: a workbook from a plan."""

from __future__ import annotations

from dataclasses import replace

from okrsheets.orders.check import Checked, check
from okrsheets.orders.languages import Languages
from okrsheets.rules.layout import describe
from okrsheets.words.message import Language
from okrsheets.words.period import Period
from okrsheets.words.plan import Plan
from okrsheets.words.store import Store


def new(
    store: Store,
    plan: Plan,
    period: Period,
    language: Language,
    languages: Languages,
    *,
    name: str | None = None,
    force: bool = False,
) -> Checked:
    """Makes the workbook, named `name` where one is given, and reads back what a person will find in it.

    Raises AlreadyThere where there is one and `force` is not set, and what creating raises.
    """
    workbook = describe(plan, period, language)
    store.create(replace(workbook, title=name) if name else workbook, replace=force)
    return check(store, languages)
