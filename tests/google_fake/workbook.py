"""An .xlsx file as Google would turn it into a spreadsheet: the same cells, formats, merges and names, new ids."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from .answers import Json
from .formats import EPOCH
from .formulas import TEXTS
from .typed import number_value

KINDS = (("%", "PERCENT"), ("€", "CURRENCY"), ("$", "CURRENCY"), ("E+", "SCIENTIFIC"))
SPARE_ROWS, SPARE_COLUMNS = 1000, 26
PIXELS_OF_A_WIDTH = 7


def as_create_request(path: Path, locale: str) -> Json:
    """The body of a create request that makes the same spreadsheet."""
    formulas, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    ids = {sheet.title: 1000 + index for index, sheet in enumerate(formulas.worksheets)}
    sheets = [tab(sheet, results[sheet.title], ids[sheet.title]) for sheet in formulas.worksheets]
    names = [named for name, defined in formulas.defined_names.items() for named in named_ranges(name, defined, ids)]
    properties = {"title": path.stem, "locale": locale, "timeZone": "Europe/Amsterdam"}
    return {"properties": properties, "sheets": sheets, "namedRanges": names}


def tab(sheet: Worksheet, results: Worksheet, id: int) -> Json:
    """One tab. Excel's grid has no end; Google gives it a thousand rows or what it needs."""
    grid: Json = {"rowCount": max(sheet.max_row, SPARE_ROWS), "columnCount": max(sheet.max_column, SPARE_COLUMNS)}
    if sheet.freeze_panes:
        left, top, _, _ = range_boundaries(sheet.freeze_panes)
        grid |= {"frozenRowCount": (top or 1) - 1, "frozenColumnCount": (left or 1) - 1}
    properties = {"sheetId": id, "title": sheet.title, "hidden": sheet.sheet_state != "visible", "gridProperties": grid}
    rules = validations(sheet)
    rows = [
        {"values": [cell_data(cell, results[cell.coordinate].value, rules) for cell in row]}
        for row in sheet.iter_rows()
    ]
    merges = [grid_range(str(merged), id) for merged in sheet.merged_cells.ranges]
    return {"properties": properties, "data": [{"rowData": rows, "columnMetadata": widths(sheet)}], "merges": merges}


def widths(sheet: Worksheet) -> list[Json]:
    """Hidden columns and their widths."""
    found = []
    for index in range(sheet.max_column):
        dimension = sheet.column_dimensions[openpyxl.utils.get_column_letter(index + 1)]
        own: Json = {"hiddenByUser": True} if dimension.hidden else {}
        found.append(own | {"pixelSize": max(2, round((dimension.width or 13) * PIXELS_OF_A_WIDTH))})
    return found


def cell_data(cell: Cell | MergedCell, result: Any, rules: dict[str, Json]) -> Json:
    """One cell; a formula keeps the result that Excel left in the file."""
    out: Json = {}
    value = {"formulaValue": f"={cell.value}"} if cell.data_type == "e" else entered(cell.value)
    if value:
        out["userEnteredValue"] = value
    if "formulaValue" in value:
        out["imported"] = error_value(result) or entered(result) or {"numberValue": 0}
    if cell.number_format not in ("General", ""):
        out["userEnteredFormat"] = {"numberFormat": {"type": kind_of(cell), "pattern": cell.number_format}}
    if cell.coordinate in rules:
        out["dataValidation"] = rules[cell.coordinate]
    return out


def entered(value: Any) -> Json:
    """A Python value as a cell's value; days and times become numbers."""
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return number_value(float(value))
    if isinstance(value, datetime | date | time | timedelta):
        return number_value(serial(value))
    text = str(getattr(value, "text", value))
    return {"formulaValue": text} if text.startswith("=") else {"stringValue": text}


def error_value(result: Any) -> Json:
    """The error that a formula came to, {} for any other result."""
    kind = next((kind for kind, shown in TEXTS.items() if shown == result), None)
    return {} if kind is None else {"errorValue": {"type": kind}}


def serial(value: datetime | date | time | timedelta) -> float:
    """The number of a day or a time."""
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    at = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (at - EPOCH) / timedelta(days=1)


def kind_of(cell: Cell | MergedCell) -> str:
    """The kind of a number format by its pattern."""
    if cell.number_format == "@":
        return "TEXT"
    if isinstance(cell, Cell) and cell.is_date:
        return "DATE"
    return next((kind for sign, kind in KINDS if sign in cell.number_format), "NUMBER")


def validations(sheet: Worksheet) -> dict[str, Json]:
    """Drop-down lists by their cells."""
    found: dict[str, Json] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and str(rule.formula1).startswith('"'):
            values = [{"userEnteredValue": text} for text in str(rule.formula1).strip('"').split(",")]
            own = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True, "strict": True}
            found |= {cell: own for area in rule.sqref.ranges for row in area.rows for cell in names_in(row)}
    return found


def names_in(row: list[tuple[int, int]]) -> list[str]:
    """The names of a row's cells."""
    return [f"{openpyxl.utils.get_column_letter(column)}{number}" for number, column in row]


def named_ranges(name: str, defined: Any, ids: dict[str, int]) -> list[Json]:
    """A defined name as a named range; Excel's own names and those of no range do not come along."""
    if name.startswith("_xlnm") or "#REF!" in str(defined.value):
        return []
    found = [(title.replace("''", "'"), cells) for title, cells in defined.destinations]
    places = [(title, cells) for title, cells in found if title in ids]
    return [{"name": name, "range": grid_range(cells.replace("$", ""), ids[title])} for title, cells in places[:1]]


def grid_range(cells: str, id: int) -> Json:
    """`B2:C4` as a grid range."""
    left, top, right, bottom = range_boundaries(cells)
    edges = {
        "startRowIndex": (top or 1) - 1,
        "endRowIndex": bottom,
        "startColumnIndex": (left or 1) - 1,
        "endColumnIndex": right,
    }
    return {"sheetId": id, **{name: at for name, at in edges.items() if at is not None}}
