"""The surgical edit: changes of one tab, put into the bytes of a workbook in which all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.parsers.expat import ExpatError

from okrsheets.edges.excel.disk.faults import DAMAGED, NoRoom, Unreadable
from okrsheets.edges.excel.patching.links import link_edits
from okrsheets.edges.excel.patching.proof import prove
from okrsheets.edges.excel.patching.recalculation import is_mentioned, stale_values, with_full_calculation
from okrsheets.edges.excel.patching.room import check_room
from okrsheets.edges.excel.patching.splice import Edit, apply, cell_edits
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.words.grid import Change, Spot
from okrsheets.words.message import say


def patched(book: Book, changes: Sequence[Change]) -> bytes:
    """The workbook with the changes, all of one tab, proved to hold them and nothing else that is new.

    Raises NoRoom for a cell that must not be written over, Unwritable for a workbook that must not be changed,
    Unreadable for one with a damaged part beside the tab, Unproven where the result is not as meant, ValueError for
    changes of several tabs.
    """
    book.check_changeable()
    (tab,) = {change.address.tab for change in changes}
    if tab not in book.sheet_parts:
        raise NoRoom(changes[0].address, say("there is no such tab"))
    stale = stale_values(book.sheet(tab))
    new = book.archive.with_members(_new_parts(book, tab, changes, stale))
    prove(book, Book(new, book.meaning), tab, changes, stale)
    return new


def _new_parts(book: Book, tab: str, changes: Sequence[Change], stale: Mapping[Spot, Edit]) -> dict[str, bytes]:
    """The contents of the parts that change: the tab's, and the workbook's where formulas depend on the tab."""
    sheet = book.sheet(tab)
    try:
        check_room(book, sheet, changes)
        is_used = bool(stale) or is_mentioned(book, sheet)
    except ExpatError as fault:  # of a table, say: a part that nobody looked at before, and no bug of ours
        raise Unreadable(DAMAGED) from fault
    edits = cell_edits(sheet, {change.address.spot: change.new.value for change in changes})
    edits += link_edits(sheet, {change.address.spot: change.new.link for change in changes})
    parts = {}
    if is_used:
        edits += stale.values()
        workbook = book.archive.read(book.part)
        parts[book.part] = with_full_calculation(workbook)
        if parts[book.part] == workbook:
            del parts[book.part]
    return {**parts, book.sheet_parts[tab]: apply(sheet.data, edits)}
