"""Good workbooks to spoil: of the product, and the same ones as other programs would have saved them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from html import unescape
from xml.sax.saxutils import escape

from okrsheets.edges import languages, templates
from okrsheets.edges.excel.making.builder import build
from okrsheets.orders.demo import filled_in, period_around
from okrsheets.rules.layout import describe
from okrsheets.words.period import Period

TODAY = date(2026, 11, 23)
SHORT = Period(date(2026, 11, 9), 4)
"""Four weeks keep a file small, and trying it quick."""
MOMENT = (2026, 10, 1, 12, 0, 0)

Parts = dict[str, bytes]
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
BOOK, BOOK_RELATIONS, STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKSHEET = (
    b'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="%s" xmlns:r="%s">'
    b"<sheetData>%%s</sheetData>%%s</worksheet>" % (MAIN, OFFICE)
)


def zipped(parts: Mapping[str, bytes] | Iterable[tuple[str, bytes]], level: int = 6) -> bytes:
    """The archive of these parts; pairs may repeat a name."""
    memory = io.BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in pairs:
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED, level)
    return memory.getvalue()


def sheets_of(parts: Mapping[str, bytes]) -> list[str]:
    """The names of the worksheet parts, in their order."""
    return sorted(name for name in parts if SHEET.fullmatch(name))


@cache
def product(template: str, code: str, filled: bool) -> Mapping[str, bytes]:
    """The parts of a workbook as okrsheets makes it; a filled one has the quarter of the demo."""
    plan, language = templates.load(template).plan(code), languages.language(code)
    period = period_around(TODAY) if filled else SHORT
    data = build(
        describe(plan, period, language, filled_in(period, TODAY)) if filled else describe(plan, period, language)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_libreoffice(parts: Parts) -> Parts:
    """Every boolean a formula, every number with its type, no theme."""
    changed = {}
    for name, content in parts.items():
        if SHEET.fullmatch(name):
            content = re.sub(rb' t="b"><v>1</v>', b' t="b"><f aca="false">TRUE()</f><v>1</v>', content)
            content = re.sub(rb' t="b"><v>0</v>', b' t="b"><f aca="false">FALSE()</f><v>0</v>', content)
            content = re.sub(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?)><v>', rb'\1 t="n"><v>', content)
        changed[name] = content
    return changed


def as_strict(parts: Parts) -> Parts:
    """The strict edition of the format: other namespaces."""
    return {
        name: content.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            OFFICE, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in parts.items()
    }


def as_prefixed(parts: Parts) -> Parts:
    """Every element with a prefix, as some libraries of .NET write them."""
    wanted = {*sheets_of(parts), BOOK, STRINGS}
    tag = re.compile(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])")
    return {
        name: tag.sub(rb"<\1x:\2", content).replace(b' xmlns="' + MAIN, b' xmlns:x="' + MAIN)
        if name in wanted
        else content
        for name, content in parts.items()
    }


def as_inline(parts: Parts) -> Parts:
    """No shared strings: every text in its own cell."""
    return _with_texts(parts, lambda s: b't="inlineStr"><is><t xml:space="preserve">' + s + b"</t></is>")


def as_computed(parts: Parts) -> Parts:
    """Every text as if a formula had given it."""
    return _with_texts(parts, lambda s: b't="str"><v>' + s + b"</v>")


def as_lived_in(parts: Parts) -> Parts:
    """With a tab of the person's own: formulas on the Summary, a table, links, merged cells, a picture, a macro."""
    title = re.findall(rb'<sheet name="([^"]*)"', parts[BOOK])[-1]
    rows = (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Wat</t></is></c><c r="B1" t="inlineStr"><is><t>Hoe</t></is></c>'
        b'</row><row r="2"><c r="A2"><f>%s!B3</f><v>1</v></c>'
        b'<c r="B2"><f t="array" ref="B2:B3">SUM(A2:A2*2)</f><v>2</v></c></row>' % title
    )
    after = (
        b'<mergeCells count="1"><mergeCell ref="D1:E2"/></mergeCells><hyperlinks><hyperlink ref="A1" '
        b'location="%s!A1"/></hyperlinks><tableParts count="1"><tablePart r:id="rId1"/></tableParts>' % title
    )
    table = b'<table xmlns="%s" id="1" name="Mijn" displayName="Mijn" ref="A1:B3"/>' % MAIN
    book = parts[BOOK].replace(b"</sheets>", b'<sheet name="Mijn blad" sheetId="77" r:id="rId77"/></sheets>')
    return {
        **parts,
        BOOK: book,
        BOOK_RELATIONS: _related(parts[BOOK_RELATIONS], b"rId77", b"worksheet", b"worksheets/sheet77.xml"),
        "xl/worksheets/sheet77.xml": WORKSHEET % (rows, after),
        "xl/worksheets/_rels/sheet77.xml.rels": _related(NO_RELATIONS, b"rId1", b"table", b"../tables/table1.xml"),
        "xl/tables/table1.xml": table,
        "xl/vbaProject.bin": bytes(range(256)),
    }


NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


def _related(relations: bytes, id: bytes, kind: bytes, target: bytes) -> bytes:
    entry = b'<Relationship Id="%s" Type="%s/%s" Target="%s"/>' % (id, OFFICE, kind, target)
    return relations.replace(b"</Relationships>", entry + b"</Relationships>")


def _with_texts(parts: Parts, markup: Callable[[bytes], bytes]) -> Parts:
    texts = [escape(unescape(text)).encode() for text in re.findall(r"<t[^>]*>([^<]*)</t>", parts[STRINGS].decode())]
    shared = re.compile(rb't="s"><v>(\d+)</v>')
    changed = {
        name: shared.sub(lambda found: markup(texts[int(found[1])]), content) if SHEET.fullmatch(name) else content
        for name, content in parts.items()
    }
    changed[BOOK_RELATIONS] = re.sub(rb"<Relationship [^>]*sharedStrings[^>]*>", b"", changed[BOOK_RELATIONS])
    del changed[STRINGS]
    return changed


def as_made(parts: Parts) -> Parts:
    """As it is."""
    return parts


SHAPES: tuple[Callable[[Parts], Parts], ...] = (
    *(as_made, as_libreoffice, as_strict, as_prefixed, as_inline, as_computed, as_lived_in),
)
PRODUCTS = (
    *(("high-ticket", "en", False), ("high-ticket", "nl", True), ("social", "nl", False)),
    *(("low-ticket", "en", False), ("blank", "nl", False), ("high-ticket", "nl", False)),
)


@cache
def shaped(product_number: int, shape_number: int) -> Mapping[str, bytes]:
    """A good workbook in a shape."""
    return SHAPES[shape_number](dict(product(*PRODUCTS[product_number])))
