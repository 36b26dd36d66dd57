"""Edits a workbook in LibreOffice as a person would; runs in an interpreter that has `uno`, not in ours.

    python libreoffice_edit.py SOFFICE IN OUT STEPS

STEPS is JSON: a list of [what, tab, ...]: ["type", tab, "H5", text], ["insert row", tab, 7], ["rename", tab, new].
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
        sheet = document.Sheets.getByName(tab)
        if what == "type":
            sheet.getCellRangeByName(rest[0]).setFormula(rest[1])
        elif what == "insert row":
            sheet.Rows.insertByIndex(rest[0] - 1, 1)
        elif what == "rename":
            sheet.setName(rest[0])
        else:
            raise SystemExit(f"unknown step {what}")
    document.storeToURL(Path(target).resolve().as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)


def option(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


main()
