"""What lies beside a workbook: ours is cleared away, a person's is given back or kept, conflict copies are named."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from disk_seam import Failing, Killed, Killing, NoSwap, Seam
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk.conflicts import conflict_copies
from okrsheets.edges.excel.disk.marks import aside, fingerprint, leftovers, swapping, unfinished
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import NotFound


class Desk:
    """A workbook as okrsheets wrote it, and the bytes before that and those of a person."""

    def __init__(self, root: Path) -> None:
        self.path = root / "plans" / "plan.xlsx"
        self.state = root / "state"
        self.path.parent.mkdir()
        self.store().create(plan_workbook())
        self.old = self.data
        self.theirs = self.written("theirs")
        self.path.write_bytes(self.old)
        self.new = self.written("new")

    def store(self, files: Seam | None = None) -> ExcelStore:
        return ExcelStore(self.path, files=files or Seam(), state=self.state)

    def written(self, value: str) -> bytes:
        store = ExcelStore(self.path)
        store.write([change((3, 2), value)], store.read())
        return self.data

    def tidied(self, files: Seam | None = None) -> list[str]:
        """The beginnings of the warnings."""
        store = self.store(files)
        store.tidy()
        return [warning.text for warning in store.warnings]

    @property
    def left(self) -> Path:
        return swapping(self.path, fingerprint(self.old), fingerprint(self.new))

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @property
    def beside(self) -> list[str]:
        return sorted(path.name for path in self.path.parent.iterdir() if path != self.path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_names_tell_what_is_in_them(desk: Desk) -> None:
    part, swap = unfinished(desk.path), desk.left
    second = aside(swap)
    assert all(path.name.startswith(".~") and path.suffix == ".tmp" for path in (part, swap, second))
    found = {each.path: each for each in leftovers(desk.path, [part.name, swap.name, second.name, "plan.xlsx"])}
    assert found[part].partial
    assert not found[swap].partial
    assert [found[path].aside for path in (part, swap, second)] == [False, False, True]
    assert found[swap].expects(fingerprint(desk.old))
    assert found[swap].expects(fingerprint(desk.new))
    assert not found[swap].expects(fingerprint(desk.theirs))
    assert leftovers(desk.path.with_name("other.xlsx"), [part.name, swap.name]) == []


@pytest.mark.parametrize("content", ["old", "new"])
def test_what_okrsheets_read_or_wrote_is_cleared_away(desk: Desk, content: str) -> None:
    for path in (desk.left, aside(desk.left)):
        path.write_bytes(getattr(desk, content))
    unfinished(desk.path).write_bytes(b"PK torn")
    assert desk.tidied() == []
    assert desk.beside == []
    assert desk.data == desk.new


def test_a_save_is_given_back_where_ours_stands(desk: Desk) -> None:
    desk.left.write_bytes(desk.theirs)
    (told,) = desk.tidied()
    assert "is back" in told
    assert desk.data == desk.theirs
    assert desk.beside == []


def test_a_save_is_given_back_where_there_is_no_swap(desk: Desk) -> None:
    aside(desk.left).write_bytes(desk.theirs)
    assert len(desk.tidied(NoSwap())) == 1
    assert desk.data == desk.theirs
    assert desk.beside == []


def test_a_save_is_kept_beside_where_a_newer_one_stands_and_told_once(desk: Desk) -> None:
    newer = desk.written("newer")
    desk.left.write_bytes(desk.theirs)
    (told,) = desk.tidied()
    assert "both are kept" in told
    assert desk.data == newer
    (kept,) = desk.beside
    assert kept.startswith("plan (okrsheets ")
    assert kept.endswith(").xlsx")
    assert desk.path.with_name(kept).read_bytes() == desk.theirs
    assert desk.tidied() == []
    assert desk.beside == [kept]


def test_a_second_name_of_the_workbook_is_no_save(desk: Desk) -> None:
    desk.path.write_bytes(desk.theirs)
    aside(desk.left).hardlink_to(desk.path)
    assert desk.tidied() == []
    assert desk.beside == []
    assert desk.data == desk.theirs


def test_a_workbook_that_a_stopped_system_left_without_its_name_is_back(desk: Desk) -> None:
    desk.path.unlink()
    aside(desk.left).write_bytes(desk.old)
    assert len(desk.tidied()) == 1
    assert desk.data == desk.old


def test_a_workbook_that_a_person_took_away_stays_away(desk: Desk) -> None:
    desk.path.unlink()
    desk.left.write_bytes(desk.old)
    assert desk.tidied() == []
    assert list(desk.path.parent.iterdir()) == []


def test_what_is_being_written_is_left_alone(desk: Desk) -> None:
    class Writing(Seam):
        def being_written(self, path: Path) -> bool:
            return path == self.at

    files = Writing()
    desk.left.write_bytes(desk.theirs)
    for files.at in (desk.left, desk.path):
        assert desk.tidied(files) == []
        assert desk.left.read_bytes() == desk.theirs
        assert desk.data == desk.new


@pytest.mark.parametrize("operation", ["names", "remove", "lock", "read", "exchange"])
def test_what_cannot_be_tidied_now_is_tidied_later(desk: Desk, operation: str) -> None:
    unfinished(desk.path).write_bytes(b"PK torn")
    desk.left.write_bytes(desk.theirs)
    desk.tidied(Failing(operation))
    desk.tidied()
    assert desk.beside == []
    assert desk.data == desk.theirs


def test_reading_tidies_nothing_and_a_sync_that_finds_nothing_to_write_does(desk: Desk) -> None:
    store = desk.store(Killing("exchange"))
    reading = store.read()
    with pytest.raises(Killed):
        store.write([change((3, 2), "another")], reading)
    before = desk.beside
    assert len(before) == 1
    desk.store().read()
    assert desk.beside == before
    assert desk.tidied() == []
    assert desk.beside == []


def test_a_folder_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    store = ExcelStore(tmp_path / "gone" / "plan.xlsx", state=tmp_path / "state")
    store.tidy()
    assert store.warnings == ()
    with pytest.raises(NotFound):
        store.read()


# Conflict copies

COPIES = {
    "Dropbox": "plan (Anna's conflicted copy 2026-11-23).xlsx",
    "Dropbox, Dutch": "plan (conflicterende kopie van Anna 2026-11-23).xlsx",
    "Dropbox, German": "plan (In Konflikt stehende Kopie von Anna 2026-11-23).xlsx",
    "Nextcloud": "plan (conflicted copy 2026-11-23 101500).xlsx",
    "ownCloud": "plan_conflict-20261123-101500.xlsx",
    "Syncthing": "plan.sync-conflict-20261123-101500-ABCDEFG.xlsx",
    "Seafile": "plan (SFConflict anna@example.com 2026-11-23-10-15-00).xlsx",
    "Resilio": "plan.Conflict.xlsx",
    "OneDrive": "plan-DESKTOP-4F7G2K1.xlsx",
    "OneDrive, again": "plan-LAPTOP-8J2K4L6M-2.xlsx",
    "OneDrive on a Mac": "plan-Annas-MacBook-Pro.xlsx",
}
NO_COPIES = (
    "plan.xlsx",
    "plan 2.xlsx",
    "plan (1).xlsx",
    "plan-2026.xlsx",
    "plan-conflicts.xlsx",
    "plan-DESKTOP-VERSION.xlsx",
    "plan-MacBook.xlsx",
    "plan (okrsheets 0123abcd).xlsx",
    "planning (conflicted copy 2026-11-23).xlsx",
    "plan (conflicted copy 2026-11-23).docx",
)


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_conflict_copy_is_known_by_its_name(copy: str) -> None:
    assert conflict_copies("plan.xlsx", [*NO_COPIES, copy]) == [copy]


@pytest.mark.parametrize("name", ["plan.xlsx", "a+b (x).xlsx", "plan.2026.xlsm", "no ending"])
def test_any_name_may_have_one(name: str) -> None:
    path = PurePath(name)
    copy = f"{path.stem} (conflicted copy 2026-11-23){path.suffix}"
    assert conflict_copies(name, [copy]) == [copy]


def test_conflict_copies_are_told_of_and_left_alone(desk: Desk) -> None:
    for copy in sorted(COPIES.values())[:2]:
        desk.path.with_name(copy).write_bytes(desk.theirs)
    store = desk.store()
    (told,) = store.warnings
    assert told.count == 2
    assert told.facts["copies"] == tuple(sorted(COPIES.values())[:2])
    store.write([change((3, 2), "newer")], store.read())
    assert desk.beside == sorted(COPIES.values())[:2]
