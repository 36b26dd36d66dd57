"""Workbooks beside one that is not there: which of them a person may have meant."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path

from okrsheets.rules.typed.nearest import nearest

SUFFIXES = (".xlsx", ".xlsm")
MOST = 1000
"""Names of a folder that are looked at."""


def nearest_beside(path: Path) -> Path | None:
    """The workbook in the same folder whose name comes nearest, whatever its ending; None where none is near."""
    with suppress(OSError), os.scandir(path.parent) as entries:
        names = (entry.name for entry in entries if _is_workbook(entry))
        known = {Path(name).stem: name for name in islice(names, MOST)}
        near = nearest(path.stem, known)
        return path.with_name(known[near]) if near else None
    return None


def _is_workbook(entry: os.DirEntry[str]) -> bool:
    """Whether it may be one: neither the lock of an open one nor a link that leads nowhere."""
    return entry.name.lower().endswith(SUFFIXES) and not entry.name.startswith(("~$", ".")) and entry.is_file()
