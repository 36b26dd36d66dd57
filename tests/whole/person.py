"""A person with a fresh machine: an empty home, the command line, and a spreadsheet program to type into cells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.grid import Address, Change, Content, Value, column_number

EVERYTHING = frozenset(
    ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Overzicht", "Theme", "Objectives", "Actions", "KPIs", "Summary")
)
SUMMARIES = ("Overzicht", "Summary")


class Person:
    """Works in a folder with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.environment: dict[str, str] = {}

    def okr(self, *arguments: object, code: int = 0) -> str:
        """Runs okrsheets and returns what it printed."""
        return self._run(arguments, code).stdout

    def all_said(self, *arguments: object, code: int = 0) -> str:
        """Runs okrsheets and returns what it printed and what it said besides."""
        done = self._run(arguments, code)
        return done.stdout + done.stderr

    def _run(self, arguments: tuple[object, ...], code: int) -> subprocess.CompletedProcess[str]:
        known = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")}
        known |= {"HOME": str(self.home), "APPDATA": str(self.home), "LANG": "C.UTF-8"}
        known |= self.environment
        command = [sys.executable, "-m", "okrsheets", *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, env=known, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: object, code: int = 0) -> Any:
        """Runs okrsheets with `--json` and returns the document."""
        return json.loads(self.okr(*arguments, "--json", code=code))

    def type(self, workbook: str, cells: Mapping[str, Value]) -> None:
        """Types into cells, `TAB!A1` each, leaving everything else of the file as it is."""
        typed = sorted((address_of(where), value) for where, value in cells.items())
        for _, group in groupby(typed, key=lambda item: item[0].tab):
            store = ExcelStore(self.folder / workbook, EVERYTHING)
            changes = [Change(address, Content(), Content(value)) for address, value in group]
            store.write(changes, store.read())

    def parts(self, workbook: str) -> dict[str, bytes]:
        """The parts of the file, unpacked."""
        with zipfile.ZipFile(self.folder / workbook) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def cells(self, workbook: str) -> dict[str, dict[str, object]]:
        """All cells by tab, as somebody else's reader sees them."""
        book = openpyxl.load_workbook(self.folder / workbook)
        return {
            sheet.title: {
                cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
            }
            for sheet in book.worksheets
        }

    def summary(self, workbook: str) -> dict[str, list[object]]:
        """The lines of the Summary: what stands behind each text in the second column."""
        book = openpyxl.load_workbook(self.folder / workbook)
        sheet = next(book[title] for title in SUMMARIES if title in book.sheetnames)
        rows = sheet.iter_rows(min_col=2, max_col=10, values_only=True)
        return {str(first): [value for value in rest if value is not None] for first, *rest in rows if first}


def address_of(text: str) -> Address:
    """`KPI's!H5` as an address."""
    tab, _, place = text.rpartition("!")
    letters = place.rstrip("0123456789")
    return Address(tab, int(place.removeprefix(letters)), column_number(letters))
