"""A service notices that its configuration was edited."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from okrsheets.shell.keeping.edited import JUST_NOW, Edited

SAVED = 1_800_000_000.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    save(file, "a", SAVED)
    return file


def save(file: Path, text: str, when: float) -> None:
    file.write_text(text, encoding="utf-8")
    os.utime(file, (when, when))


def test_each_edit_is_noticed_until_it_is_noted(file: Path) -> None:
    edited = Edited(file, lambda: SAVED + 60)
    assert not edited()
    save(file, "b", SAVED + 30)
    assert edited()
    edited.noted()
    assert not edited()
    save(file, "c", SAVED + 10)  # put back from a backup: older, and another all the same
    assert edited()


def test_a_file_that_is_still_being_saved_waits(file: Path) -> None:
    now = SAVED
    edited = Edited(file, lambda: now)
    save(file, "b", SAVED + 1)
    now = SAVED + 1 + JUST_NOW / 2
    assert not edited()
    now = SAVED + 1 + JUST_NOW
    assert edited()


def test_a_file_that_is_gone_for_a_moment_is_no_edit(file: Path) -> None:
    edited = Edited(file, lambda: SAVED + 60)
    file.unlink()
    assert not edited()
    save(file, "other", SAVED + 20)
    assert edited()


def test_a_file_that_was_not_there_at_first_is_one_when_it_comes(tmp_path: Path) -> None:
    edited = Edited(tmp_path / "config.toml", lambda: SAVED + 60)
    assert not edited()
    save(tmp_path / "config.toml", "a", SAVED)
    assert edited()
