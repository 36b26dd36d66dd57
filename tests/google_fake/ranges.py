"""Ranges: A1 notation both ways, and the grid ranges of the interface."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .answers import Json

if TYPE_CHECKING:
    from .book import Book, Tab

CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
PLAIN_TITLE = re.compile(r"[^\W\d]\w*")
LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*([Cc]\d*)?|[Cc]\d*|TRUE|FALSE", re.IGNORECASE)
EDGES = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a tab: first and one past the last row and column, from 0; None where it has no end."""

    sheet: int
    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None

    def within(self, tab: Tab) -> Area:
        """The part that lies in the grid."""
        bottom = tab.row_count if self.bottom is None else min(self.bottom, tab.row_count)
        right = tab.column_count if self.right is None else min(self.right, tab.column_count)
        return replace(self, bottom=bottom, right=right)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        below = self.bottom is None or row < self.bottom
        return self.top <= row and below and self.left <= column and (self.right is None or column < self.right)

    def rows(self) -> range:
        """Its rows; only of an area within a grid."""
        assert self.bottom is not None
        return range(self.top, self.bottom)

    def columns(self) -> range:
        """Its columns; only of an area within a grid."""
        assert self.right is not None
        return range(self.left, self.right)

    def cells(self) -> list[tuple[int, int]]:
        """Its cells, row by row; only of an area within a grid."""
        return [(row, column) for row in self.rows() for column in self.columns()]


def column_number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """The reverse of `column_number`."""
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def from_grid(book: Book, grid: Json) -> Area:
    """A grid range of a request; a sheet that is not said is 0, as Google has it."""
    tab = book.tab(grid.get("sheetId", 0))
    top, bottom, left, right = (grid.get(edge) for edge in EDGES)
    return Area(tab.id, top or 0, bottom, left or 0, right)


def to_grid(area: Area) -> Json:
    """A grid range as the interface writes it."""
    edges = dict(zip(EDGES, (area.top, area.bottom, area.left, area.right), strict=True))
    return {"sheetId": area.sheet, **{edge: at for edge, at in edges.items() if at is not None}}


def from_a1(book: Book, text: str) -> Area:
    """An area in A1 notation, or a named range. ValueError where it is neither."""
    title, cells = split_title(text)
    if title is not None and cells == "":
        return Area(book.tab_called(title).id)
    tab = book.tab_called(title) if title is not None else book.first_visible()
    if (area := corners(tab, cells)) is not None:
        return area
    if (named := book.named(cells)) is not None:
        return from_grid(book, named["range"])
    if title is None:
        return Area(book.tab_called(cells).id)
    raise ValueError(text)


def split_title(text: str) -> tuple[str | None, str]:
    """The tab and the rest: `'My tab'!A1`, `Tab!A1`, `'Tab'`, `A1`."""
    if match := re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL):
        return match[1].replace("''", "'"), match[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def corners(tab: Tab, text: str) -> Area | None:
    """`A1`, `A1:B2`, `A:A`, `2:3`, `A2:C`, also the other way round."""
    first, colon, second = text.partition(":")
    matches = [CORNER.fullmatch(part) for part in ([first, second] if colon else [first])]
    if not all(match and (match[1] or match[2]) for match in matches):
        return None
    if not colon and not (matches[0] and matches[0][1] and matches[0][2]):
        return None
    rows = sorted_ends([int(m[2]) if m and m[2] else None for m in matches])
    columns = sorted_ends([column_number(m[1]) + 1 if m and m[1] else None for m in matches])
    return Area(tab.id, rows[0] - 1, rows[1], columns[0] - 1, columns[1])


def sorted_ends(ends: list[int | None]) -> tuple[int, int | None]:
    """First and last of one direction, from 1; a side that is not said is open."""
    given = [end for end in ends if end is not None]
    if len(given) < len(ends):
        return (given[0] if given else 1), None
    return min(given), max(given)


def to_a1(tab: Tab, area: Area) -> str:
    """An area within the grid as answers write it: `Sheet1!A1:B2`, quoted only where needed."""
    area = area.within(tab)
    assert area.bottom is not None
    assert area.right is not None
    first, last = cell_name(area.top, area.left), cell_name(area.bottom - 1, area.right - 1)
    return f"{quoted(tab.title)}!{first}" + ("" if first == last else f":{last}")


def cell_name(row: int, column: int) -> str:
    """`A1` for 0, 0."""
    return f"{column_letters(column)}{row + 1}"


def quoted(title: str) -> str:
    """A tab's title in front of an exclamation mark."""
    if PLAIN_TITLE.fullmatch(title) and not LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"
