"""How the parts of a workbook hang together, whichever way a program laid them out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from excel_files import (
    ACTIONS,
    HEAD,
    MAIN,
    OFFICE,
    STRICT,
    STRICT_OFFICE,
    change,
    members,
    parts_of,
    plan_workbook,
    relationships,
    worksheet,
    zipped,
)

from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.refs import area_in_tab, area_of, quoted, spot_of, unquoted
from okrsheets.edges.excel.reading.relations import relations
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.grid import Area

SHEETS = {"Acties": ACTIONS, "KPI's": worksheet("")}
FORMULAS = {
    "'KPI''s'!$B$2:$B$9": Area("KPI's", 2, 2, 9, 2),
    "Acties!$A$6:$A$30": Area("Acties", 6, 1, 30, 1),
    "Acties!$A$6": Area("Acties", 6, 1, 6, 1),
    "Acties!a6:B$7": Area("Acties", 6, 1, 7, 2),
    "Acties!$B$9:$A$6": Area("Acties", 6, 1, 9, 2),
    " Acties!$A$6 ": Area("Acties", 6, 1, 6, 1),
    "#REF!": None,
    "Acties!#REF!": None,
    "#REF!$A$1": None,
    "Weg!$A$1": None,
    "Acties!$A:$A": None,
    "Acties!$A$1,Acties!$B$2": None,
    "Acties!$A$0": None,
    "Acties!$A$1048577": None,
    "Acties!$XFE$1": None,
    "[1]Acties!$A$1": None,
    "Acties": None,
    '"1"': None,
    "": None,
}


@pytest.mark.parametrize(("formula", "area"), FORMULAS.items())
def test_a_name_leads_to_an_area_or_nowhere(formula: str, area: Area | None) -> None:
    assert Book(zipped(parts_of(SHEETS, {"okr_kpis_id": formula}))).names == {"okr_kpis_id": area}


def test_only_our_names_count() -> None:
    names = {"okr_a": "Acties!$A$1", "OKR_B": "Acties!$A$2", "mine": "Acties!$A$3", "_xlnm.Print_Area": "Acties!$A$4"}
    assert Book(zipped(parts_of(SHEETS, names))).names == {
        "okr_a": Area("Acties", 1, 1, 1, 1),
        "okr_b": Area("Acties", 2, 1, 2, 1),
    }


def with_names(*names: str) -> dict[str, str]:
    """A workbook with defined names as they stand in the file."""
    parts = parts_of(SHEETS, {"x": "1"})
    head, _, rest = parts["xl/workbook.xml"].partition("<definedNames>")
    tail = rest.partition("</definedNames>")[2]
    return {**parts, "xl/workbook.xml": f"{head}<definedNames>{''.join(names)}</definedNames>{tail}"}


def name(name: str, formula: str, place: int | None = None) -> str:
    """A defined name, of one tab where a place is given."""
    local = "" if place is None else f' localSheetId="{place}"'
    return f'<definedName name="{name}"{local}>{formula}</definedName>'


HERE, THERE = "Acties!$A$1", "'KPI''s'!$A$1"


def test_the_names_of_a_copied_tab_do_not_count_and_tell_that_it_is_one() -> None:
    everywhere, local = name("okr_a", HERE), name("okr_a", THERE, 1)
    for names in ((everywhere, local), (local, everywhere)):
        book = Book(zipped(with_names(*names)))
        assert (book.names, book.copies) == ({"okr_a": Area("Acties", 1, 1, 1, 1)}, ("KPI's",))
    assert Book(zipped(with_names(everywhere, name("mine", THERE, 1)))).copies == ()


def test_the_names_of_a_copied_tab_count_where_the_others_lead_nowhere() -> None:
    for gone in ((), (name("okr_a", "#REF!"),)):
        book = Book(zipped(with_names(*gone, name("okr_a", "#REF!", 0), name("okr_a", THERE, 1))))
        assert book.names == {"okr_a": Area("KPI's", 1, 1, 1, 1)}


def test_a_name_of_a_tab_that_is_not_there_harms_nobody() -> None:
    book = Book(zipped(with_names(name("okr_a", HERE, 7))))
    assert (book.names, book.copies) == ({"okr_a": Area("Acties", 1, 1, 1, 1)}, ())


EPOCHS = {
    "": date(1899, 12, 30),
    "<workbookPr/>": date(1899, 12, 30),
    '<workbookPr date1904="false"/>': date(1899, 12, 30),
    '<workbookPr date1904="1"/>': date(1904, 1, 1),
    '<workbookPr date1904="true"/>': date(1904, 1, 1),
}


@pytest.mark.parametrize(("head", "epoch"), EPOCHS.items())
def test_the_epoch(head: str, epoch: date) -> None:
    assert Book(zipped(parts_of(SHEETS, head=head))).epoch == epoch


def test_parts_may_have_any_names_and_places() -> None:
    old = parts_of(SHEETS)
    parts = {
        "[Content_Types].xml": old["[Content_Types].xml"],
        "_rels/.rels": relationships(("x", "officeDocument", "/other/Book%201.xml")),
        "other/book 1.xml": old["xl/workbook.xml"],
        "other/_rels/book 1.xml.rels": relationships(
            ("rId2", "worksheet", "../b.xml"),
            ("rId1", "worksheet", "/deep/er/A.XML"),
            ("s", "sharedStrings", "./t.xml"),
        ),
        "b.xml": worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        "deep\\er\\a.xml": ACTIONS,
        "other/t.xml": f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>',
    }
    book = Book(zipped(parts))
    assert book.sheet("KPI's").cells[1, 1].value == "shared"
    assert book.sheet("Acties").cells[1, 1].value == "id"


def test_strict_files_are_read_and_changed() -> None:
    def strict(text: str) -> str:
        return text.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE)

    data = zipped({name: strict(text) for name, text in parts_of(SHEETS, {"okr_a": "Acties!$A$1"}).items()})
    book = Book(data)
    assert book.sheet("Acties").cells[1, 1].value == "id"
    assert book.names == {"okr_a": Area("Acties", 1, 1, 1, 1)}
    from okrsheets.edges.excel.patching.patch import patched

    changed = Book(patched(book, [change((1, 1), "new", "KPI's!A1", tab="Acties")]))
    assert changed.sheet("Acties").cells[1, 1].link == "KPI's!A1"


def test_a_chart_sheet_has_a_title_and_no_cells() -> None:
    parts = parts_of(SHEETS, {"okr_a": "Acties!$A$1", "okr_b": "'KPI''s'!$A$1"})
    parts["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "worksheets/sheet2.xml")
    )
    book = Book(zipped(parts))
    assert (book.titles, list(book.sheet_parts)) == (("Acties", "KPI's"), ["Acties"])


def test_relations_that_lead_outside_do_not_count() -> None:
    web = '<Relationship Id="w" Type="x/hyperlink" Target="https://example.org/a?b=c" TargetMode="External"/>'
    rels = relationships(("r1", "table", "t.xml")).replace("</Relationships>", f"{web}</Relationships>")
    archive = Book(zipped({**parts_of(SHEETS), "xl/worksheets/_rels/sheet1.xml.rels": rels})).archive
    assert [relation.id for relation in relations(archive, "xl/worksheets/sheet1.xml")] == ["r1"]
    assert relations(archive, "xl/worksheets/sheet2.xml") == ()


def reading_titles(path: Path, known: frozenset[str] = frozenset()) -> list[str]:
    return list(ExcelStore(path, known).read().grids)


def test_only_tabs_that_matter_are_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    huge = worksheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    names: Mapping[str, str] = {"okr_a": "Acties!$A$1", "okr_b": "#REF!"}
    path.write_bytes(zipped(parts_of({**SHEETS, "Mijn kladblok": huge}, names)))
    assert reading_titles(path) == ["Acties"]
    assert reading_titles(path, frozenset({"KPI's", "Doelen"})) == ["Acties", "KPI's"]


def test_the_reading_of_a_workbook_tells_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    ExcelStore(path).create(plan_workbook())
    reading = ExcelStore(path).read()
    assert (reading.kind, reading.ref) == ("excel", str(path))
    path.write_bytes(zipped(dict(members(path.read_bytes()))))
    assert ExcelStore(path).read().grids == reading.grids
    assert ExcelStore(path).read().fingerprint != reading.fingerprint


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".XLSX", ""])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(build(plan_workbook()))
    assert ExcelStore(path).read().titles == ("KPI's", "Overzicht")


def test_a_workbook_without_shared_strings() -> None:
    assert Book(zipped(parts_of(SHEETS))).meaning.strings == ()


def test_macros_and_unknown_parts_do_no_harm() -> None:
    parts = {**parts_of(SHEETS), "xl/vbaProject.bin": "\x00\x01", "customXml/item1.xml": f"{HEAD}<a/>"}
    assert Book(zipped(parts)).titles == ("Acties", "KPI's")


SPOTS = {"A1": (1, 1), "$B$7": (7, 2), "xfd1048576": (1_048_576, 16_384)}


@pytest.mark.parametrize(("text", "spot"), SPOTS.items())
def test_a_cell_is_named(text: str, spot: tuple[int, int]) -> None:
    assert spot_of(text) == spot


@pytest.mark.parametrize("text", ["", "1", "A", "A0", "A01", "1A", "A1:B2", "XFE1", "A1048577", "A-1", "ABCD1", "Á1"])
def test_what_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a cell|outside"):
        spot_of(text)


@pytest.mark.parametrize("text", ["", "A", "A1:", "A1:B", "A1:B2:C3", "A1 B2"])
def test_what_is_no_area(text: str) -> None:
    with pytest.raises(ValueError, match="is not a cell"):
        area_of(text, "Tab")


@pytest.mark.parametrize("place", ["KPI's!J7", "A!B!C3", "Plan 2026!A1", "Acties!B2:C3", "'!A1", "R1C1!A1"])
def test_quoting_and_back(place: str) -> None:
    assert unquoted(quoted(place)) == place
    assert area_in_tab(quoted(place)) is not None
