"""Reads one worksheet part: its cells, and the byte of everything that the patcher may have to touch.

Expat reads the whole part, so it is known to be well-formed, and tells what stands around the rows; within the rows,
thousands of calls from C would be most of the work, so there it only checks, and `rows` reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable
from okrsheets.edges.excel.reading.cells import Meaning
from okrsheets.edges.excel.reading.markup import (
    Attributes,
    bare,
    check_encoded,
    element_end,
    new_parser,
    prefix_at,
    relation_id,
    start_tag,
)
from okrsheets.edges.excel.reading.refs import area_of, unquoted
from okrsheets.edges.excel.reading.rows import MOST_COLUMNS, MOST_ROWS, read_rows
from okrsheets.edges.excel.reading.sheet import ColumnStyle, HyperlinkPlace, Sheet, Span
from okrsheets.words.grid import NOTHING, Area, Cell, Spot
from okrsheets.words.message import say

MOST_AREAS = 65_530
"""Of merged cells, of hyperlinks: Excel's own limit for the latter."""
LARGEST_MERGE = MOST_ROWS * MOST_COLUMNS
BODY = "sheetData"
END_TAG = re.compile(rb"</(?:[^\s<>/:]+:)?sheetData\s*>")
LONGEST_PREFIX = 64
BEFORE_LINKS = {
    BODY,
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
}
"""The children of a worksheet that the schema puts between its cells and its hyperlinks."""

T = TypeVar("T")


def scan(data: bytes, title: str, meaning: Meaning) -> Sheet:
    """The sheet in a worksheet part.

    Raises Unreadable for a sheet beyond the limits or out of order, and the libraries' faults for a damaged one.
    """
    frame = _Frame(data, title)
    frame.read()
    if frame.body is None or frame.inside is None:
        raise Unreadable(DAMAGED)
    prefix = prefix_at(data, frame.body.start)
    rows = read_rows(data, frame.inside, prefix, title, meaning)
    return Sheet(
        title=title,
        data=data,
        prefix=prefix,
        cells=_with_links(rows.cells, frame.hyperlinks),
        rows=rows.places,
        body=frame.body,
        links=frame.links or Span(frame.before_links, frame.before_links),
        hyperlinks=frame.hyperlinks,
        merges=frame.merges,
        arrays=rows.arrays,
        columns=frame.columns,
        protected=frame.protected,
    )


class _Frame:
    """What stands around the rows, told by expat element by element."""

    def __init__(self, data: bytes, title: str) -> None:
        self.data, self.title = data, title
        self.hyperlinks: list[HyperlinkPlace] = []
        self.merges: list[Area] = []
        self.columns: list[ColumnStyle] = []
        self.protected = False
        self.body: Span | None = None
        self.inside: Span | None = None
        self.links: Span | None = None
        self.before_links = 0
        self._starts: list[int] = []
        self._parser = new_parser()
        self._close = _end_of_body(data)

    def read(self) -> None:
        """Goes through the part, silent from the start tag of the rows to their end tag."""
        check_encoded(self.data)
        self._listen(self._start, self._end)
        self._parser.Parse(self.data[: max(0, self._close)], False)
        self._listen(self._start, self._end)
        self._parser.Parse(self.data[max(0, self._close) :], True)

    def _listen(self, start: Callable[[str, Attributes], None] | None, end: Callable[[str], None] | None) -> None:
        self._parser.StartElementHandler = start
        self._parser.EndElementHandler = end

    def _start(self, name: str, attributes: Attributes) -> None:
        at = self._parser.CurrentByteIndex
        self._starts.append(at)
        name = bare(name)
        if name in OPENERS:
            OPENERS[name](self, attributes)
        if name == BODY and len(self._starts) == 2:
            self._start_body(at)

    def _start_body(self, at: int) -> None:
        tag = start_tag(self.data, at)
        inside = at + len(tag)
        if self.inside is not None:
            raise Unreadable(DAMAGED)
        self.inside = Span(inside, inside)
        if not tag.endswith(b"/>"):
            self.inside = Span(inside, self._close)
            self._listen(None, None)

    def _end(self, name: str) -> None:
        start, at = self._starts.pop(), self._parser.CurrentByteIndex
        name = bare(name)
        if name == "hyperlink":
            self.hyperlinks[-1] = self.hyperlinks[-1]._replace(span=Span(start, element_end(self.data, start, at)))
        if len(self._starts) == 1:
            self._end_part(name, Span(start, element_end(self.data, start, at)))

    def _end_part(self, name: str, span: Span) -> None:
        """A child of the worksheet is over."""
        if name == BODY:
            self.body = span
        if name == "hyperlinks":
            if self.links is not None:
                raise Unreadable(DAMAGED)
            self.links = span
        if name in BEFORE_LINKS:
            self.before_links = span.end

    def start_columns(self, attributes: Attributes) -> None:
        """Adjacent columns; what counts is their style."""
        if "style" in attributes:
            first, last = int(attributes["min"]), int(attributes["max"])
            self._keep(self.columns, ColumnStyle(first, last, attributes["style"].encode()))

    def start_protection(self, attributes: Attributes) -> None:
        """The tab's protection, or what is left of one that was taken away."""
        self.protected = attributes.get("sheet") in ("1", "true")

    def start_merge(self, attributes: Attributes) -> None:
        """Merged cells. Raises Unreadable for an absurd number of them."""
        area = area_of(attributes["ref"], self.title)
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > LARGEST_MERGE:
            raise Unreadable(say("the tab {tab} merges {cells} into one cell", tab=self.title, cells=area.a1))
        self._keep(self.merges, area)

    def start_hyperlink(self, attributes: Attributes) -> None:
        """A link, to a place in the workbook or outside."""
        place = attributes.get("location") if relation_id(attributes) is None else None
        to = unquoted(place) if place else None
        self._keep(self.hyperlinks, HyperlinkPlace(area_of(attributes["ref"], self.title), to, Span(0, 0)))

    def _keep(self, items: list[T], item: T) -> None:
        if len(items) == MOST_AREAS:
            raise Unreadable(DAMAGED)
        items.append(item)


def _with_links(cells: Mapping[Spot, Cell], hyperlinks: list[HyperlinkPlace]) -> dict[Spot, Cell]:
    """The cells, each with the place it leads to; a link over several cells counts for its first."""
    linked = dict(cells)
    for area, to, _ in hyperlinks:
        spot = area.first.spot
        if to is not None and spot[0] <= MOST_ROWS and spot[1] <= MOST_COLUMNS:
            linked[spot] = replace(linked.get(spot, NOTHING), link=to)
    return linked


OPENERS: dict[str, Callable[[_Frame, Attributes], None]] = {
    "col": _Frame.start_columns,
    "mergeCell": _Frame.start_merge,
    "sheetProtection": _Frame.start_protection,
    "hyperlink": _Frame.start_hyperlink,
}


def _end_of_body(data: bytes) -> int:
    """Where the end tag of the rows begins, the last there is; -1 for none. The word alone may stand in any text."""
    end = len(data)
    while (at := data.rfind(BODY.encode(), 0, end)) >= 0:
        close = data.rfind(b"</", max(0, at - LONGEST_PREFIX), at)
        if close >= 0 and END_TAG.match(data, close):
            return close
        end = at
    return -1
