"""One run of okrsheets on the stage, undisturbed or with a fault at one of its system calls."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from .calls import Call, calls
from .faults import Injection
from .stage import SYNC, Stage

PATIENCE = 60.0
"""Seconds after which a run hangs."""
RECORD = ("-y", "-s", "0")
OUT, ERR, TRACE = "out", "err", "trace"


class NotInjected(Exception):
    """The fault did not happen: this run did other calls than the recorded one."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended: its exit code, negative where a signal ended it, what it said, and what strace saw."""

    code: int
    out: str
    err: str
    trace: str = ""

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Runs(ABC):
    """Who can run okrsheets on a stage."""

    @abstractmethod
    def run(self, arguments: Sequence[str] | None = None, strace: Sequence[str] = ()) -> Ran:
        """A command, a sync if not said otherwise; under strace where it has options."""

    def record(self) -> list[Call]:
        """The calls of an undisturbed sync."""
        return calls(self.run(strace=RECORD).trace)

    def disturbed(self, injection: Injection) -> Ran:
        """A sync with a fault. Raises NotInjected."""
        ran = self.run(strace=injection.options)
        if not re.search(injection.mark, ran.trace, re.MULTILINE):
            raise NotInjected(str(injection))
        return ran


class Forked(Runs):
    """Runs that are forks of one okrsheets which waits at its first workbook, cold or warm (driver.py)."""

    def __init__(
        self, stage: Stage, publisher: str = "as_it_is", *, warm: bool = False, always: Sequence[str] = ()
    ) -> None:
        """`always` are options for strace in every run that has any."""
        self._stage, self._always = stage, always
        requests, self._requests = os.pipe()
        self._replies, replies = os.pipe()
        driver = (sys.executable, "-m", "pulled_plug.driver")
        paths = (stage.environment["PYTHONPATH"], str(Path(__file__).parents[1]))
        self._driver = subprocess.Popen(
            [*driver, str(requests), str(replies), OUT, ERR, publisher, "warm" if warm else "cold", *SYNC],
            cwd=stage.root,
            env=stage.environment | {"PYTHONPATH": os.pathsep.join(paths)},
            pass_fds=(requests, replies),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(requests)
        os.close(replies)
        self._answers = os.fdopen(self._replies)
        if not self._answers.readline():
            raise RuntimeError("okrsheets ended before it came to a workbook")

    def __enter__(self) -> Forked:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._requests)
        self._answers.close()
        self._driver.wait(PATIENCE)

    def run(self, arguments: Sequence[str] | None = None, strace: Sequence[str] = ()) -> Ran:
        """As any run. A sync goes on from the first workbook, another command begins there."""
        os.write(self._requests, json.dumps(arguments and list(arguments)).encode() + b"\n")
        process = int(self._answers.readline())
        with _ended_when_out_of_patience(process):
            _wait_until_asleep(process)
            tracer = _attached(process, self._stage.root / TRACE, (*strace, *self._always)) if strace else None
            os.kill(process, signal.SIGUSR1)
            code = os.waitstatus_to_exitcode(int(self._answers.readline()))
        if tracer:
            tracer.wait(PATIENCE)
        return _ran(self._stage, code, bool(strace))


class Real(Runs):
    """Runs of the command itself, imports and all: half a second and more each."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def run(self, arguments: Sequence[str] | None = None, strace: Sequence[str] = ()) -> Ran:
        """As any run, from the very start of the interpreter on."""
        command = [sys.executable, "-m", "okrsheets", *(arguments or SYNC)]
        root = self._stage.root
        tracer = ["strace", "-f", "-o", TRACE, *strace] if strace else []
        with (root / OUT).open("wb") as out, (root / ERR).open("wb") as err:
            done = subprocess.run(
                [*tracer, *command], cwd=root, env=self._stage.environment, stdout=out, stderr=err, timeout=PATIENCE
            )
        return _ran(self._stage, done.returncode, bool(strace))


def _ran(stage: Stage, code: int, traced: bool) -> Ran:
    out, err = ((stage.root / name).read_text(errors="replace") for name in (OUT, ERR))
    return Ran(code, out, err, (stage.root / TRACE).read_text(errors="replace") if traced else "")


@contextmanager
def _ended_when_out_of_patience(process: int) -> Iterator[None]:
    """Ends a fork that hangs, or that is left alone by an error of ours."""
    watch = threading.Timer(PATIENCE, os.kill, (process, signal.SIGABRT))
    watch.start()
    try:
        yield
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    finally:
        watch.cancel()


def _wait_until_asleep(process: int) -> None:
    """Returns when a fork waits for its signal: the first time that it sleeps."""
    status = Path(f"/proc/{process}/stat")
    while status.read_text().rpartition(")")[2].split()[0] not in "SZ":
        time.sleep(0.0005)


def _attached(process: int, trace: Path, options: Sequence[str]) -> subprocess.Popen[str]:
    """strace, once it holds the process."""
    command = ["strace", "-p", str(process), "-o", str(trace), *options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    told = tracer.stderr.readline()
    if "attached" not in told:
        raise RuntimeError(f"strace cannot hold a process: {told}")
    return tracer
