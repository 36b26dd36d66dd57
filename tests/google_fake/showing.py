"""Spreadsheets as `spreadsheets.get` answers them: without what is at its default, with cells only where asked."""

from __future__ import annotations

from typing import Any

from .answers import Json
from .book import DEFAULT_FORMAT, Book, Tab
from .conditions import coloured
from .ranges import Area
from .values_of import effective, shown_text

NOT_SAID_AT_DEFAULT = {
    *("hidden", "rightToLeft", "frozenRowCount", "frozenColumnCount", "hideGridlines", "rowGroupControlAfter"),
    *("columnGroupControlAfter", "warningOnly", "hiddenByUser", "hiddenByFilter", "showCustomUi", "strict"),
    *("collapsed", "startRow", "startColumn", "description", "note", "offsetXPixels", "offsetYPixels"),
}
LOOKS = {"userEnteredFormat", "effectiveFormat"}
"""Of cells: the largest part of an answer, in which nothing is at a default."""
USUAL_PIXELS = {"ROWS": 21, "COLUMNS": 100}
ADDRESS = "https://docs.google.com/spreadsheets/d/{}/edit"


def tidy(value: Any) -> Any:
    """An answer without unset fields; sheetId 0 is said only where it is a tab's own or a choice among others."""
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = "sheetType" in value or "locationType" in value
    return {
        name: inner if name in LOOKS else tidy(inner)
        for name, inner in value.items()
        if not (name in NOT_SAID_AT_DEFAULT and not inner) and not (name == "sheetId" and inner == 0 and not own)
    }


def shown_book(book: Book, areas: list[Area] | None = None, grid: bool = False) -> Json:
    """The whole spreadsheet; with areas only their tabs, with grid also cells, rows and columns."""
    wanted = None if areas is None else {area.sheet for area in areas}
    tabs = [tab for tab in book.tabs if wanted is None or tab.id in wanted]
    out: Json = {"spreadsheetId": book.id, "properties": book.properties}
    out["sheets"] = [shown_tab(book, tab, areas, grid) for tab in tabs]
    if book.named_ranges:
        out["namedRanges"] = book.named_ranges
    if book.metadata:
        out["developerMetadata"] = book.metadata
    return tidy(out | {"spreadsheetUrl": ADDRESS.format(book.id)})  # type: ignore[no-any-return]


def shown_tab(book: Book, tab: Tab, areas: list[Area] | None, grid: bool) -> Json:
    """One tab with its merges, charts and so on, and with data where asked."""
    out: Json = {"properties": tab.properties, **{name: part for name, part in tab.parts.items() if part}}
    if grid:
        chosen = [Area(tab.id)] if areas is None else [area for area in areas if area.sheet == tab.id]
        out["data"] = [shown_area(book, tab, area.within(tab)) for area in chosen]
    return out


def shown_area(book: Book, tab: Tab, area: Area) -> Json:
    """Cells, rows and columns of one area; empty rows and cells at the end are not there."""
    out: Json = {"startRow": area.top, "startColumn": area.left}
    filled = [at for at in tab.cells if area.holds(*at)]
    if filled:
        last = max(row for row, _ in filled)
        out["rowData"] = [shown_row(book, tab, row, area) for row in range(area.top, last + 1)]
    out["rowMetadata"] = [shown_dimension(tab, "ROWS", index) for index in area.rows()]
    out["columnMetadata"] = [shown_dimension(tab, "COLUMNS", index) for index in area.columns()]
    return out


def shown_row(book: Book, tab: Tab, row: int, area: Area) -> Json:
    """A row up to its last cell that holds anything."""
    last = max((column for column in area.columns() if (row, column) in tab.cells), default=None)
    if last is None:
        return {}
    return {"values": [shown_cell(book, tab, row, column) for column in range(area.left, last + 1)]}


def shown_cell(book: Book, tab: Tab, row: int, column: int) -> Json:
    """A cell with what was entered, what it is worth and what it shows."""
    cell = {name: inner for name, inner in tab.cell(row, column).items() if name != "imported"}
    if not cell:
        return {}
    value = effective(book, tab, row, column)
    if value:
        cell |= {"effectiveValue": value, "formattedValue": shown_text(book, cell, value)}
    look = layered(DEFAULT_FORMAT, cell.get("userEnteredFormat", {}))
    return {**cell, "effectiveFormat": layered(look, coloured(book, tab, row, column, value))}


def layered(under: Json, over: Json) -> Json:
    """A format over the default one."""
    out = dict(under)
    for name, inner in over.items():
        out[name] = layered(out[name], inner) if isinstance(inner, dict) and isinstance(out.get(name), dict) else inner
        if "Color" in name:
            out[name] = inner
    return out


def shown_dimension(tab: Tab, dimension: str, index: int) -> Json:
    """The properties of one row or column."""
    return {"pixelSize": USUAL_PIXELS[dimension], **tab.metadata(dimension).get(index, {})}
