"""The service as a process, whose log tells what it did round by round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from person import Person

PATIENCE = 60.0
"""Seconds that a slow machine is given for what takes two or three."""
Line = dict[str, Any]


class Running:
    """A process that has begun its work, and its log so far."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log = log

    @property
    def lines(self) -> list[Line]:
        """What it told, without a line that is being written right now."""
        whole, _, _ = self.log.read_text(encoding="utf-8").rpartition("\n")
        lines = whole.splitlines()
        return [json.loads(line) if line.startswith("{") else {"event": "", "message": line} for line in lines]

    def since(self, moment: datetime) -> list[Line]:
        """What it told from a moment on."""
        return [line for line in self.lines if "time" in line and datetime.fromisoformat(line["time"]) >= moment]

    def rounds_until(self, moment: datetime, event: str, name: str) -> int | None:
        """How many rounds were over, from a moment on, before this was told of a workbook; None where it was not."""
        rounds = 0
        for line in self.since(moment):
            if (line["event"], line.get("workbook")) == (event, name):
                return rounds
            rounds += line["event"] == "round"
        return None

    def told(self, event: str, since: datetime | None = None) -> list[Line]:
        """The lines of a kind."""
        return [line for line in (self.since(since) if since else self.lines) if line["event"] == event]

    def awaits(self, event: str, times: int = 1, since: datetime | None = None) -> None:
        """Until something was told so many times, from a moment on."""
        await_that(lambda: len(self.told(event, since)) >= times or self.process.poll() is not None)
        assert len(self.told(event, since)) >= times, self.log.read_text(encoding="utf-8")

    def ends(self) -> int:
        """The exit code, when it ended."""
        return self.process.wait(PATIENCE)


@contextmanager
def service(person: Person) -> Iterator[Running]:
    """`okrsheets run` on `config.toml`, until the block ends."""
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    known |= {"HOME": str(person.home), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "okrsheets", "run", "--config", "config.toml", "--log-format", "json", "--verbose"]
    log = person.home / f"service-{len(list(person.home.glob('service-*')))}.log"
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, cwd=person.folder, env=known, stdout=stream, stderr=stream, text=True)
    try:
        yield Running(process, log)
    finally:
        process.kill()
        process.wait()


def await_that(holds: Callable[[], bool]) -> None:
    """Until it holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)
