"""The surgical edit of one sheet: cells and links are as meant, and the bytes around them are as they were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from excel_files import (
    ACTIONS,
    MAIN,
    OFFICE,
    STRICT,
    STRICT_OFFICE,
    SUMMARY,
    change,
    changed_members,
    members,
    part,
    parts_of,
    patch,
    relationships,
    summary_workbook,
    worksheet,
    zipped,
)

from okrsheets.edges.excel.disk.faults import NoRoom, Unreadable
from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.refs import spot_of
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import Encrypted, NoRoomForSummary, NotAWorkbook, NotWritable, Shared, Signed, WriteUnproven
from okrsheets.words.grid import Cell, Kind, Spot, Value, a1

SPLICES = {
    "a cell is replaced and keeps its style": (
        '<row r="2"><c r="A2" s="7" t="e" cm="1" vm="2"><v>#VALUE!</v></c><c r="B2"/></row>',
        ((2, 1), 5),
        '<row r="2"><c r="A2" s="7"><v>5</v></c><c r="B2"/></row>',
    ),
    "an emptied cell keeps its style": (
        '<row r="2"><c r="A2" s="7"><v>1</v></c></row>',
        ((2, 1), None),
        '<row r="2"><c r="A2" s="7"/></row>',
    ),
    "a new cell goes before its right neighbour": (
        '<row r="2"><c r="A2"/><c r="C2"/></row>',
        ((2, 2), True),
        '<row r="2"><c r="A2"/><c r="B2" t="b"><v>1</v></c><c r="C2"/></row>',
    ),
    "a new cell goes behind the last": (
        '<row r="2"><c r="A2"/>\n</row>',
        ((2, 2), 1.5),
        '<row r="2"><c r="A2"/><c r="B2"><v>1.5</v></c>\n</row>',
    ),
    "a row without cells is opened": (
        '<row r="2" ht="15"/>',
        ((2, 2), 1),
        '<row r="2" ht="15"><c r="B2"><v>1</v></c></row>',
    ),
    "a row with nothing but space is filled": (
        '<row r="2"> </row>',
        ((2, 2), 1),
        '<row r="2"><c r="B2"><v>1</v></c> </row>',
    ),
    "a new row goes before the next": (
        '<row r="1"/><row r="3"/>',
        ((2, 1), 1),
        '<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row><row r="3"/>',
    ),
    "a new row goes behind the last": (
        '<row r="1"/>',
        ((2, 1), 1),
        '<row r="1"/><row r="2"><c r="A2"><v>1</v></c></row>',
    ),
    "the first row of all": ("", ((2, 1), 1), '<row r="2"><c r="A2"><v>1</v></c></row>'),
    "a new cell without content is not needed": ('<row r="1"/>', ((1, 1), None), '<row r="1"/>'),
    "nor is a row for it": ('<row r="1"/>', ((2, 1), ""), '<row r="1"/>'),
    "a new cell looks like its row": (
        '<row r="2" s="4" customFormat="1"/>',
        ((2, 3), 1),
        '<row r="2" s="4" customFormat="1"><c r="C2" s="4"><v>1</v></c></row>',
    ),
    "else like its column": ('<row r="2"/>', ((2, 3), 1), '<row r="2"><c r="C2" s="9"><v>1</v></c></row>'),
    "a text is a text, whatever it looks like": (
        "",
        ((1, 1), '=a<b & "c" _x0041_\r\x07\n'),
        (
            '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">=a&lt;b &amp; &quot;c&quot; '
            "_x005F_x0041__x000D__x0007_\n</t></is></c></row>"
        ),
    ),
    "half a character is replaced": (
        "",
        ((1, 1), "a\ud83c"),
        '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve">a\ufffd</t></is></c></row>',
    ),
    "a whole number has no decimals": ("", ((1, 1), 1e15), '<row r="1"><c r="A1"><v>1000000000000000</v></c></row>'),
    "a huge one has an exponent": ("", ((1, 1), 1e300), '<row r="1"><c r="A1"><v>1e+300</v></c></row>'),
    "a number has all its digits": (
        "",
        ((1, 1), 0.1 + 0.2),
        '<row r="1"><c r="A1"><v>0.30000000000000004</v></c></row>',
    ),
    "a cell without an address gets one": (
        "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>",
        ((1, 2), 5),
        '<row><c><v>1</v></c><c r="B1"><v>5</v></c><c><v>3</v></c></row>',
    ),
}


@pytest.mark.parametrize(("rows", "what", "expected"), SPLICES.values(), ids=SPLICES)
def test_cells_are_spliced_in(rows: str, what: tuple[Spot, Value], expected: str) -> None:
    old = summary_workbook(rows, before='<cols><col min="3" max="4" style="9"/></cols>', after="<pageMargins/>")
    new = part(patch(old, what), SUMMARY)
    assert new == part(old, SUMMARY).replace(f"<sheetData>{rows}</sheetData>", f"<sheetData>{expected}</sheetData>")


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>"])
def test_a_sheet_without_rows_is_opened(empty: str) -> None:
    sheet = worksheet("").replace("<sheetData></sheetData>", empty)
    new = patch(zipped(parts_of({"Acties": ACTIONS, "Overzicht": sheet})), ((2, 1), 1), ((1, 1), 2))
    rows = '<row r="1"><c r="A1"><v>2</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    assert part(new, SUMMARY).replace("<sheetData >", "<sheetData>") == worksheet(rows)


def test_a_prefix_is_kept() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"/></x:sheetData></x:worksheet>'
    old = zipped(parts_of({"Acties": ACTIONS, "Overzicht": sheet}))
    assert part(patch(old, ((1, 1), "a", "Acties!A1"), ((2, 1), True)), SUMMARY) == (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        '<x:t xml:space="preserve">a</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="b"><x:v>1</x:v></x:c></x:row></x:sheetData>'
        '<x:hyperlinks><x:hyperlink ref="A1" location="\'Acties\'!A1"/></x:hyperlinks></x:worksheet>'
    )


LINK = '<hyperlink ref="A1" location="\'Acties\'!A1"/>'
WEB = '<hyperlink ref="A2" r:id="rId1"/>'
OTHER = '<hyperlink ref="C3"  location="Acties!A1"   display="x" tooltip="y" xr:uid="{1}" xmlns:xr="urn:x"></hyperlink>'
TO_KPI = "<hyperlink ref=\"A1\" location=\"'KPI''s &amp; co'!J7\"/>"
KPI = "KPI's & co!J7"
LINKS = {
    "the first link of a sheet": ("", ((1, 1), 1, KPI), TO_KPI),
    "one more": (OTHER, ((1, 1), 1, KPI), f"{OTHER}{TO_KPI}"),
    "another place": (f"{LINK}{OTHER}", ((1, 1), 1, KPI), f"{TO_KPI}{OTHER}"),
    "the same place": (LINK, ((1, 1), 1, "Acties!A1"), LINK),
    "one less": (f"{LINK}{OTHER}", ((1, 1), 1), OTHER),
    "the last of them": (LINK, ((1, 1), 1), ""),
    "one that was there twice": (f"{LINK}{LINK}{OTHER}", ((1, 1), 1, KPI), f"{TO_KPI}{OTHER}"),
    "a link to the web stays under a text": (WEB, ((2, 1), "x"), WEB),
    "and gives way to a place": (WEB, ((2, 1), "x", "Acties!A1"), LINK.replace("A1", "A2", 1)),
    "a place that has no tab": ("", ((1, 1), 1, "okr_plan"), '<hyperlink ref="A1" location="okr_plan"/>'),
}


@pytest.mark.parametrize(("links", "what", "expected"), LINKS.values(), ids=LINKS)
def test_links_are_changed_one_by_one(links: str, what: tuple[Spot, Value, str | None], expected: str) -> None:
    def around(inside: str) -> str:
        element = f"<hyperlinks>{inside}</hyperlinks>" if inside else ""
        merges = '<mergeCells><mergeCell ref="E1:F1"/></mergeCells>'
        return f"{merges}<dataValidations/>{element}<pageMargins/><drawing/>"

    new = part(patch(summary_workbook('<row r="1"/>', around(links)), what), SUMMARY)
    assert new.split("</sheetData>")[1] == f"{around(expected)}</worksheet>"


def test_the_space_around_removed_links_stays() -> None:
    old = summary_workbook("", f"\n <mergeCells/>\n <hyperlinks>{LINK}</hyperlinks>\n <pageMargins/>\n")
    new = part(patch(old, ((1, 1), None)), SUMMARY)
    assert new.split("</sheetData>")[1] == "\n <mergeCells/>\n \n <pageMargins/>\n</worksheet>"


def test_the_link_of_a_merged_cell_covers_all_of_it() -> None:
    link = '<hyperlinks><hyperlink ref="A1:C1" location="Acties!A1"/></hyperlinks>'
    old = summary_workbook('<row r="1"><c r="A1"/></row>', f'<mergeCells><mergeCell ref="A1:C1"/></mergeCells>{link}')
    assert 'ref="A1:C1" location="\'Acties\'!B2"' in part(patch(old, ((1, 1), "x", "Acties!B2")), SUMMARY)
    assert "hyperlink" not in part(patch(old, ((1, 1), "x", None)), SUMMARY)


def test_any_prefix_may_stand_for_relations() -> None:
    xml = worksheet("", '<hyperlinks><hyperlink ref="A1" rel:id="rId1"/></hyperlinks>')
    sheet = xml.replace(f'xmlns:r="{OFFICE}"', f'xmlns:rel="{OFFICE}"')
    old = zipped(parts_of({"Acties": ACTIONS, "Overzicht": sheet}))
    assert '<hyperlink ref="A1" rel:id="rId1"/>' in part(patch(old, ((1, 1), "text")), SUMMARY)


def refusal(data: bytes, *changes: tuple[Spot, Value] | tuple[Spot, Value, str | None]) -> str:
    with pytest.raises(NoRoom) as refused:
        patch(data, *changes)
    assert str(refused.value.where) == f"Overzicht!{a1(changes[-1][0])}"
    return refused.value.reason.text


@pytest.mark.parametrize("spot", [(1, 1), (1, 2)])
def test_a_link_over_several_cells_is_not_torn_apart(spot: Spot) -> None:
    old = summary_workbook("", '<hyperlinks><hyperlink ref="A1:C1" location="Acties!A1"/></hyperlinks>')
    assert refusal(old, (spot, "x", "Acties!B2")) == "it shares a link with other cells"
    link = "Acties!A1" if spot == (1, 1) else None
    assert 'ref="A1:C1" location="Acties!A1"' in part(patch(old, (spot, "x", link)), SUMMARY)


RELATIONS = "xl/worksheets/_rels/sheet2.xml.rels"
TABLE = f'<table xmlns="{MAIN}" id="1" name="T" displayName="Table1" ref="B5:C9" totalsRowCount="1"/>'
PIVOT = f'<pivotTableDefinition xmlns="{MAIN}" name="P"><location ref="E5:G9"/></pivotTableDefinition>'
FILTERED = PIVOT.replace('ref="E5:G9"', 'ref="E15:F17" rowPageCount="2"')
BUSY = summary_workbook(
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="array" ref="B1:B3">X()</f><v>1</v></c>'
    '<c r="C1"><f t="dataTable" ref="C1:C3"/><v>1</v></c><c r="D1" t="b"><f>TRUE()</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>',
    '<mergeCells><mergeCell ref="A12:C14"/></mergeCells>',
    more={
        RELATIONS: relationships(
            ("r1", "table", "../tables/table1.xml"),
            ("r2", "pivotTable", "/xl/pivotTables/pivot1.xml"),
            ("r3", "pivotTable", "/xl/pivotTables/pivot2.xml"),
        ),
        "xl/tables/table1.xml": TABLE,
        "xl/pivotTables/pivot1.xml": PIVOT,
        "xl/pivotTables/pivot2.xml": FILTERED,
    },
)
TAKEN = {
    "A1": "it holds a formula",
    "A2": "it holds a formula",
    "B1": "it holds a formula",
    "B2": "it belongs to a formula that fills several cells",
    "C3": "it belongs to a formula that fills several cells",
    "D1": "it holds a formula",
    "B5": "it is a heading of a table",
    "C5": "it is a heading of a table",
    "C9": "it is a total of a table",
    "E5": "it belongs to a pivot table",
    "G9": "it belongs to a pivot table",
    "E12": "it belongs to a pivot table",
    "F17": "it belongs to a pivot table",
    "B12": "it is merged with {cell}",
    "A13": "it is merged with {cell}",
}


@pytest.mark.parametrize(("cell", "reason"), TAKEN.items())
def test_what_must_not_be_written_over_is_refused(cell: str, reason: str) -> None:
    assert refusal(BUSY, ((20, 1), "free"), (spot_of(cell), "x")) == reason


@pytest.mark.parametrize("cell", ["A5", "B4", "B6", "C8", "A12", "D12", "A15", "E4", "H5", "E11", "G15"])
def test_the_cells_beside_are_free(cell: str) -> None:
    spot = spot_of(cell)
    assert Book(patch(BUSY, (spot, "x"))).sheet("Overzicht").cells[spot] == Cell(Kind.TEXT, "x")


def test_a_table_without_heading_and_total_is_free() -> None:
    table = TABLE.replace("totalsRowCount", "headerRowCount").replace('"1"/>', '"0"/>')
    relations = relationships(("r1", "table", "../tables/table1.xml"))
    data = summary_workbook("", more={RELATIONS: relations, "xl/tables/table1.xml": table})
    cells = Book(patch(data, ((5, 2), "x"), ((9, 2), "y"))).sheet("Overzicht").cells
    assert (cells[5, 2].value, cells[9, 2].value) == ("x", "y")


@pytest.mark.parametrize("cell", TAKEN)
def test_a_refusal_names_the_cell_and_leaves_the_file(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(BUSY)
    store = ExcelStore(path, frozenset({"Overzicht"}))
    with pytest.raises(NoRoomForSummary) as refused:
        store.write([change((20, 1), "free"), change(spot_of(cell), "x")], store.read())
    assert refused.value.facts["where"] == f"Overzicht!{cell}"
    assert path.read_bytes() == BUSY
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_that_is_damaged_is_told_as_damage(tmp_path: Path) -> None:
    """Nobody looks at it before something is to be written."""
    path, relations = tmp_path / "plan.xlsx", relationships(("r1", "table", "../tables/table1.xml"))
    data = summary_workbook("", more={RELATIONS: relations, "xl/tables/table1.xml": TABLE[:-9]})
    path.write_bytes(data)
    store = ExcelStore(path, frozenset({"Overzicht"}))
    with pytest.raises(NotAWorkbook, match="incomplete or damaged"):
        store.write([change((20, 1), "x")], store.read())
    assert path.read_bytes() == data


CLOSED: dict[str, tuple[str, type[NotWritable]]] = {
    "signed": ("_xmlsignatures/sig1.xml", Signed),
    "shared": ("xl/revisions/revisionHeaders.xml", Shared),
}


@pytest.mark.parametrize(("name", "error"), CLOSED.values(), ids=CLOSED)
def test_a_signed_or_shared_workbook_is_read_but_not_changed(
    name: str, error: type[NotWritable], tmp_path: Path
) -> None:
    data, path = summary_workbook("", more={name: "<x/>"}), tmp_path / "plan.xlsx"
    path.write_bytes(data)
    store = ExcelStore(path, frozenset({"Overzicht"}))
    reading = store.read()
    assert reading.titles == ("Acties", "Overzicht")
    with pytest.raises(error) as refused:
        store.write([change((1, 1), 1)], reading)
    assert refused.value.remedy != NotWritable.remedy
    assert path.read_bytes() == data


def test_a_password_is_told_apart_from_damage(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Encrypted, match="password"):
        ExcelStore(path).read()


OTHERWISE_WRITTEN = {
    "the Summary in UTF-16": (SUMMARY, "utf-16"),
    "another tab in UTF-16": ("xl/worksheets/sheet1.xml", "utf-16"),
    "the workbook in UTF-16": ("xl/workbook.xml", "utf-16-le"),
    "the Summary in Latin": (SUMMARY, "iso-8859-1"),
}


@pytest.mark.parametrize(("name", "encoding"), OTHERWISE_WRITTEN.values(), ids=OTHERWISE_WRITTEN)
def test_parts_that_are_not_in_utf_8_are_refused(name: str, encoding: str) -> None:
    parts = members(summary_workbook('<row r="1"><c r="A1" t="inlineStr"><is><t>é</t></is></c></row>'))
    text = parts[name].decode().replace('"UTF-8"', f'"{encoding}"')
    with pytest.raises(Unreadable) as refused:
        patch(zipped({**parts, name: text.encode(encoding)}), ((2, 1), 1))
    assert refused.value.reason.text == "its parts are written in {encoding} instead of UTF-8"


OLD_CELLS = {
    "a shared text with runs": '<c r="A1" s="5" t="s"><v>0</v></c>',
    "a rich text": '<c r="A1" s="5" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r></is></c>',
    "a text with a phonetic guide": (
        '<c r="A1" s="5" t="inlineStr" ph="1"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>'
    ),
    "a picture in the cell": '<c r="A1" s="5" t="e" vm="1"><v>#VALUE!</v></c>',
    "a value of a kind of its own": '<c r="A1" s="5" cm="1" vm="2"><v>1</v></c>',
    "a cell with an extension": '<c r="A1" s="5"><v>1</v><extLst><ext uri="{1}"/></extLst></c>',
    "an ISO date": '<c r="A1" s="5" t="d"><v>2026-10-12</v></c>',
    "an odd order of attributes": "<c  t='str'  s='5'  r='A1' ><v>a</v></c >",
}


@pytest.mark.parametrize("old", OLD_CELLS.values(), ids=OLD_CELLS)
def test_whatever_stood_in_a_cell_gives_way(old: str) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si></sst>'
    more = {
        "xl/sharedStrings.xml": strings,
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
        ),
    }
    parts = {**members(summary_workbook(f'<row r="1" spans="1:1">{old}</row>')), **more}
    data = zipped(parts)
    new = patch(data, ((1, 1), 7))
    assert part(new, SUMMARY) == part(data, SUMMARY).replace(old, '<c r="A1" s="5"><v>7</v></c>')
    assert changed_members(data, new) == {SUMMARY}


OWN_THINGS = (
    '<sheetProtection password="CC1A" sheet="0" objects="1"/>'
    '<mergeCells count="1"><mergeCell ref="X1:Y2"/></mergeCells>'
    '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" dxfId="0" priority="1"><formula>A1&gt;1</formula>'
    '</cfRule></conditionalFormatting><dataValidations count="1"><dataValidation sqref="A1"/></dataValidations>'
    '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks><pageMargins left="1"/><legacyDrawing r:id="rId2"/>'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'Requires="x14"><controls><control shapeId="1" r:id="rId3" name="Box"/></controls></mc:Choice><mc:Fallback/>'
    '</mc:AlternateContent><tableParts count="0"/><extLst><ext uri="{1}"><x14:a xmlns:x14="urn:x"/></ext></extLst>'
)
BEFORE_ROWS = '<sheetPr codeName="Blad2"/><dimension ref="A1"/><sheetViews><sheetView workbookViewId="0"/></sheetViews>'


def test_what_a_person_laid_over_the_cells_stays() -> None:
    rows = '<row r="1" spans="1:1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>'
    old = summary_workbook(rows, OWN_THINGS, BEFORE_ROWS)
    new = patch(old, ((1, 1), 5), ((1, 30), 6), ((40, 2), "below"))
    expected = rows.replace("<v>1</v></c>", '<v>5</v></c><c r="AD1"><v>6</v></c>')
    below = '<row r="40"><c r="B40" t="inlineStr"><is><t xml:space="preserve">below</t></is></c></row>'
    assert part(new, SUMMARY) == part(old, SUMMARY).replace(rows, expected + below)


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellStyleXfs count="1"><xf numFmtId="0"><protection locked="0"/></xf></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="0"><protection locked="0"/></xf>'
    '<xf numFmtId="0"><protection locked="1"/></xf></cellXfs>'
    '<dxfs count="1"><dxf><protection locked="0"/></dxf></dxfs></styleSheet>'
)
PROTECTED = '<sheetProtection sheet="1" objects="1" scenarios="1"/>'
ROWS = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1" s="2"/></row><row r="2" s="1" customFormat="1"/>'
RELATED = relationships(
    ("rId1", "worksheet", "worksheets/sheet1.xml"),
    ("rId2", "worksheet", "worksheets/sheet2.xml"),
    ("rId3", "styles", "styles.xml"),
)


def protected(styles: str = STYLES) -> bytes:
    """A workbook whose Summary is protected, but for the cells of style 1."""
    parts = members(summary_workbook(ROWS, PROTECTED, '<cols><col min="9" max="9" style="1"/></cols>'))
    return zipped({**parts, "xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": RELATED})


@pytest.mark.parametrize("spot", [(1, 1), (1, 3), (1, 4), (3, 1)])
def test_a_locked_cell_of_a_protected_tab_is_refused(spot: Spot) -> None:
    assert refusal(protected(), ((1, 2), 7), (spot, 7)) == "the tab is protected, and this cell is locked"


@pytest.mark.parametrize("spot", [(1, 2), (2, 5), (4, 9)])
def test_what_a_person_left_open_on_a_protected_tab_is_written(spot: Spot) -> None:
    new = patch(protected(), (spot, 7))
    assert Book(new).sheet("Overzicht").cells[spot].value == 7
    assert PROTECTED in part(new, SUMMARY)


def test_without_styles_all_of_a_protected_tab_is_locked() -> None:
    assert refusal(summary_workbook(ROWS, PROTECTED), ((1, 2), 7)) == "the tab is protected, and this cell is locked"
    open_all = STYLES.replace('<xf numFmtId="0"/>', '<xf numFmtId="0"><protection locked="false"/></xf>')
    assert patch(protected(open_all), ((1, 1), 7))


def test_a_strict_file_stays_strict() -> None:
    def strict(text: str) -> str:
        return text.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE)

    head = '<workbookPr date1904="1"/>'
    parts = parts_of({"Acties": ACTIONS, "Overzicht": worksheet('<row r="1"/>')}, head=head)
    new = patch(zipped({name: strict(text) for name, text in parts.items()}), ((1, 1), 46_000, "Acties!A1"))
    text = part(new, SUMMARY)
    assert "schemas.openxmlformats.org" not in text
    assert '<c r="A1"><v>46000</v></c>' in text
    assert Book(new).epoch == date(1904, 1, 1)
    assert Book(new).sheet("Overzicht").cells[1, 1].link == "Acties!A1"


def test_a_tab_that_is_not_there_is_named() -> None:
    with pytest.raises(NoRoom) as refused:
        patched(Book(summary_workbook()), [change((1, 1), 1, tab="Weg")])
    assert (str(refused.value.where), refused.value.reason.text) == ("Weg!A1", "there is no such tab")


def test_changes_of_several_tabs_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="too many"):
        patched(Book(summary_workbook()), [change((1, 1), 1), change((1, 1), 1, tab="Acties")])


def test_a_bug_of_ours_is_not_told_as_a_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was just read whole is no damaged workbook, whatever goes wrong afterwards."""

    def bug(*_: object) -> bytes:
        raise KeyError("a bug")

    path = tmp_path / "plan.xlsx"
    path.write_bytes(before := summary_workbook())
    store = ExcelStore(path)
    reading = store.read()
    monkeypatch.setattr("okrsheets.edges.excel.store.patched", bug)
    with pytest.raises(WriteUnproven) as refused:
        store.write([change((3, 2), 1)], reading)
    assert "a bug" in str(refused.value.facts["reason"])
    assert path.read_bytes() == before
