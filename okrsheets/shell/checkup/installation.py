"""What the doctor looks at on this machine, besides the workbooks: each check answers that all is well, or what is not.

A new check is a function and a line in CHECKS.
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias
from zoneinfo import ZoneInfo

from okrsheets import __version__
from okrsheets.edges import state
from okrsheets.edges.reach import can_be_written, is_there, nearest_there
from okrsheets.shell import clock
from okrsheets.shell.checkup import google as google_checkup
from okrsheets.shell.checkup import letters as letters_checkup
from okrsheets.shell.checkup import service
from okrsheets.shell.desk import Desk
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say, say_many
from okrsheets.words.report import Severity

Check: TypeAlias = Callable[[Desk], "Message | Diagnosis | None"]
ANY_ZONE = "Europe/Amsterdam"
"""Known wherever there are data about time zones."""
MEGABYTE = 1024 * 1024
LEAST_ROOM = 100 * MEGABYTE
"""Free bytes on the disk that backups need to be carefree."""


def checked(desk: Desk) -> Iterator[tuple[str, Message | Diagnosis]]:
    """Every check that has something to say, by its name, with its answer."""
    for name, check in CHECKS.items():
        answer = check(desk)
        if answer is not None:
            yield name, answer


def versions(desk: Desk) -> Message:
    """What a report of a bug should name."""
    return say(
        "okrsheets {version}, Python {python}, {system}",
        version=__version__,
        python=platform.python_version(),
        system=platform.system(),
    )


def configuration(desk: Desk) -> Message | Diagnosis:
    """The file, and how many workbooks it names."""
    try:
        file, known = str(desk.file), len(desk.configuration.workbooks)
    except OkrsheetsError as fault:
        return Diagnosis("configuration", Severity.ERROR, fault.message, fault.advice)
    if not is_there(desk.file):
        return say("No configuration yet ({file}); a single workbook needs none.", file=file)
    return say_many("{file} names {count} workbook", "{file} names {count} workbooks", known, file=file)


def time_zone(desk: Desk) -> Message | Diagnosis:
    """Which day it is, which needs data that Windows and small systems do not always have."""
    try:
        ZoneInfo(ANY_ZONE)
    except (OSError, LookupError, ValueError):
        return Diagnosis(
            "time_zone",
            Severity.ERROR,
            say("This system knows no time zones."),
            say("Install them with: pip install tzdata"),
        )
    zone = _zone(desk)
    if zone is None:
        return say("Today is {day}, by the time zone of this computer", day=clock.today())
    return say("Today is {day}, in {zone}", day=clock.today(zone), zone=zone)


def state_folder(desk: Desk) -> Message | Diagnosis:
    """Where backups are kept: it can be written, or made, and there is room."""
    folder = state.folder(os.environ)
    if not can_be_written(folder):
        return Diagnosis(
            "state_folder",
            Severity.ERROR,
            say("The folder {folder} for backups cannot be written.", folder=str(folder)),
            say("Give yourself permission to write there, or name another one in {variable}.", variable=state.VARIABLE),
        )
    if (free := shutil.disk_usage(nearest_there(folder)).free) < LEAST_ROOM:
        return Diagnosis(
            "state_folder",
            Severity.WARNING,
            say("The disk of {folder} has only {free} MB left.", folder=str(folder), free=free // MEGABYTE),
            say("Make room, so that there can be backups."),
        )
    return say("Backups have their place in {folder}", folder=str(folder))


CHECKS: Mapping[str, Check] = {
    "versions": versions,
    "configuration": configuration,
    "time_zone": time_zone,
    "state_folder": state_folder,
    "state_open": service.privacy,
    "clock": service.right_clock,
    "twice": service.places,
    "history": service.memory,
    "service": service.service,
    "google": google_checkup.google,
    "letters": letters_checkup.addresses,
    "letters_folder": letters_checkup.folders,
}


def _zone(desk: Desk) -> str | None:
    """The configured time zone, where the configuration can be read."""
    try:
        return desk.configuration.timezone
    except OkrsheetsError:
        return None
