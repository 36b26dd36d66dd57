"""Every operation may fail, and the run may be killed at each: the file is old or new, and a rerun puts all right."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from disk_seam import SYSTEMS, At, Failing, Killed, Killing, Seam, on
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import AlreadyThere, NothingToUndo, OkrsheetsError, SetAside
from okrsheets.words.workbook import Entry

SUMMARY = change((3, 2), "new")
MOST = 200


@cache
def old_bytes() -> bytes:
    return build(plan_workbook(B3=Entry("old")))


@cache
def new_bytes() -> bytes:
    return patched(Book(old_bytes()), [SUMMARY])


@dataclass(frozen=True)
class Desk:
    """A folder with at most one workbook in it, and the state directory."""

    root: Path

    def __post_init__(self) -> None:
        self.path.parent.mkdir(parents=True)

    @property
    def path(self) -> Path:
        return self.root / "plans" / "plan.xlsx"

    def store(self, files: Files | None = None) -> ExcelStore:
        return ExcelStore(self.path, files=files or Seam(), state=self.root / "state")

    @property
    def data(self) -> bytes | None:
        return self.path.read_bytes() if self.path.exists() else None

    @property
    def beside(self) -> set[str]:
        return {path.name for path in self.path.parent.iterdir()} - {"plan.xlsx"}


def nothing(desk: Desk) -> None:
    """No workbook."""


def old(desk: Desk) -> None:
    desk.path.write_bytes(old_bytes())


def synced(desk: Desk) -> None:
    old(desk)
    sync(desk, Seam())


def sync(desk: Desk, files: Files) -> None:
    store = desk.store(files)
    store.tidy()
    reading = store.read()
    if reading.grids["Overzicht"].at(3, 2).value != "new":
        store.write([SUMMARY], reading)


def make(desk: Desk, files: Files) -> None:
    desk.store(files).create(plan_workbook(B3=Entry("old")))


def make_anew(desk: Desk, files: Files) -> None:
    desk.store(files).create(plan_workbook(B3=Entry("old")), replace=True)


def undo(desk: Desk, files: Files) -> None:
    desk.store(files).undo()


@dataclass(frozen=True)
class Deed:
    """What is done, from what to what, and how a run looks that finds it done already."""

    before: Callable[[Desk], None]
    does: Callable[[Desk, Files], None]
    start: Callable[[], bytes | None]
    end: Callable[[], bytes]
    done_already: type[OkrsheetsError] | None = None

    def again(self, desk: Desk) -> None:
        """A plain rerun, as a person would do it."""
        if self.done_already is None:
            self.does(desk, Seam())
        else:
            with suppress(self.done_already):
                self.does(desk, Seam())


DEEDS = {
    "sync": Deed(old, sync, old_bytes, new_bytes),
    "make": Deed(nothing, make, lambda: None, old_bytes, AlreadyThere),
    "make --force": Deed(synced, make_anew, new_bytes, old_bytes),
    "undo": Deed(synced, undo, new_bytes, old_bytes, NothingToUndo),
}


def runs(deed: Deed, root: Path, system: str, kind: type[At], *arguments: object, **named: object) -> Iterator[tuple]:  # type: ignore[type-arg]
    """A run for each operation at which something happens, until one ends before it does."""
    for n in range(1, MOST):
        desk = Desk(root / str(n))
        deed.before(desk)
        files = on(SYSTEMS[system], kind, n, *arguments, **named)
        error: BaseException | None = None
        try:
            deed.does(desk, files)
        except (Exception, Killed) as fault:
            error = fault
        if not files.happened:
            assert error is None
            assert desk.data == deed.end()
            return
        yield n, desk, error, files.done[n - 1]
    raise AssertionError("no end")


@pytest.fixture(autouse=True)
def fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files, none of which has to outlast a power cut."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


CASES = [
    *((system, errno.EIO, False) for system in SYSTEMS),
    *((system, errno.EIO, True) for system in ("swap", "no swap")),
    *(("swap", code, False) for code in (errno.ENOSPC, errno.EACCES, errno.EMFILE)),
]


@pytest.mark.parametrize(("system", "code", "lasting"), CASES)
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_failing_operation_leaves_the_old_file_or_the_new(
    deed: Deed, system: str, code: int, lasting: bool, tmp_path: Path
) -> None:
    count = 0
    for n, desk, error, operation in runs(deed, tmp_path, system, Failing, code, lasting=lasting):
        count += 1
        where = f"{n}: {operation}"
        if error is None or isinstance(error, SetAside):
            assert desk.data == deed.end(), where
        else:
            assert isinstance(error, OkrsheetsError), where
            assert desk.data == deed.start() or isinstance(error, deed.done_already or ()), where
        deed.again(desk)
        assert desk.data == deed.end(), where
        assert desk.beside == set(), where
    assert count > 8


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_run_that_is_killed_leaves_the_old_file_or_the_new(deed: Deed, system: str, tmp_path: Path) -> None:
    count = 0
    for n, desk, error, operation in runs(deed, tmp_path, system, Killing):
        count += 1
        where = f"{n}: {operation}"
        assert isinstance(error, Killed), where
        assert desk.data in (deed.start(), deed.end()), where
        deed.again(desk)
        assert desk.data == deed.end(), where
        assert desk.beside == set(), where
        assert [path for path in (desk.root / "state").rglob("*.part") if deed.does is sync] == [], where
    assert count > 8
