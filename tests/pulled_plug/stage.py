"""The folders that a run may touch, and how they were before it: set up anew for every run."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.demo import demo

Picture: TypeAlias = "frozenset[tuple[str, int, int, bytes]]"
"""What there is on the disk, so that two times can be compared."""

FILLED_ON = date(2026, 11, 9)
TODAY = FILLED_ON + timedelta(weeks=1)
DESK, STATE, SCRATCH = "the-desk", "the-state", "the-scratch"
WATCHED = (DESK, STATE, SCRATCH)
"""Names that no path of the interpreter has in it."""
WORKBOOK = f"{DESK}/plan.xlsx"
SYNC = ("sync", WORKBOOK, "--today", TODAY.isoformat())
UNDO = ("undo", WORKBOOK)
MODE = 0o640
TAG = "user.okrsheets.test"


class Stage:
    """One root folder: the person's folder with a workbook in it, the state directory, the place for temporary files.

    The workbook is a filled quarter whose Summary is a week old. `keep` makes how things are now the start of each run,
    `begin` goes back to how they were at first.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workbook = root / WORKBOOK
        self._scene = root / "scene"
        for name in (*WATCHED, "home"):
            (root / name).mkdir()
        _fill_in(self.workbook)
        self._at_first = root / "at-first"
        self._copied(root, self._at_first)
        self.keep()

    @property
    def environment(self) -> dict[str, str]:
        """What a run needs to find its folders, and to do the same calls each time."""
        known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
        return known | {
            "HOME": str(self.root / "home"),
            "LANG": "C.UTF-8",
            "OKRSHEETS_STATE_DIR": str(self.root / STATE / "okrsheets"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONSAFEPATH": "1",
            "TMPDIR": str(self.root / SCRATCH),
        }

    def keep(self) -> None:
        """Every run starts from what lies here now."""
        self._copied(self.root, self._scene)
        self.before = self.workbook.read_bytes()

    def begin(self) -> None:
        """Every run starts from how things were at first."""
        self._copied(self._at_first, self.root)
        self.keep()

    def set_up(self) -> None:
        """Everything as it was kept."""
        self._copied(self._scene, self.root)

    def _copied(self, source: Path, target: Path) -> None:
        for name in WATCHED:
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(source / name, target / name)

    def beside(self) -> list[str]:
        """What lies beside the workbook and in the place for temporary files."""
        found = [*(self.root / DESK).rglob("*"), *(self.root / SCRATCH).rglob("*")]
        return sorted(str(path.relative_to(self.root)) for path in found if path != self.workbook)

    def picture(self) -> Picture:
        """All that lies in the folders: names without what is drawn by lot, modes, second names, contents."""
        found = [path for name in WATCHED for path in (self.root / name).rglob("*")]
        return frozenset((_unlotted(str(path.relative_to(self.root))), *_looks(path)) for path in found)

    def state(self) -> dict[str, bytes]:
        """The files of the state directory."""
        folder = self.root / STATE
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _unlotted(name: str) -> str:
    """Random parts of names have 8 or 16 digits, in the name of a draft."""
    return re.sub(r"\b([0-9a-f]{16}|[0-9a-f]{8})(?=\.part)", "RANDOM", name)


def _looks(path: Path) -> tuple[int, int, bytes]:
    known = path.stat()
    return known.st_mode, known.st_nlink, path.read_bytes() if path.is_file() else b""


def _fill_in(path: Path) -> None:
    """A workbook as a person has it: filled in, synced last week, with rights and a tag of its own."""
    plan = templates.load("high-ticket").plan("nl")
    demo(ExcelStore(path), plan, language("nl"), Languages(), FILLED_ON)
    path.chmod(MODE)
    with suppress(OSError):
        os.setxattr(path, TAG, b"mine")
