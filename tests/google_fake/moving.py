"""Inserting and deleting rows and columns: cells move, and every range that names them follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .answers import Json
from .book import Book, Tab

GONE = "gone"
ENDS = {"ROWS": ("startRowIndex", "endRowIndex"), "COLUMNS": ("startColumnIndex", "endColumnIndex")}
CORNER = {"ROWS": "rowIndex", "COLUMNS": "columnIndex"}
COUNT = {"ROWS": "rowCount", "COLUMNS": "columnCount"}
INHERITED = ("userEnteredFormat", "dataValidation")

Shift = Callable[[int, bool], int]


def insert(book: Book, tab: Tab, dimension: str, at: int, count: int, inherit_from: int | None) -> None:
    """Makes room in front of a row or column. A range that holds the place grows, one that begins there moves on."""

    def shift(index: int, is_end: bool) -> int:
        return index + count if index > at or (index == at and not is_end) else index

    heir = lines(tab, dimension, inherit_from)
    properties = tab.metadata(dimension).get(-1 if inherit_from is None else inherit_from)
    rekey(tab, dimension, lambda index: shift(index, False))
    follow(book, tab.id, dimension, shift)
    tab.grid[COUNT[dimension]] += count
    for index in range(at, at + count):
        inherit(tab, dimension, index, heir, properties)


def lines(tab: Tab, dimension: str, index: int | None) -> dict[int, Json]:
    """What a new row takes over from its neighbour, by column; for a new column by row."""
    own, other = (0, 1) if dimension == "ROWS" else (1, 0)
    cells = {at[other]: cell for at, cell in tab.cells.items() if at[own] == index}
    return {at: {name: cell[name] for name in INHERITED if name in cell} for at, cell in cells.items()}


def inherit(tab: Tab, dimension: str, index: int, heir: dict[int, Json], properties: Json | None) -> None:
    """Formats one new row or column as its neighbour."""
    for other, cell in heir.items():
        tab.put(*((index, other) if dimension == "ROWS" else (other, index)), cell)
    if properties:
        tab.metadata(dimension)[index] = dict(properties)


def delete(book: Book, tab: Tab, dimension: str, start: int, end: int) -> None:
    """Takes rows or columns away. A range that held nothing else is gone."""

    def shift(index: int, is_end: bool) -> int:
        return index - (end - start) if index >= end else min(index, start)

    rekey(tab, dimension, lambda index: None if start <= index < end else shift(index, False))
    follow(book, tab.id, dimension, shift)
    tab.grid[COUNT[dimension]] -= end - start


def rekey(tab: Tab, dimension: str, moved: Callable[[int], int | None]) -> None:
    """Gives cells and row or column properties their new places; None drops them."""
    by_row = dimension == "ROWS"
    cells = {}
    for (row, column), cell in tab.cells.items():
        place = moved(row if by_row else column)
        if place is not None:
            cells[(place, column) if by_row else (row, place)] = cell
    tab.cells = cells
    kept = {place: inner for index, inner in tab.metadata(dimension).items() if (place := moved(index)) is not None}
    tab.metadata(dimension).clear()
    tab.metadata(dimension).update(kept)


def follow(book: Book, sheet: int, dimension: str, shift: Shift) -> None:
    """Moves every range, corner and group in the spreadsheet that lies on a tab."""
    holders: list[Any] = [book.named_ranges, book.metadata, *(tab.parts for tab in book.tabs)]
    for holder in holders:
        walk(holder, sheet, dimension, shift)
    book.named_ranges[:] = left_over(book.named_ranges)
    book.metadata[:] = left_over(book.metadata)
    for tab in book.tabs:
        tab.parts = left_over(tab.parts)


def walk(value: Any, sheet: int, dimension: str, shift: Shift) -> None:
    """The same for one value and all in it."""
    if isinstance(value, dict) and value.get("sheetId") == sheet:
        move_ends(value, *ENDS[dimension], shift)
        if value.get("dimension") == dimension:
            move_ends(value, "startIndex", "endIndex", shift)
        if CORNER[dimension] in value:
            value[CORNER[dimension]] = shift(value[CORNER[dimension]], False)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        walk(inner, sheet, dimension, shift)


def move_ends(value: Json, start: str, end: str, shift: Shift) -> None:
    """Moves the two ends of a range, where it has them."""
    before = (value.get(start, 0), value.get(end))
    if start in value:
        value[start] = shift(value[start], False)
    if before[1] is not None:
        value[end] = shift(before[1], True)
        if value[end] <= value.get(start, 0):
            value[GONE] = True


def left_over(value: Any) -> Any:
    """A value without what held only ranges that are gone."""
    if isinstance(value, list):
        return [left_over(item) for item in value if not vanished(item)]
    if isinstance(value, dict):
        return {name: left_over(inner) for name, inner in value.items() if not vanished(inner)}
    return value


def vanished(value: Any) -> bool:
    """Whether a range, or the one thing that a named range, group or filter is about, is gone."""
    if not isinstance(value, dict):
        return False
    if value.get(GONE) or vanished(value.get("range")) or vanished(value.get("dimensionRange")):
        return True
    if vanished(value.get("location")):
        return True
    return bool(value.get("ranges")) and all(vanished(item) for item in value["ranges"])
