"""The file on the disk: replaced at once or not at all, left alone while open, nothing left beside it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from disk_seam import SYSTEMS, At, Failing, Killed, Killing, on
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import (
    AlreadyThere,
    Busy,
    ChangedMeanwhile,
    HardLinked,
    NotFound,
    NotReadable,
    NotWritable,
    OkrsheetsError,
    WriteUnproven,
)
from okrsheets.words.grid import Address, Area
from okrsheets.words.message import Message
from okrsheets.words.workbook import Entry, Workbook

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new workbook, alone in its folder."""
    folder = tmp_path / "plans"
    folder.mkdir()
    ExcelStore(folder / "plan.xlsx").create(plan_workbook())
    return folder / "plan.xlsx"


def sync(path: Path, files: Files | None = None, value: str = "new") -> None:
    store = ExcelStore(path, files=files)
    store.write([change((3, 2), value)], store.read())


def value_in(path: Path) -> object:
    return ExcelStore(path).read().at(Address("Overzicht", 3, 2)).value


def reason_of(error: OkrsheetsError) -> str:
    reason = error.facts["reason"]
    assert isinstance(reason, Message)
    return reason.text


def test_nothing_is_left_beside_the_workbook(path: Path) -> None:
    sync(path)
    assert [file.name for file in path.parent.iterdir()] == ["plan.xlsx"]
    assert value_in(path) == "new"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_the_mode_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    sync(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    ExcelStore(path).create(plan_workbook(), replace=True)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(not ROOT, reason="only root may give a file away")
def test_the_owner_stays(path: Path) -> None:
    os.chown(path, 65534, 65534)
    sync(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


def test_extended_attributes_stay(path: Path) -> None:
    if not hasattr(os, "setxattr"):
        pytest.skip("this system has no extended attributes")
    try:
        os.setxattr(path, "user.tag", b"plan")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    sync(path)
    assert os.getxattr(path, "user.tag") == b"plan"


def test_a_new_file_has_the_mode_of_any_new_file(path: Path) -> None:
    other = path.with_name("other")
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_link_stays_a_link(path: Path) -> None:
    link = path.parent.parent / "here.xlsx"
    link.symlink_to("plans/plan.xlsx")
    sync(link)
    assert link.is_symlink()
    assert value_in(path) == "new"
    assert [file.name for file in path.parent.iterdir()] == ["plan.xlsx"]


def test_a_link_to_nothing_is_not_found_but_may_be_filled(path: Path) -> None:
    link = path.parent / "link.xlsx"
    link.symlink_to("later.xlsx")
    with pytest.raises(NotFound):
        ExcelStore(link).read()
    ExcelStore(link).create(plan_workbook())
    assert link.is_symlink()
    assert (path.parent / "later.xlsx").is_file()


def test_a_second_name_of_the_file_is_not_cut_off(path: Path) -> None:
    other = path.parent.parent / "second.xlsx"
    other.hardlink_to(path)
    before = path.read_bytes()
    with pytest.raises(HardLinked):
        sync(path)
    assert path.read_bytes() == before
    assert path.samefile(other)


class NobodysFiles(Files):
    """The file system as a person sees it who may read and not write. Root may write anything."""

    def may_write(self, path: Path) -> bool:
        return path.stat().st_mode & stat.S_IWUSR != 0


def test_a_read_only_file_is_left_alone(path: Path) -> None:
    path.chmod(0o444)
    for attempt in (sync, lambda path, files: ExcelStore(path, files=files).create(plan_workbook(), replace=True)):
        with pytest.raises(NotWritable) as refused:
            attempt(path, NobodysFiles())
        assert reason_of(refused.value) == "it is read-only"
    assert value_in(path) is None


# Every operation may fail


OPERATIONS = ["write_new", "copy_rights", "exchange"]


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


@pytest.mark.parametrize("operation", ["write_new", "copy_rights"])
def test_a_save_meanwhile_is_left_alone(path: Path, operation: str) -> None:
    with pytest.raises(ChangedMeanwhile):
        sync(path, At(operation, lambda: sync(path, value="theirs")))
    assert value_in(path) == "theirs"
    assert names(path) == ["plan.xlsx"]


@pytest.mark.parametrize("operation", ["write_new", "copy_rights"])
def test_a_program_that_opens_it_meanwhile_is_left_alone(path: Path, operation: str) -> None:
    lock = path.with_name("~$plan.xlsx")
    with pytest.raises(Busy):
        sync(path, At(operation, lambda: lock.write_bytes(b"")))
    assert value_in(path) is None
    assert names(path) == ["plan.xlsx", "~$plan.xlsx"]


def test_a_workbook_that_is_taken_away_meanwhile(path: Path) -> None:
    with pytest.raises(ChangedMeanwhile):
        sync(path, At("write_new", path.unlink))
    assert names(path) == []


class Vanishing(Files):
    """A file that is gone as soon as it has been read."""

    def read(self, path: Path) -> bytes:
        data = super().read(path)
        path.unlink()
        return data


def test_a_workbook_that_is_taken_away_after_the_reading(path: Path) -> None:
    reading = ExcelStore(path).read()
    with pytest.raises(ChangedMeanwhile):
        ExcelStore(path, files=Vanishing()).write([change((3, 2), "new")], reading)
    with pytest.raises(NotFound):
        ExcelStore(path).write([change((3, 2), "new")], reading)


def test_a_folder_that_is_taken_away_meanwhile(path: Path) -> None:
    with pytest.raises((ChangedMeanwhile, NotWritable)):
        sync(path, At("write_new", lambda: path.parent.rename(path.parent.with_name("elsewhere"))))


FAULTS = {
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "its rights do not allow it",
    errno.EIO: "the system says: {fault}",
}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(("code", "reason"), FAULTS.items())
def test_a_failing_disk_leaves_the_workbook_as_it_was(path: Path, operation: str, code: int, reason: str) -> None:
    before = path.read_bytes()
    with pytest.raises(NotWritable) as refused:
        sync(path, Failing(operation, code))
    assert reason_of(refused.value) == reason
    assert path.read_bytes() == before
    assert names(path) == ["plan.xlsx"]


def test_a_stop_in_the_middle_leaves_nothing(path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(path, At("exchange", stop))
    assert value_in(path) is None
    assert names(path) == ["plan.xlsx"]


def test_when_the_workbook_is_replaced_it_is_done(path: Path) -> None:
    sync(path, Failing("sync_folder"))
    assert value_in(path) == "new"
    assert names(path) == ["plan.xlsx"]


def test_a_killed_run_is_cleaned_up_by_the_next(path: Path) -> None:
    with pytest.raises(Killed):
        sync(path, Killing("exchange"))
    (left,) = set(names(path)) - {"plan.xlsx"}
    assert left.startswith(".~")
    assert left.endswith(".tmp")
    others = {".~other.tmp", ".~okrsheets-00000000-1234.tmp", left.replace(".tmp", ".bak")}
    for name in others:
        path.with_name(name).touch()
    sync(path)
    assert set(names(path)) == {"plan.xlsx"} | others


# Making one


def test_a_workbook_made_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    theirs = build(plan_workbook(B3=Entry("theirs")))
    for system in SYSTEMS.values():
        path.unlink(missing_ok=True)
        files = on(system, At, "place", lambda: path.write_bytes(theirs))
        with pytest.raises(AlreadyThere):
            ExcelStore(path, files=files).create(plan_workbook())
        assert path.read_bytes() == theirs
    assert names(path) == ["plan.xlsx"]


def test_a_workbook_is_not_made_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotWritable) as refused:
        ExcelStore(tmp_path / "none" / "plan.xlsx").create(plan_workbook())
    assert reason_of(refused.value) == "its folder is not there"


def test_a_workbook_that_does_not_read_back_is_not_made(tmp_path: Path) -> None:
    """XlsxWriter escapes this text wrongly; and names are read in small letters."""
    plan = plan_workbook()
    named = Workbook(plan.title, plan.tabs, {"OKR_Plan": Area("Overzicht", 1, 1, 1, 1)})
    for workbook in (plan_workbook(B3=Entry("_x005F_x0041_")), named):
        with pytest.raises(WriteUnproven):
            ExcelStore(tmp_path / "plan.xlsx").create(workbook)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_replaced_by_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(NotWritable) as refused:
        ExcelStore(tmp_path).create(plan_workbook(), replace=True)
    assert reason_of(refused.value) == "it is a folder"


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 300}.xlsx"
    for attempt in (ExcelStore(path).read, lambda: ExcelStore(path).create(plan_workbook())):
        with pytest.raises((NotReadable, NotWritable)) as refused:
            attempt()
        assert reason_of(refused.value) == "its name is too long"


def test_a_name_of_the_longest_kind(tmp_path: Path) -> None:
    path = tmp_path / f"{'é' * 125}.xlsx"
    ExcelStore(path).create(plan_workbook())
    sync(path)
    assert value_in(path) == "new"


def test_a_loop_of_links(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.symlink_to("b.xlsx")
    (tmp_path / "b.xlsx").symlink_to("a.xlsx")
    with pytest.raises(NotReadable) as refused:
        ExcelStore(path).read()
    assert reason_of(refused.value) == "its links lead in a circle"


def test_a_file_is_no_folder(path: Path) -> None:
    with pytest.raises((NotReadable, NotFound)):
        ExcelStore(path / "inside.xlsx").read()
