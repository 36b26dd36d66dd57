"""A task of the user (MS-TSCH §2.5, the XML Task Definition Format): Windows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from subprocess import list2cmdline
from typing import TypeAlias
from xml.etree import ElementTree

from okrsheets.edges.autostart.job import PURPOSE, Job, Step

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
CONTROL = "schtasks"
Branch: TypeAlias = "Mapping[str, str | Branch]"
NO_LIMIT = "PT0S"

SETTINGS: Branch = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "AllowStartOnDemand": "true",
    "Enabled": "true",
    "Hidden": "false",
    "RunOnlyIfIdle": "false",
    "WakeToRun": "false",
    "ExecutionTimeLimit": NO_LIMIT,
    "Priority": "7",
    "RestartOnFailure": {"Interval": "PT1M", "Count": "10"},
}
EVERY_HOUR: Branch = {
    "Enabled": "true",
    "StartBoundary": "2026-01-01T00:00:00",
    "Repetition": {"Interval": "PT1H", "Duration": "P1D", "StopAtDurationEnd": "false"},
    "ScheduleByDay": {"DaysInterval": "1"},
}
"""A service that runs is left alone (IgnoreNew); one that ended, however that came, is back within the hour."""


class TaskScheduler:
    """Tasks of the user `user` (`COMPUTER\\name`); the description is kept in `home`, a folder of the user."""

    name = "Windows Task Scheduler"

    def __init__(self, home: Path, user: str) -> None:
        self.user = user
        self.file = home / "okrsheets" / "okrsheets-task.xml"
        self.task = f"okrsheets-{user.rpartition(chr(92))[2]}"

    def text(self, job: Job) -> str:
        """The description, indented."""
        task = self._task(job)
        ElementTree.indent(task)
        return '<?xml version="1.0" encoding="UTF-16"?>\n' + ElementTree.tostring(task, encoding="unicode") + "\n"

    def data(self, job: Job) -> bytes:
        """In UTF-16 with its mark of the byte order, as the scheduler itself writes it."""
        return self.text(job).replace("\n", "\r\n").encode("utf-16")

    @property
    def enable(self) -> tuple[Step, ...]:
        """`/F`: over one of the same name."""
        return (
            Step((CONTROL, "/End", "/TN", self.task), may_fail=True),
            Step((CONTROL, "/Create", "/TN", self.task, "/XML", str(self.file), "/F")),
            Step((CONTROL, "/Run", "/TN", self.task)),
        )

    @property
    def disable(self) -> tuple[Step, ...]:
        """Stops it and forgets it."""
        return (
            Step((CONTROL, "/End", "/TN", self.task), may_fail=True),
            Step((CONTROL, "/Delete", "/TN", self.task, "/F"), may_fail=True),
        )

    @property
    def ask(self) -> tuple[str, ...]:
        """Succeeds where the task is known."""
        return (CONTROL, "/Query", "/TN", self.task)

    def _task(self, job: Job) -> ElementTree.Element:
        task = ElementTree.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
        _grow(task, "RegistrationInfo", {"Description": PURPOSE})
        triggers = _grow(task, "Triggers", {})
        _grow(triggers, "LogonTrigger", {"Enabled": "true", "UserId": self.user})
        _grow(triggers, "CalendarTrigger", EVERY_HOUR)
        principals = _grow(task, "Principals", {})
        person = {"UserId": self.user, "LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"}
        _grow(principals, "Principal", person).set("id", "Author")
        _grow(task, "Settings", SETTINGS)
        command, *arguments = job.command
        run = {"Command": command, "Arguments": list2cmdline(arguments), "WorkingDirectory": str(job.folder)}
        _grow(task, "Actions", {"Exec": run}).set("Context", "Author")
        return task


def _grow(parent: ElementTree.Element, name: str, branch: Branch) -> ElementTree.Element:
    """An element with all that is in it, in this order."""
    element = ElementTree.SubElement(parent, name)
    for child, content in branch.items():
        if isinstance(content, str):
            ElementTree.SubElement(element, child).text = content
        else:
            _grow(element, child, content)
    return element
