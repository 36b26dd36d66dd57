"""Edits a workbook in LibreOffice as a person would; runs in an interpreter that has `uno`, not in ours.

    python libreoffice_edit.py SOFFICE IN OUT STEPS

STEPS is JSON: a list of [what, tab, ...], see STEPS below: ["type", tab, "H5", text], ["insert row", tab, 7].
"""

import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.lang import Locale  # type: ignore[import-not-found]
from com.sun.star.table import TableSortField  # type: ignore[import-not-found]
from com.sun.star.util.NumberFormat import NUMBER  # type: ignore[import-not-found]


def main():
    soffice, source, target, steps = sys.argv[1:]
    pipe = "okrsheets" + uuid.uuid4().hex
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen(
            [
                soffice,
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={pipe};urp;",
            ]
        )
        try:
            edit(connected(pipe), source, target, json.loads(steps))
        finally:
            office.terminate()
            office.wait(30)


def connected(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(240):
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not answer")


def edit(desktop, source, target, steps):
    document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (option("Hidden", True),))
    for what, tab, *rest in steps:
        STEPS[what](document, document.Sheets.getByName(tab), *rest)
    document.storeToURL(Path(target).resolve().as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def type_as_entered(document, sheet, cell, text):
    """As at the keyboard in the locale of the document: 1-5 becomes a date."""
    sheet.getCellRangeByName(cell).setPropertyValue("FormulaLocal", text)


def show_as_number(document, sheet, cell):
    """The format General, which a date that is typed there changes; it changes no other."""
    key = document.NumberFormats.getStandardFormat(NUMBER, Locale())
    sheet.getCellRangeByName(cell).setPropertyValue("NumberFormat", key)


def sort(document, sheet, cells, column, ascending):
    """By a column of the range, counted from 0; without a row of headings."""
    field = TableSortField()
    field.Field, field.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    sheet.getCellRangeByName(cells).sort((option("SortFields", fields), option("ContainsHeader", False)))


def hide_rows(document, sheet, first, last):
    sheet.getCellRangeByName(f"A{first}:A{last}").Rows.IsVisible = False


def hide_columns(document, sheet, cells):
    sheet.getCellRangeByName(cells).Columns.IsVisible = False


def copy_rows(document, sheet, cells, to):
    source = sheet.getCellRangeByName(cells).getRangeAddress()
    sheet.copyRange(sheet.getCellRangeByName(to).getCellAddress(), source)


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


STEPS = {
    "type": lambda document, sheet, cell, text: sheet.getCellRangeByName(cell).setFormula(text),
    "enter": type_as_entered,
    "show as number": show_as_number,
    "insert row": lambda document, sheet, row: sheet.Rows.insertByIndex(row - 1, 1),
    "delete row": lambda document, sheet, row: sheet.Rows.removeByIndex(row - 1, 1),
    "copy rows": copy_rows,
    "hide rows": hide_rows,
    "sort": sort,
    "insert column": lambda document, sheet, column: sheet.Columns.insertByIndex(column - 1, 1),
    "delete column": lambda document, sheet, column: sheet.Columns.removeByIndex(column - 1, 1),
    "hide columns": hide_columns,
    "merge": lambda document, sheet, cells: sheet.getCellRangeByName(cells).merge(True),
    "rename": lambda document, sheet, new: sheet.setName(new),
    "copy tab": lambda document, sheet, new: document.Sheets.copyByName(sheet.Name, new, 0),
    "move tab": lambda document, sheet, place: document.Sheets.moveByName(sheet.Name, place),
    "delete tab": lambda document, sheet: document.Sheets.removeByName(sheet.Name),
}

main()
