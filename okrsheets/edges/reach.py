"""Whether something is there, as far as one may look: a folder that is closed to us holds nothing for us."""

from __future__ import annotations

import os
from pathlib import Path

OTHERS = 0o077
"""What everybody but the owner may do."""


def is_there(path: Path) -> bool:
    """Never an error, unlike Path.exists behind a closed door."""
    return os.path.exists(path)  # noqa: PTH110


def nearest_there(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next(each for each in (folder, *folder.parents) if is_there(each))


def can_be_written(folder: Path) -> bool:
    """Whether files can be put there, once the folders that are missing were made."""
    there = nearest_there(folder)
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may look into it; Windows keeps that elsewhere."""
    return os.name != "nt" and bool(path.stat().st_mode & OTHERS)
