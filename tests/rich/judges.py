"""Those who look at a workbook with other eyes: Microsoft's Open XML SDK, and LibreOffice."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

VALIDATOR = Path(__file__).parents[2] / "node_modules" / ".bin" / "ooxml-validator"
"""Installed by `make validator`."""
EACH_TAB = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
COMPUTE_ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""LibreOffice's option "Recalculation on File Load: Excel 2007 and newer: Always recalculate"."""


def sdk_faults(workbook: Path) -> list[str]:
    """What the SDK finds wrong, each fault with its place."""
    told = subprocess.run([str(VALIDATOR), str(workbook)], capture_output=True, text=True, timeout=60)
    return [f"{fault['path']} {fault['xPath']}: {fault['description']}" for fault in json.loads(told.stdout)["errors"]]


def libreoffice_tabs(soffice: str, workbook: Path, *, compute_anew: bool = False) -> dict[str, list[list[str]]]:
    """The tabs as LibreOffice shows them, their cells as texts; with its own setting to compute all formulas anew."""
    folder = workbook.parent / f"{workbook.name}-{'anew' if compute_anew else 'usual'}"
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    if compute_anew:
        (profile / "user" / "registrymodifications.xcu").write_text(COMPUTE_ANEW, encoding="utf-8")
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", EACH_TAB]
    command += ["--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    start = f"{workbook.stem}-"
    return {path.stem.removeprefix(start): _rows(path) for path in folder.glob("*.csv")}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
