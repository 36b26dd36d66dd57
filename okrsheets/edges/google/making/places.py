"""Where things are in a spreadsheet that okrsheets makes: tabs by ids of our own, so that nothing is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Area
from okrsheets.words.workbook import Workbook

FIRST_SHEET = 1001
CHARTS_A_SHEET = 100
"""The ids of a tab's charts begin at so many times its own."""


def sheet_id(position: int) -> int:
    """The id of the tab at a position, 0 for the first: 1001, 1002, …"""
    return FIRST_SHEET + position


@dataclass(frozen=True, slots=True)
class Places:
    """The ids of tabs by their titles, and areas in the words of the interface."""

    sheets: Mapping[str, int]

    def range(self, area: Area) -> Json:
        """An area as a GridRange: counted from 0, the ends not included."""
        rows = {"startRowIndex": area.top - 1, "endRowIndex": area.bottom}
        columns = {"startColumnIndex": area.left - 1, "endColumnIndex": area.right}
        return {"sheetId": self.sheets[area.tab], **rows, **columns}

    def columns(self, tab: str, first: int, last: int) -> Json:
        """Columns as a DimensionRange, from `first` to `last`, both counted from 1 and included."""
        return self._dimension(tab, "COLUMNS", first, last)

    def rows(self, tab: str, first: int, last: int) -> Json:
        """Rows as a DimensionRange, from `first` to `last`, both counted from 1 and included."""
        return self._dimension(tab, "ROWS", first, last)

    def link(self, area: Area) -> str:
        """Where a link within the spreadsheet leads: `#gid=1003&range=J7:P7`."""
        return f"{link_start(self.sheets[area.tab])}{area.a1}"

    def _dimension(self, tab: str, dimension: str, first: int, last: int) -> Json:
        return {"sheetId": self.sheets[tab], "dimension": dimension, "startIndex": first - 1, "endIndex": last}


def link_start(sheet: int) -> str:
    """A link within the spreadsheet up to the cell's own address."""
    return f"#gid={sheet}&range="


def places_of(workbook: Workbook) -> Places:
    """The places of a workbook that is to be made."""
    return Places({tab.title: sheet_id(position) for position, tab in enumerate(workbook.tabs)})
