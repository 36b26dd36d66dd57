"""What a cell is worth and what it shows: effective value, formatted value, and the four ways to read it."""

from __future__ import annotations

from typing import Any

from .answers import Invalid, Json
from .book import Book, Tab
from .formats import is_date, show_number
from .formulas import Fault, error_text, evaluate
from .ranges import from_a1

DEEPEST = 50


def effective(book: Book, tab: Tab, row: int, column: int, depth: int = 0) -> Json:
    """The value of a cell after calculating."""
    cell = tab.cell(row, column)
    entered: Json = cell.get("userEnteredValue", {})
    if "formulaValue" not in entered:
        return entered
    if "imported" in cell:
        return cell["imported"]  # type: ignore[no-any-return]
    return evaluate(entered["formulaValue"], book.locale, lambda name: looked_up(book, tab, name, depth))


def looked_up(book: Book, tab: Tab, name: str, depth: int) -> list[Any]:
    """The values of the cells that a formula names; an error in one of them is the formula's too."""
    if depth > DEEPEST:
        raise Fault("REF")
    try:
        area = from_a1(book, name if "!" in name else f"'{tab.title.replace(chr(39), chr(39) * 2)}'!{name}")
    except (ValueError, Invalid):
        raise Fault("REF") from None
    there = book.tab(area.sheet)
    found = [effective(book, there, row, column, depth + 1) for row, column in area.within(there).cells()]
    for value in found:
        if "errorValue" in value:
            raise Fault(value["errorValue"]["type"])
    return [next(iter(value.values()), None) for value in found]


def number_format(cell: Json) -> Json:
    """The format of a cell's number, {} where it has none."""
    return cell.get("userEnteredFormat", {}).get("numberFormat", {})  # type: ignore[no-any-return]


def shown_text(book: Book, cell: Json, value: Json) -> str:
    """What the cell shows."""
    if "numberValue" in value:
        return show_number(value["numberValue"], number_format(cell), book.locale)
    if "boolValue" in value:
        return book.locale.true if value["boolValue"] else book.locale.false
    if "errorValue" in value:
        return error_text(value["errorValue"]["type"])
    return str(value.get("stringValue", ""))


def rendered(book: Book, tab: Tab, row: int, column: int, how: str, dates: str) -> Any:
    """A cell as the values interface answers it; '' for an empty one."""
    cell = tab.cell(row, column)
    value = effective(book, tab, row, column)
    if not value:
        return ""
    entered = cell["userEnteredValue"]
    if how == "FORMULA" and "formulaValue" in entered:
        return entered["formulaValue"]
    dated = "numberValue" in value and is_date(number_format(cell))
    if how == "FORMATTED_VALUE" or "errorValue" in value or (dated and dates == "FORMATTED_STRING"):
        return shown_text(book, cell, value)
    return next(iter(value.values()))
