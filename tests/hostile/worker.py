"""A process of its own that tries files, one after the other, with little memory and time.

It reads lines of JSON, `{"path": …, "folder": …, "today": …, "json": […]}`, and answers each with one.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import resource
import shutil
import signal
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typer.main
from typer.main import get_command

from okrsheets.edges.excel.disk.files import Files
from okrsheets.shell.app import build
from okrsheets.shell.main import run
from okrsheets.words import errors
from okrsheets.words.errors import OkrsheetsError

from .judging import MOST_MEMORY, MOST_SECONDS, Answer, document, faults_of, faults_of_sync

ENOUGH = MOST_SECONDS + 3
"""After so many seconds of the processor the process is killed: what takes longer may never end."""
COMMANDS = ("inspect", "report", "check")


@dataclass(slots=True)
class Trial:
    """What came of a file: how it ended, what was wrong, the slowest command, the most memory in bytes."""

    outcome: str = ""
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: str = ""
    memory: int = 0


def main() -> None:
    """Answers until there is no more to read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    save_time()
    out = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        trial = tried(Path(asked["path"]), Path(asked["state"]), asked["today"], asked["json"])
        out.write(json.dumps(asdict(trial)) + "\n")
        out.flush()


def save_time() -> None:
    """Nobody is saving these files, so there is nothing to wait for; and the command line is built only once."""
    command = get_command(build())
    Files.pause = lambda self, seconds: None  # type: ignore[method-assign]
    typer.main.get_command = lambda typer_instance: command


def tried(path: Path, state: Path, today: str, as_json: list[bool]) -> Trial:
    """All commands on one file, and what was wrong with any of them."""
    old, beside, trial = path.read_bytes(), sorted(path.parent.iterdir()), Trial()
    forget_peak()
    for name, is_json in zip(COMMANDS, as_json, strict=True):
        options = ["--today", today] if name == "report" else []
        note(trial, answered(name, path, *options, is_json=is_json))
        if path.read_bytes() != old:
            trial.faults.append(f"{name}: the file changed")
    sync = answered("sync", path, "--today", today, is_json=True)
    note(trial, sync)
    trial.outcome = outcome_of(sync)
    new, again = path.read_bytes(), None
    if trial.outcome == "synced":
        second = answered("sync", path, "--today", today, is_json=True)
        note(trial, second)
        again = outcome_of(second)
    trial.faults += faults_of_sync(old, new, trial.outcome, again)
    if sorted(path.parent.iterdir()) != beside:
        trial.faults.append("something lies beside the file")
    trial.memory = peak()
    shutil.rmtree(state, ignore_errors=True)
    return trial


def note(trial: Trial, answer: Answer) -> None:
    """Adds an answer's faults and figures."""
    trial.faults += faults_of(answer)
    if answer.seconds > trial.seconds:
        trial.seconds, trial.slowest = answer.seconds, answer.command


def answered(command: str, path: Path, *options: str, is_json: bool) -> Answer:
    """The answer of a command in this process. The system ends the process where it takes too long."""
    out, err = _stream(), _stream()
    signal.setitimer(signal.ITIMER_PROF, ENOUGH)
    start = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([command, str(path), *options, *(["--json"] if is_json else [])])
    seconds = time.process_time() - start
    signal.setitimer(signal.ITIMER_PROF, 0)
    return Answer(command, code, _text(out), _text(err), seconds, is_json)


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def outcome_of(sync: Answer) -> str:
    """`synced`, `unchanged`, or the class of the error, with its reason where a file was refused."""
    said = document(sync)
    if not isinstance(said, list) or not said:
        return f"exit {sync.code}"
    error = said[0].get("error")
    return str(said[0].get("outcome")) if error is None else kind_of(error)


def kind_of(error: str) -> str:
    """The class of an error, found by its words."""
    for kind in _kinds(OkrsheetsError):
        pattern = re.escape(kind.text)
        pattern = re.sub(r"\\\{(\w+)\\\}", lambda found: f"(?P<{found[1]}>.*?)", pattern)
        found = re.match(pattern, error, re.DOTALL) if kind.text else None
        if found:
            reason = found.groupdict().get("reason") or found.groupdict().get("what") or ""
            return f"{kind.__name__}: {_short(reason)}" if reason else kind.__name__
    return f"? {error[:90]}"


def _kinds(base: type[errors.OkrsheetsError]) -> list[type[errors.OkrsheetsError]]:
    return [found for kind in base.__subclasses__() for found in (kind, *_kinds(kind))]


def _short(reason: str) -> str:
    """Without what differs from file to file."""
    reason = re.sub(r"the tab .*? (merges|is used|does)", r"the tab … \1", reason, flags=re.DOTALL)
    reason = re.sub(r"(as far as|merges) \S+", r"\1 …", reason)
    return re.sub(r"\d[\d,.]{3,}", "…", reason)[:70]


def forget_peak() -> None:
    """Has the system count the most memory from now on."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> int:
    """The most memory, in bytes, since it was forgotten."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    except OSError:
        found = None
    return int(found[1]) * 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
