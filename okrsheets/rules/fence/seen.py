"""What a sync sees in a workbook, in counts and ids: enough to notice the next time that it is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from okrsheets.rules.readback.objectives import OF_ITSELF
from okrsheets.rules.readback.theme import is_emptied
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES
from okrsheets.words.grid import Reading
from okrsheets.words.period import Period
from okrsheets.words.plan import KpiKind, Pulse
from okrsheets.words.snapshot import Snapshot

MOST_IDS = 400
"""Of one table: more do not fit into the cell that remembers them."""
PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]{1,20}")
"""The ids that okrsheets hands out, and most that people make. One made from a title changes with it: no anchor."""


class Measure(Enum):
    """What is counted in a table. Days and weeks are its dated columns within the period."""

    ROWS = "rows"
    TITLES = "titles"
    IDS = "ids"
    DAYS = "days"
    WEEKS = "weeks"
    TICKS = "ticks"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A table: its ids, and how many there are of everything else that was counted."""

    counts: Mapping[Measure, int] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()

    def count(self, measure: Measure) -> int | None:
        """How many were seen; None where nobody counted."""
        return len(self.ids) if measure is Measure.IDS else self.counts.get(measure)


NOT_SEEN = SeenTable()


@dataclass(frozen=True, slots=True)
class Seen:
    """A workbook: its tables by key, the period, and whether the Theme tab holds its settings; None: nobody knows."""

    tables: Mapping[str, SeenTable] = field(default_factory=dict)
    period: Period | None = None
    settings: bool | None = None

    def table(self, key: str) -> SeenTable:
        """One table; NOT_SEEN where nobody looked."""
        return self.tables.get(key, NOT_SEEN)


def see(snapshot: Snapshot, reading: Reading) -> Seen:
    """What there is to be seen now."""
    plan = snapshot.plan
    objectives = {each.id: each.title for each in plan.objectives if each.id != OF_ITSELF.id}
    tables = {
        OBJECTIVES.key: _table(objectives | {result.id: result.title for result in plan.key_results}, {}),
        ACTIONS.key: _table({action.id: action.title for action in plan.actions}, _boxes(snapshot)),
        KPIS.key: _table({kpi.id: kpi.name for kpi in plan.kpis}, _numbers(snapshot)),
    }
    return Seen(tables, snapshot.about.period, settings=not is_emptied(snapshot, reading))


def _table(rows: Mapping[str, str], more: Mapping[Measure, int]) -> SeenTable:
    """A table from the titles of its rows by id."""
    counts = {Measure.ROWS: len(rows), Measure.TITLES: sum(map(bool, rows.values())), **more}
    plain = sorted(filter(PLAIN_ID.fullmatch, rows))
    return SeenTable(counts, frozenset(plain[:MOST_IDS]))


def _boxes(snapshot: Snapshot) -> dict[Measure, int]:
    days = _columns(snapshot, Measure.DAYS, (action.id for action in snapshot.plan.actions))
    return days | {Measure.TICKS: sum(map(len, snapshot.check_ins.ticks.values()))}


def _numbers(snapshot: Snapshot) -> dict[Measure, int]:
    """A KPI of every week has a cell in each column of a week; the others tell nothing about the columns."""
    weekly = (kpi.id for kpi in snapshot.plan.kpis if kpi.cadence is Pulse.WEEK and kpi.kind is not KpiKind.RATIO)
    numbers = sum(map(len, snapshot.check_ins.values.values()))
    return _columns(snapshot, Measure.WEEKS, weekly) | {Measure.NUMBERS: numbers}


def _columns(snapshot: Snapshot, measure: Measure, items: Iterable[str]) -> dict[Measure, int]:
    """The most cells that an item has under a day or a week; the names of these fields begin with a year."""
    own = [snapshot.cells[item] for item in items if PLAIN_ID.fullmatch(item)]
    return {measure: max(sum(field[0].isdigit() for field in cells) for cells in own)} if own else {}
