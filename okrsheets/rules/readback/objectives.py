"""Reading the Objectives tab: objectives, and the key results that belong to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from okrsheets.rules.readback.cells import Cells, Mark
from okrsheets.rules.readback.rows import Directory, Row
from okrsheets.rules.typed import choices
from okrsheets.words.grid import Address
from okrsheets.words.message import say
from okrsheets.words.plan import Ambition, KeyResult, KeyResultType, Objective

NUMBERS = ("baseline", "target", "low", "high", "tolerance")
OF_ITSELF = Objective("~", "")
"""Holds key results above which no objective stands."""


@dataclass(frozen=True, slots=True)
class Objectives:
    """The tab as read: the objectives, values and ticks in the key results' own cells, and all addresses."""

    objectives: tuple[Objective, ...]
    current: Mapping[str, float]
    done: Mapping[str, bool]
    cells: Mapping[str, Mapping[str, Address]]


def read_objectives(cells: Cells, rows: Sequence[Row], kpis: Directory) -> Objectives:
    """Objectives in the order of their rows, each with its key results."""
    heads = [row for row in rows if _is_objective(cells, row)]
    results = [(row, _key_result(cells, row, kpis)) for row in rows if row not in heads]
    for row, result in results:
        _report_measured(cells, row, result)
    objectives = tuple(Objective(row.id, row.title, _weight(cells, row)) for row in heads)
    belongs = {result.id: _owner(cells, row, heads) for row, result in results}
    if any(owner == OF_ITSELF.id for owner in belongs.values()):
        objectives = (OF_ITSELF, *objectives)
    return Objectives(
        tuple(_with(objective, [result for _, result in results], belongs) for objective in objectives),
        _current(cells, results),
        _done(cells, results),
        {row.id: {"title": row.here("title")} for row in heads} | {r.id: addresses(row, r) for row, r in results},
    )


def addresses(row: Row, result: KeyResult) -> dict[str, Address]:
    """The cells of a key result that a person may fill; `current` or `done` only where its value is typed there."""
    fields = ["title", "baseline", "target", "low", "high", "tolerance", "weight", "confidence"]
    found = {field: address for field in fields if (address := row.at(field))}
    own = row.at("current")
    if own and result.type is KeyResultType.DONE:
        found["done"] = own
    elif own and not result.kpi and result.type is not KeyResultType.MILESTONE:
        found["current"] = own
    return found


def _is_objective(cells: Cells, row: Row) -> bool:
    typed = cells.cell(row.at("type")).value
    words = {language.say(choices.OBJECTIVE).casefold() for language in cells.languages} | {choices.OBJECTIVE}
    if isinstance(typed, str) and typed.strip():
        return typed.strip().casefold() in words
    return row.id.startswith("O")


def _key_result(cells: Cells, row: Row, kpis: Directory) -> KeyResult:
    numbers = {field: cells.number(row.at(field)) for field in NUMBERS}
    banded = numbers["target"] is None and (numbers["low"] is not None or numbers["high"] is not None)
    usual = KeyResultType.WITHIN if banded else KeyResultType.REACH
    return KeyResult(
        id=row.id,
        title=row.title,
        type=cells.choice(KeyResultType, row.at("type"), usual),
        ambition=cells.choice(Ambition, row.at("ambition"), Ambition.COMMITTED),
        unit=cells.text(row.at("unit")),
        weight=_weight(cells, row),
        kpi=kpis.find(cells, row.at("kpi")),
        confidence=cells.within(row.at("confidence"), 0, 10, say("a number from 0 to 10")),
        note=cells.text(row.at("note")),
        **numbers,
    )


def _weight(cells: Cells, row: Row) -> float:
    weight = cells.within(row.at("weight"), 0, float("inf"), say("a number, 0 or more"))
    return 1 if weight is None else weight


def _owner(cells: Cells, row: Row, heads: Sequence[Row]) -> str:
    """The objective that the row names, else the nearest one above it, else the first; sorting moves no key result.

    A copied key result goes with the copy of its objective, where that was copied along.
    """
    named = cells.text(row.at("objective"))
    above = [head for head in heads if head.number < row.number]
    if row.copy_of and above and above[-1].copy_of == named:
        return above[-1].id
    if named in {head.id for head in heads}:
        return named
    if above:
        return above[-1].id
    return heads[0].id if heads else OF_ITSELF.id


def _with(objective: Objective, results: Sequence[KeyResult], belongs: Mapping[str, str]) -> Objective:
    own = tuple(result for result in results if belongs[result.id] == objective.id)
    return replace(objective, key_results=own)


def _report_measured(cells: Cells, row: Row, result: KeyResult) -> None:
    """A value typed where a KPI or milestones tell it would be lost without a word."""
    address = row.at("current")
    if address and address not in addresses(row, result).values() and cells.is_meant(address):
        by_kpi = say("Its KPI tells how far it is: fill in the number there, and empty this cell.")
        by_ticks = say("Its milestones tell how far it is: tick them off, and empty this cell.")
        cells.wrong(address, say("an empty cell"), by_ticks if result.type is KeyResultType.MILESTONE else by_kpi)


def _current(cells: Cells, results: Sequence[tuple[Row, KeyResult]]) -> dict[str, float]:
    typed = ((result.id, cells.number(addresses(row, result).get("current"))) for row, result in results)
    return {id: value for id, value in typed if value is not None}


def _done(cells: Cells, results: Sequence[tuple[Row, KeyResult]]) -> dict[str, bool]:
    boxes = ((result.id, addresses(row, result).get("done")) for row, result in results)
    return {id: cells.mark(address) is Mark.TICKED for id, address in boxes if address}
