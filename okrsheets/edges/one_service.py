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


@contextmanager
def one_service(folder: Path, since: datetime) -> Iterator[None]:
    """Ours until the block ends, and known as that of this process since then; a kill gives it back at once.

    Raises AlreadyRunning where another has it, HistoryUnusable where the folder cannot be used.
    """
    try:
        state.make(folder)
        lock = FileLock(folder / LOCK, mode=0o600)
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        known = running(folder)
        raise AlreadyRunning(folder=str(folder), pid=str(known.pid if known and known.pid else "?")) from None
    except OSError as fault:
        raise trouble(folder, fault) from fault
    except NotImplementedError as fault:
        raise HistoryUnusable(path=str(folder), reason=str(fault)) from fault
    with lock:
        facts = folder / FACTS
        with suppress(OSError):  # on a full disk the lock alone says that we run
            facts.write_text(json.dumps({"pid": os.getpid(), "since": since.isoformat()}), encoding="utf-8")
        try:
            yield
        finally:
            with suppress(OSError):
                facts.unlink()
