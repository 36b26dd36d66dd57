"""How two files change places on each system, and what is done where they cannot."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

import pytest
from disk_seam import At, Failing, Kernel, NoLinks, NoSwap, Seam, Windows, on
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk import exchange, leases
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import Busy, ChangedMeanwhile, NotWritable, SetAside
from okrsheets.words.grid import Address

LINUX = os.uname().sysname == "Linux" if hasattr(os, "uname") else False
only_linux = pytest.mark.skipif(not LINUX, reason="a system call of Linux")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    ours, theirs = tmp_path / "a.tmp", tmp_path / "b.xlsx"
    ours.write_text("ours")
    theirs.write_text("theirs")
    return ours, theirs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    ExcelStore(folder / "plan.xlsx").create(plan_workbook())
    return folder / "plan.xlsx"


def sync(path: Path, files: Files | None = None, value: str = "new") -> None:
    store = ExcelStore(path, files=files or Seam())
    store.write([change((3, 2), value)], store.read())


def value_in(path: Path) -> object:
    return ExcelStore(path).read().at(Address("Overzicht", 3, 2)).value


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


class Library:
    """The C library of a system, on the files of this one. Does as it is told, or fails with a code."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.flags: list[int] = []

    def rename(self, source: bytes, target: bytes, flags: int) -> int:
        self.flags.append(flags)
        if self.code:
            ctypes.set_errno(self.code)
            return -1
        held = Path(os.fsdecode(source)).read_bytes()
        Path(os.fsdecode(source)).write_bytes(Path(os.fsdecode(target)).read_bytes())
        Path(os.fsdecode(target)).write_bytes(held)
        return 0


class Linux(Library):
    def renameat2(self, folder: int, source: bytes, other: int, target: bytes, flags: int) -> int:
        assert folder == other == -100
        return self.rename(source, target, flags)


class Mac(Library):
    def renamex_np(self, source: bytes, target: bytes, flags: int) -> int:
        return self.rename(source, target, flags)


SYSTEMS = [
    (exchange.linux_rename, Linux, exchange.LINUX_EXCHANGE, 2),
    (exchange.mac_rename, Mac, exchange.MAC_SWAP, 2),
]


@pytest.mark.parametrize(("rename", "library", "flag", "number"), SYSTEMS)
def test_each_system_is_asked_in_its_own_way(two: tuple[Path, Path], rename, library, flag, number) -> None:  # type: ignore[no-untyped-def]
    """The numbers are those of <linux/fs.h> and <stdio.h> of macOS."""
    known = library()
    rename(known, *two, flag)
    assert known.flags == [number]
    assert [each.read_text() for each in two] == ["theirs", "ours"]
    with pytest.raises(FileNotFoundError):
        rename(library(errno.ENOENT), *two, flag)
    with pytest.raises(OSError, match="not implemented") as refused:
        rename(object(), *two, flag)
    assert refused.value.errno in exchange.NO_WAY


@only_linux
def test_two_files_change_places_here(two: tuple[Path, Path]) -> None:
    before = [each.stat().st_ino for each in two]
    exchange.exchange(*two)
    assert [each.read_text() for each in two] == ["theirs", "ours"]
    assert [each.stat().st_ino for each in two] == before[::-1]
    with pytest.raises(FileNotFoundError):
        exchange.exchange(two[0], two[1].with_name("gone"))


def test_a_file_is_moved_only_to_where_nothing_is(two: tuple[Path, Path]) -> None:
    files = Files()
    with pytest.raises(FileExistsError):
        files.place(*two)
    files.place(two[0], two[0].with_name("free"))
    assert two[0].with_name("free").read_text() == "ours"
    assert two[1].read_text() == "theirs"


def swap_on_windows(kernel: Kernel, two: tuple[Path, Path]) -> None:
    exchange.windows_exchange(kernel, kernel.GetLastError, *two)


def test_windows_replaces_with_a_backup_that_takes_the_other_name(two: tuple[Path, Path]) -> None:
    swap_on_windows(Kernel(), two)
    assert [each.read_text() for each in two] == ["theirs", "ours"]
    assert len(list(two[0].parent.iterdir())) == 2


@pytest.mark.parametrize(
    ("fault", "kind"), [(2, FileNotFoundError), (5, PermissionError), (32, PermissionError), (1175, PermissionError)]
)
def test_a_fault_of_windows_is_a_fault(two: tuple[Path, Path], fault: int, kind: type[OSError]) -> None:
    with pytest.raises(kind):
        swap_on_windows(Kernel(fault), two)
    assert [each.read_text() for each in two] == ["ours", "theirs"]


def test_a_disk_that_windows_cannot_do_it_on(two: tuple[Path, Path]) -> None:
    with pytest.raises(OSError, match="50") as refused:
        swap_on_windows(Kernel(50), two)
    assert refused.value.errno in exchange.NO_WAY


def test_windows_stopping_halfway_is_put_right(two: tuple[Path, Path]) -> None:
    """1177: the old file has its backup's name already, and the new one did not get its place."""
    with pytest.raises(PermissionError):
        swap_on_windows(Kernel(1177), two)
    assert [each.read_text() for each in two] == ["ours", "theirs"]


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_the_system_decides_which_way_it_is_done(
    two: tuple[Path, Path], platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Both(Linux, Mac):
        pass

    monkeypatch.setattr(exchange, "_library", Both)
    monkeypatch.setattr(exchange, "_kernel", Kernel)
    exchange.exchange(*two, platform)
    assert [each.read_text() for each in two] == ["theirs", "ours"]
    if platform == "win32":
        exchange.place(two[0], two[0].with_name("free"), platform)
    else:
        exchange.place(*two, platform)
    assert two[1].read_text() == "ours" if platform == "win32" else "theirs"


# A program that holds the file, on Windows


class Holding(Windows):
    """A file that another program has open in a way that lets nobody replace it."""

    def exchange(self, source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "open")


def test_a_workbook_that_windows_holds_is_busy(path: Path) -> None:
    with pytest.raises(Busy):
        sync(path, Holding())
    assert value_in(path) is None
    assert names(path) == ["plan.xlsx"]


class NotShared(Windows):
    """A file that another program has for itself."""

    def read(self, path: Path) -> bytes:
        fault = PermissionError(errno.EACCES, "not shared")
        fault.winerror = 32  # type: ignore[attr-defined,unused-ignore]
        raise fault


def test_a_workbook_that_windows_lets_nobody_read_is_busy(path: Path) -> None:
    with pytest.raises(Busy):
        ExcelStore(path, files=NotShared()).read()


def test_elsewhere_a_refusal_is_no_lock(path: Path) -> None:
    with pytest.raises(NotWritable):
        sync(path, Failing("exchange", errno.EACCES))


# Disks where files cannot change places


def test_a_save_into_the_old_file_comes_back_where_there_is_no_swap(path: Path) -> None:
    """The second name of what was replaced shows it; without second names it could not be seen."""
    sync(path, value="theirs")
    theirs = path.read_bytes()
    sync(path, value="old")
    files = on(NoSwap, At, "replace", lambda: path.write_bytes(theirs))
    with pytest.raises(ChangedMeanwhile):
        sync(path, files)
    assert value_in(path) == "theirs"
    assert names(path) == ["plan.xlsx"]


def test_an_older_save_is_kept_where_a_newer_one_took_the_place(path: Path, tmp_path: Path) -> None:
    """Both came while the file was being replaced: the last one stays in its place, the other is not lost."""
    contents = {}
    for value in ("first", "second", "old"):
        sync(path, value=value)
        contents[value] = path.read_bytes()

    class Twice(NoSwap):
        def replace(self, source: Path, target: Path) -> None:
            if target == path:
                path.write_bytes(contents["first"])
            super().replace(source, target)
            if target == path:
                path.write_bytes(contents["second"])

    with pytest.raises(ChangedMeanwhile):
        sync(path, Twice())
    assert path.read_bytes() == contents["second"]
    (kept,) = set(names(path)) - {"plan.xlsx"}
    assert path.with_name(kept).read_bytes() == contents["first"]


@pytest.mark.parametrize("system", [NoSwap, NoLinks])
def test_a_last_look_is_taken_where_there_is_no_swap(path: Path, system: type[Seam]) -> None:
    with pytest.raises(ChangedMeanwhile):
        sync(path, on(system, At, "copy_rights", lambda: sync(path, value="theirs")))
    assert value_in(path) == "theirs"
    assert names(path) == ["plan.xlsx"]


@pytest.mark.parametrize("system", [NoSwap, NoLinks])
def test_a_workbook_is_made_there_as_well(tmp_path: Path, system: type[Seam]) -> None:
    path = tmp_path / "plan.xlsx"
    ExcelStore(path, files=system()).create(plan_workbook())
    assert names(path) == ["plan.xlsx"]


# A save that cannot go back


def test_a_save_that_cannot_be_given_back_is_told_of_and_comes_back_later(path: Path) -> None:
    sync(path, value="theirs")
    theirs = path.read_bytes()
    sync(path, value="old")

    class Stuck(Seam):
        swaps = 0

        def exchange(self, source: Path, target: Path) -> None:
            self.swaps += 1
            if self.swaps == 1:
                path.with_name("saved").write_bytes(theirs)
                path.with_name("saved").replace(path)
            if self.swaps > 1:
                raise OSError(errno.EIO, "broken")
            super().exchange(source, target)

    with pytest.raises(SetAside) as told:
        sync(path, Stuck())
    kept = Path(str(told.value.facts["kept"]))
    assert kept.read_bytes() == theirs
    store = ExcelStore(path, files=Seam())
    store.tidy()
    assert path.read_bytes() == theirs
    assert names(path) == ["plan.xlsx"]
    (warning,) = store.warnings
    assert "is back" in warning.text


# Who has a file open


@only_linux
def test_who_has_a_file_open_for_writing_is_seen(path: Path) -> None:
    assert not Files().being_written(path)
    with path.open("rb"):
        assert not Files().being_written(path)
    with path.open("ab"):
        assert Files().being_written(path)
        with pytest.raises(Busy):
            sync(path, Files())
    assert not Files().being_written(path)


def test_other_systems_cannot_tell(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases.sys, "platform", "darwin")
    with path.open("ab"):
        assert not leases.being_written(path)


def test_a_disk_of_another_machine_cannot_tell_either() -> None:
    """The lines are those of /proc/self/mountinfo."""
    here = os.makedev(254, 0)
    there = os.makedev(0, 61)
    mounts = [
        "21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "60 21 0:61 / /mnt/plans rw,relatime shared:30 - nfs4 server:/plans rw,vers=4.2",
    ]
    assert not leases.is_far(here, mounts)
    assert leases.is_far(there, mounts)
    assert not leases.is_far(there, [])
