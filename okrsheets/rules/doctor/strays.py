"""What stands beside the plan, or out of sight: columns without a date, copied tabs, merged cells, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from okrsheets.rules import tables
from okrsheets.rules.doctor.agreement import view
from okrsheets.rules.doctor.case import Case, is_typed
from okrsheets.rules.readback.locate import Located
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.grid import Address, Area, Kind, column_letters
from okrsheets.words.message import say, say_many
from okrsheets.words.report import Severity

COPY = re.compile(r"(?:copy of |kopie van )?(.+?)(?: ?\(\d+\)|_\d+| copy| kopie)?", re.IGNORECASE)
"""How Excel, LibreOffice and Google call the copy of a tab."""


def strays(case: Case) -> Iterator[Diagnosis]:
    """Ticks and numbers that do not count, or count unseen, where reading the workbook had nothing to say of them."""
    for table in (case.tables[table.key] for table in tables.TABLES):
        yield from _without_a_date(case, table)
        for area in case.reading.grids[table.tab].merges:
            yield from _under(case, table, area)
        yield from _hidden(case, table)
    yield from _copies(case)


def _without_a_date(case: Case, table: Located) -> Iterator[Diagnosis]:
    """Numbers and ticks behind the first day in a column that has no day; of each column the first is named."""
    first, dated = min(table.days, default=None), {*table.days, *table.twice}
    cells = case.reading.grids[table.tab].cells
    found = sorted(
        (column, row)
        for (row, column), cell in cells.items()
        if first and column > first and column not in dated and row in table.rows and is_typed(cell)
    )
    for column, places in groupby(found, key=lambda place: place[0]):
        rows = [row for _, row in places]
        yield _undated(case, Address(table.tab, rows[0], column), table.heading, len(rows))


def _undated(case: Case, where: Address, heading: int, count: int) -> Diagnosis:
    above = case.reading.at(Address(where.tab, heading, where.column))
    column = column_letters(where.column)
    if above.kind is Kind.EMPTY:
        reason = say("no date stands above column {column}", column=column)
        remedy, severity = say("Put a date above the column, or move it to the column it belongs to."), Severity.WARNING
    else:
        reason = say("“{heading}” above column {column} is no date", heading=str(above.value), column=column)
        remedy = say("Nothing to do if the column is your own; else put the date above it, such as 2026-10-12.")
        severity = Severity.HINT
    sentence = say_many(
        "{count} filled cell does not count: {reason}.",
        "{count} filled cells do not count: {reason}.",
        count,
        reason=reason,
    )
    return Diagnosis("no_date", severity, sentence, remedy, where)


def _under(case: Case, table: Located, area: Area) -> Iterator[Diagnosis]:
    """What lies under merged cells: it counts, since it is there, but a person sees the first of them only."""
    rows = [row for row in table.rows if area.top <= row <= area.bottom]
    columns = [column for column in table.days if area.left <= column <= area.right]
    cells = [Address(table.tab, row, column) for row in rows for column in columns]
    for cell in cells:
        if cell != area.first and is_typed(case.reading.at(cell)):
            seen = view(case.reading.at(cell), case.reading.epoch)
            sentence = say("Under the merged cells {area} lies {seen}: it counts, unseen.", area=area.a1, seen=seen)
            remedy = say("Split the cells again, so that each day or week has its own.")
            yield Diagnosis("under_merged_cells", Severity.WARNING, sentence, remedy, cell)


def _hidden(case: Case, table: Located) -> Iterator[Diagnosis]:
    """Rows that are out of sight and count; nothing where nobody looked."""
    hidden = case.look.hidden.get(table.tab, frozenset()) if case.look else frozenset()
    rows = tuple(row for row in table.rows if row in hidden)
    if rows:
        sentence = say_many(
            "Row {rows} of {tab} is hidden, by hand or by a filter; it counts all the same.",
            "Rows {rows} of {tab} are hidden, by hand or by a filter; they count all the same.",
            len(rows),
            rows=tuple(map(str, rows)),
            tab=table.tab,
        )
        remedy = say("Nothing to do if that is as you mean it; else show the rows and clear what must not count.")
        yield Diagnosis("hidden_rows", Severity.HINT, sentence, remedy, Address(table.tab, rows[0], 1))


def _copies(case: Case) -> Iterator[Diagnosis]:
    """Tabs named as programs name the copy of one of ours; one that brought our names along was told when read."""
    own = {table.tab for table in case.tables.values()}
    own |= {area.tab for area in case.reading.names.values() if area}
    for title in case.reading.titles:
        named = COPY.fullmatch(title)
        if named and title not in {*own, *case.reading.copies} and (original := _among(named[1], own)):
            yield Diagnosis(
                "copied_tab",
                Severity.WARNING,
                say("The tab “{copy}” looks like a copy of “{tab}”; only “{tab}” counts.", copy=title, tab=original),
                say("Fill in “{tab}”, and rename or remove the copy.", tab=original),
            )


def _among(title: str, own: set[str]) -> str | None:
    return next((known for known in own if known.casefold() == title.casefold()), None)
