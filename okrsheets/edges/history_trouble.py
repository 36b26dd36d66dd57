"""Why what okrsheets remembers can be neither read nor kept, in words, and whether that passes by itself."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import HistoryOutOfReach, HistoryUnusable

FULL_OR_FAILING = {errno.ENOSPC, errno.EDQUOT, errno.EIO}
IN_THE_WAY = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
PRIMARY = 0xFF
"""The part of SQLite's codes that says what is the matter; the rest says where."""


def trouble(path: Path, fault: sqlite3.Error | OSError) -> HistoryUnusable:
    """A fault of the file or folder at a path. A disk that is full may have room later; a wrong folder stays wrong."""
    if isinstance(fault, OSError):
        kind = HistoryOutOfReach if fault.errno in FULL_OR_FAILING else HistoryUnusable
        return kind(path=str(path), reason=reason_of(fault))
    code = getattr(fault, "sqlite_errorcode", 0) & PRIMARY
    kind = HistoryOutOfReach if code in IN_THE_WAY else HistoryUnusable
    return kind(path=str(path), reason=str(fault))


def is_new(file: Path) -> bool:
    """Whether nothing was ever kept there. Behind a door that is closed to us, something may have been."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_at_rest(file: Path) -> bool:
    """Whether all that was ever kept is in the file itself, and nothing in SQLite's journal beside it."""
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size == 0
    except OSError:
        return True
