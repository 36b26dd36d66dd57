"""No text ever becomes a formula, however it begins: in a new workbook and in one that is synced."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from excel_files import SUMMARY, part, patch, plan_workbook
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.texts import decoded
from okrsheets.words.grid import Area, Spot
from okrsheets.words.workbook import Entry, Link
from tests.rich.checker import faults

BEGINNINGS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    " =",
    "＝",
    "＋",
    "－",
    "＠",
    "'=",
    '"=',
    "{=",
    "\ufeff=",
    "\u200b=",
    "==",
]
ENDINGS = [
    "1+1",
    "SUM(A1:A9)",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org","x")',
    'WEBSERVICE("http://example.org")',
    "IMPORTXML(A1)",
    "A1}",
    "",
]
NASTY = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]
TEXTS = st.sampled_from(NASTY) | st.builds(
    str.__add__, st.sampled_from(BEGINNINGS), st.text(st.characters(codec="utf-8"), max_size=30)
)
AREA = Area("KPI's", 1, 1, 1, 1)


def new_workbook(*texts: str) -> bytes:
    """Each text as a text of its own, and as that of a link; okrsheets gives links no text that a person typed."""
    texts_and_links = [(Entry(text), Entry(Link(AREA, text) if text.isprintable() else text)) for text in texts]
    cells = {
        f"{column}{row}": entry
        for row, pair in enumerate(texts_and_links, 1)
        for column, entry in zip("BC", pair, strict=True)
    }
    return build(plan_workbook(**cells))


def synced_workbook(*texts: str) -> bytes:
    """The same, put in by a sync."""
    changes = (
        ((row, column), text, to) for row, text in enumerate(texts, 1) for column, to in ((2, None), (3, "KPI's!A1"))
    )
    return patch(build(plan_workbook()), *changes)


def texts_seen(data: bytes) -> list[tuple[str, str, str]]:
    """Type and value of the texts, by openpyxl, and what our own reader says."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Overzicht"]
    ours = Book(data).sheet("Overzicht").cells
    spots: list[Spot] = [(row, column) for row in range(1, sheet.max_row + 1) for column in (2, 3)]
    cells = [(sheet.cell(*spot), ours.get(spot)) for spot in spots]
    return [
        (cell.data_type, decoded(str(cell.value)), str(own.value)) for cell, own in cells if own and own.formula is None
    ]


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_every_text_stays_a_text(texts: list[str]) -> None:
    for data in (new_workbook(*texts), synced_workbook(*texts)):
        expected = [("s", text, text) for text in texts for _ in range(2)]
        assert [seen for seen in texts_seen(data) if seen[1]] == expected
        assert "<f" not in part(data, SUMMARY)
        assert faults(data) == []


@pytest.mark.system
@pytest.mark.parametrize("make", [new_workbook, synced_workbook])
def test_libreoffice_finds_no_formula(make: object, soffice: str, tmp_path: Path) -> None:
    """All of them, in one workbook: what LibreOffice saves of it has no formula, and every text."""
    assert callable(make)
    (tmp_path / "plan.xlsx").write_bytes(make(*NASTY))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), "plan.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    content = zipfile.ZipFile(tmp_path / "plan.ods").read("content.xml").decode()
    summary = content[content.index('table:name="Overzicht"') :]
    assert "table:formula" not in summary
    assert summary.count('office:value-type="string"') >= len(NASTY)
    assert 'office:value-type="float"' not in summary
