"""The feed of changes as a service follows it: asked once a round, and only when somebody wants to know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date

from okrsheets.edges.google.store.changes import Bookmark, Round, look
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import ApiDisabled, OkrsheetsError, RequestRefused, ScopeMissing

PAUSE = 60.0
"""Seconds for which nobody asks again after trouble."""
ONLY_THE_FEED = (ApiDisabled, RequestRefused, ScopeMissing)
"""Refusals that say nothing about the sheets themselves: they can be read one by one."""


class Feed:
    """Which of some spreadsheets changed. `api` gives the way to Google, `seconds` any clock, `kept` its last bookmark.

    A sheet that changed, or is out of reach since, counts as changed until somebody says that it is `done`.
    """

    def __init__(
        self, api: Callable[[], GoogleApi], ids: Iterable[str], seconds: Callable[[], float], kept: str = ""
    ) -> None:
        self.trouble: OkrsheetsError | None = None
        """Why Google did not say what changed; None where it did, and at first."""
        self._api = api
        self._ids = frozenset(ids)
        self._seconds = seconds
        self._bookmark = bookmark_in(kept)
        self._told: Round | None = None
        self._done: set[str] = set()
        self._paused_at = 0.0

    @property
    def obstacle(self) -> OkrsheetsError | None:
        """The trouble that stands in the way of all sheets, so that none of them need be tried; None where they can."""
        return None if isinstance(self.trouble, ONLY_THE_FEED) else self.trouble

    def token(self, id: str, today: date, before: str) -> str | None:
        """`before` where a sheet has not changed since, else a new one; None where Google does not say."""
        told = self._told or self._asked(today)
        if told is None:
            return None
        if before.startswith(f"{id} ") and id not in told.due and id not in told.gone:
            return before
        return f"{id} {told.bookmark.token}"

    def done(self, id: str) -> None:
        """A sheet is up to date with all that was told of it."""
        self._done.add(id)

    def pause(self, trouble: OkrsheetsError) -> None:
        """Google asked for a pause elsewhere; the feed is not asked either for a while."""
        self.trouble, self._paused_at = trouble, self._seconds()

    def round_over(self) -> str:
        """The next one asks again. The bookmark to keep, with what was told and is not done yet."""
        if self._told:
            self._bookmark = self._told.done((self._told.due | self._told.gone) - self._done)
        self._told = None
        self._done.clear()
        return text_of(self._bookmark) if self._bookmark else ""

    def _asked(self, today: date) -> Round | None:
        if self.trouble and 0 <= self._seconds() - self._paused_at < PAUSE:
            return None
        try:
            self._told = look(self._api(), self._ids, self._bookmark, today)
        except OkrsheetsError as trouble:
            self.pause(trouble)
            return None
        self.trouble = None
        return self._told


def text_of(bookmark: Bookmark) -> str:
    """A bookmark as it is kept."""
    return json.dumps([bookmark.token, bookmark.swept.isoformat(), sorted(bookmark.left)])


def bookmark_in(text: str) -> Bookmark | None:
    """The bookmark that was kept; None, which leads to a sweep, where it is none."""
    try:
        token, swept, left = json.loads(text)
        return Bookmark(str(token), date.fromisoformat(swept), frozenset(left))
    except (TypeError, ValueError):
        return None
