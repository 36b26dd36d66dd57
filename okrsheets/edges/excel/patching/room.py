"""Which cells of the Summary must not be written over, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from okrsheets.edges.described import misfit
from okrsheets.edges.excel.disk.faults import NoRoom
from okrsheets.edges.excel.patching.links import changed_links, own_links
from okrsheets.edges.excel.patching.overlap import overlaps
from okrsheets.edges.excel.patching.splice import style_at
from okrsheets.edges.excel.reading.markup import Element, elements
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.refs import area_of
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.words.grid import NOTHING, Area, Change, Spot, a1
from okrsheets.words.message import Message, say


def check_room(book: Book, sheet: Sheet, changes: Sequence[Change]) -> None:
    """Raises NoRoom for the first change that would break something of the person's."""
    spots = {change.address.spot for change in changes}
    merged, shared = _merged(sheet, spots), _sharing_a_link(sheet, changes)
    taken = [(_lying_in(areas, spots), reason) for areas, reason in _taken(book, sheet)]
    for change in changes:
        spot = change.address.spot
        reason = (
            _held(book, sheet, spot)
            or next((reason for cells, reason in taken if spot in cells), None)
            or (say("it is merged with {cell}", cell=_first_of(sheet, spot)) if spot in merged else None)
            or misfit(change.new.value)
            or (say("it shares a link with other cells") if spot in shared else None)
        )
        if reason:
            raise NoRoom(change.address, reason)


def _held(book: Book, sheet: Sheet, spot: Spot) -> Message | None:
    if sheet.protected and style_at(sheet, spot) not in book.unlocked_styles:
        return say("the tab is protected, and this cell is locked")
    return say("it holds a formula") if sheet.cells.get(spot, NOTHING).formula is not None else None


def _lying_in(areas: Iterable[Area], spots: Collection[Spot]) -> set[Spot]:
    return {spot for spot, count in overlaps(areas, spots).items() if count}


def _merged(sheet: Sheet, spots: Collection[Spot]) -> set[Spot]:
    """The cells in a merged one that begins elsewhere."""
    begin = Counter(merge.first.spot for merge in sheet.merges)
    return {spot for spot, count in overlaps(sheet.merges, spots).items() if count > begin[spot]}


def _first_of(sheet: Sheet, spot: Spot) -> str:
    return next(a1(merge.first.spot) for merge in sheet.merges if spot in merge and merge.first.spot != spot)


def _sharing_a_link(sheet: Sheet, changes: Sequence[Change]) -> set[Spot]:
    """A link over several cells cannot be changed for one of them."""
    changed = changed_links(sheet, {change.address.spot: change.new.link for change in changes})
    own, counts = own_links(sheet), overlaps((place.area for place in sheet.hyperlinks), changed)
    return {spot for spot in changed if counts[spot] > len(own.get(spot, ()))}


def _taken(book: Book, sheet: Sheet) -> Iterator[tuple[Iterable[Area], Message]]:
    """What belongs to something of the person's, and to what."""
    yield sheet.arrays, say("it belongs to a formula that fills several cells")
    tables = [elements(book.archive.read(part))[0] for part in book.parts_of(sheet.title, "table")]
    yield _headings(sheet, tables), say("it is a heading of a table")
    yield _totals(sheet, tables), say("it is a total of a table")
    yield _pivot_areas(book, sheet), say("it belongs to a pivot table")


def _headings(sheet: Sheet, tables: Iterable[Element]) -> Iterator[Area]:
    """The first row of a table: Excel finds the file damaged where it differs from the table's own words."""
    for table in tables:
        if table.attributes.get("headerRowCount", "1") != "0":
            area = area_of(table.attributes["ref"], sheet.title)
            yield replace(area, bottom=area.top)


def _totals(sheet: Sheet, tables: Iterable[Element]) -> Iterator[Area]:
    """The last row of a table, as damaging."""
    for table in tables:
        if table.attributes.get("totalsRowCount", "0") != "0":
            area = area_of(table.attributes["ref"], sheet.title)
            yield replace(area, top=area.bottom)


def _pivot_areas(book: Book, sheet: Sheet) -> Iterator[Area]:
    """A pivot table, and the filters that stand above it, a row apart."""
    for part in book.parts_of(sheet.title, "pivotTable"):
        for element in elements(book.archive.read(part)):
            if element.name == "location":
                area = area_of(element.attributes["ref"], sheet.title)
                filters = int(element.attributes.get("rowPageCount", "0"))
                yield replace(area, top=max(1, area.top - filters - 1)) if filters else area
