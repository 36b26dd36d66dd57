"""Copies that a sync program lays beside a workbook that was saved at two places at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

WORD = r"(?i:conflict|konflikt|conflit|conflitto|conflicto)"
SIGNS = (
    rf"[ _.-]?\([^()]*{WORD}[^()]*\)",  # Dropbox, Nextcloud, Seafile, Box, pCloud
    r"\.sync-conflict-\d{8}-\d{6}-\w+",  # Syncthing
    r"_conflict-\d{8}-\d{6}",  # ownCloud
    r"\.(?i:conflict)(?:\(\d+\))?",  # Resilio
    r"-(?:DESKTOP|LAPTOP)-(?=[A-Z]*\d)[0-9A-Z]{7,8}(?:-\d+)?",  # OneDrive, computers named by Windows
    r"-\w+s-(?:MacBook(?:-Pro|-Air)?|iMac|Mac-mini)(?:-\d+)?",  # OneDrive, computers named by macOS
)
"""What stands between the name of the workbook and its ending. A name that may be a person's own is not among them."""


def conflict_copies(name: str, names: Iterable[str]) -> list[str]:
    """The conflict copies of the workbook `name` among the names in its folder, in order."""
    path = PurePath(name)
    copy = re.compile(rf"{re.escape(path.stem)}(?:{'|'.join(SIGNS)}){re.escape(path.suffix)}")
    return sorted(each for each in names if copy.fullmatch(each))
