"""Where okrsheets keeps what is its own: backups and locks of workbooks, outside every folder that is synced."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_state_path

from okrsheets.edges.home import from_home

VARIABLE = "OKRSHEETS_STATE_DIR"
ONLY_OURS = 0o700
"""The mode of the folder: backups hold what a workbook holds."""


def folder(environ: Mapping[str, str]) -> Path:
    """The folder that OKRSHEETS_STATE_DIR names, else the usual one of the system. It need not be there yet."""
    named = environ.get(VARIABLE)
    return from_home(named).absolute() if named else user_state_path("okrsheets", appauthor=False)


def make(path: Path) -> None:
    """Makes the folder and those above it that are missing, for nobody else to look into."""
    for each in (*reversed(path.parents), path):
        if not each.is_dir():
            each.mkdir(ONLY_OURS, exist_ok=True)
