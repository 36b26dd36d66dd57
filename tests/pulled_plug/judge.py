"""What must be true after a sync that was disturbed, and after the next one that was not."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from okrsheets.edges.excel.reading.parts import Book

from .faults import KILL, Injection
from .runs import Ran, Runs
from .stage import MODE, UNDO, Picture, Stage

SUMMARY = "Overzicht"
DONE, BUG, REFUSED = 0, 1, (3, 75)
UNTOUCHED = ("It is as it was", "nothing was written")
"""What okrsheets says, in its own words, where the file is the old one."""
MAY_CHANGE = {"xl/workbook.xml"}
"""Besides the sheet of the Summary (contract.md §6)."""
DRAFT = (".tmp", ".part", ".new")


class Wrong(Enum):
    """What can be wrong, as in the head of the table."""

    TORN = "torn"
    LOST = "lost"
    EXIT = "wrong exit"
    WORDS = "words"
    RIGHTS = "rights"
    CONVERGE = "not converged"
    LITTER = "litter"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was wrong after an injection."""

    injection: Injection
    wrong: Wrong
    what: str

    def __str__(self) -> str:
        return f"{self.wrong.value}: {self.injection}\n    {self.what}"


class Judge:
    """Knows the workbook before, and what an undisturbed sync makes of it: the same bytes each time."""

    def __init__(self, stage: Stage, runs: Runs) -> None:
        self._stage, self._runs = stage, runs
        self._after: dict[Picture, list[tuple[Wrong, str]]] = {}
        self._old = stage.before
        self._own_cells = own_cells(self._old)
        self._new = self._undisturbed()
        wrong = what_is_wrong(self._new, self._old, self._own_cells)
        if wrong or self._new == self._old or self._new != self._undisturbed():
            raise ValueError(f"an undisturbed sync is no measure: {wrong or 'nothing changes, or not always the same'}")

    def findings(self, injection: Injection, ran: Ran) -> list[Finding]:
        """Everything that is wrong after a run with a fault. What the next ones do follows from what it left on the
        disk, so they are done once for all that is left alike."""
        left = self._stage.picture()
        said = [*self._of_file(), *self._of_exit(injection, ran), *self._of_words(injection, ran)]
        if left not in self._after:
            self._after[left] = [*self._of_next()]
        return [Finding(injection, wrong, what) for wrong, what in (*said, *self._after[left])]

    def _undisturbed(self) -> bytes:
        self._stage.set_up()
        ran = self._runs.run()
        if ran.code != DONE or self._stage.beside():
            raise ValueError(f"an undisturbed sync is no measure: {ran} {self._stage.beside()}")
        return self._stage.workbook.read_bytes()

    @property
    def _found(self) -> bytes:
        return self._stage.workbook.read_bytes() if self._stage.workbook.is_file() else b""

    def _of_file(self) -> Iterator[tuple[Wrong, str]]:
        found = self._found
        if found not in (self._old, self._new):
            yield what_is_wrong(found, self._old, self._own_cells) or (Wrong.TORN, "neither the old nor the new")
        elif stat.S_IMODE(self._stage.workbook.stat().st_mode) != MODE:
            yield Wrong.RIGHTS, "its mode is another"

    def _of_exit(self, injection: Injection, ran: Ran) -> Iterator[tuple[Wrong, str]]:
        if ran.killed and injection.fault == KILL:
            return
        if ran.code == DONE and self._found != self._new:
            yield Wrong.EXIT, "done, it says, with an old or bad file"
        elif ran.code == BUG and injection.call.ours:
            yield Wrong.EXIT, f"a bug, it says: {ran.err}"
        elif ran.code not in (DONE, BUG, *REFUSED):
            yield Wrong.EXIT, f"exit code {ran.code}: {ran.err}"

    def _of_words(self, injection: Injection, ran: Ran) -> Iterator[tuple[Wrong, str]]:
        if "Traceback" in ran.err or "Exception ignored" in ran.err:
            yield Wrong.WORDS, f"a traceback: {ran.err[-500:]}"
        elif any(words in ran.err for words in UNTOUCHED) and self._found != self._old:
            yield Wrong.WORDS, f"says that the old file is there, and it is not: {ran.err}"
        elif ran.code > DONE and not injection.call.speaks and len(ran.err.splitlines()) not in (1, 2):
            yield Wrong.WORDS, f"not a line of what happened and perhaps one of what to do: {ran.err!r}"

    def _of_next(self) -> Iterator[tuple[Wrong, str]]:
        ran = self._runs.run()
        if ran.code != DONE or self._found != self._new:
            what = "the new file" if self._found == self._new else "an old or bad file"
            yield Wrong.CONVERGE, f"exit code {ran.code}, {what}: {ran.err}"
        beside = self._stage.beside()
        if beside:
            yield Wrong.LITTER, f"beside the workbook: {beside}"
        drafts = [name for name in self._stage.state() if name.endswith(DRAFT)]
        if drafts:
            yield Wrong.LITTER, f"in the state directory: {drafts}"
        yield from self._of_undo()

    def _of_undo(self) -> Iterator[tuple[Wrong, str]]:
        ran = self._runs.run(UNDO)
        if ran.code != DONE or self._found != self._old:
            what = "the file as it was" if self._found == self._old else "another file"
            yield Wrong.UNDO, f"exit code {ran.code}, {what}: {ran.err}"


def what_is_wrong(found: bytes, old: bytes, cells: object) -> tuple[Wrong, str] | None:
    """What a file that came of `old` is not: whole, or with every cell and part of the person's in it."""
    if not found:
        return Wrong.TORN, "no file, or an empty one"
    try:
        lost = own_cells(found) != cells
        parts, known = _parts(found), _parts(old)
    except Exception as fault:  # whatever a reader does not like is torn
        return Wrong.TORN, f"{len(found)} bytes, {fault!r}"
    if lost:
        return Wrong.LOST, "cells of the person's tabs are others"
    others = {name for name in parts.keys() | known.keys() if parts.get(name) != known.get(name)}
    if len(others - MAY_CHANGE) > 1:
        return Wrong.LOST, f"parts of the file are others: {others}"
    return None


def own_cells(data: bytes) -> dict[str, object]:
    """The cells of all tabs but the Summary."""
    book = Book(data)
    return {title: dict(book.sheet(title).cells) for title in book.titles if title != SUMMARY}


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
