"""Which of many spreadsheets are worth reading: one call tells for all of them (facts/google.md §3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import RequestRefused

FORGOTTEN = (400, 404, 410)
"""What Google answers to a token that it knows no longer."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far the feed was followed: Google's token, the day of the last sweep, and what is still to be done."""

    token: str
    swept: date
    left: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Round:
    """The spreadsheets that are due, those that are out of reach by now, and where the next round begins.

    Keep the bookmark of `done` when the round is over, not before: a round that was cut off is then made again.
    """

    due: frozenset[str]
    gone: frozenset[str]
    bookmark: Bookmark

    def done(self, not_yet: Iterable[str] = ()) -> Bookmark:
        """The bookmark for the next round; what could `not_yet` be done is due again then."""
        return replace(self.bookmark, left=frozenset(not_yet))


def look(api: GoogleApi, ids: Collection[str], kept: Bookmark | None, today: date) -> Round:
    """What has to be read now, of the spreadsheets with these ids.

    All of them where nothing is known yet, on another day, or when Google lost the thread: so that the feed may be
    late, or leave something out, for a day at most. Own writes come back in the feed once; who compares before
    writing finds nothing to write then. Raises a GoogleError or a TemporaryError.
    """
    if kept is None or kept.swept != today:
        return _sweep(api, ids, today)
    try:
        told = api.changes(kept.token)
    except RequestRefused as refusal:
        if refusal.facts.get("status") not in FORGOTTEN:
            raise
        return _sweep(api, ids, today)
    mine = frozenset(ids)
    gone = mine & frozenset(told.removed)
    due = mine & (frozenset(told.file_ids) | kept.left)
    return Round(due - gone, gone, Bookmark(told.next_token, today))


def _sweep(api: GoogleApi, ids: Collection[str], today: date) -> Round:
    """Everything. The token comes first: what changes while they are read is told again."""
    return Round(frozenset(ids), frozenset(), Bookmark(api.start_page_token(), today))
