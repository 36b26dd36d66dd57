"""What a cell of Google's answer means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import unquote

from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import NOTHING, Cell, Kind, Spot

FIELDS = (
    "effectiveValue,userEnteredValue,hyperlink,effectiveFormat/numberFormat/type,userEnteredFormat/textFormat/link/uri"
)
"""What is asked of every cell. What it shows is not: that depends on the locale."""
DATES = ("DATE", "TIME", "DATE_TIME")
LOADING = "LOADING"
ERRORS: Mapping[str, str] = MappingProxyType(
    {
        "NULL_VALUE": "#NULL!",
        "DIVIDE_BY_ZERO": "#DIV/0!",
        "VALUE": "#VALUE!",
        "REF": "#REF!",
        "NAME": "#NAME?",
        "NUM": "#NUM!",
        "N_A": "#N/A",
    }
)
OTHER_ERROR = "#ERROR!"
WITHIN = re.compile(r"(?:https://docs\.google\.com/spreadsheets/.*)?#gid=(\d+)&range=([^&]+)")
OF_A_NEIGHBOUR = ""
"""The formula of a cell that another cell's formula fills: there is one, but it does not stand here."""


def cells_of(data: Json, titles: Mapping[int, str]) -> Iterator[tuple[Spot, Cell]]:
    """The cells of one GridData that hold something; `titles` are those of the tabs by their ids."""
    top, left = data.get("startRow", 0) + 1, data.get("startColumn", 0) + 1
    for down, row in enumerate(data.get("rowData", ())):
        for along, told in enumerate(row.get("values", ())):
            cell = cell_of(told, titles)
            if cell != NOTHING:
                yield (top + down, left + along), cell


def cell_of(told: Json, titles: Mapping[int, str]) -> Cell:
    """A cell as it was told; NOTHING for an empty one."""
    cell = _content(told.get("effectiveValue") or {}, _formula(told))
    if cell.kind is Kind.NUMBER and _kind_of_number(told) in DATES:
        cell = replace(cell, dated=True)
    link = _link(told, titles)
    return replace(cell, link=link) if link else cell


def _content(value: Json, formula: str | None) -> Cell:
    """The cell of an effective value and a formula."""
    match value:
        case {"numberValue": number}:
            return Cell(Kind.NUMBER, float(number), formula)
        case {"boolValue": bool(truth)}:
            return Cell(Kind.BOOLEAN, truth, formula)
        case {"stringValue": str(text)} if text or formula is not None:
            return Cell(Kind.TEXT, text, formula)
        case {"errorValue": error} if error.get("type") != LOADING:
            return Cell(Kind.ERROR, ERRORS.get(error.get("type", ""), OTHER_ERROR), formula)
        case {"errorValue": _}:
            return Cell(Kind.UNCALCULATED, None, formula)
    return NOTHING if formula is None else Cell(Kind.UNCALCULATED, None, formula)


def _formula(told: Json) -> str | None:
    """The formula without its sign; None where a person typed a value, or nothing."""
    entered = told.get("userEnteredValue") or {}
    if "formulaValue" in entered:
        return str(entered["formulaValue"]).removeprefix("=")
    return OF_A_NEIGHBOUR if "effectiveValue" in told and not entered else None


def _kind_of_number(told: Json) -> str:
    return str(told.get("effectiveFormat", {}).get("numberFormat", {}).get("type", ""))


def _link(told: Json, titles: Mapping[int, str]) -> str | None:
    """The place in the workbook that the cell leads to; None also for a link to anywhere else."""
    own = told.get("userEnteredFormat", {}).get("textFormat", {}).get("link", {}).get("uri")
    found = WITHIN.fullmatch(own or told.get("hyperlink") or "")
    title = titles.get(int(found[1])) if found else None
    return f"{title}!{unquote(found[2])}" if found and title is not None else None
