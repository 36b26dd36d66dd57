"""Reading single cells: what a person meant, or a problem with its address. Good cells count, bad ones are reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from okrsheets.rules.readback.days import Calendar
from okrsheets.rules.readback.texts import is_blank
from okrsheets.rules.typed import choices
from okrsheets.rules.typed.letters import plain
from okrsheets.rules.typed.numerals import NotANumber, read_number
from okrsheets.words.grid import NOTHING, Address, Cell, Kind, Reading
from okrsheets.words.message import Language, Message, say
from okrsheets.words.problem import Problem

TICKED = frozenset({"true", "waar", "1", "x", "v", "✓", "✔", "☑", "ja", "yes"})
OPEN = frozenset({"", "false", "onwaar", "0", "☐", "nee", "no"})
SKIPPED = frozenset({"-", "–", "—", "−"})
LONGEST_QUOTE = 60
ON_THE_WEB = "google"
"""The kind of a reading of Google Sheets."""
LARGEST, SMALLEST = 1e15, 1e-12
"""A spreadsheet keeps no whole number beyond the former; what is closer to 0 than the latter is a rounding error."""
NOT_A_DATE = say("The cell shows a date or a time. Give it the format of a number, then type the number again.")


class Mark(Enum):
    """What stands in a box."""

    TICKED = "ticked"
    OPEN = "open"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Cells:
    """Reads cells of one workbook, in its locale and its languages, and collects what could not be read."""

    reading: Reading
    calendar: Calendar
    problems: list[Problem] = field(default_factory=list)

    @property
    def languages(self) -> Sequence[Language]:
        """All there are, the workbook's own first."""
        return self.calendar.languages

    def cell(self, address: Address | None) -> Cell:
        """The cell; NOTHING for an address that is not there."""
        return self.reading.at(address) if address else NOTHING

    def text(self, address: Address | None) -> str:
        """What a person reads there as text: a number without a needless `.0`, a date as a date."""
        cell = self.cell(address)
        if address and self._unusable(cell, address, say("a text"), say("Type the text again.")):
            return ""
        return self.shown(cell).strip()

    def number(self, address: Address | None) -> float | None:
        """A number as typed, also as clear text in the workbook's locale (`1.250,50`, `12 %`)."""
        cell = self.cell(address)
        expected = say("a number")
        clear = say("Type a number, such as 12, or leave it empty.")
        if address is None or self._unusable(cell, address, expected, clear):
            return None
        if isinstance(cell.value, bool) or cell.dated:
            self._wrong(address, cell, expected, NOT_A_DATE if cell.dated else clear)
            return None
        if isinstance(cell.value, str):
            return self._counted(address, cell, self._typed(address, cell, expected))
        return self._counted(address, cell, cell.value)

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
        if address is None or self._unusable(cell, address, expected, hint) or is_blank(cell):
            return None
        found = self.calendar.day(cell)
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
        typed = plain(self.shown(cell)).casefold()
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

    def is_meant(self, address: Address) -> bool:
        """Whether somebody filled in a cell: typed a number or a text, or ticked. What a formula gives is no such."""
        cell = self.cell(address)
        if cell.kind is Kind.BOOLEAN:
            return cell.value is True
        return cell.formula is None and not is_blank(cell)

    def wrong(self, address: Address, expected: Message, hint: Message) -> None:
        """Reports what stands in a cell as not being what is expected there."""
        self._wrong(address, self.cell(address), expected, hint)

    def shown(self, cell: Cell) -> str:
        """What a cell holds, much as a person sees it."""
        value = cell.value
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float):
            return self.calendar.shown(value) if cell.dated else str(int(value) if value.is_integer() else value)
        return "" if value is None else str(value)

    def _typed(self, address: Address, cell: Cell, expected: Message) -> float | None:
        if is_blank(cell):
            return None
        read = read_number(str(cell.value), self.calendar.locale)
        if isinstance(read, NotANumber):
            self._wrong(address, cell, expected, read.hint)
            return None
        return read

    def _counted(self, address: Address, cell: Cell, value: float | None) -> float | None:
        """Without what nobody can mean: beside a number too large to count, all others would be nothing."""
        if value is None or SMALLEST <= abs(value) <= LARGEST:
            return value
        if abs(value) < SMALLEST:
            return 0.0
        self._wrong(address, cell, say("a number that can be counted"), say("Correct it, or leave it empty."))
        return None

    def _unusable(self, cell: Cell, address: Address, expected: Message, hint: Message) -> bool:
        """An error or a formula that nobody has calculated: the figure is unknown, not missing."""
        if cell.kind is Kind.ERROR:
            self._wrong(address, cell, expected, hint)
        if cell.kind is Kind.UNCALCULATED:
            self.problems.append(Problem(address, f"={cell.formula}"[:LONGEST_QUOTE], expected, self._to_calculate))
        return cell.kind in (Kind.ERROR, Kind.UNCALCULATED)

    @property
    def _to_calculate(self) -> Message:
        """How somebody gets a formula calculated: Google does it by itself, but waits for what lies elsewhere."""
        if self.reading.kind == ON_THE_WEB:
            return say("Wait until Google has loaded what the formula needs, or type the value yourself.")
        return say("Open the workbook in Excel and save it, so that the formula is calculated.")

    def _wrong(self, address: Address, cell: Cell, expected: Message, hint: Message) -> None:
        self.problems.append(Problem(address, self.shown(cell)[:LONGEST_QUOTE], expected, hint))
