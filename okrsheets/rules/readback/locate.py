"""Finding a table in a workbook that a person has been in: by its names, and by its headings where a name is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okrsheets.rules.readback.days import read_day
from okrsheets.rules.tables import Table
from okrsheets.words.errors import PlanDamaged
from okrsheets.words.grid import Address, Grid, Kind, Reading
from okrsheets.words.message import Language, Message, say, say_many
from okrsheets.words.problem import Problem

NEEDED = ("id", "title", "name")
"""Columns without which a table cannot be read at all."""
DECORATION = ("number", "trend")
LOOK_FOR_HEADINGS = 40
"""Rows from the top in which headings are looked for when their name is gone."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a table stands: its columns by key, its days by column, and its rows of cells."""

    tab: str
    columns: Mapping[str, int]
    days: Mapping[int, date]
    rows: tuple[int, ...]
    heading: int
    problems: tuple[Problem, ...] = field(default=())

    def at(self, row: int, key: str) -> Address | None:
        """The cell of a column in a row; None where the column is gone."""
        column = self.columns.get(key)
        return Address(self.tab, row, column) if column else None


def locate(reading: Reading, table: Table, languages: Sequence[Language]) -> Located:
    """Finds a table. Raises PlanDamaged where its tab, its headings or a needed column cannot be found."""
    grid = reading.grids[tab_of(reading, table, languages)]
    headings = _known_headings(table, languages)
    row = _heading_row(reading, table, grid, headings)
    columns = {
        column.key: place
        for column in table.columns
        if (place := _column(reading, table, column.key, grid, row, headings))
    }
    missing = [c for c in table.columns if c.key not in columns and c.key not in DECORATION]
    for column in missing:
        if column.key in NEEDED:
            raise PlanDamaged(ref=reading.ref, what=_named(grid, column.heading))
    days = _days(reading, grid, row) if table.dated else {}
    problems = tuple(_gone(grid, row, column.heading) for column in missing)
    return Located(grid.title, columns, days, _rows(grid, row, columns), row, problems)


def lost_days(table: Located, expected: Sequence[date]) -> tuple[Problem, ...]:
    """The days of the period for which there is no column any more: what stood there does not count."""
    lost = tuple(day for day in expected if day not in table.days.values())
    if not lost:
        return ()
    what = say_many(
        "a column for {first}",
        "columns for {count} days, from {first} on",
        len(lost),
        first=lost[0],
    )
    hint = say("Put back the column, with its date as the heading; until then its cells do not count.")
    return (Problem(Address(table.tab, table.heading, 1), "", what, hint),)


def tab_of(reading: Reading, table: Table, languages: Sequence[Language]) -> str:
    """The title of the tab that most of the table's names point to, else of the one that bears its title."""
    own = [table.heading_name, *(table.name(column.key) for column in table.columns)]
    places = Counter(area.tab for name in own if (area := reading.names.get(name)) and area.tab in reading.grids)
    if places:
        return places.most_common(1)[0][0]
    titles = {language.say(table.title).casefold() for language in languages}
    for title in reading.grids:
        if title.casefold() in titles:
            return title
    raise PlanDamaged(ref=reading.ref, what=say("the tab {tab}", tab=Message(table.title)))


def text_of(grid: Grid, row: int, column: int) -> str:
    """The text of a cell, without the white space around it and in it doubled; empty for anything else."""
    cell = grid.at(row, column)
    return " ".join(str(cell.value).split()) if cell.kind is Kind.TEXT else ""


def _known_headings(table: Table, languages: Sequence[Language]) -> Mapping[str, str]:
    """Column keys by heading, folded, in every language."""
    return {language.say(column.heading).casefold(): column.key for column in table.columns for language in languages}


def _heading_row(reading: Reading, table: Table, grid: Grid, headings: Mapping[str, str]) -> int:
    """The row of the headings' name if it still holds any; else the row that holds most of them."""
    area = reading.names.get(table.heading_name)
    if area and area.tab == grid.title:
        return area.top
    found = Counter(
        row
        for (row, column), _ in grid.cells.items()
        if row <= LOOK_FOR_HEADINGS and text_of(grid, row, column).casefold() in headings
    )
    if not found:
        raise PlanDamaged(ref=reading.ref, what=say("the headings of the tab {tab}", tab=grid.title))
    return found.most_common(1)[0][0]


def _column(reading: Reading, table: Table, key: str, grid: Grid, row: int, headings: Mapping[str, str]) -> int | None:
    """A column by its name, unless the heading there says it is another one by now; else by its heading, if unique.

    Some programs remove a column and leave the names where they were.
    """
    stand = [place for (r, place) in grid.cells if r == row and headings.get(_folded(grid, row, place)) == key]
    area = reading.names.get(table.name(key))
    if area and area.tab == grid.title:
        says = headings.get(_folded(grid, row, area.left))
        if says in (None, key) and (says == key or not stand):
            return area.left
    return stand[0] if len(stand) == 1 else None


def _folded(grid: Grid, row: int, column: int) -> str:
    return text_of(grid, row, column).casefold()


def _days(reading: Reading, grid: Grid, row: int) -> dict[int, date]:
    """The days in the headings, by column; of a day that stands there twice the first counts."""
    days: dict[int, date] = {}
    for column in sorted(column for (r, column) in grid.cells if r == row):
        day = read_day(grid.at(row, column), reading.epoch)
        if day and day not in days.values():
            days[column] = day
    return days


def _rows(grid: Grid, heading: int, columns: Mapping[str, int]) -> tuple[int, ...]:
    """The rows below the headings in which something is written; a lone id is all that is left of a cleared row."""
    own = {place for key, place in columns.items() if key not in ("id", *DECORATION)}
    filled = {
        row
        for (row, column), cell in grid.cells.items()
        if row > heading and column in own and cell.value is not None and cell.value != ""
    }
    return tuple(sorted(filled))


def _named(grid: Grid, heading: str) -> Message:
    return say("the column {column} of the tab {tab}", column=Message(heading), tab=grid.title)


def _gone(grid: Grid, row: int, heading: str) -> Problem:
    return Problem(
        Address(grid.title, row, 1),
        "",
        _named(grid, heading),
        say("Put the column back to use it; until then it counts as empty."),
    )
