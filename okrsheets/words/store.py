"""The one port to a workbook, whoever keeps it: memory, an Excel file, Google Sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from okrsheets.words.grid import Change, Reading
from okrsheets.words.workbook import Workbook


class Store(Protocol):
    """Keeps one workbook.

    Promises, held by the contract suite: `read` gives what `create` was given; `write` changes the named cells and
    nothing else, wholly or not at all; a workbook that changed since the reading is left alone.
    Faults are errors of `okrsheets.words.errors`, never a library's own.
    """

    @property
    def ref(self) -> str:
        """What a person calls the workbook: its path or address."""

    def create(self, workbook: Workbook, *, replace: bool = False) -> None:
        """Makes the workbook. Raises AlreadyThere where there is one and `replace` is not set."""

    def read(self) -> Reading:
        """Everything that okrsheets may need, in one go."""

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        """Makes the changes to the workbook of `reading`. Raises ChangedMeanwhile where it is another by now."""
