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
        names = (entry.name for entry in entries if entry.name.lower().endswith(SUFFIXES))
        known = {Path(name).stem: name for name in islice(names, MOST)}
        near = nearest(path.stem, known)
        return path.with_name(known[near]) if near else None
    return None
