"""What the rows of a template say of each other: ids that are there once, and references that lead somewhere.

These look at the file as it stands, so that they are said together with every other fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from okrsheets.edges.toml_files import at
from okrsheets.rules.typed.nearest import no_such
from okrsheets.words.message import Message, say

NOT_COUNTED = ("ratio", "average")
"""Kinds of KPI whose values are rates: no part of a ratio."""
NOT_ADDED_UP = ("stock", *NOT_COUNTED)
"""Kinds of KPI whose weeks do not add up: no stage of a funnel, and no ticks feed them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table of the file, with its path. What it holds is not checked yet."""

    path: str
    table: Mapping[str, Any]

    def text(self, key: str) -> str | None:
        """The text of a key; None where there is none."""
        value = self.table.get(key)
        return value if isinstance(value, str) else None

    def rows(self, key: str) -> list[Row]:
        """The tables of a list of tables."""
        found = self.table.get(key)
        path = f"{self.path}.{key}" if self.path else key
        listed = enumerate(found) if isinstance(found, list) else ()
        return [Row(f"{path}[{n}]", table) for n, table in listed if isinstance(table, dict)]

    def fault(self, key: str, reason: Message) -> Message:
        """A fault of one key."""
        return at(f"{self.path}.{key}", reason)


Faults: TypeAlias = Iterator[Message]


def link_faults(raw: Mapping[str, Any]) -> tuple[Message, ...]:
    """Ids that are there twice, references to rows that are not there or that cannot serve, bounds in a wrong order."""
    file = Row("", raw)
    objectives, kpis, funnel, actions = map(file.rows, ("objectives", "kpis", "funnel", "actions"))
    results = [result for objective in objectives for result in objective.rows("key_results")]
    measures = {id: kpi.text("kind") or "flow" for kpi in kpis if (id := kpi.text("id"))}
    return tuple(
        chain(
            _twice([*objectives, *results, *kpis, *actions], "id"),
            _twice(funnel, "kpi"),
            _lost(results, "kpi", measures),
            _lost(kpis, "numerator", measures),
            _lost(kpis, "denominator", measures),
            _lost(funnel, "kpi", measures),
            _lost(actions, "key_result", [id for result in results if (id := result.text("id"))]),
            _lost(actions, "feeds", measures),
            _unfit(kpis, "numerator", measures, NOT_COUNTED),
            _unfit(kpis, "denominator", measures, NOT_COUNTED),
            _unfit(funnel, "kpi", measures, NOT_ADDED_UP),
            _unfit(actions, "feeds", measures, NOT_ADDED_UP),
            _ratios(kpis),
            _bounds(results),
        )
    )


def _twice(rows: list[Row], key: str) -> Faults:
    seen: set[str] = set()
    for row in rows:
        id = row.text(key)
        if id in seen:
            yield row.fault(key, say("{id} is there more than once", id=id))
        elif id:
            seen.add(id)


def _lost(rows: list[Row], key: str, known: Collection[str]) -> Faults:
    for row in rows:
        id = row.text(key)
        if id is not None and id not in known:
            yield row.fault(key, no_such(id, known))


def _unfit(rows: list[Row], key: str, kinds: Mapping[str, str], unfit: Collection[str]) -> Faults:
    for row in rows:
        id = row.text(key) or ""
        kind = kinds.get(id, "")
        if kind in unfit:
            yield row.fault(key, say("{id} is a KPI of kind {kind}, which does not serve here", id=id, kind=kind))


def _ratios(kpis: list[Row]) -> Faults:
    for kpi in kpis:
        for part in ("numerator", "denominator"):
            if kpi.text("kind") == "ratio" and part not in kpi.table:
                yield kpi.fault(part, say("a ratio needs it"))
            elif kpi.text("kind") != "ratio" and part in kpi.table:
                yield kpi.fault(part, say("only a ratio has it"))


def _bounds(results: list[Row]) -> Faults:
    for result in results:
        low, high = result.table.get("low"), result.table.get("high")
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield result.fault("low", say("it is above high"))
