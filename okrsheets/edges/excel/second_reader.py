"""A second opinion on a workbook: openpyxl, another reader that knows nothing of ours, behind the limits of ours.

openpyxl has no limits of its own. So it gets to see a file only after our reader accepted the very same bytes, of that
file only the tabs that okrsheets reads, and it reads them cell by cell.
"""

from __future__ import annotations

import io
import os
import posixpath
import warnings
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from okrsheets.edges.described import LONGEST_TEXT
from okrsheets.edges.excel.disk.faults import in_words
from okrsheets.edges.excel.disk.file import WorkbookFile
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.disk.marks import fingerprint
from okrsheets.edges.excel.reading.archive import key_of
from okrsheets.edges.excel.reading.markup import root_of, start_tag
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.relations import relations
from okrsheets.edges.excel.reading.rows import ATTRIBUTE, TRUE
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.words.errors import ChangedMeanwhile
from okrsheets.words.grid import NOTHING, Cell, Grid, Kind, Reading, Spot
from okrsheets.words.second_look import SecondLook

if TYPE_CHECKING:
    from types import ModuleType

    from openpyxl.workbook import Workbook

SHARED = ("styles", "sharedStrings")
"""The parts that all tabs need, besides the workbook's own."""
ERROR_TYPE, FORMULA_TYPE = "e", "f"
"""What openpyxl calls the kinds of cells that their value does not tell."""


class SecondReader:
    """Looks once more at the file of a reading."""

    def __init__(self, path: Path, files: Files | None = None) -> None:
        self._file = WorkbookFile(path, files or Files())

    def look(self, reading: Reading, titles: Collection[str]) -> SecondLook:
        """These tabs of the reading with another's eyes. Raises ChangedMeanwhile where the file is another by now."""
        with in_words(self._file.ref):
            data = self._file.read()
            if fingerprint(data) != reading.fingerprint:
                raise ChangedMeanwhile(ref=self._file.ref)
            return second_look(Book(data), titles)


def second_look(book: Book, titles: Collection[str]) -> SecondLook:
    """These tabs of a workbook; our own reader has read all of them before openpyxl sees any."""
    sheets = {title: book.sheet(title) for title in titles}
    openpyxl = _openpyxl()
    grids, faults = _grids(openpyxl, _trimmed(book, titles), sheets)
    return SecondLook(
        reader=f"openpyxl {openpyxl.__version__}",
        grids=grids,
        faults=faults,
        hidden={title: frozenset(_hidden_rows(sheet)) for title, sheet in sheets.items()},
    )


def _openpyxl() -> ModuleType:
    """The library, without lxml, which it would use unasked; it takes long to load, so only who asks pays for it."""
    os.environ["OPENPYXL_LXML"] = "False"
    import openpyxl

    return openpyxl


def _trimmed(book: Book, titles: Collection[str]) -> bytes:
    """The workbook with nothing but these tabs and what they need: no macros, links, drawings or other tabs."""
    folder, name = posixpath.split(book.part)
    parts = ["[Content_Types].xml", "_rels/.rels", book.part, posixpath.join(folder, "_rels", f"{name}.rels")]
    parts += [relation.target for relation in relations(book.archive, book.part) if relation.kind in SHARED]
    for part in parts:
        root_of(book.archive.read(part))  # refuses what is no plain XML
    wanted = {key_of(part) for part in (*parts, *(book.sheet_parts[title] for title in titles))}
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_STORED) as archive:
        for member in book.archive.members:
            if key_of(member.name) in wanted:
                archive.writestr(member.name.replace("\\", "/"), book.archive.read(member.name))
    return memory.getvalue()


def _grids(openpyxl: ModuleType, data: bytes, sheets: Mapping[str, Sheet]) -> tuple[dict[str, Grid], dict[str, str]]:
    """The tabs as openpyxl sees them, and why it does not see the others.

    It raises what it likes on a file that it does not expect; that it cannot read one is an answer, too.
    """
    grids, faults = dict[str, Grid](), dict[str, str]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values, formulas = (_loaded(openpyxl, data, data_only=data_only) for data_only in (True, False))
        except Exception as fault:
            return {}, dict.fromkeys(sheets, _in_short(fault))
        for title, sheet in sheets.items():
            try:
                grids[title] = _grid(values, formulas, sheet)
            except Exception as fault:
                faults[title] = _in_short(fault)
    return grids, faults


def _loaded(openpyxl: ModuleType, data: bytes, *, data_only: bool) -> Workbook:
    book: Workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    return book


def _in_short(fault: BaseException) -> str:
    """What it says, in a line: the cause rather than the words that were put around it."""
    cause = fault.__cause__ or fault
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def _grid(values: Workbook, formulas: Workbook, sheet: Sheet) -> Grid:
    """One tab: its values, and where there are formulas."""
    told = {spot: cell.value for spot, cell in _cells(formulas, sheet) if cell.data_type == FORMULA_TYPE}
    cells = {spot: _cell(cell, told.get(spot), values.epoch) for spot, cell in _cells(values, sheet)}
    return Grid(sheet.title, {spot: cell for spot, cell in cells.items() if cell != NOTHING})


def _cells(book: Workbook, sheet: Sheet) -> Iterator[tuple[Spot, Any]]:
    """The cells of a tab that are in the file, as far as our own reader found any."""
    bottom = max((row for row, _ in sheet.cells), default=1)
    right = max((column for _, column in sheet.cells), default=1)
    seen: Any = book[sheet.title]
    seen.reset_dimensions()  # what the file says of its own size may be stale
    for row in seen.iter_rows(max_row=bottom, max_col=right):
        for cell in row:
            if hasattr(cell, "row"):  # what stands for a cell that is not in the file has no place
                yield (cell.row, cell.column), cell


def _cell(cell: Any, formula: Any, epoch: datetime) -> Cell:
    """openpyxl's cell in our words; a formula that fills several cells is told by its text."""
    text = None if formula is None else str(getattr(formula, "text", formula)).removeprefix("=")
    value = cell.value
    if value is None:
        return NOTHING if text is None else Cell(Kind.UNCALCULATED, None, text)
    if cell.data_type == ERROR_TYPE:
        return Cell(Kind.ERROR, str(value), text)
    if isinstance(value, bool):
        return Cell(Kind.BOOLEAN, value, text)
    if isinstance(value, date | time | timedelta):
        return Cell(Kind.NUMBER, _serial(value, epoch), text, dated=True)
    if isinstance(value, int | float):
        return Cell(Kind.NUMBER, float(value), text)
    return Cell(Kind.TEXT, str(value)[:LONGEST_TEXT], text) if value != "" or text is not None else NOTHING


def _serial(value: date | time | timedelta, epoch: datetime) -> float:
    """The number behind a date, a time or a duration."""
    from openpyxl.utils import datetime as days

    number: Any = days.to_excel(value, epoch)  # type: ignore[no-untyped-call]
    return float(number)


def _hidden_rows(sheet: Sheet) -> Iterator[int]:
    """The rows that are hidden, by hand or by a filter."""
    for place in sheet.rows:
        attributes = dict(ATTRIBUTE.findall(start_tag(sheet.data, place.span.start)))
        if attributes.get(b"hidden") in TRUE:
            yield place.number
