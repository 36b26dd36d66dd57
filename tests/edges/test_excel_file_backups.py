"""Backups and undo: what stood there before okrsheets wrote comes back to the byte, and nobody's work is lost."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import filelock
import pytest
from disk_seam import Failing, Killed, Killing, Seam
from excel_files import change, plan_workbook

from okrsheets.edges import state
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import (
    Busy,
    ChangedMeanwhile,
    ChangedSince,
    HardLinked,
    NotFound,
    NothingToUndo,
    StateUnusable,
)
from okrsheets.words.workbook import Entry


class Desk:
    """A workbook, and the state directory."""

    def __init__(self, root: Path, name: str = "plan.xlsx") -> None:
        self.path = root / "plans" / name
        self.state = root / "state"
        self.path.parent.mkdir()
        self.store().create(plan_workbook())

    def store(self, files: Files | None = None) -> ExcelStore:
        return ExcelStore(self.path, files=files or Seam(), state=self.state)

    def sync(self, value: object, files: Files | None = None) -> bytes:
        store = self.store(files)
        store.write([change((3, 2), value)], store.read())  # type: ignore[arg-type]
        return self.data

    def type(self, value: str) -> bytes:
        """A person types and saves."""
        ExcelStore(self.path).write([change((5, 5), value)], ExcelStore(self.path).read())
        return self.data

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @property
    def backups(self) -> list[Path]:
        return sorted((self.state / "backups").glob("*/*"))

    @property
    def beside(self) -> list[str]:
        return sorted(path.name for path in self.path.parent.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_stood_there_is_kept_for_nobody_else_to_read(desk: Desk) -> None:
    before = desk.data
    desk.sync(1)
    (backup,) = desk.backups
    assert backup.read_bytes() == before
    assert backup.suffix == ".xlsx"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    for folder in (desk.state, desk.state / "backups", backup.parent, desk.state / "locks"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_last_five_are_kept(desk: Desk) -> None:
    contents = [desk.data, *(desk.sync(n) for n in range(8))]
    assert [backup.read_bytes() for backup in desk.backups] == contents[3:8]


def test_a_workbook_without_an_ending_has_them_as_well(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "plan")
    versions = [desk.sync(n) for n in range(1, 8)]
    assert len(desk.backups) == 5
    desk.store().undo(force=False)
    assert desk.data == versions[-2]


def test_each_workbook_has_its_own_and_a_link_leads_to_the_same(desk: Desk, tmp_path: Path) -> None:
    first = desk.data
    link = tmp_path / "link.xlsx"
    link.symlink_to(desk.path)
    store = ExcelStore(link, files=Seam(), state=desk.state)
    store.write([change((3, 2), 1)], store.read())
    other = ExcelStore(tmp_path / "plan.xlsx", files=Seam(), state=desk.state)
    other.create(plan_workbook())
    other.write([change((3, 2), 2)], other.read())
    assert len(desk.backups) == 2
    desk.store().undo()
    assert desk.data == first
    assert other.read().grids["Overzicht"].at(3, 2).value == 2


def test_the_same_bytes_are_kept_once(desk: Desk) -> None:
    before = desk.data
    for _ in range(3):
        desk.sync(1)
        desk.path.write_bytes(before)
    (backup,) = desk.backups
    assert backup.read_bytes() == before


def test_undo_gives_the_bytes_from_before_the_sync_and_undo_again_goes_one_further_back(desk: Desk) -> None:
    contents = [desk.data, desk.sync(1), desk.sync(2), desk.sync(3)]
    mode = desk.path.stat().st_mode
    for before in reversed(contents[:-1]):
        assert desk.store().undo() is None
        assert desk.data == before
    assert desk.path.stat().st_mode == mode
    with pytest.raises(NothingToUndo):
        desk.store().undo()
    assert desk.data == contents[0]
    assert desk.beside == ["plan.xlsx"]
    assert desk.backups == []


def test_undo_then_sync_then_undo(desk: Desk) -> None:
    first = desk.data
    for _ in range(3):
        desk.sync(1)
        desk.store().undo()
        assert desk.data == first


def test_what_a_new_workbook_replaced_comes_back_as_well(desk: Desk) -> None:
    before = desk.type("mine")
    desk.store().create(plan_workbook(B3=Entry("another")), replace=True)
    assert desk.data != before
    desk.store().undo()
    assert desk.data == before


def test_a_person_who_typed_since_is_not_undone_unless_they_say_so(desk: Desk) -> None:
    before = desk.data
    desk.sync(1)
    typed = desk.type("my work")
    with pytest.raises(ChangedSince):
        desk.store().undo()
    assert desk.data == typed
    kept = desk.store().undo(force=True)
    assert desk.data == before
    assert kept is not None
    assert Path(kept).read_bytes() == typed
    assert Path(kept).suffix == ".xlsx"


def test_work_that_was_kept_is_kept_once_and_is_no_sync_to_undo(desk: Desk) -> None:
    contents = [desk.data, desk.sync(1)]
    desk.sync(2)
    typed = desk.type("my work")
    first = desk.store().undo(force=True)
    assert desk.data == contents[1]
    desk.path.write_bytes(typed)
    assert desk.store().undo(force=True) == first
    assert desk.data == contents[0]
    with pytest.raises(NothingToUndo):
        desk.store().undo(force=True)


def test_after_typing_between_two_syncs_undo_goes_back_to_what_was_typed(desk: Desk) -> None:
    desk.sync(1)
    typed = desk.type("my work")
    desk.sync(2)
    desk.store().undo()
    assert desk.data == typed
    with pytest.raises(ChangedSince):
        desk.store().undo()


def test_a_workbook_that_a_person_put_back_themselves_needs_no_undo(desk: Desk) -> None:
    contents = [desk.data, desk.sync(1)]
    desk.sync(2)
    desk.path.write_bytes(contents[1])
    desk.store().undo()
    assert desk.data == contents[0]


def test_without_backups_there_is_nothing_to_undo(desk: Desk, tmp_path: Path) -> None:
    desk.sync(1)
    for folder in (None, tmp_path / "elsewhere"):
        for force in (False, True):
            with pytest.raises(NothingToUndo):
                ExcelStore(desk.path, state=folder).undo(force=force)


def test_a_damaged_backup_is_never_put_back(desk: Desk) -> None:
    before = desk.data
    desk.sync(1)
    after = desk.sync(2)
    desk.backups[-1].write_bytes(b"PK\3\4 torn")
    with pytest.raises(ChangedSince):
        desk.store().undo()
    assert desk.data == after
    desk.store().undo(force=True)
    assert desk.data == before


def test_undo_of_a_workbook_that_is_gone(desk: Desk) -> None:
    desk.sync(1)
    desk.path.unlink()
    with pytest.raises(NotFound):
        desk.store().undo()


def test_undo_is_as_careful_as_sync(desk: Desk, tmp_path: Path) -> None:
    after = desk.sync(1)
    lock = desk.path.with_name("~$plan.xlsx")
    lock.write_bytes(b"")
    with pytest.raises(Busy):
        desk.store().undo(force=True)
    lock.unlink()
    second = tmp_path / "second.xlsx"
    second.hardlink_to(desk.path)
    with pytest.raises(HardLinked):
        desk.store().undo()
    second.unlink()
    assert desk.data == after


def test_a_save_during_an_undo_stays(desk: Desk) -> None:
    desk.sync(1)
    theirs = desk.type("theirs")
    desk.path.write_bytes(theirs)
    desk.sync(2)

    class Saving(Seam):
        def exchange(self, source: Path, target: Path) -> None:
            self.save()
            super().exchange(source, target)

        def save(self) -> None:
            if desk.data != theirs and "exchange" not in self.done[:-1]:
                desk.path.with_name("x").write_bytes(b"newer " + theirs)
                desk.path.with_name("x").replace(desk.path)

    with pytest.raises(ChangedMeanwhile):
        desk.store(Saving()).undo()
    assert desk.data == b"newer " + theirs
    assert desk.beside == ["plan.xlsx"]


def test_a_backup_that_a_killed_run_began_is_cleared_away(desk: Desk) -> None:
    with pytest.raises(Killed):
        desk.sync(1, KillingInState())
    assert any(path.suffix == ".part" for path in desk.backups)
    desk.sync(2)
    assert [path.suffix for path in desk.backups] == [".xlsx"]


class KillingInState(Killing):
    """Killed right after the backup was written, before it has its name."""

    def __init__(self) -> None:
        super().__init__("replace")


@pytest.mark.parametrize("operation", ["make_folder", "lock"])
def test_without_a_place_for_backups_nothing_is_written(desk: Desk, operation: str) -> None:
    before = desk.data
    with pytest.raises(StateUnusable) as told:
        desk.sync(1, Failing(operation))
    assert told.value.facts["folder"] == str(desk.state)
    assert desk.data == before
    assert desk.beside == ["plan.xlsx"]


def test_a_new_workbook_can_do_without_it(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    ExcelStore(tmp_path / "plan.xlsx", state=tmp_path / "state").create(plan_workbook())
    with pytest.raises(StateUnusable):
        ExcelStore(tmp_path / "plan.xlsx", state=tmp_path / "state").create(plan_workbook(), replace=True)


# The lock


def test_another_okrsheets_at_the_same_workbook_is_busy(desk: Desk) -> None:
    before = desk.data

    class Meanwhile(Seam):
        """Another run writes while this one does."""

        def copy_rights(self, known: object, source: Path, target: Path) -> None:  # type: ignore[override]
            for attempt in (lambda: desk.sync(2), lambda: desk.store().undo()):
                with pytest.raises(Busy) as busy:
                    attempt()
                assert "another okrsheets" in str(busy.value.facts["holder"])
            desk.store().tidy()

    desk.sync(1, Meanwhile())
    assert desk.store().read().grids["Overzicht"].at(3, 2).value == 1
    desk.store().undo()
    assert desk.data == before


def test_what_was_written_is_written_though_the_lock_does_not_come_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(lock: object, force: bool = False) -> None:
        raise OSError(errno.EAGAIN, "stuck")

    monkeypatch.setattr(filelock.BaseFileLock, "release", stuck)
    desk.sync(1)
    monkeypatch.undo()
    assert desk.store().read().grids["Overzicht"].at(3, 2).value == 1


def test_a_disk_without_locks_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(lock: object, **how: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(filelock.BaseFileLock, "acquire", none)
    with pytest.raises(StateUnusable):
        desk.sync(1)


def test_reading_and_finding_nothing_to_do_needs_no_lock_and_no_folder(desk: Desk, tmp_path: Path) -> None:
    store = ExcelStore(desk.path, files=Seam(), state=tmp_path / "none")
    store.tidy()
    store.write([], store.read())
    assert store.warnings == ()
    assert not (tmp_path / "none").exists()


# Where they are


def test_the_state_directory_is_where_the_environment_says(tmp_path: Path) -> None:
    assert state.folder({"OKRSHEETS_STATE_DIR": str(tmp_path)}) == tmp_path
    assert state.folder({"OKRSHEETS_STATE_DIR": "~/okr"}) == Path.home() / "okr"
    usual = state.folder({"OKRSHEETS_STATE_DIR": ""})
    assert usual.is_absolute()
    assert usual.name == "okrsheets"


def test_only_what_is_missing_is_made(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    state.make(tmp_path / "a" / "b")
    state.make(tmp_path / "a" / "b")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")]
    assert modes == [0o755, 0o700, 0o700]
