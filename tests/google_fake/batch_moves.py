"""Requests that move cells about: copy, cut, sort."""

from __future__ import annotations

import copy
from typing import Any

from .answers import Json
from .batch_cells import asked_area
from .book import Book, Cells, Tab
from .ranges import Area
from .values_of import effective

REQUESTS = ("copyPaste", "cutPaste", "sortRange")
TAKEN = {
    "PASTE_NORMAL": ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", "imported"),
    "PASTE_VALUES": ("userEnteredValue", "imported"),
    "PASTE_FORMAT": ("userEnteredFormat",),
    "PASTE_FORMULA": ("userEnteredValue",),
    "PASTE_DATA_VALIDATION": ("dataValidation",),
}


def copy_paste(book: Book, asked: Json) -> None:
    source, area = asked_area(book, asked.get("source", {}))
    target, there = asked_area(book, asked.get("destination", {}))
    rows, columns = area.rows(), area.columns()
    taken = lifted(source, area)
    down, along = max(len(there.rows()), len(rows)), max(len(there.columns()), len(columns))
    for row in range(down - down % len(rows)):
        for column in range(along - along % len(columns)):
            cell = taken.get((row % len(rows), column % len(columns)), {})
            drop(target, there.top + row, there.left + column, cell, asked.get("pasteType", "PASTE_NORMAL"))


def cut_paste(book: Book, asked: Json) -> None:
    source, area = asked_area(book, asked.get("source", {}))
    target = book.tab(asked["destination"].get("sheetId", 0))
    top, left = asked["destination"].get("rowIndex", 0), asked["destination"].get("columnIndex", 0)
    taken = lifted(source, area)
    for at in area.cells():
        source.cells.pop(at, None)
    for row, column in taken:
        drop(target, top + row, left + column, taken[row, column], asked.get("pasteType", "PASTE_NORMAL"))


def lifted(tab: Tab, area: Area) -> Cells:
    """The cells of an area, counted from its own corner."""
    return {(row - area.top, column - area.left): copy.deepcopy(tab.cell(row, column)) for row, column in area.cells()}


def drop(tab: Tab, row: int, column: int, cell: Json, kind: str) -> None:
    """Puts the pasted fields of a cell down."""
    fields = TAKEN.get(kind, TAKEN["PASTE_NORMAL"])
    kept = {name: inner for name, inner in tab.cell(row, column).items() if name not in fields}
    tab.put(row, column, kept | {name: copy.deepcopy(cell[name]) for name in fields if name in cell})


def sort_range(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    order = list(area.rows())
    for spec in reversed(asked.get("sortSpecs", [])):
        column, down = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        order = sorted_rows(book, tab, order, column, down)
    before = {row: {column: tab.cell(row, column) for column in area.columns()} for row in area.rows()}
    for target, source in zip(area.rows(), order, strict=True):
        for column in area.columns():
            tab.put(target, column, before[source][column])


def sorted_rows(book: Book, tab: Tab, rows: list[int], column: int, down: bool) -> list[int]:
    """Rows by one column: numbers before text before truth; empty ones last either way."""
    keys = {row: sort_key(effective(book, tab, row, column)) for row in rows}
    filled = sorted((row for row in rows if keys[row]), key=lambda row: keys[row], reverse=down)
    return filled + [row for row in rows if not keys[row]]


def sort_key(value: Json) -> tuple[Any, ...]:
    """What a value sorts by; nothing for an empty cell."""
    if "numberValue" in value:
        return (0, value["numberValue"])
    if "stringValue" in value:
        return (1, value["stringValue"].casefold())
    return (2, str(value)) if value else ()
