"""Reading single cells: what a person meant, or a problem with its address. Good cells count, bad ones are reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from okrsheets.rules.readback.days import read_day
from okrsheets.rules.typed import choices
from okrsheets.rules.typed.numerals import NotANumber, read_number
from okrsheets.words.grid import NOTHING, Address, Cell, Kind, Reading
from okrsheets.words.message import Language, Message, say
from okrsheets.words.problem import Problem

TICKED = frozenset({"true", "waar", "1", "x", "v", "✓", "✔", "☑", "ja", "yes"})
OPEN = frozenset({"", "false", "onwaar", "0", "☐", "nee", "no"})
SKIPPED = frozenset({"-", "–", "—", "−"})
LONGEST_QUOTE = 60


class Mark(Enum):
    """What stands in a box."""

    TICKED = "ticked"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Cells:
    """Reads cells of one workbook and collects what could not be read."""

    reading: Reading
    locale: str
    languages: Sequence[Language]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, address: Address | None) -> Cell:
        """The cell; NOTHING for an address that is not there."""
        return self.reading.at(address) if address else NOTHING

    def text(self, address: Address | None) -> str:
        """What a person reads there as text: a number without a needless `.0`."""
        cell = self.cell(address)
        if address and self._unusable(cell, address, say("a text"), say("Type the text again.")):
            return ""
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return "" if cell.value is None else str(cell.value).strip()

    def number(self, address: Address | None) -> float | None:
        """A number as typed, also as clear text in the workbook's locale (`1.250,50`, `12 %`)."""
        cell = self.cell(address)
        expected = say("a number")
        clear = say("Type a number, such as 12, or leave it empty.")
        if address is None or self._unusable(cell, address, expected, clear):
            return None
        if isinstance(cell.value, bool):
            self._wrong(address, cell, expected, clear)
            return None
        if isinstance(cell.value, str):
            return self._typed(address, cell, expected)
        return cell.value

    def within(self, address: Address | None, low: float, high: float, expected: Message) -> float | None:
        """A number from `low` to `high`; another one is a problem."""
        value = self.number(address)
        if address and value is not None and not low <= value <= high:
            self._wrong(address, self.cell(address), expected, say("Correct it, or leave it empty."))
            return None
        return value

    def whole(self, address: Address | None, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`."""
        expected = say("a whole number from {low} to {high}", low=low, high=high)
        value = self.within(address, low, high, expected)
        if address and value is not None and value != int(value):
            self._wrong(address, self.cell(address), expected, say("Correct it, or leave it empty."))
            return None
        return None if value is None else int(value)

    def day(self, address: Address | None) -> date | None:
        """A date."""
        cell = self.cell(address)
        expected, hint = say("a date"), say("Type a date, such as {example}.", example="2026-10-19")
        if address is None or self._unusable(cell, address, expected, hint) or self._blank(cell):
            return None
        found = read_day(cell, self.reading.epoch, self.locale)
        if found is None:
            self._wrong(address, cell, expected, hint)
        return found

    def mark(self, address: Address) -> Mark:
        """A box: ticked, open or skipped. Anything else is a problem and counts as open."""
        cell = self.cell(address)
        expected = say("a tick, nothing, or - for a skip")
        hint = say("Tick the box or type x; leave it empty if it is not done; type - to skip it.")
        if self._unusable(cell, address, expected, hint):
            return Mark.OPEN
        typed = self._folded(cell)
        if typed in TICKED:
            return Mark.TICKED
        if typed in SKIPPED:
            return Mark.SKIPPED
        if typed not in OPEN:
            self._wrong(address, cell, expected, hint)
        return Mark.OPEN

    def choice(self, kind: type[choices.Choice], address: Address | None, usual: choices.Choice) -> choices.Choice:
        """A word of a drop-down; `usual` where the cell is empty or says something else."""
        text = self.text(address)
        if not text or address is None:
            return usual
        found = choices.chosen(kind, text, self.languages)
        if found is None:
            options = choices.words(kind, self.languages[0])
            self._wrong(
                address, self.cell(address), say("one of {options}", options=options), say("Choose from the list.")
            )
        return found or usual

    def wrong(self, address: Address, expected: Message, hint: Message) -> None:
        """Reports what stands in a cell as not being what is expected there."""
        self._wrong(address, self.cell(address), expected, hint)

    def _typed(self, address: Address, cell: Cell, expected: Message) -> float | None:
        if self._blank(cell):
            return None
        read = read_number(str(cell.value), self.locale)
        if isinstance(read, NotANumber):
            self._wrong(address, cell, expected, read.hint)
            return None
        return read

    def _unusable(self, cell: Cell, address: Address, expected: Message, hint: Message) -> bool:
        """An error or a formula that nobody has calculated: the figure is unknown, not missing."""
        if cell.kind is Kind.ERROR:
            self._wrong(address, cell, expected, hint)
        if cell.kind is Kind.UNCALCULATED:
            open_it = say("Open the workbook in Excel and save it, so that the formula is calculated.")
            self.problems.append(Problem(address, f"={cell.formula}"[:LONGEST_QUOTE], expected, open_it))
        return cell.kind in (Kind.ERROR, Kind.UNCALCULATED)

    def _wrong(self, address: Address, cell: Cell, expected: Message, hint: Message) -> None:
        found = self._quote(cell)
        self.problems.append(Problem(address, found, expected, hint))

    @staticmethod
    def _quote(cell: Cell) -> str:
        value = cell.value
        shown = int(value) if isinstance(value, float) and value.is_integer() else value
        return "" if shown is None else str(shown)[:LONGEST_QUOTE]

    @staticmethod
    def _blank(cell: Cell) -> bool:
        return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())

    @staticmethod
    def _folded(cell: Cell) -> str:
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return "" if cell.value is None else str(cell.value).strip().casefold()
