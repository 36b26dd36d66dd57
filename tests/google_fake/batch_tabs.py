"""Requests about the spreadsheet and its tabs."""

from __future__ import annotations

import copy

from . import masks, moving
from .answers import Invalid, Json
from .book import Book, Tab
from .colours import both
from .showing import tidy

REQUESTS = ("updateSpreadsheetProperties", "addSheet", "deleteSheet", "duplicateSheet", "updateSheetProperties")


def update_spreadsheet_properties(book: Book, asked: Json) -> None:
    masks.update(book.properties, both(asked["properties"]), asked["fields"])


def add_sheet(book: Book, asked: Json) -> Json:
    tab = book.add_tab(asked.get("properties", {}))
    check_frozen(tab)
    return {"properties": tidy(copy.deepcopy(tab.properties))}


def delete_sheet(book: Book, asked: Json) -> None:
    tab = book.tab(asked.get("sheetId", 0))
    if len(book.tabs) == 1:
        raise Invalid("You can't remove all the sheets in a document.")
    book.tabs.remove(tab)
    book.named_ranges[:] = [named for named in book.named_ranges if named["range"]["sheetId"] != tab.id]
    book.metadata[:] = [item for item in book.metadata if sheet_of(item) != tab.id]
    check_visible(book)
    book.count()


def sheet_of(item: Json) -> int | None:
    """The tab that a piece of developer metadata lies on."""
    location = item.get("location", {})
    found = location.get("dimensionRange", location).get("sheetId")
    return None if location.get("spreadsheet") else found


def duplicate_sheet(book: Book, asked: Json) -> Json:
    source = book.tab(asked.get("sourceSheetId", 0))
    title = asked.get("newSheetName") or f"Copy of {source.title}"
    wanted: Json = {"title": title, "index": asked.get("insertSheetIndex", 0)}
    if "newSheetId" in asked:
        wanted["sheetId"] = asked["newSheetId"]
    tab = book.add_tab({**source.properties, "sheetId": book.new_id(), **wanted})
    take_over(book, source, tab)
    return {"properties": tidy(copy.deepcopy(tab.properties))}


def take_over(book: Book, source: Tab, tab: Tab) -> None:
    """Copies what a tab holds; what has an id of its own gets a new one."""
    tab.cells, tab.parts = copy.deepcopy(source.cells), copy.deepcopy(source.parts)
    tab.rows, tab.columns = copy.deepcopy(source.rows), copy.deepcopy(source.columns)
    renumber(book, tab.parts, source.id, tab.id)


def renumber(book: Book, value: object, old: int, new: int) -> None:
    """Gives ranges their new tab, and charts, protections and the like new ids."""
    if isinstance(value, dict):
        if value.get("sheetId") == old:
            value["sheetId"] = new
        for name in ("chartId", "protectedRangeId", "bandedRangeId", "filterViewId", "slicerId"):
            if name in value:
                value[name] = book.new_id()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        renumber(book, inner, old, new)


def update_sheet_properties(book: Book, asked: Json) -> None:
    wanted = asked["properties"]
    tab = book.tab(wanted.get("sheetId", 0))
    before = tab.properties
    after = copy.deepcopy(before)
    masks.update(after, both({"sheetId": tab.id, **wanted}), asked["fields"])
    book.tabs.remove(tab)
    try:
        book.refuse_twins(after)
    finally:
        book.tabs.insert(before["index"], tab)
    resize(book, tab, after)
    tab.properties = after
    check_frozen(tab)
    check_visible(book)
    place(book, tab, before["index"], after["index"])


def resize(book: Book, tab: Tab, after: Json) -> None:
    """Cuts off what lies beyond a smaller grid."""
    for dimension, count in moving.COUNT.items():
        wanted = after.get("gridProperties", {}).get(count, 0)
        if wanted < 1:
            raise Invalid(f"gridProperties.{count} must be at least 1.")
        if wanted < tab.length(dimension):
            moving.delete(book, tab, dimension, wanted, tab.length(dimension))


def place(book: Book, tab: Tab, before: int, after: int) -> None:
    """Moves a tab; the index counts the tabs before the move, as Google has it."""
    if after != before:
        book.tabs.remove(tab)
        book.tabs.insert(after - 1 if after > before else after, tab)
    book.count()


def check_frozen(tab: Tab) -> None:
    """Something has to stay that scrolls."""
    for name, there in (("Row", tab.row_count), ("Column", tab.column_count)):
        if tab.grid.get(f"frozen{name}Count", 0) >= there:
            raise Invalid(f"You can't freeze all visible {name.lower()}s on the sheet.")


def check_visible(book: Book) -> None:
    """Something has to stay that is seen."""
    if all(tab.properties.get("hidden") for tab in book.tabs):
        raise Invalid("You can't hide all the sheets in a document.")
