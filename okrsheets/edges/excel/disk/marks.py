"""The names of our own files beside a workbook: they tell whoever finds one what is in it.

    .~okrsheets-WORKBOOK-RANDOM.part.tmp     being written: always ours, never whole
    .~okrsheets-WORKBOOK-OLD-NEW.tmp         the new bytes before the swap; after it, what stood in their place
    .~okrsheets-WORKBOOK-OLD-NEW-aside.tmp   what stood there, where the system needs a second name for it

Sync programs leave `.~…tmp` alone. WORKBOOK, OLD and NEW are the beginnings of sha256 sums.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

SHORT = 16


def fingerprint(data: bytes) -> str:
    """What changes whenever a byte of the workbook changes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file of ours that is still there. `old` and `new` are empty for one that was being written."""

    path: Path
    old: str = ""
    new: str = ""
    aside: bool = False

    @property
    def partial(self) -> bool:
        """Whether it was being written, and so holds nothing of anybody's."""
        return not self.new

    def expects(self, known: str) -> bool:
        """Whether these are bytes that okrsheets read or wrote: nobody else's."""
        return known[:SHORT] in (self.old, self.new)


def unfinished(path: Path) -> Path:
    """Where the new bytes of a workbook are written."""
    return path.with_name(f"{_mark(path)}{secrets.token_hex(4)}.part.tmp")


def swapping(path: Path, old: str, new: str) -> Path:
    """Where they wait, once whole, to change places with the workbook."""
    return path.with_name(f"{_mark(path)}{old[:SHORT]}-{new[:SHORT]}.tmp")


def aside(temporary: Path) -> Path:
    """The second name that some systems need."""
    return temporary.with_name(f"{temporary.stem}-aside.tmp")


def kept_beside(path: Path, known: str) -> Path:
    """Where a person finds a save of theirs that could not go back to its place."""
    return path.with_name(f"{path.stem} (okrsheets {known[:8]}){path.suffix}")


def leftovers(path: Path, names: list[str]) -> list[Leftover]:
    """Those of a workbook, among the names in its folder."""
    mark = _mark(path)
    ours = (name for name in names if name.startswith(mark))
    return [found for found in (_leftover(path.with_name(name), name.removeprefix(mark)) for name in ours) if found]


ENDING = re.compile(rf"[0-9a-f]+\.part\.tmp|([0-9a-f]{{{SHORT}}})-([0-9a-f]{{{SHORT}}})(-aside)?\.tmp")


def _leftover(path: Path, ending: str) -> Leftover | None:
    match = ENDING.fullmatch(ending)
    return match and Leftover(path, match[1] or "", match[2] or "", bool(match[3]))


def _mark(path: Path) -> str:
    return f".~okrsheets-{fingerprint(os.fsencode(path.name))[:8]}-"
