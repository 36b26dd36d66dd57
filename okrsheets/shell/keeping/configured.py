"""The configured workbooks as a service sees them: what tells that one changed, and how it is synced."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from okrsheets import __version__
from okrsheets.edges.google.store import reference as google
from okrsheets.orders.rounds import UNKNOWN, Appointment
from okrsheets.orders.sync import Outcome, SyncResult, stopped, sync
from okrsheets.shell.desk import Desk
from okrsheets.shell.faults import unexpected
from okrsheets.words.errors import GoogleBusy, NoGoogleSheet, OkrsheetsError

if TYPE_CHECKING:
    from okrsheets.edges.google.store.feed import Feed

FRESH = 3.0
"""A file that was saved so many seconds ago may be saved again with the same time stamp: some systems count in twos."""
GONE = "gone"


class Configured:
    """The workbooks of a configuration, by their names; `bookmark` is what `round_over` said the last time."""

    def __init__(self, desk: Desk, seconds: Callable[[], float], bookmark: str = "") -> None:
        self._desk = desk
        self._seconds = seconds
        self._bookmark = bookmark
        self._places = {workbook.name: workbook.workbook for workbook in desk.configuration.workbooks}
        self._files = {name: place for name, place in self._places.items() if not google.is_google(place)}
        self._sheets = sheets_among(self._places)
        self._languages = desk.languages

    @property
    def appointments(self) -> list[Appointment]:
        """When each is to be synced; files before Google Sheets, which may keep one waiting."""
        known = self._desk.configuration
        listed = [Appointment(each.name, known.schedule(each)) for each in known.workbooks]
        return sorted(listed, key=lambda each: each.name not in self._files)

    def place(self, name: str) -> str:
        """Where a workbook is."""
        return self._places[name]

    @property
    def trouble(self) -> OkrsheetsError | None:
        """Why Google does not say which sheets changed; None where it does, or where nobody asked."""
        return self._feed.trouble if self._sheets else None

    @property
    def obstacle(self) -> OkrsheetsError | None:
        """Of the trouble that which keeps all Google Sheets waiting."""
        return self._feed.obstacle if self._sheets else None

    def token(self, name: str, today: date, before: str) -> str:
        """As okrsheets.orders.rounds.Workbooks asks.

        For a file it is what one look at its folder tells; for all Google Sheets of a round one call is made.
        """
        if name in self._files:
            return token_of_file(self._files[name], self._seconds())
        if name not in self._sheets:
            return UNKNOWN
        token = self._feed.token(self._sheets[name], today, before.removeprefix(f"{__version__} "))
        return f"{__version__} {token}" if token else UNKNOWN

    def sync(self, name: str, today: date) -> SyncResult:
        """As okrsheets.orders.rounds.Workbooks asks."""
        sheet = self._sheets.get(name)
        if sheet and self._feed.obstacle:
            return stopped(self._places[name], self._feed.obstacle)
        result = self._synced(name, today)
        if sheet and result.error is None:
            self._feed.done(sheet)
        if sheet and isinstance(result.error, GoogleBusy):  # the quota is that of all sheets
            self._feed.pause(result.error)
        return result

    def round_over(self) -> str:
        """As okrsheets.orders.rounds.Workbooks asks."""
        if self._sheets:
            self._bookmark = self._feed.round_over()
        return self._bookmark

    @cached_property
    def _feed(self) -> Feed:
        # What speaks to Google takes a while to load, and Excel files need none of it.
        from okrsheets.edges.google.store.feed import Feed

        return Feed(lambda: self._desk.api, self._sheets.values(), self._seconds, self._bookmark)

    def _synced(self, name: str, today: date) -> SyncResult:
        try:
            return sync(self._desk.store(self._places[name]), today, self._languages)
        except OkrsheetsError as fault:
            return stopped(self._places[name], fault)
        except Exception as error:  # a bug that one workbook brings to light must not stop the others
            return SyncResult(self._places[name], Outcome.FAILED, error=unexpected(error))


def sheets_among(places: Mapping[str, str]) -> dict[str, str]:
    """The ids of the Google Sheets among some workbooks, by the names of these; without those that are no address."""
    found = {}
    for name, place in places.items():
        try:
            if google.is_google(place):
                found[name] = google.sheet(place)
        except NoGoogleSheet:
            continue  # its own sync will say so
    return found


def token_of_file(path: str, now: float) -> str:
    """The same for the same file in the same state, read by the same okrsheets; UNKNOWN for one just saved."""
    try:
        found = os.stat(path)  # noqa: PTH116 (a thousand of these are a round; paths cost twice as much)
    except FileNotFoundError:
        return GONE
    except (OSError, ValueError):  # its own sync will say so
        return UNKNOWN
    if abs(now - found.st_mtime) < FRESH:
        return UNKNOWN
    return f"{__version__} {found.st_ino} {found.st_size} {found.st_mtime_ns}"
