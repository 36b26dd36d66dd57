"""Inspect: what okrsheets sees in a workbook."""

from __future__ import annotations

from okrsheets.orders.languages import Languages
from okrsheets.rules.readback import read_back
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store


def inspect(store: Store, languages: Languages) -> Snapshot:
    """Everything in the workbook, with the cell of each item. Raises what reading raises, NotOurs, PlanDamaged."""
    return read_back(store.read(), languages.all)
