"""A person, faults, crashes and several syncs at one workbook, at random: a sample of the 100,000 steps by night."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import pytest

from okrsheets.edges.excel.disk.faults import in_words
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.grid import Change, Reading
from okrsheets.words.store import Store
from tests.promise.machine import TITLES, Promise
from tests.promise.run import run

SAMPLE = 1_000


def test_nothing_of_the_persons_is_ever_lost() -> None:
    assert run(SAMPLE, 1) >= SAMPLE


class Careless(ExcelStore):
    """Writes what it read, changed, over whatever stands there by then: the mistake that all of this is about."""

    path: Path
    files: Files

    def read(self) -> Reading:
        with in_words(self.ref):
            self.data = self.files.read(self.path)
        return super().read()

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        new = self.path.with_suffix(".new")
        with in_words(self.ref, writing=True):
            new.unlink(missing_ok=True)
            self.files.write_new(new, patched(Book(self.data), changes), 0o600)
            self.files.replace(new, self.path)


class Torn(Careless):
    """Writes in place: a reader, or a kill, in between finds half a workbook."""

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        new = patched(Book(self.data), changes)
        with in_words(self.ref, writing=True):
            self.path.write_bytes(new[: len(new) // 2])
            self.files.stat(self.path)
            self.path.write_bytes(new)


@pytest.mark.parametrize("wrong", [Careless, Torn])
def test_an_engine_that_breaks_the_promise_is_caught(wrong: type[Careless]) -> None:
    class Broken(Promise):
        def engine(self, files: object | None = None) -> Store:
            means = self.world.means(files)
            store = wrong(self.world.path, TITLES, **means)
            store.path, store.files = self.world.path, means["files"]
            return store

    with pytest.raises((AssertionError, BadZipFile, ExceptionGroup)):
        run(SAMPLE, 1, Broken, shrink=False)
