"""What is to be started when somebody logs in, and by whom."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from okrsheets.edges import state
from okrsheets.edges.home import from_home
from okrsheets.words.message import keep

PURPOSE = keep("okrsheets: keeps the Summary of your workbooks up to date")
CARRIED = (
    *("OKRSHEETS_GOOGLE_ENDPOINT", "PYTHON_KEYRING_BACKEND"),
    *("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"),
)
"""Variables that the service needs as they are in the session that installs it."""
PATHS = ("OKRSHEETS_GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS", "REQUESTS_CA_BUNDLE", state.VARIABLE)
"""Those that name a file or folder: the service runs in another folder than that session, so they go in full."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command with its arguments, from which folder it runs, and variables of its environment."""

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A command of the system that registers or removes the job.

    Some may fail where there is nothing to remove; some are tried `again` while the step before still takes effect.
    """

    command: tuple[str, ...]
    may_fail: bool = False
    again: bool = False


class Starter(Protocol):
    """The part of an operating system that starts programs for a user."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def file(self) -> Path:
        """Where its description of the job is."""

    def text(self, job: Job) -> str:
        """The description, as it is shown."""

    def data(self, job: Job) -> bytes:
        """The description, as it is written."""

    @property
    def enable(self) -> tuple[Step, ...]:
        """What to do once the file is there, also where an older one was registered before."""

    @property
    def disable(self) -> tuple[Step, ...]:
        """What to do before the file is taken away."""

    @property
    def ask(self) -> tuple[str, ...]:
        """A command that succeeds where the job is registered."""


def job(config: Path, environ: Mapping[str, str], python: str = sys.executable) -> Job:
    """`okrsheets run` with a configuration, by the Python that runs now."""
    variables = {name: environ[name] for name in CARRIED if environ.get(name)}
    variables |= {name: str(from_home(environ[name]).absolute()) for name in PATHS if environ.get(name)}
    command = (without_window(python), "-m", "okrsheets", "run", "--config", str(config.absolute()))
    return Job(command, Path.home(), variables)


def without_window(python: str) -> str:
    """On Windows the Python that opens no window, where it stands beside the usual one."""
    quiet = Path(python).with_name("pythonw.exe")
    return str(quiet) if python.lower().endswith("python.exe") and quiet.exists() else python


def configuration_home(environ: Mapping[str, str]) -> Path:
    """Where systemd looks for a user's units."""
    named = environ.get("XDG_CONFIG_HOME", "")
    return Path(named) if named.startswith("/") else Path.home() / ".config"
