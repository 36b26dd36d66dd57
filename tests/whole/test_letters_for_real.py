"""A service as a process that is killed while its letter is on the way: nobody ever gets two."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from letterbox import SECRET, Inbox, listening
from person import Person

from okrsheets.edges.history import SqliteHistory
from okrsheets.rules.due.phrases import DAYS
from okrsheets.words.digest import Correspondence

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill and terminate are POSIX signals")
PATIENCE = 60
"""Seconds that a slow machine is given; what is awaited comes within two or three."""


def configure(person: Person, inbox: Inbox) -> None:
    """A plan whose letter has been due since yesterday, as after a computer that was off."""
    now = datetime.now(UTC)
    monday = now.date() - timedelta(days=now.weekday())
    person.okr("new", "high-ticket", "plan.xlsx", "--start", str(monday - timedelta(weeks=1)), "--weeks", "4")
    (person.folder / "config.toml").write_text(
        f"every = '1 second'\ntimezone = 'UTC'\n[digest]\nto = ['{inbox.address()}']\n"
        f"day = '{DAYS[(now - timedelta(days=1)).weekday()]} at 12:00'\n"
        "[[workbooks]]\nname = 'plan'\nworkbook = 'plan.xlsx'\n",
        encoding="utf-8",
    )
    person.environment["OKRSHEETS_STATE_DIR"] = str(person.folder / "state")
    SqliteHistory(person.folder / "state").keep_letters(Correspondence("plan", now - timedelta(days=8)))


@contextmanager
def service(person: Person) -> Iterator[subprocess.Popen[str]]:
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    known |= {"HOME": str(person.home), "LANG": "C.UTF-8"} | person.environment
    command = [sys.executable, "-m", "okrsheets", "run", "--config", "config.toml", "--log-format", "json", "-v"]
    process = subprocess.Popen(
        command, cwd=person.folder, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def await_sync(state: Path, since: datetime) -> None:
    """A whole tick has passed: the workbook was looked at."""
    end = time.monotonic() + PATIENCE
    while not any(each.synced and each.synced > since for each in SqliteHistory(state).standings().values()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def test_a_service_that_is_killed_with_a_letter_in_its_hand(person: Person) -> None:
    arrived, end = Event(), Event()
    with listening(Inbox()) as inbox:
        inbox.before_answer = lambda: (arrived.set(), end.wait(PATIENCE))
        configure(person, inbox)
        with service(person) as first:
            assert arrived.wait(PATIENCE)
            first.send_signal(signal.SIGKILL)
            first.wait()
        end.set()
        cell = next(iter(person.json("inspect", "plan.xlsx")["kpis"][0]["cells"].values()))
        person.type("plan.xlsx", {cell: 12.0})
        since = datetime.now(UTC)
        with service(person) as second:
            await_sync(person.folder / "state", since)
            time.sleep(1.5)  # two ticks more
            second.send_signal(signal.SIGTERM)
            output, _ = second.communicate(timeout=PATIENCE)
        assert second.returncode == 0
        assert len(inbox.got) == 1
        events = {json.loads(line)["event"] for line in output.splitlines()}
        assert "synced" in events
        assert not [event for event in events if event.startswith("letter")]
        assert SECRET not in output
        status = person.json("status", "--config", "config.toml")
        assert status[0]["last_letter"] is not None
