"""One service at a time in a state directory."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from okrsheets.edges import state
from okrsheets.edges.autostart.running import FACTS, LOCK, running
from okrsheets.edges.history_trouble import trouble
from okrsheets.words.errors import AlreadyRunning, HistoryUnusable

PATIENCE = 1.0
"""Seconds to wait for the lock: who only asks whether a service runs holds it for a moment."""


class Hold:
    """The lock of a service in its state directory."""

    def __init__(self, folder: Path, since: datetime) -> None:
        self._folder = folder
        self._since = since
        self._lock = FileLock(folder / LOCK, mode=0o600)
        self._mark: int | None = None

    def take(self) -> None:
        """Raises AlreadyRunning where another has it, HistoryUnusable where the folder cannot be used."""
        folder = self._folder
        try:
            state.make(folder)
            self._lock.acquire(timeout=PATIENCE)
        except Timeout:
            known = running(folder)
            raise AlreadyRunning(folder=str(folder), pid=str(known.pid if known and known.pid else "?")) from None
        except OSError as fault:
            raise trouble(folder, fault) from fault
        except NotImplementedError as fault:
            raise HistoryUnusable(path=str(folder), reason=str(fault)) from fault
        self._mark = self._seen()
        with suppress(OSError):  # on a full disk the lock alone says that we run
            facts = json.dumps({"pid": os.getpid(), "since": self._since.isoformat()})
            (folder / FACTS).write_text(facts, encoding="utf-8")

    def keep(self) -> None:
        """Takes it again where somebody removed the folder, so that nobody takes us for gone. Raises AlreadyRunning."""
        if self._seen() != self._mark:
            self._lock.release()
            with suppress(HistoryUnusable):  # as long as there is no place for it, nobody else can have it either
                self.take()

    def give_back(self) -> None:
        """As if nobody had been there; facts of another service stay."""
        if self._seen() == self._mark:
            with suppress(OSError):
                (self._folder / FACTS).unlink()
        self._lock.release()

    def _seen(self) -> int | None:
        """What tells the file of the lock from another in its place. As long as it is open, no other is the same."""
        try:
            return (self._folder / LOCK).stat().st_ino
        except OSError:
            return None


@contextmanager
def one_service(folder: Path, since: datetime) -> Iterator[Hold]:
    """Ours until the block ends, and known as that of this process since then; a kill gives it back at once.

    Raises AlreadyRunning where another has it, HistoryUnusable where the folder cannot be used.
    """
    hold = Hold(folder, since)
    hold.take()
    try:
        yield hold
    finally:
        hold.give_back()
