"""The configured workbooks as a service sees them: what tells that one changed, and how it is synced."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

from okrsheets import __version__
from okrsheets.edges.google.store import reference as google
from okrsheets.orders.rounds import UNKNOWN, Appointment
from okrsheets.orders.sync import Outcome, SyncResult, stopped, sync
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import unexpected
from okrsheets.words.errors import OkrsheetsError

FRESH = 3.0
"""A file that was saved so many seconds ago may be saved again with the same time stamp: some systems count in twos."""
GONE = "gone"


class Configured:
    """The workbooks of a configuration, by their names."""

    def __init__(self, desk: Desk, seconds: Callable[[], float]) -> None:
        self._desk = desk
        self._seconds = seconds
        self._places = {workbook.name: workbook.workbook for workbook in desk.configuration.workbooks}
        self._languages = desk.languages

    @property
    def appointments(self) -> list[Appointment]:
        """When each is to be synced; files before Google Sheets, which may keep one waiting."""
        known = self._desk.configuration
        listed = [Appointment(each.name, known.schedule(each)) for each in known.workbooks]
        return sorted(listed, key=lambda each: google.is_google(self._places[each.name]))

    def place(self, name: str) -> str:
        """Where a workbook is."""
        return self._places[name]

    def token(self, name: str) -> str:
        """As okrsheets.orders.rounds.Workbooks asks: for a file, what one look at its folder tells."""
        place = self._places[name]
        return UNKNOWN if google.is_google(place) else token_of_file(place, self._seconds())

    def sync(self, name: str, today: date) -> SyncResult:
        """As okrsheets.orders.rounds.Workbooks asks."""
        try:
            return sync(self._desk.store(name), today, self._languages)
        except OkrsheetsError as fault:
            return stopped(self._places[name], fault)
        except Exception as error:  # a bug that one workbook brings to light must not stop the others
            return SyncResult(self._places[name], Outcome.FAILED, error=unexpected(error))


def token_of_file(path: str, now: float) -> str:
    """The same for the same file in the same state, read by the same okrsheets; UNKNOWN for one just saved."""
    try:
        found = os.stat(path)  # noqa: PTH116 (a thousand of these are a round; paths cost twice as much)
    except FileNotFoundError:
        return GONE
    except OSError:
        return UNKNOWN
    if abs(now - found.st_mtime) < FRESH:
        return UNKNOWN
    return f"{__version__} {found.st_ino} {found.st_size} {found.st_mtime_ns}"
