"""A workbook understood: the plan, the check-ins, where each stands, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okrsheets.words.grid import SCHEMA, Address, Area
from okrsheets.words.period import Period
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.problem import Problem


@dataclass(frozen=True, slots=True)
class About:
    """What okrsheets knows of the workbook itself."""

    kind: str
    ref: str
    language: str
    locale: str
    period: Period
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that was read at one moment.

    `cells` holds the addresses that a person may fill, by item (`theme`, `KR1`, `A2`) and then by field, ISO date
    (ticks) or ISO week (KPI values); days off are `days_off`, `days_off.2`, … `settings` are the cells in which
    okrsheets itself keeps what it needs to know, by field, as far as they were found.
    """

    about: About
    plan: Plan
    check_ins: CheckIns = CheckIns()
    cells: Mapping[str, Mapping[str, Address]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    summary: Mapping[str, Area] = field(default_factory=dict)
    settings: Mapping[str, Address] = field(default_factory=dict)

    def where(self, item: str, field: str) -> Address | None:
        """The cell of a field of an item; None where it has no cell."""
        return self.cells.get(item, {}).get(field)
