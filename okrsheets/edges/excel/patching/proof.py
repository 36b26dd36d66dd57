"""The proof before publishing: the new bytes are the old ones and the meant changes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from okrsheets.edges.excel.disk.faults import Unproven
from okrsheets.edges.excel.patching.content import stored
from okrsheets.edges.excel.patching.links import own_links
from okrsheets.edges.excel.patching.splice import Edit
from okrsheets.edges.excel.reading.archive import key_of
from okrsheets.edges.excel.reading.markup import Element, elements, start_tag
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.sheet import RowPlace, Sheet
from okrsheets.words.grid import NOTHING, Change, Spot, a1
from okrsheets.words.message import Message, say


def prove(old: Book, new: Book, tab: str, changes: Sequence[Change], stale: Mapping[Spot, Edit]) -> None:
    """Raises Unproven where the new workbook differs from the old one in anything but the changes of one tab.

    `stale` are the formulas there, each without its last result.
    """
    _prove_members(old, new, {key_of(old.sheet_parts[tab]), key_of(old.part)})
    _prove_workbook(old, new)
    before, after = old.sheet(tab), new.sheet(tab)
    touched = {change.address.spot for change in changes}
    _prove_surroundings(before, after)
    _prove_untouched_cells(before, after, touched, {spot: edit.new for spot, edit in stale.items()})
    _prove_untouched_links(before, after, touched)
    _prove_changes(before, after, changes)


def _prove_members(old: Book, new: Book, free: set[str]) -> None:
    names = [member.name for member in old.archive.members]
    _insist(names == [member.name for member in new.archive.members], say("its parts are not the same"))
    for name in names:
        same = key_of(name) in free or old.archive.raw(name) == new.archive.raw(name)
        _insist(same, say("the part {part} is not the same", part=name))


def _prove_workbook(old: Book, new: Book) -> None:
    same = _essence(elements(old.archive.read(old.part))) == _essence(elements(new.archive.read(new.part)))
    _insist(same, say("the part {part} is not the same", part=old.part))


def _essence(found: Iterable[Element]) -> list[tuple[str, Mapping[str, str], str]]:
    """Everything but the one attribute that may change."""
    free = {"fullCalcOnLoad"}
    return [
        (e.name, {k: v for k, v in e.attributes.items() if e.name != "calcPr" or k not in free}, e.text) for e in found
    ]


def _prove_surroundings(before: Sheet, after: Sheet) -> None:
    _insist(_surroundings(before) == _surroundings(after), say("something beside the cells is not the same"))


def _surroundings(sheet: Sheet) -> tuple[bytes, bytes]:
    """What stands before the rows, and what stands behind them without the links."""
    data, body, links = sheet.data, sheet.body, sheet.links
    _insist(body.end <= links.start, say("its links are not where they belong"))
    return data[: body.start], data[body.end : links.start] + data[links.end :]


def _prove_untouched_cells(before: Sheet, after: Sheet, touched: set[Spot], refreshed: Mapping[Spot, bytes]) -> None:
    """Row by row, and cell by cell where something was to change."""
    busy = {row for row, _ in touched | refreshed.keys()}
    old, new = ({row.number: row for row in sheet.rows} for sheet in (before, after))
    for number in old.keys() | new.keys():
        if number in busy or number not in old or number not in new:
            same = _rest(before, old.get(number), touched, refreshed) == _rest(after, new.get(number), touched, {})
            same = same and (number not in old or _tag(before, old[number]) == _tag(after, new.get(number)))
        else:
            same = before.bytes_at(old[number].span) == after.bytes_at(new[number].span)
        _insist(same, say("row {row} is not the same", row=number))


def _rest(sheet: Sheet, row: RowPlace | None, touched: set[Spot], instead: Mapping[Spot, bytes]) -> dict[Spot, bytes]:
    """The cells of a row that were not to change; of some, what was to stand there instead."""
    cells = {(row.number, column): sheet.data[start:end] for column, _, start, end in row.cells} if row else {}
    return {spot: instead.get(spot, cells[spot]) for spot in cells.keys() - touched}


def _tag(sheet: Sheet, row: RowPlace | None) -> bytes:
    """The start tag of a row, whether or not something stands in it."""
    return start_tag(sheet.data, row.span.start).rstrip(b">").rstrip(b"/") if row else b""


def _prove_untouched_links(before: Sheet, after: Sheet, touched: set[Spot]) -> None:
    _insist(_links(before, touched) == _links(after, touched), say("a link of another cell is not the same"))


def _links(sheet: Sheet, touched: set[Spot]) -> list[bytes]:
    own = {place.span for spot, places in own_links(sheet).items() if spot in touched for place in places}
    return [sheet.bytes_at(place.span) for place in sheet.hyperlinks if place.span not in own]


def _prove_changes(before: Sheet, after: Sheet, changes: Sequence[Change]) -> None:
    old_styles, styles = _styles(before), _styles(after)
    for change in changes:
        spot = change.address.spot
        cell = after.cells.get(spot, NOTHING)
        value = stored(change.new.value)
        same_type = type(cell.value) is type(value) and cell.formula is None
        as_meant = same_type and (cell.value, cell.link) == (value, change.new.link)
        same_look = spot not in old_styles or old_styles[spot] == styles.get(spot)
        _insist(as_meant and same_look, say("cell {cell} is not as it was meant", cell=a1(spot)))


def _styles(sheet: Sheet) -> dict[Spot, bytes | None]:
    return {(row.number, column): style for row in sheet.rows for column, style, *_ in row.cells}


def _insist(holds: bool, otherwise: Message) -> None:
    if not holds:
        raise Unproven(otherwise)
