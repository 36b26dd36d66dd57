"""Which cells of the Summary must not be written over, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from okrsheets.edges.described import misfit
from okrsheets.edges.excel.disk.faults import NoRoom
from okrsheets.edges.excel.patching.links import changed_links, own_links
from okrsheets.edges.excel.patching.splice import style_at
from okrsheets.edges.excel.reading.markup import elements
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.refs import area_of
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.words.grid import NOTHING, Area, Change, a1
from okrsheets.words.message import Message, say


def check_room(book: Book, sheet: Sheet, changes: Sequence[Change]) -> None:
    """Raises NoRoom for the first change that would break something of the person's."""
    taken = [*_formula_areas(sheet), *_table_areas(book, sheet), *_pivot_areas(book, sheet)]
    unlocked = book.unlocked_styles if sheet.protected else frozenset()
    for change in changes:
        if sheet.protected and style_at(sheet, change.address.spot) not in unlocked:
            raise NoRoom(change.address, say("the tab is protected, and this cell is locked"))
        reason = _obstacle(sheet, taken, change)
        if reason:
            raise NoRoom(change.address, reason)


def _obstacle(sheet: Sheet, taken: Sequence[tuple[Area, Message]], change: Change) -> Message | None:
    spot = change.address.spot
    if sheet.cells.get(spot, NOTHING).formula is not None:
        return say("it holds a formula")
    for area, reason in taken:
        if spot in area:
            return reason
    for merge in sheet.merges:
        if spot in merge and spot != merge.first.spot:
            return say("it is merged with {cell}", cell=a1(merge.first.spot))
    return misfit(change.new.value) or _link_obstacle(sheet, change)


def _link_obstacle(sheet: Sheet, change: Change) -> Message | None:
    """A link over several cells cannot be changed for one of them."""
    spot = change.address.spot
    if not changed_links(sheet, {spot: change.new.link}):
        return None
    if sum(spot in place.area for place in sheet.hyperlinks) > len(own_links(sheet).get(spot, ())):
        return say("it shares a link with other cells")
    return None


def _formula_areas(sheet: Sheet) -> Iterator[tuple[Area, Message]]:
    for area in sheet.arrays:
        yield area, say("it belongs to a formula that fills several cells")


def _table_areas(book: Book, sheet: Sheet) -> Iterator[tuple[Area, Message]]:
    """The first and last row of a table: Excel finds the file damaged where they differ from the table's own words."""
    for part in book.parts_of(sheet.title, "table"):
        table = elements(book.archive.read(part))[0].attributes
        area = area_of(table["ref"], sheet.title)
        if table.get("headerRowCount", "1") != "0":
            yield Area(area.tab, area.top, area.left, area.top, area.right), say("it is a heading of a table")
        if table.get("totalsRowCount", "0") != "0":
            yield Area(area.tab, area.bottom, area.left, area.bottom, area.right), say("it is a total of a table")


def _pivot_areas(book: Book, sheet: Sheet) -> Iterator[tuple[Area, Message]]:
    """A pivot table, and the filters that stand above it, a row apart."""
    for part in book.parts_of(sheet.title, "pivotTable"):
        for element in elements(book.archive.read(part)):
            if element.name == "location":
                area = area_of(element.attributes["ref"], sheet.title)
                filters = int(element.attributes.get("rowPageCount", "0"))
                top = max(1, area.top - filters - 1) if filters else area.top
                yield replace(area, top=top), say("it belongs to a pivot table")
