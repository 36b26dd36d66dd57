"""A sheet as the scanner found it: what its cells hold, and where everything stands in its bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from okrsheets.words.grid import Area, Cell, Grid, Spot


class Span(NamedTuple):
    """An element's bytes: `data[start:end]`."""

    start: int
    end: int


CellPlace: TypeAlias = "tuple[int, bytes | None, int, int]"
"""A `<c>`: its column, its style, the bytes where it starts and ends. A plain tuple, since there are thousands."""


class RowPlace(NamedTuple):
    """A `<row>`: its number, the style of new cells in it, its bytes, its cells in order."""

    number: int
    style: bytes | None
    span: Span
    cells: list[CellPlace]


class HyperlinkPlace(NamedTuple):
    """A `<hyperlink>`: the cells that it covers, its place in the workbook (None: it leads outside), its bytes."""

    area: Area
    to: str | None
    span: Span


class ColumnStyle(NamedTuple):
    """The style of columns `first` to `last`."""

    first: int
    last: int
    style: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet part. `body` is its sheetData, `links` its hyperlinks element or the gap where one belongs.

    `protected`: a person let nobody write into its locked cells.
    """

    title: str
    data: bytes
    prefix: str
    cells: Mapping[Spot, Cell]
    rows: Sequence[RowPlace]
    body: Span
    links: Span
    hyperlinks: Sequence[HyperlinkPlace]
    merges: Sequence[Area]
    arrays: Sequence[Area]
    columns: Sequence[ColumnStyle]
    protected: bool = False

    @property
    def grid(self) -> Grid:
        """What the cells hold, without the bytes."""
        return Grid(self.title, self.cells, tuple(self.merges))

    def bytes_at(self, span: Span) -> bytes:
        """The bytes of an element."""
        return self.data[span.start : span.end]
