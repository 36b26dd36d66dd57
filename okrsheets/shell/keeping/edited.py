"""Whether the configuration was edited while a service runs: not every system has a signal that could say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

JUST_NOW = 2.0
"""Seconds for which a file that was saved is left alone: an editor may not be done with it."""


class Edited:
    """Looks at one file. A file that is gone is no edit: many programs put a new one in its place."""

    def __init__(self, file: Path, seconds: Callable[[], float]) -> None:
        self._file = file
        self._seconds = seconds
        self.noted()

    def noted(self) -> None:
        """The file was read as it is now."""
        self._known = self._mark()

    def __call__(self) -> bool:
        """Whether it is another than what was noted, and was left alone since."""
        found = self._mark()
        return found is not None and found != self._known and abs(self._seconds() - found[0] / 1e9) >= JUST_NOW

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
