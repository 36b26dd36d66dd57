"""Publishers that are wrong on purpose. Whoever judges them well is blind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.grid import Change, Reading

Write = Callable[[ExcelStore, Sequence[Change], Reading], None]


def as_it_is() -> None:
    """Nothing wrong."""


def in_place() -> None:
    """Writes the new bytes over the old ones: torn when the plug is pulled in between."""

    def write(store: ExcelStore, changes: Sequence[Change], reading: Reading) -> None:
        path = Path(store.ref)
        path.write_bytes(_new(path, changes))

    _use(write)


def beside() -> None:
    """Writes a temporary file that nobody ever takes away: litter."""

    def write(store: ExcelStore, changes: Sequence[Change], reading: Reading) -> None:
        path = Path(store.ref)
        draft = path.with_name("draft.tmp")
        draft.write_bytes(_new(path, changes))
        shutil.copymode(path, draft)
        draft.replace(path)

    _use(write)


def silent() -> None:
    """Never says that it could not write: done, with an old file."""
    right = ExcelStore.write

    def write(store: ExcelStore, changes: Sequence[Change], reading: Reading) -> None:
        with suppress(OkrsheetsError):
            right(store, changes, reading)

    _use(write)


def _new(path: Path, changes: Sequence[Change]) -> bytes:
    return patched(Book(path.read_bytes()), changes)


def _use(write: Write) -> None:
    setattr(ExcelStore, "write", write)  # noqa: B010 (to mypy a method is no variable)


PUBLISHERS: Mapping[str, Callable[[], None]] = {each.__name__: each for each in (as_it_is, in_place, beside, silent)}
