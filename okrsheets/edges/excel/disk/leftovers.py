"""What a run that was killed left beside a workbook: ours is taken away, a person's is given back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.marks import Leftover, kept_beside
from okrsheets.edges.excel.disk.publishing import Publishing, Seen
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Message, say


class Tidying:
    """Tidies up beside one workbook. To be done by one run at a time: what another works with looks the same."""

    def __init__(self, publishing: Publishing, files: Files) -> None:
        self._publishing = publishing
        self._files = files
        self._path = publishing.path

    def tidy(self, found: list[Leftover]) -> Iterator[Message]:
        """Tidies up and says what a person should know. What cannot be done now is left to the next run."""
        for leftover in found:
            with suppress(OSError, OkrsheetsError):
                yield from self._take_up(leftover)

    def _take_up(self, leftover: Leftover) -> Iterator[Message]:
        if leftover.partial:
            self._files.remove(leftover.path)
            return
        seen = self._publishing.look(leftover.path)
        if seen.open:
            return
        if self._files.stat(self._path) is None:
            yield from self._without_workbook(leftover, seen)
        elif leftover.expects(seen.known) or self._publishing.is_workbook(seen):
            self._files.remove(leftover.path)
        else:
            yield from self._given_back(leftover, seen)

    def _without_workbook(self, leftover: Leftover, seen: Seen) -> Iterator[Message]:
        """The workbook is gone: a person took it away, or the system stopped between the two halves of a swap."""
        if leftover.aside or not leftover.expects(seen.known):
            self._publishing.move(leftover.path, self._path)
            yield self._back()
        else:
            self._files.remove(leftover.path)

    def _given_back(self, leftover: Leftover, seen: Seen) -> Iterator[Message]:
        """A save that was displaced at the moment of the kill: back to its place, unless there is a newer one."""
        there = self._publishing.look(self._path)
        if there.open:
            return
        if there.known.startswith(leftover.new):
            self._publishing.give_back(leftover.path, seen, there.known)
            yield self._back()
            return
        kept = kept_beside(self._path, seen.known)
        self._publishing.move(leftover.path, kept)
        yield say(
            "{kept} is a save of yours from the moment an earlier sync was stopped. {ref} is newer, so both are kept.",
            kept=str(kept),
            ref=self._path.name,
        )

    def _back(self) -> Message:
        return say("{ref}: your save from the moment an earlier sync was stopped is back.", ref=self._path.name)
