"""Whether a history can still be read, without changing anything about it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from okrsheets.edges.history import VERSION
from okrsheets.edges.history_trouble import is_at_rest


def history_fault(file: Path) -> str | None:
    """What is wrong with the file, in SQLite's words; None where it is whole."""
    # At rest SQLite need not make anything to read it, which it could not on a full disk.
    way = "immutable=1" if is_at_rest(file) else "mode=ro"
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?{way}", uri=True)) as base:
            (found,) = base.execute("pragma quick_check(1)").fetchone()
            (version,) = base.execute("pragma user_version").fetchone()
    except sqlite3.Error as fault:
        return str(fault)
    if found != "ok":
        return str(found)
    return None if version in range(VERSION + 1) else f"version {version}"
