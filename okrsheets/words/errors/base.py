"""What can go wrong, as one family. An error carries facts; the shell turns it into words in one place."""

from __future__ import annotations

from typing import ClassVar

from okrsheets.words.message import Fact, Message


class OkrsheetsError(Exception):
    """Base of all. `text` says what happened and where, `remedy` what to do; both are catalogue texts."""

    text: ClassVar[str] = ""
    remedy: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: Fact) -> None:
        super().__init__(self.text, facts)
        self.facts = facts

    @property
    def message(self) -> Message:
        """What happened, as a message."""
        return Message(self.text, self.facts)

    @property
    def advice(self) -> Message:
        """What to do about it, as a message."""
        return Message(self.remedy, self.facts)


class UsageError(OkrsheetsError):
    """The command, a template or the configuration asks for something that cannot be."""

    exit_code = 2


class WorkbookError(OkrsheetsError):
    """One workbook cannot be read or written as it stands."""

    exit_code = 3


class TemporaryError(OkrsheetsError):
    """It did not work now and may work later; nothing was changed."""

    exit_code = 75
