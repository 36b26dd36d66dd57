"""What is known of the workbooks, and what of it is not written down yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from okrsheets.words.errors import HistoryUnusable
from okrsheets.words.history import History, Run, Standing

AT_MOST_EVERY = timedelta(minutes=1)
"""What only says that nothing changed is written down no more often than this."""
MOST_HELD = 10_000
"""Runs that are held back where the history cannot be written; of more, the oldest are forgotten."""


class Notebook:
    """The history, read once and written now and then. Raises HistoryUnusable where it cannot be read."""

    def __init__(self, history: History, now: datetime) -> None:
        self.trouble: HistoryUnusable | None = None
        """Why the history could not be written of late; what is to be written is held until it can."""
        self._history = history
        self._known = dict(history.standings())
        self._standings: dict[str, Standing] = {}
        self._runs: dict[tuple[str, datetime], Run] = {}
        self._bookmark = self._written = history.bookmark()
        self._kept = now
        self._hurry = False

    @property
    def known(self) -> Mapping[str, Standing]:
        """How each workbook stands, by its name."""
        return self._known

    def note(self, standing: Standing, run: Run | None = None, *, hurry: bool = False) -> None:
        """How a workbook stands now. `hurry`: not to be held back for a minute."""
        self._known[standing.name] = self._standings[standing.name] = standing
        if run:
            self._hold(run)
        self._hurry |= hurry

    def mark(self, bookmark: str) -> None:
        """Up to where the workbooks were followed."""
        self._bookmark = bookmark

    def keep(self, now: datetime) -> None:
        """Writes down what was not yet; what cannot be written now is held, and `trouble` says why."""
        self._kept = now
        if not self._standings and self._bookmark == self._written:
            return
        try:
            self._history.keep(tuple(self._standings.values()), tuple(self._runs.values()), self._bookmark)
        except HistoryUnusable as trouble:
            self.trouble = trouble
            return
        self.trouble, self._hurry, self._written = None, False, self._bookmark
        self._standings.clear()
        self._runs.clear()

    def keep_at_times(self, now: datetime) -> None:
        """The same, but once a minute where nothing is in a hurry, or it did not succeed the last time."""
        hurry = self._hurry and self.trouble is None
        if hurry or not timedelta() <= now - self._kept < AT_MOST_EVERY:
            self.keep(now)

    def _hold(self, run: Run) -> None:
        """Until it is written down. Another attempt in the same slot takes the place of the one before."""
        before = self._runs.pop((run.name, run.slot), None)
        self._runs[run.name, run.slot] = replace(run, missed=max(run.missed, before.missed)) if before else run
        if len(self._runs) > MOST_HELD:
            del self._runs[next(iter(self._runs))]
