"""A service is as large after a thousand rounds as it was at first."""

from __future__ import annotations

import gc
import io
import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from okrsheets.edges.history import SqliteHistory
from okrsheets.shell import clock
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork
from tests.service_life.half_year import furnish
from tests.service_life.laptop import open_files

ROUNDS, WARM, EDITS = 800, 200, 200
SECONDS = timedelta(seconds=5)
MORE = 30_000
"""Bytes by which it may be larger; a round that kept as little as one short text would keep more."""


class Service:
    """One process with three workbooks, of which one changes now and then, and one is not there."""

    def __init__(self, folder: Path) -> None:
        furnish(folder, {"still": "5 seconds", "lively": "5 seconds", "missing": "5 seconds"})
        (folder / "missing.xlsx").unlink()
        self.lively = folder / "lively.xlsx"
        self.new = self.lively.read_bytes()
        self.now: datetime = clock.now().replace(hour=0, minute=0)
        self.written = io.StringIO()
        desk = Desk(str(folder / "config.toml"), hasty=True)
        clockwork = Clockwork(lambda: self.now, lambda: self.now.timestamp(), lambda _: None)
        log = ServiceLog(desk.language, desk.zone, clockwork.now, LogFormat.JSON, stream=self.written)
        self.keeper = Keeper(desk, SqliteHistory(folder / "state"), clockwork, log)

    def rounds(self, count: int) -> tuple[int, int]:
        """The size of the memory after so many, and the files that are open."""
        for n in range(count):
            if n % EDITS == 0:
                self.lively.write_bytes(self.new)
            self.now += SECONDS
            self.keeper.tick()
            self.written.seek(0)
            self.written.truncate()
        gc.collect()
        return tracemalloc.get_traced_memory()[0], open_files()


def test_a_thousand_rounds_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(tmp_path / "state"))
    service = Service(tmp_path)
    tracemalloc.start()
    try:
        early = service.rounds(WARM)
        late = service.rounds(ROUNDS)
    finally:
        tracemalloc.stop()
    assert late[0] - early[0] < MORE
    assert late[1] <= early[1]
