"""One service at a time, also where there is no room to say who it is."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from okrsheets.edges.autostart.running import FACTS, Running, left_behind, running
from okrsheets.edges.one_service import one_service
from okrsheets.words.errors import AlreadyRunning, HistoryUnusable

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_lock_alone_says_that_a_service_runs(tmp_path: Path) -> None:
    (tmp_path / FACTS).mkdir()  # nothing can be written there, as on a full disk
    with one_service(tmp_path, NOON):
        assert running(tmp_path) == Running()
        with pytest.raises(AlreadyRunning), one_service(tmp_path, NOON):
            pass
    assert running(tmp_path) is None


def test_where_nobody_may_look_none_is_seen(tmp_path: Path) -> None:
    closed = tmp_path / ("long" * 100)
    assert (running(closed), left_behind(closed)) == (None, None)


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(HistoryUnusable), one_service(tmp_path / "state", NOON):
        pass


def test_a_folder_that_is_removed_is_taken_again(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with one_service(folder, NOON) as hold:
        shutil.rmtree(folder)
        assert running(folder) is None
        hold.keep()
        assert running(folder) == Running(os.getpid(), NOON)
        hold.keep()
    assert running(folder) is None
    assert not (folder / FACTS).exists()


def test_who_lost_the_folder_to_another_ends(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with one_service(folder, NOON) as first:
        shutil.rmtree(folder)
        with one_service(folder, NOON) as second:
            with pytest.raises(AlreadyRunning):
                first.keep()
            second.keep()
            assert running(folder) is not None


def test_where_there_is_no_place_for_it_a_service_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    with one_service(folder, NOON) as hold:
        shutil.rmtree(folder)
        folder.touch()
        hold.keep()
        folder.unlink()
        hold.keep()
        assert running(folder) is not None
