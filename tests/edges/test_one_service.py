"""One service at a time, also where there is no room to say who it is."""

from __future__ import annotations

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
