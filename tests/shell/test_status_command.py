"""`okrsheets status`: what needs a hand first, then every workbook in a line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from okr import Okr

from okrsheets.edges.autostart.running import FACTS, LOCK
from okrsheets.edges.history import SqliteHistory
from okrsheets.words.history import Run, Standing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""10:00 in Amsterdam, a Monday."""
WELL = Standing("well", NOW, "synced", NOW)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def state(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four workbooks in a configuration, and the folder of what is remembered of them."""
    state, config = home / "state", home / "config.toml"
    tables = "".join(
        f"[[workbooks]]\nname = '{each}'\nworkbook = '{each}.xlsx'\n" for each in ("well", "b", "c", "new")
    )
    config.write_text(f"timezone = 'Europe/Amsterdam'\nevery = '2 hours'\n{tables}", encoding="utf-8")
    monkeypatch.setenv("OKRSHEETS_CONFIG", str(config))
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(state))
    monkeypatch.setattr("okrsheets.shell.clock.now", lambda: NOW)
    return state


def remember(state: Path, *standings: Standing) -> None:
    SqliteHistory(state).keep(standings, ())


FAILED = Standing("c", NOW - MINUTE, "failed", None, "c.xlsx is not there. Check the path.", "", 3, NOW - MINUTE)
BUSY = Standing("b", NOW, "busy", NOW - timedelta(days=2), "b.xlsx is open elsewhere.", "", 1, NOW)


def test_what_needs_a_hand_comes_first(okr: Okr, state: Path) -> None:
    remember(state, WELL, BUSY, FAILED)
    answer = okr("status")
    assert (answer.code, answer.err) == (0, "")
    told = answer.out.split("Workbook")[0]
    assert told.index("c: c.xlsx is not there.") < told.index("b: b.xlsx is open elsewhere.")
    rows = answer.out.split("Next\n")[1].splitlines()[:4]
    assert [row.split()[:2] for row in rows] == [["✗", "c"], ["…", "b"], ["·", "new"], ["✓", "well"]]
    assert "needs a hand" in rows[0]
    assert "Sat 21 Nov 10:00" in rows[1]
    assert "now" in rows[2]
    assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(), "just now"),
        (MINUTE, "1 minute ago"),
        (59 * MINUTE, "59 minutes ago"),
        (61 * MINUTE, "today 08:59"),
        (timedelta(hours=11), "22 Nov 23:00"),
        (-timedelta(hours=2), "today 12:00"),
    ],
)
def test_how_long_ago_it_was(okr: Okr, state: Path, ago: timedelta, said: str) -> None:
    remember(state, replace(WELL, synced=NOW - ago))
    (row,) = (line for line in okr("status").out.splitlines() if line.startswith("✓"))
    assert said in row


def test_the_document(okr: Okr, state: Path) -> None:
    remember(state, WELL, FAILED)
    well, b, c, _ = okr("status", "--json").json
    assert (well["name"], well["workbook"].endswith("well.xlsx")) == ("well", True)
    assert (well["last_sync"], well["outcome"], well["error"]) == ("2026-11-23T09:00:00Z", "synced", None)
    assert well["next_due"].startswith("2026-11-23T10:0")
    assert (well["last_letter"], well["next_letter"], well["letter_failed"]) == (None, None, None)
    assert (b["last_sync"], b["outcome"], b["failures"]) == (None, None, 0)
    assert (c["outcome"], c["failures"], c["last_try"]) == ("failed", 3, "2026-11-23T08:59:00Z")


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"pid": 4711, "since": NOW.isoformat()}, "running (process 4711)"), (None, "The service is running.")],
)
def test_whether_anybody_keeps_them(okr: Okr, state: Path, facts: object, said: str) -> None:
    assert "The service is not running" in okr("status").out
    state.mkdir(exist_ok=True)
    with FileLock(state / LOCK):
        if facts:
            (state / FACTS).write_text(json.dumps(facts), encoding="utf-8")
        assert said in okr("status").out


def test_without_a_workbook_there_is_nothing_to_tell(okr: Okr, state: Path, home: Path) -> None:
    (home / "config.toml").write_text("", encoding="utf-8")
    assert okr("status").code == 2


def test_a_sync_by_hand_is_remembered_by_name_and_by_place(okr: Okr, state: Path, home: Path) -> None:
    for name in ("well", "b"):
        okr("new", "blank", home / f"{name}.xlsx", "--quarter", "2026-Q4")
    okr("sync", "well", home / "b.xlsx", "c", "--today", "2026-11-23", "--json")
    known = {one["name"]: one for one in okr("status", "--json").json}
    assert [known[name]["outcome"] for name in ("well", "b", "c", "new")] == ["synced", "synced", "failed", None]
    assert [known[name]["last_sync"] for name in ("well", "b", "c")] == ["2026-11-23T09:00:00Z"] * 2 + [None]
    assert "c.xlsx" in known["c"]["error"]
    assert known["well"]["next_due"] > "2026-11-23T09:00:00Z"


def test_a_dry_run_is_not_remembered(okr: Okr, state: Path, home: Path) -> None:
    okr("new", "blank", home / "well.xlsx", "--quarter", "2026-Q4")
    okr("sync", "well", "--dry-run")
    assert not (state / "history.sqlite3").exists()


def test_a_failure_by_hand_keeps_the_last_good_sync(okr: Okr, state: Path) -> None:
    remember(state, WELL)
    okr("sync", "well")
    (found,) = [one for one in okr("status", "--json").json if one["name"] == "well"]
    assert (found["outcome"], found["last_sync"], found["failures"]) == ("failed", "2026-11-23T09:00:00Z", 1)


def test_a_sync_stands_although_it_cannot_be_remembered(okr: Okr, state: Path, home: Path) -> None:
    okr("new", "blank", home / "well.xlsx", "--quarter", "2026-Q4")
    state.mkdir(exist_ok=True)
    (state / "history.sqlite3").mkdir()
    answer = okr("sync", "well", "--verbose")
    assert answer.code == 0
    assert "history.sqlite3" in answer.err


def test_with_verbose_what_was_done_last(okr: Okr, state: Path) -> None:
    """Newest first, no more than five, and nothing of the times when nothing changed."""
    hours = [NOW - timedelta(hours=hour) for hour in range(9)]
    runs = [Run("well", hour, hour, 0.25, "synced") for hour in hours[1:]]
    runs += [Run("well", NOW, NOW, 0.01, "unchanged"), Run("c", NOW, NOW, 1.26, "failed", FAILED.error)]
    runs[0] = replace(runs[0], missed=3)
    SqliteHistory(state).keep((WELL, FAILED), runs)
    brief, told = okr("status").out, okr("status", "--verbose").out
    assert told.startswith(brief.rstrip())
    broken, fine = told.removeprefix(brief.rstrip()).split("\n\n")[1:]
    assert " ".join(broken.split()) == "c just now needed a hand 1.3 s c.xlsx is not there. Check the path."
    title, first, *others = fine.splitlines()
    assert title == "well"
    assert " ".join(first.split()) == "today 09:00 brought up to date 0.25 s for 3 earlier times too"
    assert [line.split()[1] for line in others] == ["08:00", "07:00", "06:00", "05:00"]


def test_verbose_before_anything_was_done(okr: Okr, state: Path) -> None:
    assert okr("status", "--verbose").out == okr("status").out
