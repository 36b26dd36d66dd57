"""Report: read and compute, write nothing."""

from __future__ import annotations

from datetime import date

from okrsheets.orders.inspect import inspect
from okrsheets.orders.languages import Languages
from okrsheets.rules.report import compute
from okrsheets.words.report import Report
from okrsheets.words.store import Store


def report(store: Store, today: date, languages: Languages) -> Report:
    """The figures of the workbook as of `today`. Raises what reading raises, NotOurs, PlanDamaged."""
    return compute(inspect(store, languages), today)
