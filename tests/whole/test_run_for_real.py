"""The service as a process: good workbooks are kept, bad ones are told, a kill and a stop harm nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from person import Person

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill and terminate are POSIX signals")
GOOD = ("one", "two", "three")
PATIENCE = 60
"""Seconds that a slow machine is given; what is awaited comes within two or three."""
CONFIGURATION = """
every = "2 seconds"
{workbooks}
"""


def configure(person: Person) -> None:
    names = (*GOOD, "missing", "nonsense", "locked")
    entries = (f'[[workbooks]]\nname = "{name}"\nworkbook = "{name}.xlsx"\n' for name in names)
    (person.folder / "config.toml").write_text(CONFIGURATION.format(workbooks="".join(entries)))
    for name in (*GOOD, "locked"):
        person.okr("new", "high-ticket", f"{name}.xlsx", "--lang", "nl", "--quiet")
    (person.folder / "nonsense.xlsx").write_text("no workbook")
    (person.folder / "~$locked.xlsx").write_bytes(b"\x04Anna")


@contextmanager
def service(person: Person) -> Iterator[subprocess.Popen[str]]:
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    known |= {"HOME": str(person.home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "okrsheets", "run", "--config", "config.toml"]
    process = subprocess.Popen(
        command, cwd=person.folder, env=known, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def standings(person: Person) -> dict[str, Any]:
    return {each["name"]: each for each in json.loads(person.okr("status", "--config", "config.toml", "--json"))}


def await_that(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.2)


def all_good(person: Person) -> bool:
    known = standings(person)
    return all(known[name]["outcome"] in ("synced", "unchanged") for name in GOOD)


def test_it_keeps_the_good_ones_and_survives_a_kill(person: Person) -> None:
    configure(person)
    with service(person) as first:
        await_that(lambda: all_good(person))
        before = (person.folder / "one.xlsx").read_bytes()
        seen = person.json("inspect", "one.xlsx")
        cell = next(iter(seen["kpis"][0]["cells"].values()))
        person.type("one.xlsx", {cell: 12.0})
        await_that(lambda: not person.json("sync", "one.xlsx", "--dry-run")[0]["written"])
        assert (person.folder / "one.xlsx").read_bytes() != before
        first.send_signal(signal.SIGKILL)
        first.wait()
    with service(person) as second:
        await_that(lambda: all_good(person))
        known = standings(person)
        assert (known["missing"]["outcome"], known["nonsense"]["outcome"]) == ("failed", "failed")
        assert known["locked"]["outcome"] == "busy"
        assert all(known[name]["error"] for name in ("missing", "nonsense", "locked"))
        second.send_signal(signal.SIGTERM)
        output, _ = second.communicate(timeout=PATIENCE)
        assert second.returncode == 0, output
        assert "Traceback" not in output
    assert {path.name for path in person.folder.iterdir()} - {"home", "config.toml", "~$locked.xlsx"} == {
        f"{name}.xlsx" for name in (*GOOD, "locked", "nonsense")
    }


def test_there_is_one_service_for_one_place(person: Person) -> None:
    configure(person)
    with service(person):
        await_that(lambda: all_good(person))
        with service(person) as other:
            output, _ = other.communicate(timeout=PATIENCE)
        assert other.returncode == 75, output
        assert "running already" in output
