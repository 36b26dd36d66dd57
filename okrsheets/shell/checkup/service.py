"""What the doctor looks at where okrsheets runs by itself: the service, its memory, the clock.

Each check answers that all is well, what is not, or None where there is nothing of the kind.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from okrsheets.edges import state
from okrsheets.edges.autostart.registry import Registry, starter
from okrsheets.edges.autostart.running import left_behind, running
from okrsheets.edges.history import FILE
from okrsheets.edges.history_condition import history_fault
from okrsheets.edges.reach import is_there, open_to_others
from okrsheets.edges.whereabouts import whereabouts
from okrsheets.shell import clock
from okrsheets.shell.desk import Desk
from okrsheets.shell.service import job_of, life, user
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say, say_many
from okrsheets.words.report import Severity

if TYPE_CHECKING:
    from okrsheets.edges.configuration import Configuration

A_DAY = 24 * 60 * 60.0
Finding = Message | Diagnosis | None


def wrong(rule: str, severity: Severity, sentence: Message, remedy: Message) -> Diagnosis:
    """A remark that is about no cell."""
    return Diagnosis(rule, severity, sentence, remedy)


def right_clock(desk: Desk) -> Finding:
    """Whether the clock is not earlier than what was saved on this computer already."""
    saved = [Path(__file__), state.folder(os.environ) / FILE]
    with suppress(OkrsheetsError):
        saved.append(desk.file)
    newest = max((path.stat().st_mtime, path) for path in saved if is_there(path))
    if newest[0] <= clock.seconds() + A_DAY:
        return None
    return wrong(
        "clock",
        Severity.ERROR,
        say("By the clock of this computer, {file} was saved in the future.", file=str(newest[1])),
        say("Let the computer set its clock by the internet; which boxes are due depends on the day."),
    )


def places(desk: Desk) -> Finding:
    """Whether no workbook is there under two names: both would write it."""
    known = configuration_of(desk)
    counted = Counter(whereabouts(workbook.workbook) for workbook in known.workbooks) if known else Counter[str]()
    twice = tuple(sorted(place for place, times in counted.items() if times > 1))
    if not twice:
        return None
    return wrong(
        "twice",
        Severity.WARNING,
        say("In the configuration under more than one name: {places}.", places=twice),
        say("Keep one of the names in {file}.", file=str(desk.file)),
    )


def memory(desk: Desk) -> Finding:
    """Whether the history of the service is whole."""
    folder = state.folder(os.environ)
    if not is_there(folder / FILE):
        return None
    if fault := history_fault(folder / FILE):
        return wrong(
            "history",
            Severity.WARNING,
            say("The history of the service is damaged ({reason}).", reason=fault),
            say("Nothing of yours is in it; the service puts it aside and syncs everything once."),
        )
    aside = len(list(folder.glob(f"{FILE}.damaged-*")))
    if aside:
        return wrong(
            "history_aside",
            Severity.HINT,
            say_many(
                "A damaged history of the service was put aside in {folder}.",
                "{count} damaged histories of the service were put aside in {folder}.",
                aside,
                folder=str(folder),
            ),
            say("Remove it when you like. Does it come back? Then look after the disk."),
        )
    return say("The history of the service is whole.")


def privacy(desk: Desk) -> Finding:
    """Whether nobody else can look into the backups, which hold what a workbook holds."""
    folder = state.folder(os.environ)
    if not is_there(folder) or not open_to_others(folder):
        return None
    return wrong(
        "state_open",
        Severity.WARNING,
        say("Others on this computer can look into {folder}, where backups of your workbooks are.", folder=str(folder)),
        say("Keep it to yourself with: chmod 700 {folder}", folder=str(folder)),
    )


def service(desk: Desk) -> Finding:
    """Whether a service that is installed runs, and is the one that would be installed now."""
    registry, folder = Registry(starter(sys.platform, os.environ, user())), state.folder(os.environ)
    now = running(folder)
    if registry.written is None:
        return life(now) if now else ended(folder)
    return next(filter(None, doubts(desk, registry, alive=now is not None)), None) or life(now)


def doubts(desk: Desk, registry: Registry, *, alive: bool) -> Iterator[Diagnosis | None]:
    """What may be wrong with a service that is installed, the gravest first."""
    again = say("Install it again with: okrsheets service install")
    if not registry.registered():
        sentence = say("The service is installed, but {name} does not know of it.", name=registry.starter.name)
        yield wrong("service_unknown", Severity.ERROR, sentence, again)
    with suppress(OkrsheetsError):
        if not registry.is_up_to_date(job_of(desk)):
            sentence = say("The service that is installed is of another version, or for another configuration.")
            yield wrong("service_outdated", Severity.WARNING, sentence, again)
    if not alive:
        yield ended(state.folder(os.environ)) or wrong(
            "service_stopped",
            Severity.ERROR,
            say("The service is installed, but does not run."),
            say("See why with: okrsheets run. Then start it with: okrsheets service install"),
        )


def ended(folder: Path) -> Diagnosis | None:
    """A service that was killed, or lost its power, and did not come back."""
    gone = left_behind(folder)
    if gone is None:
        return None
    return wrong(
        "service_ended",
        Severity.WARNING,
        say("The service was stopped in the middle of its work, and has not come back."),
        say("Start it with: okrsheets run, or let it start by itself with: okrsheets service install"),
    )


def configuration_of(desk: Desk) -> Configuration | None:
    """What is configured; None where that cannot be read, which another check tells."""
    try:
        return desk.configuration
    except OkrsheetsError:
        return None
