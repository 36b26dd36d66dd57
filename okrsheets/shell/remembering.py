"""What a sync by hand leaves behind for `okrsheets status` and the service, about workbooks of the configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime

from okrsheets.edges import state
from okrsheets.edges.configuration import WorkbookTable
from okrsheets.edges.whereabouts import whereabouts
from okrsheets.orders.by_hand import stands_by_hand
from okrsheets.orders.rounds import UNKNOWN, Appointment
from okrsheets.orders.sync import SyncResult
from okrsheets.shell.desk import Desk
from okrsheets.shell.following import Following
from okrsheets.words.errors import HistoryUnusable
from okrsheets.words.history import Standing


class Remembering:
    """Gathers the results of one command, and writes them down at its end, also where that comes early."""

    def __init__(self, desk: Desk, followed: Following | None = None) -> None:
        self._desk = desk
        self._followed = followed
        self._done: list[tuple[WorkbookTable, SyncResult, datetime]] = []

    def note(self, reference: str, place: str, result: SyncResult, ended: datetime) -> None:
        """What came of the workbook that was asked for; nothing is kept of one that is not in the configuration."""
        workbook = configured(reference, place, self._desk)
        if workbook:
            self._done.append((workbook, result, ended))

    def keep(self) -> None:
        """Nothing of it is worth a fault: the workbooks are synced, whether that can be remembered or not."""
        if not self._done:
            return
        # SQLite is only for what remembers.
        from okrsheets.edges.history import SqliteHistory

        history = SqliteHistory(state.folder(os.environ))
        try:
            bookmark = self._followed.over() if self._followed else None
            history.keep(tuple(self._standings(history.standings())), (), bookmark)
        except HistoryUnusable as trouble:
            self._desk.screen.details(self._desk.language.say(trouble.message))

    def _standings(self, known: Mapping[str, Standing]) -> Iterator[Standing]:
        desk = self._desk
        for workbook, result, ended in self._done:
            name, say = workbook.name, desk.language.say
            appointment = Appointment(name, desk.configuration.schedule(workbook))
            token = self._followed.token(name) if self._followed else UNKNOWN
            yield stands_by_hand(appointment, result, known.get(name), ended, desk.zone, say, token)


def configured(reference: str, place: str, desk: Desk) -> WorkbookTable | None:
    """The workbook of the configuration that is meant, by its name or by its place."""
    named = desk.configuration.workbook(reference)
    if named and named.workbook == place:
        return named
    meant = whereabouts(place)
    return next((each for each in desk.configuration.workbooks if whereabouts(each.workbook) == meant), None)
