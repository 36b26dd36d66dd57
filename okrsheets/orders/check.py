"""Check: does the plan of a workbook add up?"""

from __future__ import annotations

from dataclasses import dataclass

from okrsheets.orders.inspect import inspect
from okrsheets.orders.languages import Languages
from okrsheets.rules.plan_check.check import check as checked
from okrsheets.words.report import PlanCheck
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """The workbook and what was found about its plan."""

    snapshot: Snapshot
    outcome: PlanCheck


def check(store: Store, languages: Languages) -> Checked:
    """The findings of method.md §7. Raises what reading raises, NotOurs, PlanDamaged."""
    snapshot = inspect(store, languages)
    return Checked(snapshot, checked(snapshot.plan, snapshot.about.period))
