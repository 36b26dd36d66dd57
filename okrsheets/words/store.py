"""The one port to a workbook, whoever keeps it: memory, an Excel file, Google Sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from okrsheets.words.grid import Change, Reading
from okrsheets.words.message import Message
from okrsheets.words.workbook import Workbook


class Store(Protocol):
    """Keeps one workbook.

    Promises, held by the contract suite: `read` gives what `create` was given; `write` changes the named cells and
    nothing else, wholly or not at all; what somebody changed since the reading is left alone.
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
        """Makes the changes to the workbook of `reading`. Raises ChangedMeanwhile where it is another by now.

        Nothing is written then, as far as the workbook's keeper can make that depend on each other.
        """

    def tidy(self) -> None:
        """What a run that was killed left is taken away; to be called before reading by who is about to write."""

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What a person should know about the place where the workbook is, though nothing went wrong."""


@runtime_checkable
class Undoable(Protocol):
    """A store that keeps what it wrote over."""

    def undo(self, *, force: bool = False) -> str | None:
        """Puts back the workbook as it was before the last write. Returns where what stood there by now is kept, if so.

        Raises NothingToUndo; ChangedSince where it was changed after that write, unless it is forced.
        """


@runtime_checkable
class OnTheWeb(Protocol):
    """A store whose workbook is opened in a browser, and can be shared there."""

    @property
    def url(self) -> str | None:
        """The address; None before there is a workbook."""

    def share(self, email: str) -> None:
        """Lets somebody edit it. Raises NotShared or NotSharedForNow."""
