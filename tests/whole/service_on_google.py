"""A service that keeps Google Sheets, with the product's own classes, and a clock that is turned by hand."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from google_fake import ROBOT, GoogleFake
from google_sheets import store_in

from okrsheets.edges import templates
from okrsheets.edges.history import SqliteHistory
from okrsheets.edges.languages import Languages, language
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import read_back
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork
from okrsheets.words.grid import a1
from okrsheets.words.period import Period
from okrsheets.words.workbook import Entry, Tab, Workbook

DAY = date(2026, 10, 1)
MORNING = datetime(2026, 10, 1, 6, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def plainly(workbook: Workbook) -> Workbook:
    """The same words and figures without looks, of which the stand-in has most of its work."""
    return replace(workbook, tabs=tuple(map(plain_tab, workbook.tabs)))


def plain_tab(tab: Tab) -> Tab:
    entries = {spot: Entry(entry.value) for spot, entry in tab.entries.items() if entry.value is not None}
    none: dict[str, Any] = dict.fromkeys(("highlights", "bars", "charts", "sparklines", "choices", "hints"), ())
    return replace(tab, entries=entries, **none)


class Sheets:
    """Spreadsheets with the smallest of plans; `box` is where an action is ticked on the day."""

    def __init__(self, google: GoogleFake) -> None:
        self.google = google
        plan = describe(templates.load("blank").plan("nl"), Period(date(2026, 9, 28), 1), language("nl"))
        store = store_in(google)
        store.create(plainly(plan))
        self.first = store.id
        google.share(self.first, ROBOT)
        box = read_back(store.read(), Languages().all).where("A1", str(DAY))
        assert box is not None
        self.box = "'" + box.tab + "'!" + a1(box.spot)

    def copy(self) -> str:
        """Another one just like the first; its id."""
        headers = {"Authorization": f"Bearer {self.google.token()}"}
        made = requests.post(f"{self.google.base_url}/drive/v3/files/{self.first}/copy", json={}, headers=headers)
        id = str(made.json()["id"])
        self.google.share(id, ROBOT)
        return id

    def tick(self, id: str, done: bool = True) -> None:
        """Somebody does what was planned, or finds that it was not done after all."""
        self.google.person(id).put(self.box, done)


class Service:
    """From one start to the next kill; the history stays."""

    def __init__(self, google: GoogleFake, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.google = google
        self.folder = folder
        self.now = MORNING
        self.log = io.StringIO()
        patch.setenv("OKRSHEETS_STATE_DIR", str(folder / "state"))
        patch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", google.base_url)
        patch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(google.service_account_file(folder / "key.json", ROBOT)))
        patch.setattr("okrsheets.shell.desk.HASTE", 0.0)

    def configure(self, places: Iterable[tuple[str, str]]) -> None:
        """Names and places of workbooks."""
        tables = (f"[[workbooks]]\nname = '{name}'\nworkbook = '{place}'\n" for name, place in places)
        text = "language = 'en'\ntimezone = 'Europe/Amsterdam'\n" + "".join(tables)
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def start(self) -> None:
        """A new process, which knows what the history knows."""
        desk = Desk(str(self.folder / "config.toml"), hasty=True)
        clockwork = Clockwork(lambda: self.now, lambda: self.now.timestamp(), lambda _: None)
        log = ServiceLog(desk.language, desk.zone, clockwork.now, LogFormat.JSON, stream=self.log, verbose=True)
        self.history = SqliteHistory(self.folder / "state")
        self.keeper = Keeper(desk, self.history, clockwork, log)

    def round(self, later: timedelta = QUARTER) -> int:
        """The calls of one tick, so much later; signing in does not count."""
        self.now += later
        self.google.log.clear()
        self.log.seek(0)
        self.log.truncate()
        self.keeper.tick()
        return len(self.google.log) - self.google.log.count("token")

    def told(self, event: str) -> list[dict[str, Any]]:
        """What was said in the last tick."""
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        return [line for line in lines if line["event"] == event]
