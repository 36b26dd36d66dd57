"""A workbook as Google Sheets exports it: in the shape of its files, since Google itself is not at hand.

Shared strings for every text, `t="b"` for checkboxes, which come with a plain validation, names that are always quoted
and absolute, number formats of its own numbering, no calculation settings, no theme.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from okrsheets.edges.described import EPOCH, as_kept
from okrsheets.words.grid import Spot, a1
from okrsheets.words.workbook import Entry, Formula, Link, Tab, Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def as_google_exports(workbook: Workbook) -> bytes:
    """The bytes of the file."""
    strings = Strings()
    formats = Formats()
    sheets = [sheet(tab, strings, formats) for tab in workbook.tabs]
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations({}),
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
        "xl/sharedStrings.xml": strings.part(),
        "xl/styles.xml": formats.part(),
        "xl/workbook.xml": book(workbook),
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/_rels/workbook.xml.rels": relations(
            {"rId1": ("styles", "styles.xml"), "rId2": ("sharedStrings", "sharedStrings.xml")}
            | {f"rId{n + 2}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
        ),
        "[Content_Types].xml": content_types(len(sheets)),
    }
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return memory.getvalue()


class Strings:
    """The texts in the order in which they are met."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def part(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.places)
        count = len(self.places)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{items}</sst>'


class Formats:
    """The number formats, numbered from 164, and a style for each."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def style(self, entry: Entry) -> int:
        code = entry.style.number
        if code is None:
            return 0
        return 1 + self.codes.setdefault(code, len(self.codes))

    def part(self) -> str:
        formats = "".join(f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(c)}/>' for c, n in self.codes.items())
        styles = "".join(f'<xf numFmtId="{164 + n}" xfId="0" applyNumberFormat="1"/>' for n in self.codes.values())
        return (
            f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="{len(self.codes)}">{formats}</numFmts>'
            '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self.codes) + 1}"><xf numFmtId="0" xfId="0"/>{styles}</cellXfs></styleSheet>'
        )


def sheet(tab: Tab, strings: Strings, formats: Formats) -> str:
    rows: dict[int, list[str]] = {}
    for spot, entry in sorted(tab.entries.items()):
        rows.setdefault(spot[0], []).append(cell(spot, entry, strings, formats))
    body = "".join(f'<row r="{n}" ht="15.75" customHeight="1">{"".join(cells)}</row>' for n, cells in rows.items())
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr><outlinePr summaryBelow="0"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="12.63"/>'
        f"<sheetData>{body}</sheetData>{merges(tab)}{checkboxes(tab.entries)}{links(tab.entries)}</worksheet>"
    )


def cell(spot: Spot, entry: Entry, strings: Strings, formats: Formats) -> str:
    kind, content = stored(entry, strings)
    return f'<c r="{a1(spot)}" s="{formats.style(entry)}"{kind}{f">{content}</c>" if content else "/>"}'


def stored(entry: Entry, strings: Strings) -> tuple[str, str]:
    """The type and the content of a cell."""
    match entry.value:
        case None | "":
            return "", ""
        case bool():
            return ' t="b"', f"<v>{entry.value:d}</v>"
        case str():
            return ' t="s"', f"<v>{strings.place(entry.value)}</v>"
        case Link():
            return ' t="s"', f"<v>{strings.place(entry.value.text)}</v>"
        case date():
            return "", f"<v>{(entry.value - EPOCH).days}.0</v>"
        case Formula():
            return formula(entry.value)
    return "", f"<v>{as_kept(entry.value)!r}</v>"


def formula(written: Formula) -> tuple[str, str]:
    text, value = escape(written.text.removeprefix("=")), written.value
    if isinstance(value, bool):
        return ' t="b"', f"<f>{text}</f><v>{value:d}</v>"
    if isinstance(value, str):
        return ' t="str"', f"<f>{text}</f><v>{escape(value)}</v>"
    return "", f"<f>{text}</f><v>{value}</v>"


def merges(tab: Tab) -> str:
    areas = "".join(f'<mergeCell ref="{merge.area.a1}"/>' for merge in tab.merges)
    return f'<mergeCells count="{len(tab.merges)}">{areas}</mergeCells>' if areas else ""


def checkboxes(entries: Mapping[Spot, Entry]) -> str:
    boxes = [a1(spot) for spot, entry in sorted(entries.items()) if entry.style.checkbox]
    if not boxes:
        return ""
    rule = f'<dataValidation type="list" allowBlank="1" sqref="{" ".join(boxes)}"><formula1>"TRUE,FALSE"</formula1>'
    return f'<dataValidations count="1">{rule}</dataValidation></dataValidations>'


def links(entries: Mapping[Spot, Entry]) -> str:
    found = "".join(
        f'<hyperlink ref="{a1(spot)}" location={quoteattr(f"{quoted(link.to.tab)}!{link.to.a1}")}/>'
        for spot, link in _links(entries)
    )
    return f"<hyperlinks>{found}</hyperlinks>" if found else ""


def _links(entries: Mapping[Spot, Entry]) -> Iterator[tuple[Spot, Link]]:
    for spot, entry in sorted(entries.items()):
        if isinstance(entry.value, Link):
            yield spot, entry.value


def quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def book(workbook: Workbook) -> str:
    tabs = "".join(
        f'<sheet state="visible" name={quoteattr(tab.title)} sheetId="{n}" r:id="rId{n + 2}"/>'
        for n, tab in enumerate(workbook.tabs, 1)
    )
    names = "".join(
        f'<definedName name="{name}">{escape(quoted(area.tab))}!{absolute(area.a1)}</definedName>'
        for name, area in sorted(workbook.names.items())
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><sheets>{tabs}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )


def absolute(cells: str) -> str:
    """`$B$2:$C$9` for `B2:C9`."""
    return ":".join(
        f"${(letters := corner.rstrip('0123456789'))}${corner[len(letters) :]}" for corner in cells.split(":")
    )


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>' for id, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def content_types(sheets: int) -> str:
    kinds = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
    kinds |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, sheets + 1)}
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(f'<Override PartName="{part}" ContentType="{base}.{kind}+xml"/>' for part, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{parts}</Types>"
    )
