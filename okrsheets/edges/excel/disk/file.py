"""A workbook's file on the disk: read whole, replaced at once or not at all, left alone while somebody has it open."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from okrsheets.edges.excel.disk.faults import NO_FOLDER, Unreadable, Unwritable
from okrsheets.edges.excel.disk.files import NEW_FILE, Files
from okrsheets.edges.excel.disk.locks import holder
from okrsheets.edges.excel.reading.archive import LARGEST_TOTAL, MEGABYTE
from okrsheets.words.errors import AlreadyThere, Busy, ChangedMeanwhile
from okrsheets.words.message import say

FOLDER = say("it is a folder")


def fingerprint(data: bytes) -> str:
    """What changes whenever a byte of the workbook changes."""
    return hashlib.sha256(data).hexdigest()


class WorkbookFile:
    """One path. Lets OSError through where the system refuses; Busy and ChangedMeanwhile are told apart here."""

    def __init__(self, path: Path, files: Files) -> None:
        self.ref = str(path)
        self._named = path
        self._files = files

    def read(self) -> bytes:
        """The whole file. Raises FileNotFoundError, or Unreadable for what is no file or too large for one."""
        path = self._path
        found = self._files.stat(path)
        if found is None:
            raise FileNotFoundError(path)
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(FOLDER)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(say("it is no ordinary file"))
        if found.st_size > LARGEST_TOTAL:
            raise Unreadable(say("it is larger than {limit} MB", limit=LARGEST_TOTAL // MEGABYTE))
        return self._files.read(path)

    def make(self, data: bytes, *, replace: bool) -> None:
        """A new file. Raises AlreadyThere where there is one, unless it is to be replaced."""
        path = self._path
        found = self._files.stat(path)
        if found is not None and not replace:
            raise AlreadyThere(path=self.ref)
        if found is not None and stat.S_ISDIR(found.st_mode):
            raise Unwritable(FOLDER)
        if self._files.stat(path.parent) is None:
            raise Unwritable(NO_FOLDER)
        with self._published(path, data, found):
            if found is None and self._files.stat(path) is not None:
                raise AlreadyThere(path=self.ref)

    def put(self, data: bytes, known: str) -> None:
        """Replaces the file whose fingerprint is `known`. Raises ChangedMeanwhile where it is another by now."""
        path = self._path
        found = self._files.stat(path)
        if found is None:
            raise ChangedMeanwhile(ref=self.ref)
        if found.st_nlink > 1:
            raise Unwritable(say("it has a second name in another place (a hard link)"))
        try:
            with self._published(path, data, found):
                if fingerprint(self._files.read(path)) != known:
                    raise ChangedMeanwhile(ref=self.ref)
        except FileNotFoundError as fault:
            raise ChangedMeanwhile(ref=self.ref) from fault

    def check_closed(self) -> None:
        """Raises Busy where a program has the workbook open, under its own name or that of a link to it."""
        for path in (self._named, self._path):
            who = holder(path, self._files)
            if who is not None:
                raise Busy(ref=self.ref, holder=who)

    @property
    def _path(self) -> Path:
        return self._files.resolve(self._named)

    @contextmanager
    def _published(self, path: Path, data: bytes, found: os.stat_result | None) -> Iterator[None]:
        """Publishes the data at the end of the block, unless it raises; the block is the last moment for doubts."""
        self.check_closed()
        if found is not None and not self._files.may_write(path):
            raise Unwritable(say("it is read-only"))
        self._tidy(path)
        temporary = path.with_name(f"{_mark(path)}{secrets.token_hex(4)}.tmp")
        try:
            self._files.write_new(temporary, data, stat.S_IMODE(found.st_mode) if found else NEW_FILE)
            if found is not None:
                self._files.copy_rights(found, path, temporary)
            self.check_closed()
            yield
            self._swap(temporary, path)
        except BaseException:
            with suppress(OSError):
                self._files.remove(temporary)
            raise
        with suppress(OSError):
            self._files.sync_folder(path.parent)

    def _swap(self, temporary: Path, path: Path) -> None:
        try:
            self._files.replace(temporary, path)
        except PermissionError as fault:
            if not self._files.windows:
                raise
            raise Busy(ref=self.ref, holder=say("in another program")) from fault

    def _tidy(self, path: Path) -> None:
        """Takes away what a killed run left beside this workbook, known by our mark."""
        with suppress(OSError):
            for name in self._files.names(path.parent):
                if name.startswith(_mark(path)) and name.endswith(".tmp"):
                    self._files.remove(path.with_name(name))


def _mark(path: Path) -> str:
    """How our temporary files for this workbook begin; sync programs leave `.~…tmp` alone."""
    return f".~okrsheets-{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}-"
