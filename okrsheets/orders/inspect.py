"""Inspect: what okrsheets sees in a workbook, and what else the workbook carries."""

from __future__ import annotations

from dataclasses import dataclass

from okrsheets.orders.languages import Languages
from okrsheets.rules.readback import read_back
from okrsheets.words.grid import Carries, Reading
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.store import Store


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is understood of a workbook, and what okrsheets leaves alone: what it carries, and its other tabs."""

    snapshot: Snapshot
    carries: Carries
    other_tabs: tuple[str, ...]


def inspect(store: Store, languages: Languages) -> Snapshot:
    """Everything in the workbook, with the cell of each item. Raises what reading raises, NotOurs, PlanDamaged."""
    return inspected(store.read(), languages).snapshot


def inspect_all(store: Store, languages: Languages) -> Inspected:
    """The same, with what okrsheets leaves alone."""
    return inspected(store.read(), languages)


def inspected(reading: Reading, languages: Languages) -> Inspected:
    """A reading, understood. Raises NotOurs, PlanDamaged."""
    return Inspected(read_back(reading, languages.all), reading.carries, reading.other_tabs)
