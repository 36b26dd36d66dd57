"""Paths as a person types them, with `~` for their home."""

from __future__ import annotations

from pathlib import Path


def from_home(text: str) -> Path:
    """The path of a text; `~` is the home. Where nobody has the name in `~name`, it is part of a file's name."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
