"""A systemd unit of the user (systemd.service(5), systemd.exec(5)): Linux."""

from __future__ import annotations

import re
from pathlib import Path

from okrsheets.edges.autostart.job import PURPOSE, Job, Step

UNIT = "okrsheets.service"
CONTROL = ("systemctl", "--user")
NEEDS_A_PERSON = 2
"""The exit code of a bad configuration: starting again does not help."""
ODD = re.compile(r"[\x00-\x1f\x7f]")
TEMPLATE = """\
[Unit]
Description={purpose}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={command}
ExecReload=/bin/kill -HUP $MAINPID
WorkingDirectory={folder}
{environment}Restart=on-failure
RestartSec=30
RestartPreventExitStatus={needs_a_person}
TimeoutStopSec=60
Nice=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SystemCallArchitectures=native

[Install]
WantedBy=default.target
"""
"""Hardening that needs no rights of an administrator. Nothing that hides folders: workbooks may be anywhere."""


class Systemd:
    """Units of the user under `home`, the folder of their configuration."""

    name = "systemd"

    def __init__(self, home: Path) -> None:
        self.file = home / "systemd" / "user" / UNIT

    def text(self, job: Job) -> str:
        """The unit."""
        variables = (f"Environment={quoted(f'{name}={value}')}\n" for name, value in sorted(job.environment.items()))
        return TEMPLATE.format(
            purpose=PURPOSE,
            command=" ".join(quoted(part).replace("$", "$$") for part in job.command),
            folder=escaped(str(job.folder)),
            environment="".join(variables),
            needs_a_person=NEEDS_A_PERSON,
        )

    def data(self, job: Job) -> bytes:
        """The unit as it is written."""
        return self.text(job).encode()

    enable = (
        Step((*CONTROL, "daemon-reload")),
        Step((*CONTROL, "enable", UNIT)),
        Step((*CONTROL, "restart", UNIT)),
    )
    disable = (Step((*CONTROL, "disable", "--now", UNIT), may_fail=True),)
    ask = (*CONTROL, "is-enabled", UNIT)


def quoted(text: str) -> str:
    """One word of a command line or one assignment, whatever is in it (systemd.syntax(7), Quoting)."""
    return '"' + escaped(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def escaped(text: str) -> str:
    """Without specifiers (`%h`), and on one line."""
    return ODD.sub(lambda found: f"\\x{ord(found[0]):02x}", text.replace("%", "%%"))
