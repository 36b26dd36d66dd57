"""A workbook that somebody has open is read but not written, and the message says who."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk_seam import Failing, Seam
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import Busy, JustSaved, NotAWorkbook, TemporaryError
from okrsheets.words.grid import Address
from okrsheets.words.message import Message


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new workbook, alone in its folder."""
    folder = tmp_path / "plans"
    folder.mkdir()
    ExcelStore(folder / "plan.xlsx").create(plan_workbook())
    return folder / "plan.xlsx"


def sync(path: Path) -> None:
    store = ExcelStore(path)
    store.write([change((3, 2), "new")], store.read())


def value_in(path: Path) -> object:
    return ExcelStore(path).read().at(Address("Overzicht", 3, 2)).value


EXCEL_LOCK = bytes([8]) + b"Jan J\xe9r\xf4" + b" " * 46 + bytes([8, 0]) + "Jan Jérô".encode("utf-16-le") + b" \0" * 46
LIBREOFFICE_LOCK = ",els,laptop,12.10.2026 09:30,file:///home/els/.config/libreoffice/4;"
LOCKS = {
    "Excel": ("~$plan.xlsx", EXCEL_LOCK, ("Jan Jérô", "Excel")),
    "an older Excel": ("~$plan.xlsx", EXCEL_LOCK[:55], ("Jan Jérô", "Excel")),
    "an Excel that tells nothing": ("~$plan.xlsx", b"", (None, "Excel")),
    "an Excel that tells nonsense": ("~$plan.xlsx", b"\x05" + b"\x01" * 164, (None, "Excel")),
    "LibreOffice": (".~lock.plan.xlsx#", LIBREOFFICE_LOCK.encode(), ("els", "LibreOffice")),
    "LibreOffice, named": (".~lock.plan.xlsx#", f"Els Vos{LIBREOFFICE_LOCK}".encode(), ("Els Vos", "LibreOffice")),
    "LibreOffice that tells nothing": (".~lock.plan.xlsx#", b"", (None, "LibreOffice")),
    "a lock that is a folder": ("~$plan.xlsx", None, (None, "Excel")),
}


@pytest.mark.parametrize(("name", "content", "holder"), LOCKS.values(), ids=LOCKS)
def test_an_open_workbook_is_read_but_not_written(
    path: Path, name: str, content: bytes | None, holder: tuple[str | None, str]
) -> None:
    lock = path.with_name(name)
    lock.mkdir() if content is None else lock.write_bytes(content)
    before = path.read_bytes()
    assert value_in(path) is None
    for attempt in (sync, lambda path: ExcelStore(path).create(plan_workbook(), replace=True)):
        with pytest.raises(Busy) as busy:
            attempt(path)
        who = busy.value.facts["holder"]
        assert isinstance(who, Message)
        assert (who.facts.get("name"), who.facts["program"]) == holder
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == sorted(["plan.xlsx", name])


def test_a_lock_beside_the_link_counts_as_well(path: Path) -> None:
    link = path.parent.parent / "here.xlsx"
    link.symlink_to("plans/plan.xlsx")
    link.with_name("~$here.xlsx").write_bytes(EXCEL_LOCK)
    with pytest.raises(Busy):
        sync(link)


def test_a_workbook_that_is_being_saved_is_busy(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(NotAWorkbook):
        ExcelStore(path, files=Seam()).read()
    path.with_name(".~lock.plan.xlsx#").write_text(LIBREOFFICE_LOCK)
    with pytest.raises(Busy):
        ExcelStore(path).read()


class Saving(Seam):
    """A program that goes on writing while we wait a moment."""

    def __init__(self, path: Path, data: bytes) -> None:
        super().__init__()
        self.path, self.data = path, data
        self.waited = 0.0

    def pause(self, seconds: float) -> None:
        self.waited += seconds
        self.path.write_bytes(self.data)


def test_what_grows_while_it_is_looked_at_is_being_saved(path: Path) -> None:
    whole = path.read_bytes()
    for part in (b"", whole[:2000]):
        path.write_bytes(part)
        saving = Saving(path, whole)
        with pytest.raises(Busy):
            ExcelStore(path, files=saving).read()
        assert 0 < saving.waited <= 1
        assert value_in(path) is None


def test_a_sync_that_meets_a_save_halfway_is_busy(path: Path) -> None:
    whole = path.read_bytes()
    reading = ExcelStore(path).read()
    path.write_bytes(whole[:2000])
    with pytest.raises(Busy):
        ExcelStore(path, files=Saving(path, whole)).write([change((3, 2), "new")], reading)


def test_what_stays_damaged_is_damaged(path: Path) -> None:
    part = path.read_bytes()[:2000]
    path.write_bytes(part)
    with pytest.raises(NotAWorkbook):
        ExcelStore(path, files=Saving(path, part)).read()


def test_what_a_program_writes_to_is_being_saved(path: Path) -> None:
    class Open(Seam):
        def being_written(self, path: Path) -> bool:
            return True

    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Busy):
        ExcelStore(path, files=Open()).read()


def test_a_damaged_file_that_goes_away_is_damaged(path: Path) -> None:
    path.write_bytes(b"PK\3\4")
    for operation in ("being_written", "pause"):
        with pytest.raises(NotAWorkbook):
            ExcelStore(path, files=Failing(operation)).read()


# Settling


class Clock(Files):
    """The file system, so many seconds after the workbook was saved."""

    def __init__(self, path: Path, after: float) -> None:
        super().__init__(lambda: path.stat().st_mtime + after)


@pytest.mark.parametrize(("after", "settled"), [(0, False), (9, False), (11, True), (-3, False), (-3600, True)])
def test_a_file_is_left_alone_for_a_while_where_that_is_asked_for(path: Path, after: float, settled: bool) -> None:
    """A clock that runs ahead of ours by more than that tells nothing."""
    store = ExcelStore(path, files=Clock(path, after), settle=10)
    reading = store.read()
    if settled:
        store.write([change((3, 2), "new")], reading)
    else:
        with pytest.raises(JustSaved) as told:
            store.write([change((3, 2), "new")], reading)
        assert told.value.facts["seconds"] == 10
        assert isinstance(told.value, TemporaryError)
    assert value_in(path) == ("new" if settled else None)


def test_without_a_clock_or_a_wish_nobody_waits(path: Path) -> None:
    for store in (ExcelStore(path, files=Clock(path, 0)), ExcelStore(path, settle=10)):
        store.write([change((3, 2), store.read().fingerprint)], store.read())


def test_what_okrsheets_wrote_itself_needs_no_while(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    store = ExcelStore(path, files=Clock(path, 60), state=tmp_path / "state", settle=10)
    store.write([change((3, 2), "new")], store.read())
    young = ExcelStore(path, files=Clock(path, 0), state=tmp_path / "state", settle=10)
    young.write([change((3, 2), "newer")], young.read())
    young.undo()
    young.undo()
    assert path.read_bytes() == before
    path.write_bytes(before)
    with pytest.raises(JustSaved):
        young.write([change((3, 2), "new")], young.read())
