"""A workbook that somebody has open is read but not written, and the message says who."""

from __future__ import annotations

from pathlib import Path

import pytest
from excel_files import change, plan_workbook

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import Busy, NotAWorkbook
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
        ExcelStore(path).read()
    path.with_name(".~lock.plan.xlsx#").write_text(LIBREOFFICE_LOCK)
    with pytest.raises(Busy):
        ExcelStore(path).read()
