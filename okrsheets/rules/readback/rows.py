"""The rows of a table with their ids: own ones, and made ones for what a person added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.locate import Located
from okrsheets.words.errors import PlanTooLarge
from okrsheets.words.grid import Address
from okrsheets.words.message import say

MOST_ROWS = 300
"""Of one table: with every row that refers to every other, figures still take no more than a few seconds."""
MADE = "~"
"""Begins an id that okrsheets made from a title, for a row that has none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its id, its title and where its cells are. `copy_of` is the id that a row above has too."""

    id: str
    title: str
    number: int
    table: Located
    copy_of: str | None = None

    def at(self, key: str) -> Address | None:
        """The cell of a column; None where the column is gone."""
        return self.table.at(self.number, key)

    def here(self, key: str) -> Address:
        """The cell of a column that cannot be gone."""
        return Address(self.table.tab, self.number, self.table.columns[key])

    def on(self) -> Iterable[tuple[date, Address]]:
        """The cells under the headings that are days."""
        return ((day, Address(self.table.tab, self.number, column)) for column, day in self.table.days.items())


def read_rows(cells: Cells, table: Located, title: str, others: Iterable[Row] = ()) -> tuple[Row, ...]:
    """The rows of a table. Of rows with the same id the topmost keeps it; the others count as rows without one.

    An id that is made is none of those of `others`, the rows of other tables. Raises PlanTooLarge for more rows than
    anybody works at.
    """
    if len(table.rows) > MOST_ROWS:
        raise PlanTooLarge(ref=cells.reading.ref, tab=table.tab, count=len(table.rows), limit=MOST_ROWS)
    taken, elsewhere = set[str](), {row.id for row in others}
    rows = []
    for number in table.rows:
        text = cells.text(table.at(number, title))
        typed = id = cells.text(table.at(number, "id"))
        if id in taken:
            hint = say(
                "The copied row counts by its title; nothing is lost. Clear its hidden first cell to be rid of this."
            )
            cells.wrong(Address(table.tab, number, table.columns["id"]), say("an id of its own"), hint)
            id = ""
        id = id or _made(text, taken | elsewhere)
        taken.add(id)
        rows.append(Row(id, text, number, table, typed if typed and typed != id else None))
    return tuple(rows)


def _made(title: str, taken: Iterable[str]) -> str:
    """`~elke-dag-bellen`; a number behind it where another row has the same title."""
    base = MADE + (re.sub(r"\W+", "-", title.casefold()).strip("-")[:40] or "row")
    id, n = base, 2
    while id in taken:
        id, n = f"{base}-{n}", n + 1
    return id


@dataclass(frozen=True, slots=True)
class Directory:
    """The rows that others may refer to, by id or by title."""

    ids: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Directory:
        """A directory of rows; an id is found before a title."""
        known = tuple(rows)
        titles = {row.title.casefold(): row.id for row in reversed(known) if row.title}
        return cls(titles | {row.id.casefold(): row.id for row in known})

    def find(self, cells: Cells, address: Address | None) -> str | None:
        """The id of the row that a cell refers to; a reference to nothing is a problem."""
        text = cells.text(address)
        if not text or address is None:
            return None
        found = self.ids.get(text.casefold())
        if found is None:
            cells.wrong(
                address, say("the number of a row that exists"), say("Choose from the list, or leave it empty.")
            )
        return found
