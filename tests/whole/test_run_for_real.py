"""The service as a process: good workbooks are kept, bad ones are told, a kill and a stop harm nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from person import EVERYTHING, Person
from running import Running, await_that, moment, service

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages
from okrsheets.orders.sync import Outcome, sync

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill and terminate are POSIX signals")
GOOD = tuple(f"plan {n}" for n in range(17))
BAD = ("missing", "nonsense", "locked")
PERIODS = 2
CONFIGURATION = """
language = "en"
timezone = "UTC"
every = "2 seconds"
"""
ENTRY = """
[[workbooks]]
name = "{name}"
workbook = "{name}.xlsx"
"""


def configure(person: Person, names: tuple[str, ...]) -> None:
    entries = "".join(ENTRY.format(name=name) for name in names)
    (person.folder / "config.toml").write_text(CONFIGURATION + entries, encoding="utf-8")


@pytest.fixture
def saved(person: Person) -> list[bytes]:
    """Twenty workbooks of which three are broken in different ways; and how a person saves a good one, four times."""
    person.okr("new", "blank", "plan.xlsx", "--start", "2026-09-28", "--weeks", "13", "--lang", "nl", "--quiet")
    plan = person.folder / "plan.xlsx"
    new = plan.read_bytes()
    cell = next(iter(person.json("inspect", "plan.xlsx")["kpis"][0]["cells"].values()))
    saves = []
    for figure in (12.0, 34.0, 56.0, 78.0):
        person.type("plan.xlsx", {cell: figure})
        saves.append(plan.read_bytes())
    plan.unlink()
    for name in (*GOOD, "locked"):
        (person.folder / f"{name}.xlsx").write_bytes(new)
    (person.folder / "nonsense.xlsx").write_text("no workbook")
    (person.folder / "~$locked.xlsx").write_bytes(b"\x04Anna")
    return saves


def save(person: Person, name: str, content: bytes) -> datetime:
    """As Excel saves: a new file takes the place of the old one. The moment at which it was there."""
    beside = person.folder / "saving.tmp"
    beside.write_bytes(content)
    beside.replace(person.folder / f"{name}.xlsx")
    return moment()


def current(person: Person, name: str) -> bool:
    """Whether there is nothing to write, as somebody else finds it."""
    store = ExcelStore(person.folder / f"{name}.xlsx", EVERYTHING)
    result = sync(store, moment().date(), Languages(), dry_run=True)
    return result.outcome is Outcome.DRY_RUN and not result.changes


def await_edits(running: Running, edits: dict[str, datetime]) -> None:
    """Every edit is in its Summary within two rounds, the one that was under way when it was saved not counted."""
    await_that(lambda: None not in [running.rounds_until(when, "synced", name) for name, when in edits.items()])
    rounds = {name: running.rounds_until(when, "synced", name) for name, when in edits.items()}
    assert all(count is not None and count <= PERIODS for count in rounds.values()), rounds


def test_the_good_ones_are_current_through_edits_a_kill_and_a_stop(person: Person, saved: list[bytes]) -> None:
    configure(person, (*GOOD, *BAD))
    with service(person) as first:
        first.awaits("round")
        assert {line["workbook"] for line in first.told("synced")} == set(GOOD)
        await_edits(first, {name: save(person, name, saved[0]) for name in GOOD[:5]})
        await_edits(first, {name: save(person, name, saved[1]) for name in GOOD[3:8]})
        save(person, GOOD[0], saved[2])
        save(person, GOOD[9], saved[2])
        first.process.kill()
        first.process.wait()
    before = moment()
    for name in GOOD[10:13]:
        save(person, name, saved[3])
    with service(person) as second:
        second.awaits("round", PERIODS)
        assert all(current(person, name) for name in GOOD)
        assert not {line["workbook"] for line in second.told("synced")} - {GOOD[0], GOOD[9], *GOOD[10:13]}
        await_edits(second, {GOOD[16]: save(person, GOOD[16], saved[0])})
        assert_the_bad_ones_are_told(second, before)
        assert_status_agrees(person, second)
        second.process.send_signal(signal.SIGTERM)
        assert second.ends() == 0
        assert second.lines[-1]["event"] == "stopped"
        assert not second.told("fault")
    assert all(current(person, name) for name in GOOD)
    assert_nothing_is_left_beside(person)


def assert_the_bad_ones_are_told(running: Running, since: datetime) -> None:
    failed = {line["workbook"]: line["error"] for line in running.told("failed", since)}
    assert set(failed) == {"missing", "nonsense"}
    assert {line["workbook"] for line in running.told("busy", since)} == {"locked"}
    assert len(set(failed.values())) == 2


def assert_status_agrees(person: Person, running: Running) -> None:
    """What `status` says is what the log said, and `service.json` is about this process."""
    known = {each["name"]: each for each in json.loads(person.okr("status", "--config", "config.toml", "--json"))}
    assert {name: known[name]["outcome"] for name in BAD} == {
        "missing": "failed",
        "nonsense": "failed",
        "locked": "busy",
    }
    assert all(known[name]["error"] for name in BAD)
    assert all(known[name]["outcome"] in ("synced", "unchanged") and known[name]["last_sync"] for name in GOOD)
    assert facts(person)["pid"] == running.process.pid
    assert datetime.fromisoformat(facts(person)["since"]) <= datetime.fromisoformat(running.told("started")[0]["time"])


def facts(person: Person) -> dict[str, Any]:
    (file,) = person.home.rglob("service.json")
    return dict(json.loads(file.read_text(encoding="utf-8")))


def assert_nothing_is_left_beside(person: Person) -> None:
    beside = {path.name for path in person.folder.iterdir()} - {"home", "config.toml", "~$locked.xlsx"}
    assert beside == {f"{name}.xlsx" for name in (*GOOD, "locked", "nonsense")}
    assert not list(person.home.rglob("service.json"))


def test_the_configuration_is_read_again_when_edited_or_asked_for(person: Person, saved: list[bytes]) -> None:
    configure(person, GOOD[:1])
    with service(person) as running:
        running.awaits("round")
        configure(person, GOOD[:3])
        asked = moment()
        running.process.send_signal(signal.SIGHUP)
        running.awaits("reloaded")
        await_edits(running, dict.fromkeys(GOOD[1:3], asked))
        (person.folder / "config.toml").write_text("evry = 1", encoding="utf-8")
        running.awaits("configuration_kept", 2)
        await_edits(running, {GOOD[2]: save(person, GOOD[2], saved[0])})
        running.process.send_signal(signal.SIGINT)
        assert running.ends() == 0


def test_who_syncs_by_hand_beside_the_service_writes_nothing_twice(person: Person, saved: list[bytes]) -> None:
    """The service and four others after each edit: every Summary is written once, whoever comes first."""
    configure(person, GOOD[:1])
    with service(person) as running:
        running.awaits("round")
        began, by_hand = moment(), 0
        for content in saved[:2]:
            save(person, GOOD[0], content)
            by_hand += written_by_hand(person, 4)
            await_that(lambda: current(person, GOOD[0]))
        running.awaits("round", PERIODS, moment())
        assert by_hand + len(running.told("synced", began)) == 2
        assert not running.told("failed")


def written_by_hand(person: Person, times: int) -> int:
    """How many of several syncs at once wrote; each wrote, found nothing to do, or came too late."""
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    known |= {"HOME": str(person.home), "LANG": "C.UTF-8"}

    def once(_: int) -> str:
        command = [sys.executable, "-m", "okrsheets", "sync", str(Path(f"{GOOD[0]}.xlsx")), "--json"]
        done = subprocess.run(command, cwd=person.folder, env=known, capture_output=True, text=True)
        assert done.returncode in (0, 75), done.stderr
        return str(json.loads(done.stdout)[0]["outcome"])

    with ThreadPoolExecutor(times) as pool:
        outcomes = list(pool.map(once, range(times)))
    assert set(outcomes) <= {"synced", "unchanged", "busy"}
    return outcomes.count("synced")


def test_there_is_one_service_for_one_place(person: Person, saved: list[bytes]) -> None:
    configure(person, GOOD[:1])
    with service(person) as running:
        running.awaits("started")
        output = person.okr("run", "--config", "config.toml", code=75)
        assert output == ""
        assert running.process.poll() is None
