"""What a person filled in where nothing counts: told with its cell, so that no tick and no number is lost unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeAlias

from okrsheets.rules.readback.cells import TICKED, Cells
from okrsheets.rules.readback.locate import Located
from okrsheets.rules.typed.letters import plain
from okrsheets.rules.typed.numerals import NotANumber, read_number
from okrsheets.words.grid import Address, Area, Kind
from okrsheets.words.message import Message, say
from okrsheets.words.period import Period, Week
from okrsheets.words.problem import Problem

Reason: TypeAlias = "tuple[Message, Message]"
"""What is expected, and what to do."""


def report_overlooked(cells: Cells, table: Located, period: Period, *, weekly: bool = False) -> None:
    """Rows without a title, columns whose day does not count, merged cells. `weekly`: a day that counts is a Monday."""
    for row in sorted({*table.nameless, *_rows_of_ticks(cells, table)}):
        _report_first(cells, _filled_nameless(cells, table, row), _nameless())
    for column, reason in _idle_columns(table, period, weekly=weekly).items():
        addresses = (Address(table.tab, row, column) for row in table.rows)
        _report_first(cells, filter(cells.is_meant, addresses), reason)
    for area in cells.reading.grids[table.tab].merges:
        if _is_joined(table, area) and cells.is_meant(area.first):
            cells.wrong(area.first, *_joined())


def report_copies(cells: Cells, used: Collection[str]) -> None:
    """The tabs that a person copied: the originals count."""
    for title in cells.reading.copies:
        if title not in used:
            hint = say("What is filled in on a copy does not count. Delete the copy once you need it no more.")
            cells.problems.append(Problem(Address(title, 1, 1), "", say("each tab of the plan once"), hint))


def _report_first(cells: Cells, found: Iterable[Address], reason: Reason) -> None:
    """One problem stands for all that were found."""
    for address in islice(found, 1):
        cells.wrong(address, *reason)


def _rows_of_ticks(cells: Cells, table: Located) -> set[int]:
    """Rows below the headings in which something stands under the days, and nothing in the columns of the table."""
    known, grid = frozenset(table.rows), cells.reading.grids[table.tab].cells
    return {row for (row, column) in grid if row > table.heading and row not in known and column in table.days}


def _filled_nameless(cells: Cells, table: Located, row: int) -> Iterator[Address]:
    """What is filled in in such a row; words below the days are a note."""
    own = {column for key, column in table.columns.items() if key != "id"}
    for column in sorted({*own, *table.days}):
        address = Address(table.tab, row, column)
        if cells.is_meant(address) and (column not in table.days or _is_check_in(cells, address)):
            yield address


def _is_check_in(cells: Cells, address: Address) -> bool:
    cell = cells.cell(address)
    if cell.kind is not Kind.TEXT:
        return cell.kind is not Kind.ERROR
    typed = plain(str(cell.value))
    return typed.casefold() in TICKED or not isinstance(read_number(typed, cells.calendar.locale), NotANumber)


def _idle_columns(table: Located, period: Period, *, weekly: bool) -> dict[int, Reason]:
    """The columns whose day does not count, with the reason."""
    outside = {column: _outside(day, period) for column, day in table.days.items() if day not in period}
    midweek = {column: _midweek(day) for column, day in table.days.items() if weekly and day.weekday() != 0}
    return midweek | outside | {column: _twice(day) for column, day in table.twice.items()}


def _is_joined(table: Located, area: Area) -> bool:
    """Whether a merged cell takes the place of cells that count, and of more than one or of another than these."""
    days = sum(area.left <= column <= area.right for column in table.days)
    rows = sum(area.top <= row <= area.bottom for row in table.rows)
    own = area.left in table.days and area.top in table.rows
    return days * rows > 0 and not (own and days * rows == 1)


def _nameless() -> Reason:
    hint = say("Give the row a title, or move this to the row where it belongs.")
    return say("nothing in a row without a title"), hint


def _twice(day: date) -> Reason:
    hint = say("Another column has the same date, {day}, and that one counts. Move this there.", day=day)
    return say("one column for each date"), hint


def _outside(day: date, period: Period) -> Reason:
    hint = say("Correct the date above it, {day}, or the period of the plan.", day=day)
    return say("a date from {start} to {end}", start=period.start, end=period.end), hint


def _midweek(day: date) -> Reason:
    hint = say("Make {monday} of the date above it, {day}.", monday=Week.of(day).monday, day=day)
    return say("a week that begins on Monday"), hint


def _joined() -> Reason:
    hint = say("Merged cells count as the first of them. Unmerge them, then fill in each one.")
    return say("a cell of its own for each date"), hint
