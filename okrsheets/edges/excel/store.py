"""The Excel store: one workbook in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from okrsheets.edges.described import described_cells
from okrsheets.edges.excel.contents import carried
from okrsheets.edges.excel.disk.faults import LIBRARY_FAULTS, Unproven, Unreadable, in_words
from okrsheets.edges.excel.disk.file import WorkbookFile
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.marks import fingerprint
from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.words.errors import ChangedMeanwhile, NotAWorkbook
from okrsheets.words.grid import Change, Grid, Reading
from okrsheets.words.message import Message, say
from okrsheets.words.workbook import Workbook

KIND = "excel"


class ExcelStore:
    """Keeps one workbook in an .xlsx or .xlsm file, as okrsheets.words.store.Store asks.

    Reads the tabs that the `okr_*` names lead to and those whose title is in `known_titles`. Backups and locks are in
    the folder `state`; without one there are none. A file is not written in the `settle` seconds after a save.
    """

    def __init__(
        self,
        path: Path,
        known_titles: frozenset[str] = frozenset(),
        files: Files | None = None,
        *,
        state: Path | None = None,
        settle: float = 0,
    ) -> None:
        self._file = WorkbookFile(path, files or Files(), state, settle)
        self._known_titles = known_titles
        self._book: Book | None = None
        self._fingerprint = ""

    @property
    def ref(self) -> str:
        """The path as it was given."""
        return self._file.ref

    def create(self, workbook: Workbook, *, replace: bool = False) -> None:
        """Makes the file; what it replaces is kept as a backup.

        Raises AlreadyThere, Busy, NotWritable, or WriteUnproven where it does not read back.
        """
        from okrsheets.edges.excel.making.builder import build  # XlsxWriter is slow to load, and only `new` needs it

        data = build(workbook)
        with in_words(self.ref, writing=True):
            _check_built(data, workbook)
            self._file.make(data, replace=replace)

    def read(self) -> Reading:
        """The workbook as it stands. Raises NotFound, NotReadable, NotAWorkbook; Busy while it is being saved."""
        with self._understood() as data:
            return self._reading(data)

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        """Changes cells of one tab and nothing else. Raises ChangedMeanwhile, Busy, NotWritable, NoRoomForSummary."""
        if not changes:
            return
        with self._understood() as data:
            book = self._opened(data)
        if self._fingerprint != reading.fingerprint:
            raise ChangedMeanwhile(ref=self.ref)
        with in_words(self.ref, writing=True):
            self._file.check_closed()
            self._file.put(patched(book, changes), reading.fingerprint)

    def undo(self, *, force: bool = False) -> str | None:
        """Puts back the file as it was before the last sync, as okrsheets.words.store.Undoable asks.

        Raises NothingToUndo, ChangedSince, Busy, ChangedMeanwhile, NotFound, NotWritable.
        """
        with in_words(self.ref):
            self._file.read()
        with in_words(self.ref, writing=True):
            return self._file.undo(force=force)

    def tidy(self) -> None:
        """Takes away what a run that was killed left beside the file, and gives back a save that it displaced."""
        self._file.tidy()

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What was given back or kept, and conflict copies beside the file."""
        return self._file.warnings()

    @contextmanager
    def _understood(self) -> Iterator[bytes]:
        """The bytes of the file, for a block that raises NotAWorkbook where they are none. Busy while it is saved."""
        data = None
        try:
            with in_words(self.ref):
                data = self._file.read()
                yield data
        except NotAWorkbook:
            if data is not None:
                self._file.check_saved(data)
            raise

    def _reading(self, data: bytes) -> Reading:
        book = self._opened(data)
        wanted = self._known_titles | {area.tab for area in book.names.values() if area}
        titles = [title for title in book.titles if title in wanted and title in book.sheet_parts]
        grids = {title: book.sheet(title).grid for title in titles}
        if book.misses_tabs:
            grids |= _readable(book, [title for title in book.sheet_parts if title not in grids])
        told = (book.names, self._fingerprint, book.epoch, carried(book), book.copies)
        return Reading(KIND, self.ref, book.titles, grids, *told)

    def _opened(self, data: bytes) -> Book:
        """The workbook of these bytes; the same one while they are the same."""
        known = fingerprint(data)
        if self._book is None or known != self._fingerprint:
            self._book, self._fingerprint = Book(data), known
        return self._book


def _readable(book: Book, titles: Sequence[str]) -> dict[str, Grid]:
    """Those of the tabs that can be read; whatever the others hold, nobody asked for them."""
    grids = {}
    for title in titles:
        with suppress(Unreadable, *LIBRARY_FAULTS):
            grids[title] = book.sheet(title).grid
    return grids


def _check_built(data: bytes, workbook: Workbook) -> None:
    """Raises Unproven where new bytes do not read back as the tabs, texts and names that were described."""
    book = Book(data)
    if book.titles != tuple(tab.title for tab in workbook.tabs) or book.names != workbook.names:
        raise Unproven(say("its tabs or names are not as described"))
    for tab in workbook.tabs:
        if book.sheet(tab.title).cells != described_cells(tab):
            raise Unproven(say("the tab {tab} does not read back as described", tab=tab.title))
