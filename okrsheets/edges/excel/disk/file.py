"""A workbook's file on the disk: read whole, replaced at once or not at all, left alone while somebody has it open."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from os import stat_result
from pathlib import Path

from okrsheets.edges.excel.disk.conflicts import conflict_copies
from okrsheets.edges.excel.disk.faults import FolderInstead, FolderMissing, Unreadable, Unwritable
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.keeping import Keeping
from okrsheets.edges.excel.disk.leftovers import Tidying
from okrsheets.edges.excel.disk.locks import holder
from okrsheets.edges.excel.disk.marks import fingerprint, leftovers
from okrsheets.edges.excel.disk.publishing import SAVING, Publishing, Seen
from okrsheets.edges.excel.reading.archive import LARGEST_TOTAL, MEGABYTE
from okrsheets.edges.refusals import FOLDER
from okrsheets.words.errors import (
    AlreadyThere,
    Busy,
    ChangedMeanwhile,
    ChangedSince,
    HardLinked,
    JustSaved,
    OkrsheetsError,
    StateUnusable,
)
from okrsheets.words.message import Message, say, say_many

LOOK_AGAIN = 0.2
"""Seconds after which a file that cannot be read is looked at again: is it being saved?"""
SHARED_ELSEWHERE = (32, 33)
"""What Windows says where another program has the file to itself."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The workbook as it stands, while no other run of okrsheets is at it."""

    found: stat_result
    seen: Seen
    keeping: Keeping
    publishing: Publishing


class WorkbookFile:
    """One path. Lets OSError through where the system refuses; what a person or a program did in between has errors.

    `state` is the folder of backups and locks, None for neither; `settle` the seconds that a file has to be left alone.
    """

    def __init__(self, path: Path, files: Files, state: Path | None = None, settle: float = 0) -> None:
        self.ref = str(path)
        self._named = path
        self._files = files
        self._state = state
        self._settle = settle
        self._taken_up: list[Message] = []

    def read(self) -> bytes:
        """The whole file. Raises FileNotFoundError, Busy, or Unreadable for what is no file or too large for one."""
        path = self._path
        self._regular(path)
        try:
            return self._files.read(path)
        except PermissionError as fault:
            if getattr(fault, "winerror", None) in SHARED_ELSEWHERE:
                raise Busy(ref=self.ref, holder=say("in another program")) from fault
            raise

    def make(self, data: bytes, *, replace: bool) -> None:
        """A new file. Raises AlreadyThere where there is one, unless it is to be replaced."""
        path = self._path
        self.tidy()
        found = self._files.stat(path)
        if found is not None and not replace:
            raise AlreadyThere(path=self.ref)
        if found is not None and stat.S_ISDIR(found.st_mode):
            raise Unwritable(FOLDER)
        if self._files.stat(path.parent) is None:
            raise FolderMissing
        if found is not None:
            self._make_anew(data)
            return
        self.check_closed()
        self._make_first(path, data)

    def put(self, data: bytes, known: str) -> None:
        """Replaces the file whose fingerprint is `known`, and keeps a backup of it.

        Raises ChangedMeanwhile where it is another by now, Busy where somebody has it open, JustSaved, HardLinked.
        """
        with self._as_it_stands() as standing:
            if standing.seen.known != known:
                raise ChangedMeanwhile(ref=self.ref)
            self._check_fit(standing)
            self._replace(standing, data)

    def undo(self, *, force: bool) -> str | None:
        """Puts back what stood there before the last sync. Returns where what stood there by now is kept, if it is.

        Raises NothingToUndo; ChangedSince where a person changed it since, and it is not forced; and what `put` raises.
        """
        with self._as_it_stands() as standing:
            keeping, now = standing.keeping, standing.seen
            before = keeping.before(now.known)
            if before is None:
                return None
            backup, data = before
            theirs = not backup.gave_way_to(now.known)
            if theirs and not force:
                raise ChangedSince(ref=self.ref)
            self._check_fit(standing)
            kept = str(keeping.keep_aside(now.data)) if theirs else None
            with keeping.undoing(backup):
                standing.publishing.replace(data, now.known, standing.found, self.check_closed)
            keeping.thin_out()
            return kept

    def tidy(self) -> None:
        """Takes up what a run that was killed left beside the workbook; nothing where another run is at work."""
        with suppress(OSError, OkrsheetsError):
            path = self._path
            if leftovers(path, self._files.names(path.parent)):
                keeping = self._keeping(path)
                with keeping.alone():
                    self._tidy(self._publishing(path, keeping))

    def warnings(self) -> tuple[Message, ...]:
        """What a person should know: what was taken up, and copies of a sync program beside the workbook."""
        with suppress(OSError):
            path = self._path
            copies = conflict_copies(path.name, self._files.names(path.parent))
            if copies:
                return (*self._taken_up, _told(path.name, copies))
        return tuple(self._taken_up)

    def check_closed(self) -> None:
        """Raises Busy where a program has the workbook open, under its own name or that of a link to it."""
        for path in (self._named, self._path):
            who = holder(path, self._files)
            if who is not None:
                raise Busy(ref=self.ref, holder=who)

    def check_saved(self, data: bytes) -> None:
        """Raises Busy where a file that holds this, and cannot be read, is only being saved at this moment."""
        with suppress(OSError):
            self.check_closed()
            if self._files.being_written(self._path):
                raise Busy(ref=self.ref, holder=SAVING)
            self._files.pause(LOOK_AGAIN)
            if self._files.read(self._path) != data:
                raise Busy(ref=self.ref, holder=SAVING)

    @property
    def _path(self) -> Path:
        return self._files.resolve(self._named)

    def _regular(self, path: Path) -> stat_result:
        found = self._files.stat(path)
        if found is None:
            raise FileNotFoundError(path)
        if stat.S_ISDIR(found.st_mode):
            raise FolderInstead
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(say("it is not an ordinary file"))
        if found.st_size > LARGEST_TOTAL:
            raise Unreadable(say("it is larger than {limit} MB", limit=LARGEST_TOTAL // MEGABYTE))
        return found

    @contextmanager
    def _as_it_stands(self) -> Iterator[Standing]:
        """Alone with the workbook, tidied up, and nobody has it open. Raises ChangedMeanwhile where it goes away."""
        path = self._path
        keeping = self._keeping(path)
        publishing = self._publishing(path, keeping)
        with keeping.alone(), self._gone_is_changed():
            self._tidy(publishing)
            self.check_closed()
            found = self._regular(path)
            seen = publishing.look(path)
            if seen.open:
                raise Busy(ref=self.ref, holder=SAVING)
            if not self._files.may_write(path):
                raise Unwritable(say("it is read-only"))
            yield Standing(found, seen, keeping, publishing)

    def _make_first(self, path: Path, data: bytes) -> None:
        """Without a lock where none is to be had: there is nothing yet that could be lost."""
        keeping = self._keeping(path)
        with ExitStack() as stack:
            with suppress(StateUnusable):
                stack.enter_context(keeping.alone())
            try:
                self._publishing(path, keeping).begin(data)
            except FileExistsError as fault:
                raise AlreadyThere(path=self.ref) from fault

    def _make_anew(self, data: bytes) -> None:
        with self._as_it_stands() as standing:
            self._replace(standing, data)

    def _replace(self, standing: Standing, data: bytes) -> None:
        seen = standing.seen
        standing.keeping.keep(seen.data, fingerprint(data))
        standing.publishing.replace(data, seen.known, standing.found, self.check_closed)
        standing.keeping.thin_out()

    def _check_fit(self, standing: Standing) -> None:
        """Raises HardLinked; JustSaved for a file that is younger than it may be, unless okrsheets wrote it."""
        if standing.found.st_nlink > 1:
            raise HardLinked(ref=self.ref)
        if abs(self._files.age(self._path)) < self._settle and not standing.keeping.wrote(standing.seen.known):
            raise JustSaved(ref=self.ref, seconds=self._settle)

    def _tidy(self, publishing: Publishing) -> None:
        with suppress(OSError):
            found = leftovers(publishing.path, self._files.names(publishing.path.parent))
            self._taken_up += Tidying(publishing, self._files).tidy(found)

    def _keeping(self, path: Path) -> Keeping:
        return Keeping(self.ref, path, self._state, self._files)

    def _publishing(self, path: Path, keeping: Keeping) -> Publishing:
        return Publishing(self.ref, path, self._files, keeping.keep_aside)

    @contextmanager
    def _gone_is_changed(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as fault:
            raise ChangedMeanwhile(ref=self.ref) from fault


def _told(name: str, copies: list[str]) -> Message:
    return say_many(
        "{copies} stands beside {ref}: a sync program made it because two saved at once. "
        "Bring over what you need by hand, then remove it.",
        "{copies} stand beside {ref}: a sync program made them because two saved at once. "
        "Bring over what you need by hand, then remove them.",
        len(copies),
        copies=tuple(copies),
        ref=name,
    )
