"""Workbooks written by hand, part by part, as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.cells import Meaning
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.refs import spot_of
from okrsheets.edges.excel.reading.scan import scan
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.words.grid import Address, Area, Change, Content, Spot, Value
from okrsheets.words.workbook import Entry, Style, Tab, Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH = date(1899, 12, 30)


def worksheet(rows: str, after: str = "", before: str = "") -> str:
    """A worksheet part around rows, with elements before and after them."""
    spaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:x14ac="http://schemas.microsoft.com/x14ac"'
    return f"{HEAD}<worksheet {spaces}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def sheet_of(rows: str, after: str = "", before: str = "", strings: Sequence[str] = (), epoch: date = EPOCH) -> Sheet:
    """The scanned sheet of such a part."""
    return scan(worksheet(rows, after, before).encode(), "Tab", Meaning(strings, epoch))


def relationships(*targets: tuple[str, str, str], office: str = OFFICE) -> str:
    """A .rels part of (id, kind, target)."""
    lines = (f'<Relationship Id="{id}" Type="{office}/{kind}" Target="{to}"/>' for id, kind, to in targets)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def workbook_xml(titles: Sequence[str], names: Mapping[str, str] | None = None, rest: str = "", head: str = "") -> str:
    """workbook.xml with tabs, names, and whatever follows or precedes them."""
    sheets = (f'<sheet name={quoteattr(t)} sheetId="{n}" r:id="rId{n}"/>' for n, t in enumerate(titles, 1))
    defined = (f'<definedName name="{name}">{escape(formula)}</definedName>' for name, formula in (names or {}).items())
    parts = f"{head}<sheets>{''.join(sheets)}</sheets><definedNames>{''.join(defined)}</definedNames>{rest}"
    if not names:
        parts = parts.replace("<definedNames></definedNames>", "")
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{parts}</workbook>'


def parts_of(
    sheets: Mapping[str, str], names: Mapping[str, str] | None = None, rest: str = "", head: str = ""
) -> dict[str, str]:
    """All parts of a small workbook, by name."""
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    return {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(list(sheets), names, rest, head),
        "xl/_rels/workbook.xml.rels": relationships(*targets),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The archive of these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 10, 1, 12, 0, 0)), content, compress_type=compression)
    return memory.getvalue()


def part(data: bytes, name: str) -> str:
    """The text of one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


SUMMARY = "xl/worksheets/sheet2.xml"
ACTIONS = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>')


def summary_workbook(
    rows: str = "",
    after: str = "",
    before: str = "",
    *,
    actions: str = ACTIONS,
    names: Mapping[str, str] | None = None,
    rest: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of the tabs Acties and Overzicht; the rows and what surrounds them are those of the latter."""
    parts = parts_of({"Acties": actions, "Overzicht": worksheet(rows, after, before)}, names, rest)
    return zipped({**parts, **(more or {})})


def patch(data: bytes, *changes: tuple[Spot, Value] | tuple[Spot, Value, str | None]) -> bytes:
    """The workbook with these changes of its Summary."""
    return patched(Book(data), [change(*what) for what in changes])


def members(data: bytes) -> dict[str, bytes]:
    """What the parts of a workbook hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed_members(old: bytes, new: bytes) -> set[str]:
    """Which members differ, by their raw bytes: local header, name, packed content."""
    before, after = Book(old).archive, Book(new).archive
    assert [member.name for member in before.members] == [member.name for member in after.members]
    return {member.name for member in before.members if before.raw(member.name) != after.raw(member.name)}


def change(spot: Spot, value: Value, link: str | None = None, tab: str = "Overzicht") -> Change:
    """A cell of the Summary that is to become this."""
    return Change(Address(tab, *spot), Content(), Content(value, link))


def plan_workbook(**summary: Entry) -> Workbook:
    """A small workbook with a tab of ticks and a Summary; `A1=Entry(…)` puts entries into the latter."""
    ticks = {(row, column): Entry(column % 2 == 0, Style(checkbox=True)) for row in (2, 3) for column in range(2, 9)}
    entries = {(1, 1): Entry("Overzicht", Style(bold=True)), (3, 2): Entry(None, Style(fill="EEEEEE"))}
    entries |= {spot_of(cell): entry for cell, entry in summary.items()}
    tabs = (Tab("KPI's", {(1, 1): Entry("id"), **ticks}, "1F6F6B"), Tab("Overzicht", entries, "1F6F6B"))
    names = {"okr_kpis_id": Area("KPI's", 1, 1, 3, 1), "okr_summary": Area("Overzicht", 1, 1, 9, 9)}
    return Workbook("Plan", tabs, names)
