"""All that the questions share: who asks, the scratch sheets, the sheet that was named, and time."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from okrsheets.edges.google.live.asking import Asker
from okrsheets.edges.google.live.scratch import Scratch
from okrsheets.edges.google.live.verdicts import NotAsked
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message
from okrsheets.words.workbook import Workbook


@dataclass(frozen=True, slots=True)
class Named:
    """The sheet that a person named. It is looked at, never written.

    `version` is what Drive tells, '' where it does not; `folder` is that of a shared drive, None elsewhere.
    """

    id: str
    version: str = ""
    folder: str | None = None


@dataclass
class Bench:
    """Where the questions are asked.

    `narrow` is the same account with `drive.file` alone; None where it cannot be narrowed. `workbook` is a described
    plan and `xlsx` makes the same one as an Excel file.
    """

    api: GoogleApi
    asker: Asker
    scratch: Scratch
    named: Named
    workbook: Workbook
    xlsx: Callable[[], bytes]
    narrow: GoogleApi | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _empty: str | None = None
    _whole: GoogleStore | Message | None = field(default=None, repr=False)

    def made_empty(self) -> str:
        """The id of an empty scratch sheet, made when it is needed first. Raises what Google refuses."""
        self._empty = self._empty or self.scratch.make()
        return self._empty

    @property
    def empty(self) -> str:
        """The same, for a question about something else. Raises NotAsked."""
        try:
            return self.made_empty()
        except OkrsheetsError as fault:
            raise NotAsked(fault.message) from None

    @property
    def whole(self) -> GoogleStore:
        """The scratch sheet with the whole workbook. Raises NotAsked where that could not be made."""
        if isinstance(self._whole, GoogleStore):
            return self._whole
        raise NotAsked(self._whole or Message("it was not made"))

    def keep_whole(self, made: GoogleStore | Message) -> None:
        """The whole workbook, or why there is none."""
        self._whole = made


def looked_at(api: GoogleApi, id: str) -> Named:
    """The sheet that a person named. Raises what Google refuses: a sheet that cannot be read is of no use here."""
    api.get_spreadsheet(id, fields="spreadsheetId")
    try:
        return told_by_drive(api, id)
    except OkrsheetsError:
        return Named(id)


def told_by_drive(api: GoogleApi, id: str) -> Named:
    """What Drive tells of a sheet. Raises what Google refuses."""
    told = api.file(id, "version,driveId,parents")
    folder = next(iter(told.get("parents", ())), None) if told.get("driveId") else None
    return Named(id, str(told.get("version", "")), folder)
