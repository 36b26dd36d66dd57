"""What is remembered of letters: all of it, at once, and through a damaged file as little as of syncs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from okrsheets.edges.history import FILE, SqliteHistory
from okrsheets.words.digest import Correspondence
from okrsheets.words.errors import HistoryUnusable

NOW = datetime(2026, 11, 22, 17, 0, 7, 250, tzinfo=UTC)
PLAN = Correspondence("plan", NOW, NOW, "mark", date(2026, 11, 20), 2, NOW + timedelta(hours=1))
NEW = Correspondence("new", NOW)


def test_letters_are_remembered_as_they_were(tmp_path: Path) -> None:
    SqliteHistory(tmp_path).keep_letters(PLAN, NEW)
    assert SqliteHistory(tmp_path).letters() == {"plan": PLAN, "new": NEW}
    later = Correspondence("plan", NOW + timedelta(days=7))
    SqliteHistory(tmp_path).keep_letters(later)
    assert SqliteHistory(tmp_path).letters() == {"plan": later, "new": NEW}


def test_nothing_is_known_at_first_and_looking_makes_no_file(tmp_path: Path) -> None:
    assert SqliteHistory(tmp_path).letters() == {}
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_history_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 99)
    history = SqliteHistory(tmp_path)
    assert history.letters() == {}
    history.keep_letters(PLAN)
    assert history.letters() == {"plan": PLAN}


def test_what_cannot_be_remembered_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HistoryUnusable):
        SqliteHistory(tmp_path / "file" / "state").keep_letters(PLAN)
