"""Installing and removing: the description is written, the system is told, and what it answers is understood."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from okrsheets.edges.autostart.job import Job, Starter, Step, configuration_home
from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import NotInstallable, NotInstalled

ONLY_OURS = 0o600
PATIENCE = 60
"""Seconds that a command of the system may take."""

TRIES, BETWEEN = 10, 0.5
"""How often a step is tried again, and seconds between two tries."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command of the system answered: its exit code, and what it said."""

    code: int
    words: str = ""


Commands: TypeAlias = Callable[[tuple[str, ...]], Answer]


def starter(platform: str, environ: Mapping[str, str], user: int) -> Starter:
    """Who starts programs on this system: by `sys.platform`, the environment and the number of the user."""
    # Each needs a library that the others do not.
    if platform == "win32":
        from okrsheets.edges.autostart.task_scheduler import TaskScheduler

        account = "\\".join(filter(None, (environ.get("USERDOMAIN"), environ.get("USERNAME"))))
        return TaskScheduler(Path(environ.get("LOCALAPPDATA") or Path.home()), account)
    if platform == "darwin":
        from okrsheets.edges.autostart.launchd import Launchd

        return Launchd(Path.home(), user)
    from okrsheets.edges.autostart.systemd import Systemd

    return Systemd(configuration_home(environ))


def call(command: tuple[str, ...]) -> Answer:
    """Runs a command of the system. One that is not there, or does not end, is an answer too."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False, stdin=subprocess.DEVNULL)
    except OSError as fault:
        return Answer(127, f"{command[0]}: {fault.strerror}")
    except subprocess.TimeoutExpired:
        return Answer(124, f"{command[0]}: no answer within {PATIENCE} seconds")
    return Answer(done.returncode, (done.stderr or done.stdout).decode(errors="replace").strip())


class Registry:
    """The registration of one job with the system."""

    def __init__(self, starter: Starter, commands: Commands = call, wait: Callable[[float], None] = time.sleep) -> None:
        self.starter = starter
        self._commands = commands
        self._wait = wait

    @property
    def written(self) -> bytes | None:
        """The description that is in place; None where there is none."""
        try:
            return self.starter.file.read_bytes()
        except OSError:
            return None

    def registered(self) -> bool:
        """Whether the system knows of the job."""
        return self.written is not None and self._commands(self.starter.ask).code == 0

    def is_up_to_date(self, job: Job) -> bool:
        """Whether what is in place is what would be installed."""
        return self.written == self.starter.data(job)

    def install(self, job: Job) -> None:
        """Writes the description and has the system start the job. Raises NotInstalled, and leaves nothing new then."""
        known = self.written is not None
        self._write(job)
        try:
            for step in self.starter.enable:
                self._take(step)
        except NotInstalled:
            if not known:
                with suppress(OSError):
                    self.starter.file.unlink()
            raise

    def _write(self, job: Job) -> None:
        file = self.starter.file
        fresh = file.with_name(f".{file.name}.new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)
            fresh.touch(ONLY_OURS)  # a proxy's address may hold a password
            fresh.write_bytes(self.starter.data(job))
            fresh.replace(file)
        except OSError as fault:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise NotInstalled(step=str(file), reason=reason_of(fault)) from None

    def uninstall(self) -> None:
        """Stops the job, and takes the description away. Raises NotInstalled where that is not possible."""
        for step in self.starter.disable:
            self._take(step)
        try:
            self.starter.file.unlink(missing_ok=True)
        except OSError as fault:
            reason = reason_of(fault)
            raise NotInstalled(step=str(self.starter.file), reason=reason) from None

    def _take(self, step: Step) -> None:
        answer = self._commands(step.command)
        for _ in range(TRIES if step.again else 0):
            if not answer.code:
                break
            self._wait(BETWEEN)
            answer = self._commands(step.command)
        if answer.code and not step.may_fail:
            raise NotInstalled(step=" ".join(step.command), reason=first_line(answer))


def first_line(answer: Answer) -> str:
    """The first thing a command said, or its exit code where it said nothing."""
    return answer.words.splitlines()[0].strip(". ") if answer.words else f"exit {answer.code}"


def check_user(environ: Mapping[str, str], user: int) -> None:
    """Raises NotInstallable for an administrator who stands in for somebody else: the files would not be theirs."""
    if user == 0 and environ.get("SUDO_USER"):
        raise NotInstallable(user=environ["SUDO_USER"])
