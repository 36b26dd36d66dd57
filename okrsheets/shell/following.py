"""A sync of the whole configuration: Google tells in one call which of its sheets changed since the last one."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from okrsheets.edges import state
from okrsheets.edges.autostart.running import running
from okrsheets.edges.google.store.reference import is_google
from okrsheets.orders.rounds import GOOD, UNKNOWN, token_of
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.shell import clock
from okrsheets.words.errors import HistoryUnusable

if TYPE_CHECKING:
    from okrsheets.shell.desk import Desk
    from okrsheets.words.history import History

FEW = 1
"""So many sheets are as quickly read as asked about."""


class Following:
    """The configured Google Sheets, in one round. A file is read sooner than anybody could ask about it."""

    def __init__(self, desk: Desk, history: History, today: date) -> None:
        # It brings what a service needs, and a sync by hand has little use for it.
        from okrsheets.shell.keeping.configured import Configured

        self._known = history.standings()
        self._workbooks = Configured(desk, clock.seconds, history.bookmark())
        self._today = today
        self._tokens: dict[str, str] = {}

    def follows(self, name: str) -> bool:
        """Whether the workbook of that name is one of them."""
        return is_google(self._workbooks.place(name))

    def synced(self, name: str) -> SyncResult:
        """One that is as it was today after its last sync is left alone, unread; any other is brought up to date."""
        known = self._known.get(name)
        self._tokens[name] = token = token_of(name, known, self._workbooks, self._today)
        if known and known.outcome in GOOD and token == known.token != UNKNOWN:
            return SyncResult(self._workbooks.place(name), Outcome.UNCHANGED)
        return self._workbooks.sync(name, self._today)

    def token(self, name: str) -> str:
        """What tells a later change of the workbook; UNKNOWN for one that was not asked about."""
        return self._tokens.get(name, UNKNOWN)

    def over(self) -> str:
        """The bookmark to keep, with all that is still to be done."""
        return self._workbooks.round_over()


def following(desk: Desk, today: date) -> Following | None:
    """None where nobody need be asked, where a service asks already, or where nothing can be remembered."""
    sheets = [each for each in desk.configuration.workbooks if is_google(each.workbook)]
    kept = state.folder(os.environ)
    if len(sheets) <= FEW or running(kept):
        return None
    # SQLite is only for what remembers.
    from okrsheets.edges.history import SqliteHistory

    try:
        return Following(desk, SqliteHistory(kept), today)
    except HistoryUnusable:
        return None
