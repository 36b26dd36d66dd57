"""Workbooks that LibreOffice saved: everything is read as before, and the Summary is written as before."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from excel_files import SUMMARY, change, changed_members, part, plan_workbook

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import NotAWorkbook
from okrsheets.words.grid import Area, Cell, Kind
from okrsheets.words.workbook import Entry, Formula, Link, Merge, Style, Tab, Workbook

pytestmark = pytest.mark.system
ODD = ["=1+1", "_x0041_", "bell \x07", "two\nlines", " spaces ", "<b> & 'co'", "🎯"]


def saved(soffice: str, path: Path, kind: str = "xlsx:Calc MS Excel 2007 XML") -> Path:
    """The file as LibreOffice saves it."""
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    plan = plan_workbook(
        C4=Entry("text"),
        D4=Entry(12.5),
        E4=Entry(date(2026, 10, 12), Style(number="d mmm")),
        F4=Entry(Link(Area("KPI's", 2, 3, 2, 3), "link")),
        A6=Entry("wide"),
        A9=Entry(Formula("=D4*2", 25)),
        **{f"A{10 + row}": Entry(text) for row, text in enumerate(ODD)},
    )
    entries = plan.tabs[1].entries
    summary = Tab("Overzicht", entries, "1F6F6B", merges=(Merge(Area("Overzicht", 6, 1, 6, 3)),))
    return Workbook("Plan", (plan.tabs[0], summary), plan.names)


def test_what_libreoffice_saves_is_read_as_before(soffice: str, tmp_path: Path, workbook: Workbook) -> None:
    store = ExcelStore(tmp_path / "plan.xlsx")
    store.create(workbook)
    before, after = store.read(), ExcelStore(saved(soffice, tmp_path / "plan.xlsx")).read()
    assert (after.titles, after.names, after.epoch) == (before.titles, before.names, before.epoch)
    assert after.grids["Overzicht"] == before.grids["Overzicht"]
    ticks = after.grids["KPI's"].cells
    assert {spot: (cell.kind, cell.value) for spot, cell in ticks.items()} == {
        spot: (cell.kind, cell.value) for spot, cell in before.grids["KPI's"].cells.items()
    }
    assert ticks[2, 2] == Cell(Kind.BOOLEAN, True, "TRUE()")


def test_what_libreoffice_saved_is_changed_and_saved_again(soffice: str, tmp_path: Path, workbook: Workbook) -> None:
    ExcelStore(tmp_path / "plan.xlsx").create(workbook)
    path = saved(soffice, tmp_path / "plan.xlsx")
    old, store = path.read_bytes(), ExcelStore(path)
    texts = [change((20 + row, 2), text, "KPI's!C2") for row, text in enumerate(ODD)]
    changes = [change((4, 4), 40), change((4, 3), None), change((6, 1), "wider", "Overzicht!A1"), *texts]
    store.write(changes, store.read())
    assert changed_members(old, path.read_bytes()) == {SUMMARY, "xl/workbook.xml"}
    assert 'fullCalcOnLoad="1"' in part(path.read_bytes(), "xl/workbook.xml")
    again = ExcelStore(saved(soffice, path)).read().grids["Overzicht"]
    assert again.at(9, 1) == Cell(Kind.NUMBER, 80.0, "D4*2")
    for one in changes:
        cell = again.at(*one.address.spot)
        assert (cell.value, cell.link) == (one.new.value, one.new.link)


def test_libreoffice_shows_what_was_written(soffice: str, tmp_path: Path, workbook: Workbook) -> None:
    store = ExcelStore(tmp_path / "plan.xlsx")
    summary = Workbook("Plan", (workbook.tabs[1],), {"okr_summary": workbook.names["okr_summary"]})
    store.create(summary)
    store.write([change((1, 2), "Tien trajecten, 45 %"), change((2, 2), 0.45)], store.read())
    lines = saved(soffice, tmp_path / "plan.xlsx", "csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('Overzicht,"Tien trajecten, 45 %"')
    assert lines[1].startswith(",0.45")


@pytest.mark.parametrize(("kind", "name"), [("ods", "OpenDocument"), ("xls", "old Office")])
def test_other_formats_are_told_apart(soffice: str, tmp_path: Path, workbook: Workbook, kind: str, name: str) -> None:
    ExcelStore(tmp_path / "plan.xlsx").create(workbook)
    with pytest.raises(NotAWorkbook) as refused:
        ExcelStore(saved(soffice, tmp_path / "plan.xlsx", kind)).read()
    assert name in str(refused.value.facts["reason"])
