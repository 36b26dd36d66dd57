"""A case for the doctor: one workbook with everything that is known about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from okrsheets.rules import tables
from okrsheets.rules.readback.cells import SKIPPED, TICKED
from okrsheets.rules.readback.locate import Located, locate
from okrsheets.words.grid import Address, Cell, Kind, Reading
from okrsheets.words.message import Language
from okrsheets.words.second_look import SecondLook
from okrsheets.words.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """The cells, what they mean, where the tables stand, what another reader saw (None: nobody looked), and the day."""

    reading: Reading
    snapshot: Snapshot
    tables: Mapping[str, Located]
    today: date
    look: SecondLook | None = None

    def fillable(self) -> tuple[Address, ...]:
        """Every cell that a person may fill, and those by which okrsheets finds its way: ids and headings."""
        found = {address for cells in self.snapshot.cells.values() for address in cells.values()}
        for table in self.tables.values():
            columns = (*table.columns.values(), *table.days)
            found |= {Address(table.tab, table.heading, column) for column in columns}
            found |= {address for row in table.rows if (address := table.at(row, "id"))}
        return tuple(sorted(found | set(self.snapshot.settings.values())))


def opened(reading: Reading, snapshot: Snapshot, languages: Sequence[Language], today: date) -> Case:
    """The case of a workbook that could be read."""
    located = {table.key: locate(reading, table, languages) for table in tables.TABLES}
    return Case(reading, snapshot, located, today)


def is_typed(cell: Cell) -> bool:
    """Whether a person meant something to be counted by this: a number but 0, a tick, a text that begins like one."""
    if cell.kind is Kind.BOOLEAN or cell.formula is not None:
        return cell.value is True
    if cell.kind is Kind.TEXT:
        text = str(cell.value).strip().casefold()
        return text in TICKED | SKIPPED or text[:1].isdigit()
    return cell.kind is Kind.NUMBER and cell.value != 0
