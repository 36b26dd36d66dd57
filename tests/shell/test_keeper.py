"""The keeper of a service: what it says, what it tells a monitor, and that nothing stops it."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from okr import Okr, Shelf

from okrsheets.edges.history import SqliteHistory
from okrsheets.orders.rounds import UNKNOWN
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.configured import Configured, token_of_file
from okrsheets.shell.keeping.keeper import SLOW, Keeper
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork, Ticker

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Service:
    """A keeper in this process, with a clock that is turned by hand."""

    def __init__(self, more: str = "", names: tuple[str, ...] = ("plan", "gone")) -> None:
        self.now, self.monotonic = NOON, 0.0
        self.log = io.StringIO()
        tables = "".join(f"[[workbooks]]\nname = '{name}'\nworkbook = '{name}.xlsx'\n" for name in names)
        self.config = Path("config.toml")
        self.config.write_text(f"language = 'en'\nevery = '1 hour'\n{more}\n{tables}", encoding="utf-8")
        self.history = SqliteHistory(Path("state"))
        desk = Desk(str(self.config), hasty=True)
        self.clockwork = Clockwork(lambda: self.now, lambda: self.monotonic, self.wait)
        log = ServiceLog(desk.language, UTC, self.clockwork.now, LogFormat.JSON, stream=self.log, verbose=True)
        self.keeper = Keeper(desk, self.history, self.clockwork, log)

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.monotonic += seconds

    def tick(self, later: timedelta = timedelta(hours=1)) -> list[dict[str, Any]]:
        """What is told in one tick, so much later."""
        self.log.seek(0)
        self.log.truncate()
        self.wait(later.total_seconds())
        self.keeper.tick()
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


@pytest.fixture(autouse=True)
def plan(okr: Okr, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(Path("state").absolute()))
    return shelf.copy(okr, Path("plan.xlsx"), "new", "blank", "plan.xlsx", "--quarter", "2026-Q4", "--force")


@pytest.fixture
def heard() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The address of a monitor, and what it heard: paths and bodies."""
    words: list[tuple[str, str]] = []

    class Monitor(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            words.append((self.path, self.rfile.read(size).decode()))
            self.send_response(200)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Monitor) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/secret?key=1", words
        server.shutdown()


def events(told: list[dict[str, Any]]) -> list[str]:
    return [line["event"] for line in told]


def test_what_came_of_each_is_told_and_of_the_round_at_last() -> None:
    service = Service()
    told = service.tick()
    assert events(told) == ["synced", "failed", "round"]
    assert [line["level"] for line in told] == ["info", "error", "debug"]
    assert events(service.tick(timedelta(seconds=20))) == []


def test_a_sleep_and_a_clock_that_is_set_are_told() -> None:
    service = Service(names=("plan",))
    service.tick()
    service.now += timedelta(hours=8)
    (line,) = [line for line in service.tick(timedelta(seconds=20)) if line["event"] == "clock"]
    assert (line["seconds"], "8:00:00" in line["message"]) == (8 * 3600, True)
    service.now -= timedelta(hours=9)
    (line,) = service.tick(timedelta(seconds=20))
    assert (line["seconds"], "set back" in line["message"]) == (-9 * 3600, True)


def test_a_bug_is_told_and_the_next_tick_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(names=("plan",))

    def bug(self: Configured, *_: object) -> str:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(Configured, "token", bug)
        told, where = service.tick()
    assert (told["event"], "a bug" in told["message"]) == ("fault", True)
    assert (where["event"], "in bug" in where["message"]) == ("traceback", True)
    assert events(service.tick(timedelta(seconds=20))) == ["synced", "round"]


def test_whatever_goes_wrong_in_a_tick_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also before anything is looked at: a service that does nothing and says nothing looks like one that is well."""

    def bug(self: Keeper) -> None:
        raise RuntimeError("no clock")

    service = Service(names=("plan",))
    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "_notice_sleep", bug)
        assert "no clock" in service.tick()[0]["message"]
    assert events(service.tick(timedelta(seconds=20))) == ["synced", "round"]


def test_behind_a_slow_workbook_the_round_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(names=("slow", "plan"))
    read = Configured.sync

    def slowly(self: Configured, name: str, *rest: Any) -> Any:
        service.wait(2 * SLOW if name == "slow" else 0)
        return read(self, name, *rest)

    monkeypatch.setattr(Configured, "sync", slowly)
    assert events(service.tick()) == ["failed", "synced", "round"]


def test_a_history_that_cannot_be_written_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(names=("plan",))
    monkeypatch.setattr(service.history, "file", Path("plan.xlsx/history.sqlite3"))
    told = service.tick()
    assert events(told)[-1] == "history"
    assert "OKRSHEETS_STATE_DIR" in told[-1]["message"]
    assert "history" not in events(service.tick())


def test_a_monitor_hears_that_a_tick_begins_and_what_is_not_well(heard: tuple[str, list[tuple[str, str]]]) -> None:
    address, words = heard
    service = Service(f"ping = '{address}'")
    service.tick()
    service.keeper.close()
    (start, failed) = words
    assert start == ("/secret/start?key=1", "")
    assert failed[0] == "/secret/fail?key=1"
    assert "gone: gone.xlsx is not there." in failed[1].replace(str(Path.cwd()) + "/", "")
    assert "secret" not in service.log.getvalue()


def test_a_monitor_hears_nothing_for_a_quarter_where_there_is_nothing(heard: tuple[str, list[tuple[str, str]]]) -> None:
    address, words = heard
    service = Service(f"ping = '{address}'", names=("plan",))
    service.tick(timedelta(minutes=62))
    for _ in range(20):
        service.tick(timedelta(minutes=1))
    service.keeper.close()
    assert [path for path, _ in words] == ["/secret/start?key=1", "/secret?key=1"] * 2


def test_a_monitor_hears_at_once_of_a_turn_for_the_worse_or_the_better(
    heard: tuple[str, list[tuple[str, str]]], plan: Path
) -> None:
    address, words = heard
    service = Service(f"ping = '{address}'", names=("plan",))
    service.config.write_text(service.config.read_text().replace("1 hour", "10 seconds"), encoding="utf-8")
    service.keeper.reload()
    service.tick(timedelta(seconds=10))
    moved = plan.rename("moved.xlsx")
    for _ in range(2):
        service.tick(timedelta(seconds=12))
    moved.rename(plan)
    service.tick(timedelta(seconds=12))
    service.keeper.close()
    assert [path for path, _ in words] == [
        "/secret/start?key=1",
        "/secret?key=1",
        "/secret/fail?key=1",
        "/secret?key=1",
    ]


def test_ticks_come_through_a_clock_that_is_set_and_through_a_tick_that_fails() -> None:
    service = Service(names=("plan",))
    ticks: list[float] = []

    def tick() -> None:
        ticks.append(service.monotonic)
        service.now += timedelta(hours=-5 if len(ticks) == 3 else 0)
        raise RuntimeError("a bug")

    ticker = Ticker(tick, service.clockwork)
    ticker.every(60)
    ticker.run(lambda: service.monotonic < 1000)
    assert max(later - earlier for earlier, later in pairwise(ticks)) <= 120
    assert len(ticks) >= 8


def test_a_place_that_no_file_can_have_stops_no_other() -> None:
    assert token_of_file("no\0place.xlsx", 0.0) == UNKNOWN


def test_letters_of_which_nothing_can_be_known_are_told_once_and_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(names=("plan",))
    monkeypatch.setattr(service.history, "file", Path("config.toml/history.sqlite3"))
    monkeypatch.setattr("okrsheets.edges.history.is_new", lambda _: False)
    (line,) = [line for line in service.tick() if line["event"] == "fault"]
    assert line["message"].startswith("What okrsheets remembers between two syncs cannot be kept in config.toml")
    assert "OKRSHEETS_STATE_DIR" in line["message"]
    assert "fault" not in events(service.tick())
