"""Which cells show a date: what a spreadsheet makes of `1-5` is not 46,143 of anything."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter
from excel_files import HEAD, MAIN, STRICT, parts_of, relationships, worksheet, zipped
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from okrsheets.edges.excel.disk.faults import Unreadable
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.styles import dated_styles, shows_date
from okrsheets.words.grid import Cell, Kind

DATES = (
    "d mmm yyyy",
    "[$-413]d mmm",
    "yyyy-mm-dd",
    "DD/MM/YY",
    "d",
    "mmm",
    "h:mm",
    "[h]:mm",
    "[mm]:ss",
    "[SS]",
    "[$-F800]dddd, mmmm dd, yyyy",
    r"dd\-mm\-yyyy",
    '"op" d mmm',
    "[Red]d mmm;@",
    "0;d mmm",
    "hh:mm AM/PM",
    "mm:ss.0",
)
NUMBERS = (
    "General",
    "0",
    "#,##0.00",
    "0%",
    "0.0×",
    "[>=1000]#,##0;General",
    '"☑";"☑";"☐";@',
    '#,##0 "days"',
    '0" uur"',
    r"0\d",
    "_-* #,##0.00_-",
    "_d0",
    "*s0",
    "[Red]0",
    "[$USD] 0",
    "[<100]0;[Black]0",
    '_("€"* #,##0_)',
    "0.00E+00",
    "@",
    "",
    '0 "never closed days',
    "0 [never closed",
)


@pytest.mark.parametrize(("code", "date"), [*((code, True) for code in DATES), *((code, False) for code in NUMBERS)])
def test_a_format_shows_a_date_or_a_number(code: str, date: bool) -> None:
    assert shows_date(code) is date


def test_another_reader_sees_the_same_dates_in_the_formats_that_need_no_code() -> None:
    for id, code in BUILTIN_FORMATS.items():
        plain = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="{id}"/></cellXfs></styleSheet>'
        assert (b"1" in dated_styles(plain.encode())) is bool(is_date_format(code)), (id, code)


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="d mmm"/>'
    '<numFmt formatCode="#,##0 &quot;days&quot;" numFmtId="165"/><numFmt numFmtId="14" formatCode="0"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="164"/><xf numFmtId="164"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="0"><alignment/></xf>'
    '<xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="22"/><xf/></cellXfs>'
    '<dxfs><dxf><numFmt numFmtId="165" formatCode="d mmm"/></dxf></dxfs></styleSheet>'
)


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_styles_are_counted_and_formats_looked_up(namespace: str) -> None:
    assert dated_styles(STYLES.replace(MAIN, namespace).encode()) == {b"1", b"4"}


def test_styles_may_be_prefixed_and_the_first_of_them_a_date() -> None:
    prefixed = STYLES.replace("<", "<y:").replace("<y:/", "</y:").replace("<y:?", "<?").replace("xmlns=", "xmlns:y=")
    assert dated_styles(prefixed.replace('numFmtId="0"', 'numFmtId="15"').encode()) == {None, b"0", b"1", b"4"}


@pytest.mark.parametrize("bad", ["<!DOCTYPE s>", "x" * 3])
def test_styles_that_are_no_plain_xml_are_refused(bad: str) -> None:
    from xml.parsers.expat import ExpatError

    with pytest.raises((Unreadable, ExpatError)):
        dated_styles((bad + STYLES.removeprefix(HEAD)).encode())


def test_more_styles_than_any_program_keeps_are_refused() -> None:
    with pytest.raises(Unreadable):
        dated_styles(STYLES.replace("<xf/>", "<xf/>" * 70_000).encode())


CELLS = {
    '<c r="A1" s="1"><v>46143</v></c>': Cell(Kind.NUMBER, 46143.0, dated=True),
    '<c r="A1" s="2"><v>46143</v></c>': Cell(Kind.NUMBER, 46143.0),
    '<c r="A1"><v>46143</v></c>': Cell(Kind.NUMBER, 46143.0),
    '<c r="A1" s="4"><f>TODAY()</f><v>46143</v></c>': Cell(Kind.NUMBER, 46143.0, "TODAY()", dated=True),
    '<c s="4" r="A1"><v>0.5</v></c>': Cell(Kind.NUMBER, 0.5, dated=True),
    '<c r="A1" s="1" t="b"><v>1</v></c>': Cell(Kind.BOOLEAN, True),
    '<c r="A1" s="1" t="str"><v>1-5</v></c>': Cell(Kind.TEXT, "1-5"),
    '<c r="A1" s="1" t="e"><v>#N/A</v></c>': Cell(Kind.ERROR, "#N/A"),
    '<c r="A1" s="2" t="d"><v>2026-05-01</v></c>': Cell(Kind.NUMBER, 46143.0, dated=True),
}


@pytest.mark.parametrize(("markup", "cell"), CELLS.items(), ids=CELLS)
def test_a_number_in_a_style_of_dates_is_marked(markup: str, cell: Cell) -> None:
    parts = parts_of({"Acties": worksheet(f'<row r="1">{markup}</row>')}, {"okr_a": "Acties!$A$1"})
    rels = relationships(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    book = Book(zipped({**parts, "xl/_rels/workbook.xml.rels": rels, "xl/styles.xml": STYLES}))
    assert book.sheet("Acties").cells == {(1, 1): cell}


def test_a_workbook_without_styles_has_no_dates() -> None:
    parts = parts_of({"Acties": worksheet('<row r="1"><c r="A1" s="1"><v>1</v></c></row>')})
    assert Book(zipped(parts)).sheet("Acties").cells[1, 1] == Cell(Kind.NUMBER, 1.0)


def test_two_libraries_write_dates_that_are_seen() -> None:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tab")
        sheet.write_datetime(0, 0, datetime(2026, 5, 1), book.add_format({"num_format": "d mmm"}))  # noqa: DTZ001
        sheet.write_number(0, 1, 46143)
        sheet.write_number(0, 2, 46143, book.add_format({"num_format": 14}))
    assert [cell.dated for _, cell in sorted(Book(memory.getvalue()).sheet("Tab").cells.items())] == [True, False, True]
    memory, other = io.BytesIO(), openpyxl.Workbook()
    other["Sheet"].append([datetime(2026, 5, 1), 46143, datetime(2026, 5, 1, 12)])  # noqa: DTZ001
    other.save(memory)
    assert [c.dated for _, c in sorted(Book(memory.getvalue()).sheet("Sheet").cells.items())] == [True, False, True]
