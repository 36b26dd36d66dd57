"""`spreadsheets.batchUpdate`: all requests or none, each in the function that bears its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from . import batch_cells, batch_dimensions, batch_moves, batch_parts, batch_rules, batch_tabs, schemas
from .answers import Invalid, Json, Refused, invalid, sheets_error
from .book import Book

Carry = Callable[[Book, Json], Json | None]

MODULES = (batch_cells, batch_dimensions, batch_moves, batch_parts, batch_rules, batch_tabs)
MASKED = {
    "updateSpreadsheetProperties": "SpreadsheetProperties",
    "updateSheetProperties": "SheetProperties",
    "updateDimensionProperties": "DimensionProperties",
    "updateDimensionGroup": "DimensionGroup",
    "updateCells": "CellData",
    "appendCells": "CellData",
    "repeatCell": "CellData",
    "updateNamedRange": "NamedRange",
    "updateProtectedRange": "ProtectedRange",
    "updateBanding": "BandedRange",
    "updateFilterView": "FilterView",
    "updateDeveloperMetadata": "DeveloperMetadata",
}
NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


def carriers() -> dict[str, Carry]:
    """The functions by the names of their requests."""
    found: dict[str, Carry] = {}
    for module in MODULES:
        for name in module.REQUESTS:
            found[name] = getattr(module, re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name))
    return found


CARRIERS = carriers()


def carry_out(book: Book, requests: list[Json]) -> tuple[Book, list[Json]]:
    """The spreadsheet after all requests, with their replies; the given one stays as it was."""
    if not requests:
        raise invalid("Must specify at least one request.")
    after = book.draft()
    replies = []
    for number, request in enumerate(requests):
        replies.append(carry_one(after, request, number))
    return after, replies


def carry_one(book: Book, request: Json, number: int) -> Json:
    """One request, with what is wrong in it said as Google says it."""
    if len(request) != 1:
        raise invalid(f"Invalid requests[{number}]: No request set.")
    kind, asked = next(iter(request.items()))
    if kind not in CARRIERS:
        raise Refused(sheets_error(501, f"The fake does not do {kind}.", "UNIMPLEMENTED"))
    try:
        check_mask(kind, asked)
        reply = CARRIERS[kind](book, asked)
    except Invalid as error:
        raise invalid(f"Invalid requests[{number}].{kind}: {error}") from None
    return {} if reply is None else {kind: reply}


def check_mask(kind: str, asked: Json) -> None:
    """An update names the fields that it touches, and only fields that there are."""
    if kind not in MASKED:
        return
    if not asked.get("fields"):
        raise Invalid(NO_FIELDS)
    if faults := schemas.mask_faults(schemas.DOCUMENTS["sheets"], MASKED[kind], asked["fields"]):
        raise Invalid(f"Invalid field: {faults[0]}")


def without_nulls(value: Any) -> Any:
    """A request without its unset fields."""
    if isinstance(value, dict):
        return {name: without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value
