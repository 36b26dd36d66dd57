"""What survives a sync, beside openpyxl loading and saving the same rich workbook: `python -m tests.rich`.

This folder has no `__init__.py` on purpose: with one it would hide the library `rich` from the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from tests.rich.checker import faults
from tests.rich.judges import VALIDATOR, sdk_faults
from tests.rich.survival import survival
from tests.rich.workbook import TODAY, rich_workbook

LINE = "{:<28}{:>9}{:>7}{:>7}{:>18}{:>17}{:>12}{:>13}"


def main() -> None:
    """Prints a line for each way to change each workbook."""
    print(LINE.format("", "members", "lost", "added", "same as stored", "same unpacked", "SDK errors", "own checker"))
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".xlsx", ".xlsm"):
            path = Path(folder) / f"rich{suffix}"
            path.write_bytes(rich_workbook(macros=suffix == ".xlsm"))
            show(f"{path.name} itself", path, path)
            show(f"{path.name}, okrsheets sync", path, synced(path))
            show(f"{path.name}, openpyxl load+save", path, resaved(path))


def synced(path: Path) -> Path:
    """A copy after `okrsheets sync`."""
    copy = path.with_name(f"synced{path.suffix}")
    copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "okrsheets", "sync", str(copy), "--today", TODAY.isoformat(), "--quiet"]
    state = {"OKRSHEETS_STATE_DIR": str(path.parent / "state")}
    subprocess.run(command, check=True, env=os.environ | state)
    return copy


def resaved(path: Path) -> Path:
    """A copy that openpyxl loaded and saved."""
    import openpyxl

    copy = path.with_name(f"resaved{path.suffix}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm", rich_text=True).save(copy)
    return copy


def show(what: str, before: Path, after: Path) -> None:
    """One line of the table."""
    found = survival(before.read_bytes(), after.read_bytes())
    sdk = judged(after) if VALIDATOR.exists() else "not here"
    counts = (len(found.members), len(found.lost), len(found.added), len(found.as_stored), len(found.unpacked))
    print(LINE.format(what, *counts, sdk, len(faults(after.read_bytes()))))


def judged(path: Path) -> int | str:
    """How many faults the SDK finds; on what openpyxl makes of a workbook with macros it never ends."""
    try:
        return len(sdk_faults(path))
    except subprocess.TimeoutExpired:
        return "no end"


main()
