"""Backups of one workbook: the bytes that stood there before okrsheets wrote, the last five, for nobody else to read.

    000007-before-OLD-NEW.xlsx    the bytes OLD, over which okrsheets wrote NEW
    000007-undoing-OLD-NEW.xlsx   the same, while an undo puts them back
    000008-kept-OLD.xlsx          a person's save that had no other place

OLD and NEW are the beginnings of sha256 sums. A name is given only to what is whole and on the disk.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.marks import fingerprint

MOST = 5
ONLY_OURS = 0o600
LENGTH = 32
LONGEST_STEM = 40
PARTIAL = ".part"
NAME = re.compile(rf"(\d+)-(before|undoing|kept)-([0-9a-f]{{{LENGTH}}})(?:-([0-9a-f]{{{LENGTH}}}))?(?:\.[^.]+)?")


class Why(Enum):
    """Why a backup is there."""

    BEFORE = "before"
    UNDOING = "undoing"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `old` is what is in it, `new` what was written over it; beginnings of fingerprints."""

    path: Path
    number: int
    why: Why
    old: str
    new: str

    def holds(self, known: str) -> bool:
        """Whether these are the bytes of that fingerprint."""
        return known[:LENGTH] == self.old

    @property
    def is_being_undone(self) -> bool:
        """Whether a run began to put it back."""
        return self.why is Why.UNDOING

    def gave_way_to(self, known: str) -> bool:
        """Whether the bytes of that fingerprint were written over it."""
        return known[:LENGTH] == self.new


def key_of(path: Path) -> str:
    """What tells the workbook of this path from all others, in a file name."""
    known = fingerprint(os.fsencode(os.path.normcase(path)))[:16]
    return f"{path.stem[:LONGEST_STEM]}-{known}"


class Backups:
    """The backups of the workbook at `path`, which no link leads away from. Lets OSError through."""

    def __init__(self, state: Path, path: Path, files: Files) -> None:
        self._folder = state / "backups" / key_of(path)
        self._ending = path.suffix
        self._files = files

    def keep(self, data: bytes, new: str) -> None:
        """The bytes over which those of the fingerprint `new` are about to be written."""
        old = fingerprint(data)
        entries = self._all()
        path = self._free(entries, f"{Why.BEFORE.value}-{old[:LENGTH]}-{new[:LENGTH]}")
        same = next((each for each in entries if each.holds(old) and each.why is not Why.KEPT), None)
        if same:
            self._files.replace(same.path, path)
        else:
            self._write(path, data)

    def keep_aside(self, data: bytes) -> Path:
        """A person's save that would be gone otherwise. Returns where it is."""
        old = fingerprint(data)
        entries = self._all()
        same = next((each for each in entries if each.holds(old) and each.why is Why.KEPT), None)
        path = same.path if same else self._free(entries, f"{Why.KEPT.value}-{old[:LENGTH]}")
        if not same:
            self._write(path, data)
        return path

    def of_syncs(self) -> list[Backup]:
        """What stood there before each sync, the last one first."""
        return [each for each in reversed(self._all()) if each.why is not Why.KEPT]

    def read(self, backup: Backup) -> bytes | None:
        """What is in it; None where that is not what was put there."""
        data = self._files.read(backup.path)
        return data if backup.holds(fingerprint(data)) else None

    def begin_undo(self, backup: Backup) -> Path:
        """Remembers that this one is being put back, so that a run that is killed can be finished. Returns its path."""
        path = backup.path.with_name(backup.path.name.replace(Why.BEFORE.value, Why.UNDOING.value, 1))
        self._files.replace(backup.path, path)
        return path

    def drop(self, path: Path) -> None:
        """Takes one away."""
        self._files.remove(path)

    def thin_out(self) -> None:
        """Leaves the last of each sort; what cannot be taken away now goes another time."""
        entries = self._all()
        kept = [each for each in entries if each.why is Why.KEPT]
        before = [each for each in entries if each.why is not Why.KEPT]
        partial = [self._folder / name for name in self._names() if name.endswith(PARTIAL)]
        for path in (*_all_but_the_last(before), *_all_but_the_last(kept), *partial):
            with suppress(OSError):
                self._files.remove(path)

    def _write(self, path: Path, data: bytes) -> None:
        self._files.make_folder(self._folder)
        partial = self._folder / f"{secrets.token_hex(8)}{PARTIAL}"
        try:
            self._files.write_new(partial, data, ONLY_OURS)
            self._files.replace(partial, path)
        except BaseException:
            with suppress(OSError):
                self._files.remove(partial)
            raise

    def _free(self, entries: list[Backup], what: str) -> Path:
        number = entries[-1].number + 1 if entries else 1
        return self._folder / f"{number:06d}-{what}{self._ending}"

    def _all(self) -> list[Backup]:
        """The oldest first."""
        found = (_backup(self._folder, name) for name in self._names())
        return sorted((each for each in found if each), key=lambda each: each.number)

    def _names(self) -> list[str]:
        try:
            return self._files.names(self._folder)
        except FileNotFoundError:
            return []


def _backup(folder: Path, name: str) -> Backup | None:
    match = NAME.fullmatch(name)
    return match and Backup(folder / name, int(match[1]), Why(match[2]), match[3], match[4] or "")


def _all_but_the_last(entries: list[Backup]) -> Iterable[Path]:
    return (each.path for each in entries[:-MOST])
