"""What a conditional format makes of a cell, as far as the fake tells: rules that compare with a number."""

from __future__ import annotations

from .answers import Json
from .book import Book, Tab
from .ranges import from_grid
from .typed import read_typed

COMPARED = {"NUMBER_GREATER": lambda number, limit: number > limit, "NUMBER_LESS": lambda number, limit: number < limit}


def coloured(book: Book, tab: Tab, row: int, column: int, value: Json) -> Json:
    """The format of the first rule that holds for a cell, {} where none does. A limit is read as if it was typed."""
    for rule in tab.parts.get("conditionalFormats", ()):
        told = rule.get("booleanRule", {})
        compare = COMPARED.get(told.get("condition", {}).get("type", ""))
        if compare and any(from_grid(book, area).within(tab).holds(row, column) for area in rule["ranges"]):
            limit = read_typed(told["condition"]["values"][0].get("userEnteredValue", ""), book.locale, book.year).value
            numbers = value.get("numberValue"), limit.get("numberValue")
            if None not in numbers and compare(*numbers):
                return dict(told.get("format", {}))
    return {}
