"""openpyxl as a second reader: what it sees in files of many kinds, behind our limits; and what else they carry."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from excel_files import (
    OFFICE,
    PACKAGE,
    STRICT,
    parts_of,
    plan_workbook,
    relationships,
    worksheet,
    zipped,
)

from okrsheets.edges.excel.condition import condition
from okrsheets.edges.excel.contents import carried
from okrsheets.edges.excel.disk.faults import Unreadable
from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.second_reader import SecondReader, second_look
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import ChangedMeanwhile, NotFound
from okrsheets.words.grid import NOTHING, Carries, Cell, Kind
from okrsheets.words.report import Severity
from okrsheets.words.second_look import SecondLook

TYPES = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "xl/styles.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
    "xl/sharedStrings.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    "</styleSheet>"
)


def content_types() -> str:
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{type}"/>' for part, type in TYPES.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def workbook(sheets: Mapping[str, str], *, strings: tuple[str, ...] = (), head: str = "", **more: str) -> bytes:
    """A workbook of these sheets with what openpyxl cannot do without; `more` are parts that replace others."""
    parts: dict[str, str] = parts_of(sheets, head=head)
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    links += [("rId91", "styles", "styles.xml"), ("rId92", "sharedStrings", "sharedStrings.xml")]
    parts["[Content_Types].xml"] = content_types()
    parts["xl/_rels/workbook.xml.rels"] = relationships(*links)
    parts["xl/styles.xml"] = STYLES
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>'
    return zipped({**parts, **more})


def looked(rows: str, **more: Any) -> tuple[Book, SecondLook]:
    book = Book(workbook({"Tab": worksheet(rows)}, **more))
    return book, second_look(book, ["Tab"])


def both(cell: str, **more: Any) -> tuple[Cell, Cell]:
    """What our reader and the other one see in the first cell."""
    book, look = looked(f'<row r="1">{cell}</row>', **more)
    assert look.faults == {}
    return book.sheet("Tab").grid.at(1, 1), look.grids["Tab"].at(1, 1)


SAME = {
    "a number": ('<c r="A1"><v>12.5</v></c>', Cell(Kind.NUMBER, 12.5)),
    "a day by its format": ('<c r="A1" s="1"><v>46027</v></c>', Cell(Kind.NUMBER, 46027.0, dated=True)),
    "a day by its type": ('<c r="A1" s="1" t="d"><v>2026-01-05</v></c>', Cell(Kind.NUMBER, 46027.0, dated=True)),
    "a text": ('<c r="A1" t="inlineStr"><is><t>twelve</t></is></c>', Cell(Kind.TEXT, "twelve")),
    "a shared text": ('<c r="A1" t="s"><v>0</v></c>', Cell(Kind.TEXT, "shared")),
    "rich text": (
        '<c r="A1" t="inlineStr"><is><r><t>twe</t></r><r><rPr><b/></rPr><t>lve</t></r></is></c>',
        Cell(Kind.TEXT, "twelve"),
    ),
    "a tick": ('<c r="A1" t="b"><v>1</v></c>', Cell(Kind.BOOLEAN, True)),
    "LibreOffice's tick": (
        '<c r="A1" t="b"><f aca="false">TRUE()</f><v>1</v></c>',
        Cell(Kind.BOOLEAN, True, "TRUE()"),
    ),
    "an error": ('<c r="A1" t="e"><v>#DIV/0!</v></c>', Cell(Kind.ERROR, "#DIV/0!")),
    "a formula with its value": ('<c r="A1"><f>6+6</f><v>12</v></c>', Cell(Kind.NUMBER, 12.0, "6+6")),
    "a formula without": ('<c r="A1"><f>6+6</f></c>', Cell(Kind.UNCALCULATED, None, "6+6")),
    "one formula for many": ('<c r="A1"><f t="array" ref="A1:A2">6+6</f><v>12</v></c>', Cell(Kind.NUMBER, 12.0, "6+6")),
    "nothing": ('<c r="A1" s="1"/>', NOTHING),
}


@pytest.mark.parametrize("name", SAME)
def test_both_readers_see_the_same(name: str) -> None:
    cell, expected = SAME[name]
    assert both(cell, strings=("<si><t>shared</t></si>",)) == (expected, expected)


def test_they_agree_in_the_calendar_of_the_first_macs() -> None:
    ours, theirs = both('<c r="A1" s="1"><v>44565</v></c>', head='<workbookPr date1904="1"/>')
    assert ours == theirs == Cell(Kind.NUMBER, 44565.0, dated=True)


@pytest.mark.parametrize(
    ("cell", "ours", "theirs"),
    [
        (
            '<c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c>',
            Cell(Kind.TEXT, "a\rb"),
            Cell(Kind.TEXT, "a_x000D_b"),
        ),
        (
            '<c r="A1" t="b"><f>TRUE()</f></c>',
            Cell(Kind.BOOLEAN, True, "TRUE()"),
            Cell(Kind.UNCALCULATED, None, "TRUE()"),
        ),
        (
            '<c r="A1" s="1"><v>99999999</v></c>',
            Cell(Kind.NUMBER, 99999999.0, dated=True),
            Cell(Kind.ERROR, "#VALUE!"),
        ),
    ],
)
def test_what_they_see_otherwise(cell: str, ours: Cell, theirs: Cell) -> None:
    assert both(cell) == (ours, theirs)


def test_a_tab_that_openpyxl_cannot_read_keeps_it_from_no_other() -> None:
    bad = worksheet('<row r="1"><c r="A1"><v>0,42</v></c></row>')
    good = worksheet('<row r="1"><c r="A1"><v>12</v></c></row>')
    look = second_look(Book(workbook({"Bad": bad, "Good": good})), ["Bad", "Good"])
    assert look.grids["Good"].at(1, 1) == Cell(Kind.NUMBER, 12.0)
    assert "0,42" in look.faults["Bad"]


def test_a_workbook_that_openpyxl_cannot_read_at_all_is_an_answer() -> None:
    book = Book(zipped(parts_of({"Tab": worksheet("")})))
    assert second_look(book, ["Tab"]).faults["Tab"] == "File contains no valid workbook part"


def test_it_sees_no_tab_that_it_is_not_asked_for() -> None:
    """A tab that would take openpyxl gigabytes is not even handed to it."""
    bomb = worksheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>'
    )
    tame = worksheet('<row r="1"><c r="A1"><v>12</v></c></row>')
    look = second_look(Book(workbook({"Bomb": bomb, "Tame": tame})), ["Tame"])
    assert list(look.grids) == ["Tame"]
    assert look.faults == {}


def test_a_part_with_a_document_type_is_refused_before_openpyxl_sees_it() -> None:
    book = Book(workbook({"Tab": worksheet("")}, **{"[Content_Types].xml": f"<!DOCTYPE Types>{content_types()}"}))
    with pytest.raises(Unreadable):
        second_look(book, ["Tab"])


def test_hidden_rows_are_told() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"/>'
    rows += '<row r="3" hidden="0"/><row r="4" hidden="true"/>'
    assert looked(rows)[1].hidden["Tab"] == {2, 4}


def test_a_strict_workbook_looks_empty_to_it() -> None:
    sheet = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>').replace(MAIN, STRICT)
    book = Book(workbook({"Tab": sheet}))
    look = second_look(book, ["Tab"])
    assert book.sheet("Tab").grid.at(1, 1) == Cell(Kind.NUMBER, 1.0)
    assert look.grids["Tab"].cells == {}


def test_the_second_look_is_at_the_file_of_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(build(plan_workbook()))
    store = ExcelStore(path)
    reading = store.read()
    look = SecondReader(path).look(reading, tuple(reading.grids))
    assert look.reader.startswith("openpyxl 3.")
    assert look.grids == reading.grids
    path.write_bytes(workbook({"Tab": worksheet("")}))
    with pytest.raises(ChangedMeanwhile):
        SecondReader(path).look(reading, tuple(reading.grids))
    path.unlink()
    with pytest.raises(NotFound):
        SecondReader(path).look(reading, tuple(reading.grids))


def test_openpyxl_is_loaded_only_by_who_asks_and_without_lxml() -> None:
    script = (
        "import sys, okrsheets.edges.excel.second_reader as second, okrsheets.shell.app\n"
        "assert 'openpyxl' not in sys.modules\n"
        "library = second._openpyxl()\n"
        "assert not library.xml.LXML, 'lxml'\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert done.returncode == 0


# What else a workbook carries

EXTERNAL = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
    'Target="%s" TargetMode="External"/></Relationships>'
)


def carrying(kinds: list[tuple[str, str]], more: Mapping[str, str]) -> Carries:
    parts: dict[str, str] = parts_of({"Tab": worksheet("")})
    links = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    links += [(f"rId{n}", kind, target) for n, (kind, target) in enumerate(kinds, 2)]
    parts["xl/_rels/workbook.xml.rels"] = relationships(*links)
    return carried(Book(zipped({**parts, **more})))


def test_a_plain_workbook_carries_nothing() -> None:
    assert carrying([], {}) == Carries()


def test_macros_links_and_connections_are_told() -> None:
    link = f'<externalLink xmlns="{MAIN}"><externalBook/></externalLink>'
    dde = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    known = carrying(
        [
            ("vbaProject", "vbaProject.bin"),
            ("externalLink", "externalLinks/externalLink1.xml"),
            ("externalLink", "externalLinks/externalLink2.xml"),
            ("externalLink", "externalLinks/externalLink3.xml"),
            ("connections", "connections.xml"),
        ],
        {
            "xl/vbaProject.bin": "x",
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": EXTERNAL % "file:///C:/figures.xlsx",
            "xl/externalLinks/externalLink2.xml": dde,
            "xl/externalLinks/externalLink3.xml": link,
            "xl/externalLinks/_rels/externalLink3.xml.rels": EXTERNAL % "file:///C:/figures.xlsx",
            "xl/connections.xml": (
                f'<connections xmlns="{MAIN}"><connection id="1" name="Sales">'
                '<dbPr connection="Password=secret"/></connection></connections>'
            ),
        },
    )
    assert known == Carries(True, ("file:///C:/figures.xlsx", "cmd|/c calc"), ("Sales",))


def test_a_damaged_link_is_called_by_its_part_and_keeps_nobody_from_reading() -> None:
    known = carrying(
        [("externalLink", "externalLinks/externalLink1.xml"), ("externalLink", "externalLinks/gone.xml")],
        {"xl/externalLinks/externalLink1.xml": "<!DOCTYPE x><externalLink/>"},
    )
    assert known.external_links == ("externalLink1.xml", "gone.xml")


# The condition of the file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK")
    return path


def found(path: Path) -> list[str]:
    return [one.rule for one in condition(path)]


def test_a_file_in_good_condition(path: Path) -> None:
    assert condition(path) == ()
    path.unlink()
    assert condition(path) == ()


def test_what_would_keep_a_sync_from_writing(path: Path) -> None:
    path.with_name("~$plan.xlsx").write_bytes(b"")
    path.with_name("plan (Anna's conflicted copy 2026-11-23).xlsx").write_bytes(b"")
    os.link(path, path.with_name("second.xlsx"))
    assert found(path) == ["open_elsewhere", "hard_link", "conflict_copies"]
    assert [one.severity for one in condition(path)] == [Severity.HINT, Severity.WARNING, Severity.WARNING]


class ReadOnly(Files):
    """A file system on which one place must not be written."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def may_write(self, path: Path) -> bool:
        return path != self.place


def test_a_file_or_folder_that_must_not_be_written(path: Path) -> None:
    assert [one.rule for one in condition(path, ReadOnly(path))] == ["read_only"]
    (one,) = condition(path, ReadOnly(path.parent))
    assert (one.rule, one.severity) == ("read_only_folder", Severity.WARNING)
