"""Reading a worksheet part: every kind of cell, in every form that a program writes it."""

from __future__ import annotations

from datetime import date

import pytest
from excel_files import HEAD, MAIN, STRICT, sheet_of, worksheet

from okrsheets.edges.described import LONGEST_TEXT
from okrsheets.edges.excel.disk.faults import Unreadable
from okrsheets.edges.excel.reading.cells import Meaning
from okrsheets.edges.excel.reading.markup import start_tag
from okrsheets.edges.excel.reading.scan import scan
from okrsheets.edges.excel.reading.sheet import Span
from okrsheets.edges.excel.reading.strings import shared_strings
from okrsheets.edges.excel.reading.texts import decoded
from okrsheets.words.grid import NOTHING, Area, Cell, Kind, column_letters

STRINGS = ["zero", "one", "", "_x0041_"]
NUMBER, TEXT, TRUE, ERROR = Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.ERROR

CELLS = {
    # numbers
    '<c r="B2"><v>12</v></c>': Cell(NUMBER, 12.0),
    '<c r="B2" t="n"><v>-0.5</v></c>': Cell(NUMBER, -0.5),
    '<c r="B2" s="3" t="n"><v>1.5E-7</v></c>': Cell(NUMBER, 1.5e-7),
    '<c r="B2"><v> 7 </v></c>': Cell(NUMBER, 7.0),
    '<c r="B2"><v>&#49;2</v></c>': Cell(NUMBER, 12.0),
    '<c r="B2"><v>0,42</v></c>': Cell(ERROR, "0,42"),
    '<c r="B2"><v>NaN</v></c>': Cell(ERROR, "NaN"),
    '<c r="B2"><v>1_000</v></c>': Cell(ERROR, "1_000"),
    '<c r="B2"><v>1e999</v></c>': Cell(ERROR, "1e999"),
    # texts
    '<c r="B2" t="s"><v>1</v></c>': Cell(TEXT, "one"),
    '<c r="B2" t="s"><v>2</v></c>': NOTHING,
    '<c r="B2" t="s"><v>3</v></c>': Cell(TEXT, "_x0041_"),
    '<c r="B2" t="str"><v>plain</v></c>': Cell(TEXT, "plain"),
    '<c r="B2" t="str"><v>a &lt; b &amp; c</v></c>': Cell(TEXT, "a < b & c"),
    '<c r="B2" t="str"><v>_x0041_ _x005F_x0041_</v></c>': Cell(TEXT, "A _x0041_"),
    '<c r="B2" t="str"><v>_xD83C__xDFAF_ _xD83C_</v></c>': Cell(TEXT, "🎯 \ufffd"),
    '<c r="B2" t="inlineStr"><is><t>inline</t></is></c>': Cell(TEXT, "inline"),
    '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>': Cell(TEXT, " a "),
    '<c r="B2" t="inlineStr"><is><r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r></is></c>': Cell(TEXT, "rich"),
    '<c r="B2" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>': Cell(TEXT, "東京"),
    '<c r="B2" t="inlineStr"><is><t></t></is></c>': NOTHING,
    '<c r="B2" t="inlineStr"><is/></c>': NOTHING,
    # booleans, also as LibreOffice saves them
    '<c r="B2" t="b"><v>1</v></c>': Cell(TRUE, True),
    '<c r="B2" t="b"><v>0</v></c>': Cell(TRUE, False),
    '<c r="B2" t="b"><v>true</v></c>': Cell(TRUE, True),
    '<c r="B2" s="1" t="b"><f aca="false">TRUE()</f><v>1</v></c>': Cell(TRUE, True, "TRUE()"),
    '<c r="B2" t="b"><f>FALSE()</f><v>0</v></c>': Cell(TRUE, False, "FALSE()"),
    '<c r="B2"><f> true() </f></c>': Cell(TRUE, True, " true() "),
    '<c r="B2" t="b"><f>A1&gt;0</f><v>1</v></c>': Cell(TRUE, True, "A1>0"),
    '<c r="B2" t="b"><f>1=1</f><v>1</v></c>': Cell(TRUE, True, "1=1"),
    '<c r="B2"><f>TRUE</f></c>': Cell(TRUE, True, "TRUE"),
    '<c r="B2"><f>1=1</f></c>': Cell(Kind.UNCALCULATED, None, "1=1"),
    # errors
    '<c r="B2" t="e"><v>#DIV/0!</v></c>': Cell(ERROR, "#DIV/0!"),
    '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>': Cell(ERROR, "#DIV/0!", "1/0"),
    # days
    '<c r="B2" t="d"><v>2026-10-12</v></c>': Cell(NUMBER, 46307.0, dated=True),
    '<c r="B2" t="d"><v>2026-10-12T12:00:00</v></c>': Cell(NUMBER, 46307.5, dated=True),
    '<c r="B2" t="d"><v>18:00:00</v></c>': Cell(NUMBER, 0.75, dated=True),
    # formulas
    '<c r="B2"><f>1+1</f><v>2</v></c>': Cell(NUMBER, 2.0, "1+1"),
    '<c r="B2" t="str"><f>A1&amp;"x"</f><v>ax</v></c>': Cell(TEXT, "ax", 'A1&"x"'),
    '<c r="B2" t="str"><f>""</f><v></v></c>': Cell(TEXT, "", '""'),
    '<c r="B2"><f>1+1</f></c>': Cell(Kind.UNCALCULATED, None, "1+1"),
    '<c r="B2"><f>1+1</f><v/></c>': Cell(Kind.UNCALCULATED, None, "1+1"),
    '<c r="B2"><f>1+1</f><v></v></c>': Cell(Kind.UNCALCULATED, None, "1+1"),
    '<c r="B2" t="s"><f>1+1</f></c>': Cell(Kind.UNCALCULATED, None, "1+1"),
    '<c r="B2"><f t="array" ref="B2:B4">A1:A3*2</f><v>2</v></c>': Cell(NUMBER, 2.0, "A1:A3*2"),
    '<c r="B2"><f t="dataTable" ref="B2:B4" dt2D="0" r1="A1"/><v>2</v></c>': Cell(NUMBER, 2.0, ""),
    # nothing
    '<c r="B2"/>': NOTHING,
    '<c r="B2" s="3"></c>': NOTHING,
    '<c r="B2"><v></v></c>': NOTHING,
    '<c r="B2" t="s"/>': NOTHING,
    # unusual forms of the usual
    '<c t="b" r="B2" s="1"><v>1</v></c>': Cell(TRUE, True),
    "<c r='B2' t='str'\n><v>a</v\n></c >": Cell(TEXT, "a"),
    '<c  r = "B2" ><v>1</v></c>': Cell(NUMBER, 1.0),
    '<c r="B2" cm="1" vm="1" ph="1"><v>1</v></c>': Cell(NUMBER, 1.0),
    '<c r="B2">\n <v>1</v>\n</c>': Cell(NUMBER, 1.0),
    '<c r="B2"><v>1</v><extLst><ext uri="a>b"/></extLst></c>': Cell(NUMBER, 1.0),
}


@pytest.mark.parametrize(("markup", "cell"), CELLS.items(), ids=CELLS)
def test_a_cell(markup: str, cell: Cell) -> None:
    sheet = sheet_of(f'<row r="2">{markup}</row>', strings=STRINGS)
    assert sheet.cells.get((2, 2), NOTHING) == cell
    ((_, _, start, end),) = sheet.rows[0].cells
    assert sheet.data[start:end].decode() == markup


def test_days_count_from_the_workbooks_own_epoch() -> None:
    sheet = sheet_of('<row r="1"><c r="A1" t="d"><v>2026-10-12</v></c></row>', epoch=date(1904, 1, 1))
    assert sheet.cells[1, 1].value == 46307.0 - 1462


BAD_CELLS = {
    "no such shared string": '<row r="1"><c r="A1" t="s"><v>4</v></c></row>',
    "a shared string below 0": '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
    "a shared string that is no number": '<row r="1"><c r="A1" t="s"><v>one</v></c></row>',
    "a boolean that is none": '<row r="1"><c r="A1" t="b"><v>perhaps</v></c></row>',
    "a day that is none": '<row r="1"><c r="A1" t="d"><v>soon</v></c></row>',
    "an unknown type": '<row r="1"><c r="A1" t="zz"><v>1</v></c></row>',
    "an address that is none": '<row r="1"><c r="1A"><v>1</v></c></row>',
    "a cell of another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "a cell of another row, in an odd form": '<row r="1"><c t="n" r="A2"><v>1</v></c></row>',
    "two cells in one place": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "cells out of order": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "two rows in one place": '<row r="1"/><row r="1"/>',
    "rows out of order": '<row r="2"/><row r="1"/>',
    "a row within a row": '<row r="1"><row r="2"/></row>',
    "row 0": '<row r="0"/>',
    "a row beyond the last": '<row r="1048577"/>',
    "a column beyond the last": '<row r="1"><c r="XFE1"/></row>',
    "a cell without a row": '<c r="A1"><v>1</v></c>',
    "something else in a row": '<row r="1"><cell r="A1"/></row>',
    "something else between rows": "<rows/>",
    "text between rows": "text",
    "a cell of another namespace": '<row r="1"><x14ac:c r="A1"><v>1</v></x14ac:c></row>',
    "a comment": '<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>',
    "CDATA": '<row r="1"><c r="A1" t="str"><v><![CDATA[</v></c>]]></v></c></row>',
    "not well-formed": '<row r="1"><c r="A1"></row>',
    "an unknown entity": '<row r="1"><c r="A1" t="str"><v>&euro;</v></c></row>',
}


@pytest.mark.parametrize("rows", BAD_CELLS.values(), ids=BAD_CELLS)
def test_what_is_not_understood_is_refused(rows: str) -> None:
    from okrsheets.edges.excel.disk.faults import LIBRARY_FAULTS

    with pytest.raises((Unreadable, *LIBRARY_FAULTS)):
        sheet_of(rows, strings=STRINGS)


def test_addresses_may_be_left_out() -> None:
    rows = (
        '<row><c><v>1</v></c><c/><c><v>3</v></c><c r="F1"><v>6</v></c><c><v>7</v></c></row><row><c><v>8</v></c></row>'
    )
    sheet = sheet_of(rows + '<row r="9"/><row><c><v>10</v></c></row>')
    assert {spot: cell.value for spot, cell in sheet.cells.items()} == {
        (1, 1): 1,
        (1, 3): 3,
        (1, 6): 6,
        (1, 7): 7,
        (2, 1): 8,
        (10, 1): 10,
    }


PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="1" max="2" style="4"/><x:col min="3" max="3"/></x:cols>'
    "<x:sheetData>"
    '<x:row r="1"><x:c r="A1" t="b"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>B</x:t></x:is></x:c></x:row>'
    '</x:sheetData><x:mergeCells><x:mergeCell ref="A3:B3"/></x:mergeCells></x:worksheet>'
)


@pytest.mark.parametrize(
    "more",
    [
        "<headerFooter><oddHeader>sheetData</oddHeader></headerFooter>",
        "<headerFooter><oddHeader>&lt;/sheetData&gt;</oddHeader></headerFooter>",
        "<extLst><ext uri='sheetData'><!-- </sheetDatas> --></ext></extLst>",
    ],
)
def test_the_word_for_the_rows_may_stand_anywhere_behind_them(more: str) -> None:
    assert sheet_of('<row r="1"><c r="A1"><v>7</v></c></row>', more).cells[1, 1] == Cell(NUMBER, 7.0)


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_namespaces_may_be_prefixed_and_strict(namespace: str) -> None:
    sheet = scan(PREFIXED.replace(MAIN, namespace).encode(), "Tab", Meaning((), date(1899, 12, 30)))
    assert dict(sheet.cells) == {(1, 1): Cell(TRUE, True), (1, 2): Cell(TEXT, "B")}
    assert (sheet.prefix, sheet.merges) == ("x:", [Area("Tab", 3, 1, 3, 2)])
    assert [(style.first, style.last, style.style) for style in sheet.columns] == [(1, 2, b"4")]


def test_what_surrounds_the_rows_is_found_by_its_bytes() -> None:
    links = "<hyperlinks><hyperlink ref=\"B2\" location=\"'KPI''s'!$J$7\"/></hyperlinks>"
    sheet = sheet_of('<row r="2"/>', after=f'<mergeCells><mergeCell ref="A1:B1"/></mergeCells>{links}<pageMargins/>')
    assert sheet.bytes_at(sheet.body) == b'<sheetData><row r="2"/></sheetData>'
    assert sheet.bytes_at(sheet.links).decode() == links
    assert sheet.bytes_at(sheet.rows[0].span) == b'<row r="2"/>'
    assert sheet.cells == {(2, 2): Cell(Kind.EMPTY, link="KPI's!J7")}


@pytest.mark.parametrize("first", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData\n/>"])
def test_a_sheet_may_be_empty(first: str) -> None:
    data = worksheet("").replace("<sheetData></sheetData>", f"{first}<pageMargins/>").encode()
    sheet = scan(data, "Tab", Meaning((), date(1899, 12, 30)))
    assert (sheet.cells, sheet.rows, sheet.bytes_at(sheet.body).decode()) == ({}, [], first)
    assert sheet.links == Span(sheet.body.end, sheet.body.end)


def test_the_place_of_missing_links_is_behind_the_validations() -> None:
    before = '<autoFilter ref="A1:B2"/><dataValidations/>'
    sheet = sheet_of("", after=f"{before}<pageMargins/><tableParts/>")
    assert sheet.data[: sheet.links.start].decode().endswith(before)


LINKS = {
    "'KPI''s'!J7": "KPI's!J7",
    "Acties!$A$6": "Acties!A6",
    "Acties!B2:C3": "Acties!B2:C3",
    "'A!B'!C3": "A!B!C3",
    "#Acties!A1": "Acties!A1",
    "okr_summary": "okr_summary",
}


@pytest.mark.parametrize(("location", "link"), LINKS.items())
def test_a_link_is_read_unquoted(location: str, link: str) -> None:
    sheet = sheet_of("", after=f'<hyperlinks><hyperlink ref="A1" location="{location}" display="x"/></hyperlinks>')
    assert sheet.cells[1, 1].link == link


def test_a_link_to_the_web_is_no_place_in_the_workbook() -> None:
    sheet = sheet_of("", after='<hyperlinks><hyperlink ref="A1" r:id="rId1" location="there"/></hyperlinks>')
    assert sheet.cells == {}
    assert sheet.hyperlinks[0].to is None


def test_a_shared_formula_is_a_formula_in_each_cell() -> None:
    sheet = sheet_of(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    assert [sheet.cells[row, 1].formula for row in (1, 2)] == ["B1*2", "B1*2"]
    assert sheet.arrays == []


def test_the_cells_of_an_array_formula_are_known() -> None:
    sheet = sheet_of('<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:B3">X()</f><v>2</v></c></row>')
    assert sheet.arrays == [Area("Tab", 1, 1, 3, 2)]


def test_a_row_has_a_style_only_where_it_says_so() -> None:
    sheet = sheet_of('<row r="1" s="3" customFormat="1"/><row r="2" s="3" customFormat="false"/><row r="3" s="3"/>')
    assert [row.style for row in sheet.rows] == [b"3", None, None]


STYLED = "".join(f'<c r="{column_letters(column)}{{0}}" s="1"/>' for column in range(1, 703))
TOO_LARGE = {
    "one cell far below": '<row r="5001"><c r="A5001"><v>1</v></c></row>',
    "one cell far to the right": '<row r="1"><c r="KO1"><v>1</v></c></row>',
    "the last cell of all": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "too many cells": "".join(f'<row r="{row}">{STYLED.format(row)}</row>' for row in range(1, 358)),
}


@pytest.mark.parametrize("rows", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_sheet_that_is_used_too_far_is_refused(rows: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        sheet_of(rows)
    assert refusal.value.reason.facts["tab"] == "Tab"


def test_styles_may_reach_further_than_content() -> None:
    sheet = sheet_of('<row r="1"><c r="GR1"><v>1</v></c><c r="XFD1" s="3"/></row><row r="1048576" ht="15"/>')
    assert list(sheet.cells) == [(1, 200)]


@pytest.mark.parametrize("area", ["A1:XFD20000", "A1:KO5001"])
def test_a_huge_merged_cell_is_refused(area: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        sheet_of("", after=f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')
    assert refusal.value.reason.facts["cells"] == area


def test_very_many_merged_cells_are_refused() -> None:
    merges = '<mergeCell ref="A1:B1"/>' * 65_531
    with pytest.raises(Unreadable):
        sheet_of("", after=f"<mergeCells>{merges}</mergeCells>")


FRAMES = {
    "no rows at all": "<w xmlns='MAIN'><pageMargins/></w>",
    "rows of another namespace": "<w xmlns='urn:x'><sheetData/></w>",
    "rows twice": "<w xmlns='MAIN'><sheetData></sheetData><sheetData></sheetData></w>",
    "rows twice, with something between": "<w xmlns='MAIN'><sheetData/><a/><sheetData><row/></sheetData></w>",
    "rows too deep": "<w xmlns='MAIN'><a><sheetData></sheetData></a></w>",
    "an end of rows in a comment": "<w xmlns='MAIN'><sheetData></sheetData><!-- </sheetData> --></w>",
    "a document type": "<!DOCTYPE w><w xmlns='MAIN'><sheetData/></w>",
    "an entity bomb": "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w>&b;&b;</w>",
    "two roots": "<w xmlns='MAIN'><sheetData/></w><w/>",
    "nothing": "",
    "text": "hello",
}


@pytest.mark.parametrize("data", FRAMES.values(), ids=FRAMES)
def test_a_part_that_is_no_sheet_is_refused(data: str) -> None:
    from xml.parsers.expat import ExpatError

    with pytest.raises((Unreadable, ExpatError)):
        scan(data.replace("MAIN", MAIN).encode(), "Tab", Meaning((), date(1899, 12, 30)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_another_encoding_is_refused(encoding: str) -> None:
    data = worksheet("").replace("UTF-8", encoding.upper()[:6] if encoding.startswith("utf") else encoding)
    with pytest.raises(Unreadable):
        scan(data.encode(encoding), "Tab", Meaning((), date(1899, 12, 30)))


def test_a_tag_has_an_end() -> None:
    assert start_tag(b"x<a b='>' c=\">\"/>", 1) == b"<a b='>' c=\">\"/>"
    with pytest.raises(Unreadable):
        start_tag(b"<a b='>", 0)


def test_a_byte_order_mark_does_no_harm() -> None:
    data = worksheet('<row r="1"><c r="A1"><v>1</v></c></row>').encode("utf-8-sig")
    sheet = scan(data, "Tab", Meaning((), date(1899, 12, 30)))
    assert sheet.bytes_at(sheet.rows[0].span) == b'<row r="1"><c r="A1"><v>1</v></c></row>'


SHARED = (
    f'{HEAD}<sst xmlns="{MAIN}" count="9">\n<si><t>plain</t></si><si><t xml:space="preserve"> kept </t></si>'
    "<si><t>a &lt; b</t></si><si><r><t>ri</t></r><r><t>ch</t></r></si><si/><si><t/></si>"
    "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr/></si><si><t>_x0041_</t></si>"
    "<extLst><ext/></extLst></sst>"
)
TEXTS = ["plain", " kept ", "a < b", "rich", "", "", "東京", "A"]


def test_shared_strings_keep_their_order() -> None:
    assert shared_strings(SHARED.encode()) == TEXTS


def test_shared_strings_may_be_prefixed() -> None:
    prefixed = SHARED.replace("<", "<y:").replace("<y:/", "</y:").replace("<y:?", "<?").replace("xmlns=", "xmlns:y=")
    assert shared_strings(prefixed.encode()) == TEXTS


@pytest.mark.parametrize("odd", ["<!-- -->", "<odd/>"])
def test_shared_strings_are_never_counted_wrong(odd: str) -> None:
    with pytest.raises(Unreadable):
        shared_strings(SHARED.replace("<si/>", f"{odd}<si/>").encode())


def test_a_text_is_read_as_far_as_a_cell_holds_it() -> None:
    """One text may stand in every cell, and what looks at each would take hours over megabytes."""
    long = "x" * (LONGEST_TEXT + 9)
    assert shared_strings(f"<sst><si><t>{long}</t></si></sst>".encode()) == [long[:LONGEST_TEXT]]
    assert decoded("_x0041_" * (LONGEST_TEXT + 9)) == "A" * LONGEST_TEXT
