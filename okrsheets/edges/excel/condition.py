"""The condition of a workbook's file: what would keep a sync from reading or writing it, found before it tries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from okrsheets.edges.excel.disk.conflicts import conflict_copies
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.locks import holder
from okrsheets.edges.excel.disk.marks import leftovers
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.message import Message, say
from okrsheets.words.report import Severity


def condition(path: Path, files: Files | None = None) -> tuple[Diagnosis, ...]:
    """What stands in the way of a sync, besides what is in the file. Nothing is said of a file that is not there."""
    return tuple(_found(path, files or Files()))


def _found(named: Path, files: Files) -> Iterator[Diagnosis]:
    path = files.resolve(named)
    known = files.stat(path)
    if known is None:
        return
    if (who := holder(named, files) or holder(path, files)) is not None:
        yield _diagnosis("open_elsewhere", *_open(who), Severity.HINT)
    if not files.may_write(path):
        yield _diagnosis("read_only", *_read_only(), Severity.WARNING)
    elif not files.may_write(path.parent):
        yield _diagnosis("read_only_folder", *_read_only_folder(path.parent), Severity.WARNING)
    if known.st_nlink > 1:
        yield _diagnosis("hard_link", *_hard_link(), Severity.WARNING)
    if copies := conflict_copies(path.name, files.names(path.parent)):
        yield _diagnosis("conflict_copies", *_conflicts(copies), Severity.WARNING)
    if leftovers(path, files.names(path.parent)):
        yield _diagnosis("leftover", *_leftover(path.name), Severity.HINT)


def _diagnosis(rule: str, sentence: Message, remedy: Message, severity: Severity) -> Diagnosis:
    return Diagnosis(rule, severity, sentence, remedy)


def _open(who: Message) -> tuple[Message, Message]:
    return (
        say("The workbook is open ({holder}), so a sync would wait.", holder=who),
        say("Save and close it there. If nobody has it open, remove the lock file beside it."),
    )


def _read_only() -> tuple[Message, Message]:
    return say("The file is read-only, so its Summary cannot be brought up to date."), say(
        "Give yourself permission to write it."
    )


def _read_only_folder(folder: Path) -> tuple[Message, Message]:
    return (
        say("The folder {folder} is read-only, so the Summary cannot be brought up to date.", folder=str(folder)),
        say("Give yourself permission to write there, or move the workbook."),
    )


def _hard_link() -> tuple[Message, Message]:
    return (
        say("The file has a second name in another place (a hard link), so it will not be written."),
        say("Make a copy of it, and sync the copy."),
    )


def _conflicts(copies: list[str]) -> tuple[Message, Message]:
    return (
        say("Beside it lies what a sync program makes when two people save at once: {copies}.", copies=tuple(copies)),
        say("Compare the two, keep what is right in the workbook, and remove the copy."),
    )


def _leftover(name: str) -> tuple[Message, Message]:
    return (
        say("Beside it lies what a sync that was stopped left there."),
        say("The next sync tidies up: okrsheets sync {name}", name=name),
    )
