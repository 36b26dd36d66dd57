"""What one `<c>` of a sheet means."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from okrsheets.edges.excel.reading.texts import decoded
from okrsheets.words.grid import NOTHING, Cell, Kind, Value

NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\s*")
TRUTH = {"1": True, "true": True, "0": False, "false": False}
CONSTANTS = {"TRUE()": True, "FALSE()": False, "TRUE": True, "FALSE": False}
"""What LibreOffice makes of every boolean, and what a person types who begins with `=`."""
SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is needed to understand a cell besides itself: the shared strings, day 0, the styles that show dates."""

    strings: Sequence[str]
    epoch: date
    dated: Collection[bytes | None] = frozenset()

    def cell(self, type: str, raw: str | None, formula: str | None) -> Cell:
        """The cell of a type, a stored value and a formula. An empty text that nobody computes is no content.

        Raises ValueError or LookupError for a type or a string index that does not exist.
        """
        constant = CONSTANTS.get(formula.strip().upper()) if formula else None
        if constant is not None:
            return Cell(Kind.BOOLEAN, constant, formula)
        if raw is None or (raw == "" and (formula is None or type != "str")):
            return NOTHING if formula is None else Cell(Kind.UNCALCULATED, None, formula)
        kind, value = self._value(type, raw)
        if value == "" and formula is None:
            return NOTHING
        return Cell(kind, value, formula, dated=type == "d")

    def _value(self, type: str, raw: str) -> tuple[Kind, Value]:
        match type:
            case "n":
                return number(raw)
            case "s":
                return Kind.TEXT, self._shared(int(raw))
            case "str" | "inlineStr":
                return Kind.TEXT, decoded(raw)
            case "b":
                return Kind.BOOLEAN, TRUTH[raw.strip().lower()]
            case "e":
                return Kind.ERROR, raw.strip()
            case "d":
                return Kind.NUMBER, serial(raw.strip(), self.epoch)
        raise ValueError(f"{type!r} is not a type of cells")

    def _shared(self, index: int) -> str:
        if index < 0:
            raise IndexError(index)
        return self.strings[index]


def shown_as_date(cell: Cell) -> Cell:
    """The cell in a style of dates: that makes one of a number, and nothing of anything else."""
    return replace(cell, dated=True) if cell.kind is Kind.NUMBER else cell


def number(raw: str) -> tuple[Kind, Value]:
    """A stored number. What is none (`0,42`, NaN) is an error with the stored text, never a guess."""
    value = float(raw) if NUMBER.fullmatch(raw) else math.nan
    return (Kind.NUMBER, value) if math.isfinite(value) else (Kind.ERROR, raw.strip())


def serial(raw: str, epoch: date) -> float:
    """The date number of an ISO date, date with time, or time. Raises ValueError for any other text."""
    if "-" not in raw:
        return _share_of_day(time.fromisoformat(raw))
    moment = datetime.fromisoformat(raw)
    return (moment.date() - epoch).days + _share_of_day(moment.time())


def _share_of_day(moment: time) -> float:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return (seconds + moment.microsecond / 1e6) / SECONDS
