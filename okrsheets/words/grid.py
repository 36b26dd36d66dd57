"""What stands in the cells of a workbook, whoever keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = "str | float | bool | None"
Spot: TypeAlias = tuple[int, int]
"""(row, column), both counted from 1."""

SCHEMA = 1
"""The version of the anchors and cells that okrsheets puts into a workbook."""


def column_letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def a1(spot: Spot) -> str:
    """`B7` for (7, 2)."""
    return f"{column_letters(spot[1])}{spot[0]}"


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One cell. As text `TAB!A1`, unquoted: the tab's name ends at the last `!`."""

    tab: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.tab}!{a1((self.row, self.column))}"

    @property
    def spot(self) -> Spot:
        """(row, column), without the tab."""
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells in one tab, both corners included."""

    tab: str
    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, spot: Spot) -> bool:
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right

    @property
    def first(self) -> Address:
        """The cell at the top left."""
        return Address(self.tab, self.top, self.left)

    @property
    def a1(self) -> str:
        """`B2:C9`, or `B2` for a single cell; without the tab."""
        first, last = a1((self.top, self.left)), a1((self.bottom, self.right))
        return first if first == last else f"{first}:{last}"


class Kind(Enum):
    """What a cell holds. An error and a formula without a value are not emptiness: the figure is unknown."""

    EMPTY = "empty"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCALCULATED = "uncalculated"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was read: `value` is None where empty or uncalculated, the code (`#DIV/0!`) of an error.

    `dated` is a number that the cell shows as a date or a time.
    """

    kind: Kind
    value: Value = None
    formula: str | None = None
    link: str | None = None
    dated: bool = False


NOTHING = Cell(Kind.EMPTY)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one tab; those that hold nothing may be left out. `merges` are cells that look like one."""

    title: str
    cells: Mapping[Spot, Cell] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()

    def at(self, row: int, column: int) -> Cell:
        """The cell, NOTHING where there is none."""
        return self.cells.get((row, column), NOTHING)


@dataclass(frozen=True, slots=True)
class Carries:
    """What a workbook carries that okrsheets never touches: macros, and what leads outside of it.

    `external_links` are the files that its formulas look into, `connections` the names of its data connections.
    """

    macros: bool = False
    external_links: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as a store read it, before anybody knows what it means.

    `titles` are all tabs in their order, `grids` those that were read, by title. `names` are the `okr_*` names;
    None for one that points nowhere any more. `epoch` is day 0 of its date numbers. `fingerprint` changes when
    anything changes that a person fills in; whether also with the Summary is the store's affair. `copies` are the tabs
    with `okr_*` names of their own, as a copied tab has them.
    """

    kind: str
    ref: str
    titles: tuple[str, ...]
    grids: Mapping[str, Grid]
    names: Mapping[str, Area | None]
    fingerprint: str
    epoch: date = date(1899, 12, 30)
    carries: Carries = Carries()
    copies: tuple[str, ...] = ()

    @property
    def other_tabs(self) -> tuple[str, ...]:
        """The tabs that were not read, since okrsheets has no business there."""
        return tuple(title for title in self.titles if title not in self.grids)

    def at(self, address: Address) -> Cell:
        """The cell, NOTHING where the tab was not read or the cell is empty."""
        grid = self.grids.get(address.tab)
        return grid.at(*address.spot) if grid else NOTHING


@dataclass(frozen=True, slots=True)
class Content:
    """What a Summary cell is to hold: a value and, where it points at a cell, a link (`KPI's!J7`)."""

    value: Value = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the Summary that is to become something else."""

    address: Address
    old: Content
    new: Content
