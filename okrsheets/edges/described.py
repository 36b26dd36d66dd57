"""The cells of a described workbook, as any store is to read them back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from okrsheets.words.grid import NOTHING, Cell, Kind, Spot, Value
from okrsheets.words.message import Message, say
from okrsheets.words.workbook import Formula, Link, Tab, Written

EPOCH = date(1899, 12, 30)
"""Day 0 of the date numbers of a workbook that okrsheets makes."""
LARGEST = 1.79769313486231e308
"""The largest number of 15 digits."""
LONGEST_TEXT = 32_767
"""Of one cell, in UTF-16 units: a character beyond the basic plane is two."""


def described_cells(tab: Tab) -> Mapping[Spot, Cell]:
    """What the cells of a tab hold; those without content are left out."""
    cells = {spot: cell_of(entry.value) for spot, entry in tab.entries.items()}
    return {spot: cell for spot, cell in cells.items() if cell != NOTHING}


def cell_of(written: Written) -> Cell:
    """A described value as a person's spreadsheet shows it: dates are numbers shown as dates."""
    if isinstance(written, Formula):
        return _formula_cell(written.text.removeprefix("="), written.value)
    if isinstance(written, Link):
        return Cell(_kind(written.text), written.text, link=f"{written.to.tab}!{written.to.a1}")
    if isinstance(written, date):
        return Cell(Kind.NUMBER, float((written - EPOCH).days), dated=True)
    return NOTHING if written is None or written == "" else Cell(_kind(written), _value(written))


def _formula_cell(text: str, value: str | float) -> Cell:
    """A formula whose value is not told is not calculated yet: no program can tell it from an empty text."""
    if value == "":
        return Cell(Kind.UNCALCULATED, None, text)
    return Cell(_kind(value), _value(value), text)


def misfit(value: Value) -> Message | None:
    """Why a cell cannot hold the value; None where it can."""
    if isinstance(value, str) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        return say("its text is longer than a cell can hold")
    if isinstance(value, float) and not math.isfinite(value):
        return say("its new value is not a number")
    return None


def _kind(value: str | float | bool) -> Kind:
    if isinstance(value, bool):
        return Kind.BOOLEAN
    return Kind.TEXT if isinstance(value, str) else Kind.NUMBER


def _value(value: str | float | bool) -> Value:
    return value if isinstance(value, str | bool) else as_kept(value)


def as_kept(value: float) -> float:
    """A number as a spreadsheet keeps it: 15 significant digits."""
    kept = float(f"{float(value):.15g}")
    return kept if math.isfinite(kept) else math.copysign(LARGEST, value)
