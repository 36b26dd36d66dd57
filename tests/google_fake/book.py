"""A spreadsheet as the fake keeps it: tabs with cells in the interface's own vocabulary."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .answers import Invalid, Json
from .colours import THEME, WHITE, both
from .locales import Locale, locale

ROWS, COLUMNS = 1000, 26
MOST_CELLS = 10_000_000
TEXT_FORMAT: Json = {
    "foregroundColor": {},
    "foregroundColorStyle": {"rgbColor": {}},
    "fontFamily": "arial,sans,sans-serif",
    "fontSize": 10,
    **dict.fromkeys(("bold", "italic", "strikethrough", "underline"), False),
}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "backgroundColorStyle": {"rgbColor": WHITE},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": TEXT_FORMAT,
}
SPREADSHEET_THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in THEME.items()],
}

Cells = dict[tuple[int, int], Json]


@dataclass(slots=True)
class Tab:
    """One tab: its properties, its cells that hold anything, its rows and columns that are not as usual, the rest."""

    properties: Json
    cells: Cells = field(default_factory=dict)
    rows: dict[int, Json] = field(default_factory=dict)
    columns: dict[int, Json] = field(default_factory=dict)
    parts: Json = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def grid(self) -> Json:
        """Its grid properties."""
        return self.properties.setdefault("gridProperties", {})  # type: ignore[no-any-return]

    @property
    def row_count(self) -> int:
        return int(self.grid.get("rowCount", 0))

    @property
    def column_count(self) -> int:
        return int(self.grid.get("columnCount", 0))

    def list_of(self, part: str) -> list[Any]:
        """A part that is a list: merges, charts, protectedRanges …"""
        return self.parts.setdefault(part, [])  # type: ignore[no-any-return]

    def metadata(self, dimension: str) -> dict[int, Json]:
        """Properties of rows or of columns."""
        return self.rows if dimension == "ROWS" else self.columns

    def length(self, dimension: str) -> int:
        """How many rows or columns it has."""
        return self.row_count if dimension == "ROWS" else self.column_count

    def cell(self, row: int, column: int) -> Json:
        """What a cell holds, {} for an empty one."""
        return self.cells.get((row, column), {})

    def put(self, row: int, column: int, cell: Json) -> None:
        """Keeps a cell, without what is empty in it; an empty cell is not kept at all."""
        kept = {name: inner for name, inner in cell.items() if inner not in ({}, "", [], {"stringValue": ""})}
        if kept:
            self.cells[row, column] = kept
        else:
            self.cells.pop((row, column), None)

    def change(self, row: int, column: int, **fields: Any) -> None:
        """Sets fields of one cell; None clears."""
        cell = {**self.cell(row, column), **fields}
        self.put(row, column, {name: inner for name, inner in cell.items() if inner is not None})


@dataclass(slots=True)
class Book:
    """One spreadsheet. What belongs to no tab stands here: properties, named ranges, developer metadata."""

    id: str
    properties: Json
    tabs: list[Tab] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)
    owner: str = ""
    year: int = 2026
    chance: Random = field(default_factory=Random)

    @property
    def locale(self) -> Locale:
        return locale(self.properties["locale"])

    def draft(self) -> Book:
        """A copy to try things on; ids go on being drawn from the same source.

        A cell is never changed, only put anew, so that the copy may share them.
        """
        cells = [cell for tab in self.tabs for cell in tab.cells.values()]
        return copy.deepcopy(self, {id(shared): shared for shared in (self.chance, *cells)})

    def tab(self, id: int) -> Tab:
        """The tab with a sheetId, or Google's complaint."""
        for tab in self.tabs:
            if tab.id == id:
                return tab
        raise Invalid(f"No grid with id: {id}")

    def tab_called(self, title: str) -> Tab:
        """The tab with a title, in whatever case; ValueError without one."""
        for tab in self.tabs:
            if tab.title.casefold() == title.casefold():
                return tab
        raise ValueError(title)

    def first_visible(self) -> Tab:
        """Where a range lies that names no tab."""
        return next((tab for tab in self.tabs if not tab.properties.get("hidden")), self.tabs[0])

    def named(self, name: str) -> Json | None:
        """The named range of a name, in whatever case."""
        return next((range for range in self.named_ranges if range["name"].casefold() == name.casefold()), None)

    def new_id(self) -> int:
        """An id such as Google draws them."""
        return self.chance.randrange(10**6, 2**31 - 1)

    def add_tab(self, wanted: Json) -> Tab:
        """A new tab by the properties of a request."""
        properties = both({name: inner for name, inner in wanted.items() if name != "gridProperties"})
        properties.setdefault("sheetId", self.new_id())
        properties.setdefault("title", self.free_title())
        properties.setdefault("sheetType", "GRID")
        self.refuse_twins(properties)
        grid = {"rowCount": ROWS, "columnCount": COLUMNS} | wanted.get("gridProperties", {})
        tab = Tab({**properties, "gridProperties": grid})
        self.tabs.insert(properties.get("index", len(self.tabs)), tab)
        self.count()
        return tab

    def refuse_twins(self, properties: Json) -> None:
        """Titles and ids are there once."""
        if any(tab.title.casefold() == properties["title"].casefold() for tab in self.tabs):
            name = properties["title"]
            raise Invalid(f'A sheet with the name "{name}" already exists. Please enter another name.')
        if any(tab.id == properties["sheetId"] for tab in self.tabs):
            raise Invalid(f"A sheet with id {properties['sheetId']} already exists.")

    def free_title(self) -> str:
        """`Sheet1`, or the next that is free."""
        taken = {tab.title for tab in self.tabs}
        return next(name for n in range(1, len(taken) + 2) if (name := f"Sheet{len(self.tabs) + n}") not in taken)

    def count(self) -> None:
        """Numbers the tabs anew, and refuses a spreadsheet beyond Google's limit."""
        for index, tab in enumerate(self.tabs):
            tab.properties["index"] = index
        if sum(tab.row_count * tab.column_count for tab in self.tabs) > MOST_CELLS:
            limit = f"above the limit of {MOST_CELLS} cells."
            raise Invalid(f"This action would increase the number of cells in the workbook {limit}")


def new_book(id: str, title: str, owner: str, chance: Random, year: int, **properties: Any) -> Book:
    """An empty spreadsheet without tabs, as Google sets one up."""
    usual: Json = {"title": title, "locale": "en_US", "autoRecalc": "ON_CHANGE", "timeZone": "Etc/GMT"}
    usual |= {"defaultFormat": DEFAULT_FORMAT, "spreadsheetTheme": SPREADSHEET_THEME}
    return Book(id, usual | properties, owner=owner, year=year, chance=chance)
