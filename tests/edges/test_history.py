"""The history: what a service remembers, through kills, damage and other processes."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from okrsheets.edges.history import FILE, REMEMBERED, SqliteHistory
from okrsheets.edges.history_condition import history_fault
from okrsheets.words.errors import HistoryOutOfReach, HistoryUnusable
from okrsheets.words.history import Run, Standing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STANDING = Standing("plan", NOON, "synced", NOON, None, "123", 0)
RUN = Run("plan", NOON, NOON + timedelta(seconds=3), 0.25, "synced")
FAILED = Standing("other", NOON, "failed", None, "It is not there.", "", 2)


@pytest.fixture
def history(tmp_path: Path) -> SqliteHistory:
    return SqliteHistory(tmp_path)


def test_nothing_is_known_at_first_and_nothing_is_made(history: SqliteHistory) -> None:
    assert (history.standings(), history.runs("plan")) == ({}, ())
    assert not history.file.exists()


def test_what_was_kept_is_known_again(history: SqliteHistory, tmp_path: Path) -> None:
    history.keep([STANDING, FAILED], [RUN])
    again = SqliteHistory(tmp_path)
    assert again.standings() == {"plan": STANDING, "other": FAILED}
    assert (again.runs("plan"), again.runs("other")) == ((RUN,), ())


def test_the_newest_standing_counts_and_all_runs_stay(history: SqliteHistory) -> None:
    later = Run("plan", NOON + timedelta(hours=1), NOON + timedelta(hours=1), 0.1, "failed", "Oh.", 2)
    history.keep([STANDING], [RUN])
    history.keep([Standing("plan", later.slot, "failed", NOON, "Oh.", "123", 1)], [later])
    assert history.standings()["plan"].failures == 1
    assert history.runs("plan") == (RUN, later)


def test_runs_of_long_ago_are_forgotten(history: SqliteHistory) -> None:
    old = Run("plan", NOON - REMEMBERED, NOON - REMEMBERED - timedelta(seconds=1), 1, "synced")
    history.keep([], [old])
    history.keep([], [RUN])
    assert history.runs("plan") == (RUN,)


def test_a_round_is_kept_wholly_or_not_at_all(history: SqliteHistory) -> None:
    history.keep([STANDING], [RUN])
    broken = Run("plan", NOON, NOON + timedelta(hours=2), "long", "synced")  # type: ignore[arg-type]
    with pytest.raises(HistoryUnusable):
        history.keep([FAILED], [broken])
    assert (set(history.standings()), history.runs("plan")) == ({"plan"}, (RUN,))


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_damaged_file_is_put_aside_and_a_new_one_begun(history: SqliteHistory, damage: bytes) -> None:
    history.file.write_bytes(damage)
    assert history.standings() == {}
    history.keep([STANDING], [RUN])
    assert history.standings() == {"plan": STANDING}
    assert history.file.with_name(f"{FILE}.damaged-1").read_bytes() == damage


def test_a_history_of_another_version_is_put_aside(history: SqliteHistory) -> None:
    with sqlite3.connect(history.file) as base:
        base.execute("pragma user_version = 99")
    base.close()
    assert history.standings() == {}
    assert history.file.with_name(f"{FILE}.damaged-1").exists()


def test_a_bookmark_is_kept_until_there_is_another(history: SqliteHistory, tmp_path: Path) -> None:
    assert history.bookmark() == ""
    history.keep([STANDING], [], "page 7")
    history.keep([STANDING], [])
    assert SqliteHistory(tmp_path).bookmark() == "page 7"
    history.keep([], [], "")
    assert (history.bookmark(), history.standings()) == ("", {"plan": STANDING})


def test_a_history_of_the_first_version_is_taken_over(history: SqliteHistory) -> None:
    """It had no bookmark, and the token of a failure was that of the failing file."""
    history.keep([STANDING, replace(FAILED, token="123")], [RUN])
    with sqlite3.connect(history.file) as base:
        base.executescript("drop table bookmarks; pragma user_version = 1;")
    base.close()
    assert history_fault(history.file) is None
    assert history.standings() == {"plan": STANDING, "other": FAILED}
    assert (history.runs("plan"), history.bookmark()) == ((RUN,), "")
    history.keep([], [], "page 1")
    assert history.bookmark() == "page 1"
    assert not history.file.with_name(f"{FILE}.damaged-1").exists()


def test_a_place_where_nothing_can_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(HistoryUnusable):
        SqliteHistory(tmp_path).keep([STANDING], [RUN])


def _keep_many(folder: Path, name: str) -> None:
    for n in range(25):
        moment = NOON + timedelta(minutes=n)
        SqliteHistory(folder).keep([Standing(name, moment, "synced")], [Run(name, moment, moment, 0, "synced")])


def test_several_processes_keep_side_by_side(history: SqliteHistory, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_keep_many, args=(tmp_path, name)) for name in ("a", "b")]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0, 0]
    assert [len(history.runs(name)) for name in ("a", "b")] == [25, 25]


def test_a_place_into_which_nobody_may_look_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(HistoryUnusable):
        SqliteHistory(tmp_path / ("long" * 100)).standings()


def test_tables_that_are_gone_make_it_no_history(history: SqliteHistory) -> None:
    history.keep([STANDING], [RUN])
    with sqlite3.connect(history.file) as base:
        base.execute("drop table standings")
    base.close()
    assert history.standings() == {}
    assert history.file.with_name(f"{FILE}.damaged-1").exists()


def test_what_was_kept_is_known_where_nothing_can_be_written(history: SqliteHistory) -> None:
    """As on a disk that is full: SQLite cannot make what it needs beside the file."""
    resource = pytest.importorskip("resource")
    history.keep([STANDING], [RUN])
    known = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, known[1]))
    try:
        found, fault = history.standings(), history_fault(history.file)
        with pytest.raises(HistoryOutOfReach):
            history.keep([FAILED], [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, known)
        signal.signal(signal.SIGXFSZ, before)
    assert (found, fault) == ({"plan": STANDING}, None)


def test_deeds_are_the_last_runs_in_which_something_happened(history: SqliteHistory) -> None:
    hours = [NOON + timedelta(hours=hour) for hour in range(6)]
    kinds = ("synced", "busy", "unchanged", "failed", "synced", "unchanged")
    runs = [Run("plan", hour, hour, 0.1, kind) for hour, kind in zip(hours, kinds, strict=True)]
    history.keep([], [*runs, Run("other", NOON, NOON, 0.1, "synced")])
    assert history.deeds("plan", 3) == (runs[4], runs[3], runs[1])
    assert history.deeds("unknown", 3) == ()
