"""An agent of the user (launchd.plist(5)): macOS."""

from __future__ import annotations

import plistlib
from pathlib import Path

from okrsheets.edges.autostart.job import Job, Step

LABEL = "okrsheets.run"
CONTROL = "launchctl"
SECONDS_BETWEEN_STARTS = 60
SECONDS_TO_STOP = 60


class Launchd:
    """Agents of the user with this number, whose home is `home`."""

    name = "launchd"

    def __init__(self, home: Path, user: int) -> None:
        self.file = home / "Library" / "LaunchAgents" / f"{LABEL}.plist"
        self.log = home / "Library" / "Logs" / "okrsheets.log"
        self.domain = f"gui/{user}"

    def text(self, job: Job) -> str:
        """The property list."""
        return self.data(job).decode()

    def data(self, job: Job) -> bytes:
        """Started at login and again after a failure, not after an end that was meant; in the background."""
        agent = {
            "Label": LABEL,
            "ProgramArguments": list(job.command),
            "WorkingDirectory": str(job.folder),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": SECONDS_BETWEEN_STARTS,
            "ExitTimeOut": SECONDS_TO_STOP,
            "ProcessType": "Background",
            "StandardErrorPath": str(self.log),
        }
        if job.environment:
            agent["EnvironmentVariables"] = dict(job.environment)
        return plistlib.dumps(agent, sort_keys=False)

    @property
    def enable(self) -> tuple[Step, ...]:
        """An agent that was loaded before is unloaded first: loading it twice is an error.

        Unloading answers before it is over, and loading fails until then ("Input/output error").
        """
        return (*self.disable, Step((CONTROL, "bootstrap", self.domain, str(self.file)), again=True))

    @property
    def disable(self) -> tuple[Step, ...]:
        """Unloads it, and so stops it."""
        return (Step((CONTROL, "bootout", f"{self.domain}/{LABEL}"), may_fail=True),)

    @property
    def ask(self) -> tuple[str, ...]:
        """Succeeds where the agent is loaded."""
        return (CONTROL, "print", f"{self.domain}/{LABEL}")
