"""How far a long sync is, in the last line of a terminal; gone when it is done, never in a pipe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from okrsheets.shell.screen import Screen, clean
from okrsheets.words.message import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LONG = 3
"""From so many workbooks on, it takes long enough to want to know how far it is."""


class ProgressBar:
    """Shows the workbook that is being synced, and how many of `total` were before it.

    It steps aside for every line that is said: stdout and stderr may be the same terminal.
    """

    def __init__(self, screen: Screen, total: int) -> None:
        self.screen = screen
        self.total = total
        self.done = 0
        self.seen = total >= LONG and not screen.quiet and screen.err.file.isatty() and screen.err.is_interactive
        self._shown: tuple[Progress, TaskID] | None = None

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Shows it while the workbook of this name is worked on."""
        if not self.seen:
            yield
            return
        progress, task = self._bar()
        progress.update(task, completed=self.done, description=self._words(name))
        progress.start()
        try:
            yield
        finally:
            progress.stop()
            self.done += 1

    def _words(self, name: str) -> str:
        place = say("{number} of {total}: {name}", number=self.done + 1, total=self.total, name=clean(name))
        return self.screen.language.say(place)

    def _bar(self) -> tuple[Progress, TaskID]:
        if self._shown is None:
            from rich.progress import BarColumn, Progress, TextColumn
            from rich.table import Column

            progress = Progress(
                BarColumn(bar_width=20),
                TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
                console=self.screen.err,
                transient=True,
                # No thread beside the sync: it is drawn where a workbook begins, and taken away where it ends.
                auto_refresh=False,
                # What is said goes where it always goes, and stdout may be a file.
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._shown = progress, progress.add_task("", total=self.total)
        return self._shown
