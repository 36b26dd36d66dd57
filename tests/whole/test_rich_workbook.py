"""A workbook in which a person has lived keeps everything: what a sync changes, and what it never does."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import openpyxl
import pytest
from person import Person

from tests.rich.checker import faults
from tests.rich.drawn import DAY, FORMULAS, LAST_RESULT, OWN_FORMULA
from tests.rich.judges import VALIDATOR, libreoffice_tabs, sdk_faults
from tests.rich.survival import directory, survival, unpacked_members
from tests.rich.workbook import BEFORE, TODAY, rich_workbook

SUMMARY, WORKBOOK = "xl/worksheets/sheet5.xml", "xl/workbook.xml"
PRESENT = {
    "checkboxes": "xl/featurePropertyBag/featurePropertyBag.xml",
    "charts": "xl/charts/chart5.xml",
    "a chart sheet": "xl/chartsheets/sheet1.xml",
    "pictures": "xl/media/image6.png",
    "pictures in cells": "xl/richData/rdrichvalue.xml",
    "notes": "xl/comments3.xml",
    "drawn notes": "xl/drawings/vmlDrawing4.vml",
    "threaded comments": "xl/threadedComments/threadedComment1.xml",
    "people": "xl/persons/person.xml",
    "a table": "xl/tables/table1.xml",
    "a slicer": "xl/slicers/slicer1.xml",
    "its cache": "xl/slicerCaches/slicerCache1.xml",
    "a pivot table": "xl/pivotTables/pivotTable1.xml",
    "its records": "xl/pivotCache/pivotCacheRecords1.xml",
    "custom XML": "customXml/item1.xml",
    "a label": "docMetadata/LabelInfo.xml",
    "printer settings": "xl/printerSettings/printerSettings1.bin",
    "dynamic arrays": "xl/metadata.xml",
    "text boxes": "xl/drawings/drawing3.xml",
    "a link to another workbook": "xl/externalLinks/externalLink1.xml",
    "own properties": "docProps/custom.xml",
    "macros": "xl/vbaProject.bin",
}
MARKS = {
    "sparklines": "<x14:sparklineGroup",
    "extended formats": "<x14:cfRule",
    "extended validations": "<x14:dataValidation ",
    "own validations": "<dataValidations",
    "a link to the web": 'ref="M2" r:id=',
    "a link to an own tab": 'ref="M3" location=',
    "merged cells": '<mergeCell ref="M12:N13"/>',
}


@pytest.fixture(params=[".xlsx", ".xlsm"])
def rich(request: pytest.FixtureRequest, person: Person) -> Path:
    """The workbook in the person's folder, with macros or without."""
    path = person.folder / f"plan{request.param}"
    path.write_bytes(rich_workbook(macros=request.param == ".xlsm"))
    return path


@pytest.fixture
def synced(rich: Path, person: Person) -> tuple[bytes, Path]:
    """The bytes before, and the file after a sync from the command line."""
    before = rich.read_bytes()
    (done,) = person.json("sync", rich.name, "--today", TODAY)
    assert done["outcome"] == "synced"
    assert len(done["written"]) > 10
    return before, rich


def test_the_rich_workbook_is_rich() -> None:
    members = unpacked_members(rich_workbook(macros=True))
    assert not set(PRESENT.values()) - members.keys()
    assert not [what for what, mark in MARKS.items() if mark not in members[SUMMARY].decode()]
    assert b'cm="1"' in members["xl/worksheets/sheet6.xml"]
    assert b"vm=" in members["xl/worksheets/sheet6.xml"]
    assert members.keys() - unpacked_members(rich_workbook()).keys() == {"xl/vbaProject.bin"}


def test_all_but_the_summary_is_as_it_was_stored(synced: tuple[bytes, Path]) -> None:
    before, after = synced[0], synced[1].read_bytes()
    found = survival(before, after)
    assert (found.lost, found.added) == ((), ())
    assert found.changed == {SUMMARY, WORKBOOK}
    assert directory(after) == directory(before)


def test_the_workbook_part_gains_one_attribute(synced: tuple[bytes, Path]) -> None:
    before, after = (unpacked_members(data)[WORKBOOK] for data in (synced[0], synced[1].read_bytes()))
    assert after == before.replace(b'<calcPr calcId="191029"/>', b'<calcPr calcId="191029" fullCalcOnLoad="1"/>')


def test_on_the_summary_only_cells_of_okrsheets_change(synced: tuple[bytes, Path]) -> None:
    before, after = (unpacked_members(data)[SUMMARY].decode() for data in (synced[0], synced[1].read_bytes()))
    rows = re.compile(r"<sheetData>.*</sheetData>", re.DOTALL)
    ours = re.compile(r"<hyperlink ref=\"B\d+\" location=\"[^\"]*\"/>")
    assert ours.sub("", rows.sub("", after)) == ours.sub("", rows.sub("", before))
    own = re.compile(r'<c r="(?:[K-Z]|A[A-Z])\d+".*?(?:/>|</c>)')
    kept = [cell for cell in own.findall(before) if cell not in after and OWN_FORMULA not in cell]
    assert [cell for cell in kept if not re.match(r'<c r="A[A-F]\d', cell)] == []
    assert f'<c r="{OWN_FORMULA}"><f>E21*2</f></c>' in after


def test_the_summary_is_up_to_date(synced: tuple[bytes, Path], person: Person) -> None:
    texts = " ".join(map(str, person.summary(synced[1].name)))
    assert "29 november 2026" in texts
    assert "22 november 2026" not in texts
    (again,) = person.json("sync", synced[1].name, "--today", TODAY)
    assert (again["outcome"], again["written"]) == ("unchanged", [])


def test_a_text_that_excel_shared_is_the_same_text(rich: Path, person: Person) -> None:
    """On the day of the last sync no figure and no sentence is written again, though none is stored as we store it."""
    (done,) = person.json("sync", rich.name, "--today", BEFORE, "--dry-run")
    links_and_marks = re.compile(r"Overzicht!(?:B\d+|A3)")
    assert [where for where in done["written"] if not links_and_marks.fullmatch(where)] == []
    assert len(done["written"]) < 5


@pytest.mark.system
def test_the_judges_find_no_new_fault(synced: tuple[bytes, Path]) -> None:
    if not VALIDATOR.exists():
        (pytest.fail if os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1" else pytest.skip)("make validator")
    before = synced[1].with_stem("before")
    before.write_bytes(synced[0])
    assert sdk_faults(before) == []
    assert sdk_faults(synced[1]) == []
    assert faults(synced[0]) == []
    assert faults(synced[1].read_bytes()) == []


@pytest.mark.system
def test_libreoffice_shows_the_new_summary(synced: tuple[bytes, Path], soffice: str) -> None:
    """The person's formula on the Summary too, with LibreOffice as it comes."""
    shown = libreoffice_tabs(soffice, synced[1])
    sheet = openpyxl.load_workbook(synced[1])["Overzicht"]
    assert shown["Overzicht"][1][1] == sheet["B2"].value == "Stand per zondag 29 november 2026"
    assert float(shown["Overzicht"][4][12]) == pytest.approx(2 * sheet["E21"].value)
    assert len(shown) == 10


@pytest.mark.system
def test_formulas_of_other_tabs_follow_the_summary(synced: tuple[bytes, Path], soffice: str) -> None:
    """Excel is told to compute on loading; LibreOffice does where its option says so, and never looks at the file's."""
    sheet = openpyxl.load_workbook(synced[1])["Overzicht"]
    kinds = [cell.value for (cell,) in sheet["A19:A168"]]
    funnel = [cell.value or 0 for (cell,) in sheet["AF8:AF15"]]
    progress = 100 * sheet["E21"].value
    day = libreoffice_tabs(soffice, synced[1], compute_anew=True)[DAY]
    assert [float(day[row][1]) for row in (1, 2, 3)] == pytest.approx([progress, progress + 1, kinds.count("row")])
    assert day[4][1] == sheet["B21"].value
    assert float(day[5][1]) == sum(funnel)
    usual = libreoffice_tabs(soffice, synced[1])[DAY]
    assert [float(usual[row][1]) for row in range(1, 1 + len(FORMULAS))] == [LAST_RESULT] * len(FORMULAS)


def test_openpyxl_would_lose_much_of_it() -> None:
    """What the promise is measured against; if this fails, the comparison in the documentation is out of date."""
    before, memory = rich_workbook(), io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(before)).save(memory)
    found = survival(before, memory.getvalue())
    assert len(found.lost) >= 20
    assert len(found.unpacked) <= 5
