"""Finding a table in a workbook that a person has been in: by its names, and by its headings where a name is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from okrsheets.rules.readback.days import Calendar
from okrsheets.rules.readback.settings import read_settings
from okrsheets.rules.readback.texts import folded, is_blank
from okrsheets.rules.tables import Table
from okrsheets.words.errors import PlanDamaged
from okrsheets.words.grid import Address, Grid, Reading
from okrsheets.words.message import Language, Message, say, say_many
from okrsheets.words.problem import Problem

NEEDED = frozenset({"id", "title", "name"})
"""Columns without which a table cannot be read at all."""
DECORATION = ("number", "trend")
NEARLY_ALL = 0.75
"""Of the headings of a table, for a tab that is known by nothing else."""
LOOK_FOR_HEADINGS = 40
"""Rows from the top in which headings are looked for when their name is gone."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a table stands: its columns by key, its days by column, its rows and its row of headings.

    `twice` are the columns with a day that another column to their left has already. A row has a title or an id;
    `nameless` are those with neither in which something else is written.
    """

    tab: str
    columns: Mapping[str, int]
    days: Mapping[int, date]
    rows: tuple[int, ...]
    heading: int
    problems: tuple[Problem, ...] = field(default=())
    twice: Mapping[int, date] = field(default_factory=dict)
    nameless: tuple[int, ...] = ()

    def at(self, row: int, key: str) -> Address | None:
        """The cell of a column in a row; None where the column is gone."""
        column = self.columns.get(key)
        return Address(self.tab, row, column) if column else None


def locate(reading: Reading, table: Table, languages: Sequence[Language], calendar: Calendar | None = None) -> Located:
    """Finds a table. Raises PlanDamaged where its tab, its headings or a needed column cannot be found.

    `languages` begin with the workbook's own, in which the messages name what is missing.
    """
    calendar = calendar or read_settings(reading, languages).calendar
    grid = reading.grids[tab_of(reading, table, languages)]
    headings = _known_headings(table, languages)
    row = _heading_row(reading, table, grid, headings)
    said = _said(grid, row, headings)
    columns = {
        column.key: place
        for column in table.columns
        if (place := _column(reading, table.name(column.key), column.key, grid.title, said))
    }
    missing = [c for c in table.columns if c.key not in columns and c.key not in DECORATION]
    gone = {c.key: _named(grid, languages[0].say(c.heading)) for c in missing}
    for key in NEEDED & gone.keys():
        raise PlanDamaged(ref=reading.ref, what=gone[key])
    days, twice = _days(calendar, grid, row) if table.dated else ({}, {})
    rows, nameless = _rows(grid, row, columns)
    problems = tuple(_gone(grid, row, what) for what in gone.values())
    return Located(grid.title, columns, days, rows, row, problems, twice, nameless)


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
    """The title of the tab that most of the table's names point to, else of the one that bears its title.

    Where neither leads anywhere, some program renamed the tab and left the names behind: then the only tab with the
    table's headings is the one.
    """
    own = [table.heading_name, *(table.name(column.key) for column in table.columns)]
    places = Counter(area.tab for name in own if (area := reading.names.get(name)) and area.tab in reading.grids)
    if places:
        return places.most_common(1)[0][0]
    titles = {language.say(table.title).casefold() for language in languages}
    for title in reading.grids:
        if title.casefold() in titles:
            return title
    alike = [title for title, grid in reading.grids.items() if _has_headings(grid, table, languages)]
    if len(alike) == 1:
        return alike[0]
    raise PlanDamaged(ref=reading.ref, what=say("the tab {tab}", tab=languages[0].say(table.title)))


def _has_headings(grid: Grid, table: Table, languages: Sequence[Language]) -> bool:
    """Whether a row near the top holds nearly all headings of the table."""
    headings = _known_headings(table, languages)
    near = {row for (row, _) in grid.cells if row <= LOOK_FOR_HEADINGS}
    most = max((len(set(_said(grid, row, headings).values())) for row in near), default=0)
    return most >= NEARLY_ALL * len(table.columns)


def _known_headings(table: Table, languages: Sequence[Language]) -> Mapping[str, str]:
    """Column keys by heading, folded, in every language."""
    return {language.say(column.heading).casefold(): column.key for column in table.columns for language in languages}


def _heading_row(reading: Reading, table: Table, grid: Grid, headings: Mapping[str, str]) -> int:
    """The row of the headings' name; where it holds none of them and another row does, the one that holds most."""
    area = reading.names.get(table.heading_name)
    named = area.top if area and area.tab == grid.title else None
    if named and _said(grid, named, headings):
        return named
    near = {row for (row, _) in grid.cells if row <= LOOK_FOR_HEADINGS}
    fullest = max(sorted(near), key=lambda row: len(_said(grid, row, headings)), default=None)
    if fullest and _said(grid, fullest, headings):
        return fullest
    if named:
        return named
    raise PlanDamaged(ref=reading.ref, what=say("the headings of the tab {tab}", tab=grid.title))


def _said(grid: Grid, row: int, headings: Mapping[str, str]) -> dict[int, str]:
    """Which columns the headings in a row speak of, by place."""
    places = (column for (r, column) in grid.cells if r == row)
    return {column: headings[text] for column in places if (text := folded(grid, row, column)) in headings}


def _column(reading: Reading, name: str, key: str, tab: str, said: Mapping[int, str]) -> int | None:
    """A column by its name, unless the heading there says it is another one by now; else by its heading, if unique.

    Some programs remove a column and leave the names where they were.
    """
    stand = [place for place, own in said.items() if own == key]
    area = reading.names.get(name)
    if area and area.tab == tab:
        says = said.get(area.left)
        if says in (None, key) and (says == key or not stand):
            return area.left
    return stand[0] if len(stand) == 1 else None


def _days(calendar: Calendar, grid: Grid, row: int) -> tuple[dict[int, date], dict[int, date]]:
    """The days in the headings, by column; of a day that is there twice the first counts, the others come second."""
    days, twice = dict[int, date](), dict[int, date]()
    for column in sorted(column for (r, column) in grid.cells if r == row):
        day = calendar.day(grid.at(row, column))
        if day:
            (twice if day in days.values() else days)[column] = day
    return days, twice


def _rows(grid: Grid, heading: int, columns: Mapping[str, int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The rows below the headings, and those without title and id. A lone id is all that is left of a cleared row."""
    own = {place for key, place in columns.items() if key not in ("id", *DECORATION)}
    filled = {
        row for (row, column), cell in grid.cells.items() if row > heading and column in own and not is_blank(cell)
    }
    names = [place for key, place in columns.items() if key in NEEDED]
    named = {row for row in filled if not all(is_blank(grid.at(row, column)) for column in names)}
    return tuple(sorted(named)), tuple(sorted(filled - named))


def _named(grid: Grid, heading: str) -> Message:
    return say("the column {column} of the tab {tab}", column=heading, tab=grid.title)


def _gone(grid: Grid, row: int, what: Message) -> Problem:
    hint = say("Put the column back to use it; until then it counts as empty.")
    return Problem(Address(grid.title, row, 1), "", what, hint)
