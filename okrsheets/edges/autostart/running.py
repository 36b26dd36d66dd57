"""Whether a service runs, and since when: by the lock that it holds in the state directory.

The lock says whether; the file beside it says who and since when. After a kill the file may stay, the lock does not.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from okrsheets.edges.reach import is_there

LOCK = "service.lock"
FACTS = "service.json"


@dataclass(frozen=True, slots=True)
class Running:
    """A service that runs: its process and since when, where it said so."""

    pid: int | None = None
    since: datetime | None = None


def running(folder: Path) -> Running | None:
    """The service of this state directory; None where none runs."""
    return _facts(folder) if held(folder / LOCK) else None


def left_behind(folder: Path) -> Running | None:
    """A service that ended without a word: killed, or the power failed. None where one runs, or ended as it should."""
    return _facts(folder) if is_there(folder / FACTS) and not held(folder / LOCK) else None


def held(lock: Path) -> bool:
    """Whether a process holds the lock. Nothing is made where there is no such file."""
    if not is_there(lock):
        return False
    # It takes a while to load, and most commands ask for no lock.
    from filelock import FileLock, Timeout

    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _facts(folder: Path) -> Running:
    try:
        known = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        return Running(int(known["pid"]), datetime.fromisoformat(known["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Running()
