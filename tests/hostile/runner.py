"""Tries hostile files in a process of their own, and begins a new one where one dies."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .kinds import HostileFile, hostile_file
from .worker import Trial

ROOT = Path(__file__).parents[2]
MOST_FILES = 250
"""By one process, so that what one leaves behind does not weigh on all."""
PATIENCE = 600
"""Seconds of waiting for an answer: nothing should wait, so this is a hang."""
USUAL_DAY = "2026-11-23"
DAYS = ("2026-12-06", "2026-11-09", "2026-11-08", "2027-03-01", "1990-01-01", "9998-12-31", "1901-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class Tried:
    """A file and what came of it."""

    file: HostileFile
    trial: Trial


class Bench:
    """A folder to try files in, and the process that does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._worker: subprocess.Popen[str] | None = None
        self._done = 0

    def trial(self, file: HostileFile) -> Trial:
        """What comes of a file. The death of the process is the fault of the file."""
        work = self.folder / "work"
        work.mkdir()
        path = work / "plan.xlsx"
        path.write_bytes(file.data)
        chance = Random(file.number)
        asked = {
            "path": str(path),
            "state": str(self.folder / "state"),
            "today": USUAL_DAY if chance.random() < 0.7 else chance.choice(DAYS),
            "json": [chance.random() < 0.5 for _ in range(3)],
        }
        answer = self._asked(json.dumps(asked))
        shutil.rmtree(work)
        return Trial(**json.loads(answer)) if answer else self._autopsy()

    def close(self) -> None:
        """Ends the process."""
        if self._worker:
            self._worker.kill()
            self._worker.communicate()
            self._worker = None

    def _asked(self, line: str) -> str:
        if self._done >= MOST_FILES:
            self.close()
        if self._worker is None:
            self._worker, self._done = self._begun(), 0
        self._done += 1
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(line + "\n")
        self._worker.stdin.flush()
        ready, _, _ = select.select([self._worker.stdout], [], [], PATIENCE)
        return self._worker.stdout.readline() if ready else ""

    def _autopsy(self) -> Trial:
        assert self._worker is not None
        self._worker.kill()
        _, said = self._worker.communicate()
        code, self._worker = self._worker.returncode, None
        return Trial(outcome="died", faults=[f"the process died: {code} {said[-900:]}"], slowest="?")

    def _begun(self) -> subprocess.Popen[str]:
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
        known |= {"HOME": str(home), "LANG": "en_US.UTF-8", "COLUMNS": "100", "PYTHONUTF8": "1"}
        known |= {"OKRSHEETS_STATE_DIR": str(self.folder / "state")}
        command, pipe = [sys.executable, "-m", "tests.hostile.worker"], subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=known, text=True, stdin=pipe, stdout=pipe, stderr=pipe)


def tried(seed: int, numbers: Iterable[int]) -> Iterator[Tried]:
    """Each file of the seed with one of these numbers, and what came of it."""
    with tempfile.TemporaryDirectory(prefix="okrsheets-hostile-") as folder:
        bench = Bench(Path(folder))
        try:
            for number in numbers:
                file = hostile_file(seed, number)
                yield Tried(file, bench.trial(file))
        finally:
            bench.close()
