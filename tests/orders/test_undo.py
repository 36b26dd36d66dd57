"""Undo, on a workbook in a file and on one whose history is kept elsewhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from okrsheets.edges import templates
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.new import new
from okrsheets.orders.sync import Outcome, sync
from okrsheets.orders.undo import Undone, undo
from okrsheets.words.errors import ChangedSince, NothingToUndo, NoUndo
from okrsheets.words.grid import Address, Change, Content
from okrsheets.words.period import quarter

TODAY = date(2026, 11, 23)
LANGUAGES = Languages()


@pytest.fixture
def store(tmp_path: Path) -> ExcelStore:
    """A new workbook."""
    store = ExcelStore(tmp_path / "plan.xlsx", state=tmp_path / "state")
    new(store, templates.load("blank").plan("en"), quarter(2026, 4), language("en"), LANGUAGES)
    return store


def data(store: ExcelStore) -> bytes:
    return Path(store.ref).read_bytes()


def test_undo_is_the_opposite_of_sync(store: ExcelStore) -> None:
    before = data(store)
    assert sync(store, TODAY, LANGUAGES).outcome is Outcome.SYNCED
    assert undo(store) == Undone(store.ref)
    assert data(store) == before
    with pytest.raises(NothingToUndo):
        undo(store)


def test_what_was_typed_since_is_kept(store: ExcelStore) -> None:
    sync(store, TODAY, LANGUAGES)
    store.write([Change(Address("Theme", 60, 2), Content(), Content("mine"))], ExcelStore(Path(store.ref)).read())
    typed = data(store)
    store.undo()
    Path(store.ref).write_bytes(typed + b"")
    sync(store, TODAY, LANGUAGES)
    Path(store.ref).write_bytes(typed)
    with pytest.raises(ChangedSince):
        undo(store)
    done = undo(store, force=True)
    assert done.kept
    assert Path(done.kept).read_bytes() == typed


def test_warnings_are_passed_on(store: ExcelStore) -> None:
    copy = Path(store.ref).with_name("plan (conflicted copy 2026-11-23).xlsx")
    copy.touch()
    result = sync(store, TODAY, LANGUAGES)
    assert [warning.facts["copies"] for warning in result.warnings] == [(copy.name,)]
    assert undo(store).warnings == result.warnings
    assert sync(ExcelStore(copy), TODAY, LANGUAGES).warnings == ()


def test_a_workbook_without_backups_of_ours() -> None:
    store = MemoryStore("plan")
    assert store.warnings == ()
    with pytest.raises(NoUndo):
        undo(store)
