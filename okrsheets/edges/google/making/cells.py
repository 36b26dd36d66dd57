"""What stands in the cells of a tab, in Google's words: typed values, never text that Google would read for itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from okrsheets.edges.described import EPOCH, as_kept
from okrsheets.edges.google.making.formulas import formula
from okrsheets.edges.google.making.places import Places
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Spot
from okrsheets.words.workbook import Formula, Link, Sparkline, Tab, Written


def add(tab: Tab, places: Places) -> Iterator[Json]:
    """All contents of a tab in one request."""
    contents = _contents(tab, places)
    if contents:
        last = max(row for row, _ in contents)
        start = {"sheetId": places.sheets[tab.title], "rowIndex": 0, "columnIndex": 0}
        rows = [_row(contents, row) for row in range(1, last + 1)]
        yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _contents(tab: Tab, places: Places) -> dict[Spot, Json]:
    values = {spot: value_of(entry.value, places) for spot, entry in tab.entries.items()}
    values |= {sparkline.at: {"formulaValue": drawn(sparkline)} for sparkline in tab.sparklines}
    return {spot: value for spot, value in values.items() if value}


def _row(contents: dict[Spot, Json], row: int) -> Json:
    last = max((column for at, column in contents if at == row), default=0)
    cells = [contents.get((row, column)) for column in range(1, last + 1)]
    return {"values": [{"userEnteredValue": value} if value else {} for value in cells]}


def value_of(written: Written, places: Places) -> Json:
    """A described value as an ExtendedValue, {} for nothing."""
    if written is None or written == "":
        return {}
    if isinstance(written, bool):
        return {"boolValue": written}
    if isinstance(written, Formula):
        return {"formulaValue": formula(written.text, places)}
    if isinstance(written, str | Link):
        return {"stringValue": written if isinstance(written, str) else written.text}
    number = (written - EPOCH).days if isinstance(written, date) else as_kept(written)
    return {"numberValue": number}


def drawn(sparkline: Sparkline) -> str:
    """The formula of a sparkline, once there are two points to join; the text's colour is the line's."""
    data = sparkline.data.a1
    return f'=IF(COUNT({data})>1;SPARKLINE({data});"")'
