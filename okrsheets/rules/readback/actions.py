"""Reading the Actions tab: what was to be done, and which boxes are ticked or skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okrsheets.rules.readback.cells import Cells, Mark
from okrsheets.rules.readback.rows import Directory, Row
from okrsheets.words.grid import Address
from okrsheets.words.message import say
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, Cadence


@dataclass(frozen=True, slots=True)
class Actions:
    """The tab as read: actions, the days ticked and skipped, and all addresses."""

    actions: tuple[Action, ...]
    ticks: Mapping[str, frozenset[date]]
    skips: Mapping[str, frozenset[date]]
    cells: Mapping[str, Mapping[str, Address]]


def read_actions(cells: Cells, rows: Sequence[Row], key_results: Directory, kpis: Directory, period: Period) -> Actions:
    """Actions in the order of their rows."""
    boxes = {row.id: {day: address for day, address in row.on() if day in period} for row in rows}
    marks = {id: {day: cells.mark(address) for day, address in own.items()} for id, own in boxes.items()}
    return Actions(
        tuple(_action(cells, row, key_results, kpis) for row in rows),
        {id: _those(own, Mark.TICKED) for id, own in marks.items()},
        {id: _those(own, Mark.SKIPPED) for id, own in marks.items()},
        {row.id: _own_cells(row) | {day.isoformat(): at for day, at in boxes[row.id].items()} for row in rows},
    )


def _action(cells: Cells, row: Row, key_results: Directory, kpis: Directory) -> Action:
    cadence = cells.choice(Cadence, row.at("cadence"), Cadence.DAILY)
    per_week = cells.whole(row.at("per_week"), 0, 7)
    amount = cells.within(row.at("amount"), 0, float("inf"), say("a number, 0 or more"))
    return Action(
        id=row.id,
        title=row.title,
        cadence=cadence,
        per_week=cadence.quota if per_week is None else per_week,
        key_result=key_results.find(cells, row.at("key_result")),
        feeds=kpis.find(cells, row.at("feeds")),
        amount=1 if amount is None else amount,
        due=cells.day(row.at("due")),
    )


def _those(marks: Mapping[date, Mark], wanted: Mark) -> frozenset[date]:
    return frozenset(day for day, mark in marks.items() if mark is wanted)


def _own_cells(row: Row) -> dict[str, Address]:
    return {field: address for field in ("title", "per_week", "due") if (address := row.at(field))}
