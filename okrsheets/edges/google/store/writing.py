"""One batch that changes cells of the Summary, and what its answer proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from okrsheets.edges.described import misfit
from okrsheets.edges.google.making.colours import style
from okrsheets.edges.google.making.places import link_start
from okrsheets.edges.google.store.cells import OF_A_NEIGHBOUR
from okrsheets.edges.google.store.reading import Seen
from okrsheets.edges.google.wire.call import Json
from okrsheets.rules.differences import found, same
from okrsheets.rules.layout.summary import STYLES
from okrsheets.rules.summary.places import TEXT
from okrsheets.words.errors import NoRoomForSummary
from okrsheets.words.grid import Change, Content, Value, a1
from okrsheets.words.message import Message, say

VALUE = "userEnteredValue"
LINK = "userEnteredFormat.textFormat(link,foregroundColorStyle,underline)"
"""Google draws a link blue and underlined, and leaves the cell so when the link goes, unless the same request says
otherwise."""
MAY_CHANGE = (VALUE, f"{VALUE},{LINK}")
"""The only fields of a cell that a sync ever touches."""
LOOK = STYLES[TEXT]
"""How the texts of the Summary look, whether they lead anywhere or not."""


def batch(changes: Sequence[Change], before: Seen) -> Json:
    """The body of the one batchUpdate: typed values, by the id of the Summary's tab, and the state after it as answer.

    Raises NoRoomForSummary for a cell that must not be written over; ValueError for changes anywhere else.
    """
    (title,) = {change.address.tab for change in changes}
    for change in changes:
        reason = _obstacle(change, before)
        if reason:
            raise NoRoomForSummary(ref=before.reading.ref, where=str(change.address), reason=reason)
    sheet = before.tabs[title].id
    requests = [_request(sheet, linked, block, before) for linked, block in _blocks(changes, before)]
    check_addresses(requests, {before.tabs[summary].id for summary in before.summaries})
    return {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
        "responseRanges": list(before.ranges),
    }


def check_addresses(requests: Sequence[Json], allowed: set[int]) -> None:
    """Raises ValueError for a request that is about anything but the contents of cells in a Summary."""
    for request in requests:
        asked = request.get("updateCells", {})
        known = set(request) == {"updateCells"} and set(asked) == {"start", "rows", "fields"}
        if not known or asked["start"]["sheetId"] not in allowed or asked["fields"] not in MAY_CHANGE:
            raise ValueError("okrsheets writes to the Summary only")


def disagreement(changes: Sequence[Change], after: Seen) -> Change | None:
    """The first change that the state after the batch does not hold; None where all is as it was meant."""
    for change in changes:
        meant = Content(None if change.new.value == "" else change.new.value, change.new.link)
        if not same(found(after.reading.at(change.address)), meant):
            return change
    return None


def _obstacle(change: Change, before: Seen) -> Message | None:
    """Why a cell must not be written over."""
    reading = before.reading
    grid = reading.grids.get(change.address.tab)
    if grid is None:
        return say("there is no such tab")
    formula = reading.at(change.address).formula
    if formula is not None:
        spilled = say("it belongs to a formula that fills several cells")
        return spilled if formula == OF_A_NEIGHBOUR else say("it holds a formula")
    for merge in grid.merges:
        if change.address.spot in merge and change.address.spot != merge.first.spot:
            return say("it is merged with {cell}", cell=a1(merge.first.spot))
    if change.new.link and _tab_of(change.new.link) not in before.tabs:
        return say("there is no such tab")
    return misfit(change.new.value)


def _blocks(changes: Sequence[Change], before: Seen) -> Iterator[tuple[bool, list[list[Change]]]]:
    """The changes as rectangles: rows below each other, each of changes side by side. Whether links are in it."""
    runs = [(_shape(run, linked), run) for linked, run in _runs(changes, before)]
    ordered = enumerate(sorted(runs, key=lambda one: (one[0], one[1][0].address.row)))
    for (shape, _), block in groupby(ordered, key=lambda one: (one[1][0], one[1][1][0].address.row - one[0])):
        yield shape[-1], [run for _, (_, run) in block]


def _runs(changes: Sequence[Change], before: Seen) -> Iterator[tuple[bool, list[Change]]]:
    """Changes of one row that stand side by side, those with a link apart from those without."""
    linked = {change.address: _linked(change, before) for change in changes}
    ordered = enumerate(sorted(changes, key=lambda change: change.address))
    beside = groupby(ordered, lambda one: (linked[one[1].address], one[1].address.row, one[1].address.column - one[0]))
    for (with_link, _, _), run in beside:
        yield with_link, [change for _, change in run]


def _shape(run: list[Change], linked: bool) -> tuple[int, int, bool]:
    return run[0].address.column, len(run), linked


def _linked(change: Change, before: Seen) -> bool:
    return bool(change.new.link or before.reading.at(change.address).link)


def _request(sheet: int, linked: bool, block: list[list[Change]], before: Seen) -> Json:
    first = block[0][0]
    start = {"sheetId": sheet, "rowIndex": first.address.row - 1, "columnIndex": first.address.column - 1}
    rows = [{"values": [_cell(change, before, linked) for change in run]} for run in block]
    return {"updateCells": {"start": start, "rows": rows, "fields": MAY_CHANGE[linked]}}


def _cell(change: Change, before: Seen, linked: bool) -> Json:
    cell = {VALUE: value} if (value := typed(change.new.value)) else {}
    if linked:
        look: Json = {"foregroundColorStyle": style(LOOK.colour), "underline": LOOK.underline}
        link = {"link": {"uri": _uri(change.new.link, before)}} if change.new.link else {}
        cell["userEnteredFormat"] = {"textFormat": link | look}
    return cell


def typed(value: Value) -> Json:
    """A value as an ExtendedValue: a text is never read for a number or a formula."""
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


def _tab_of(link: str) -> str:
    return link.rpartition("!")[0]


def _uri(link: str, before: Seen) -> str:
    tab, _, cells = link.rpartition("!")
    return f"{link_start(before.tabs[tab].id)}{cells}"
