"""The same workbook in every dialect of the format: strict, prefixed, counted from 1904, days as text, with macros."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from excel_files import MAIN, OFFICE, STRICT, STRICT_OFFICE, members, zipped
from lxml import etree

from okrsheets.edges import templates
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import Outcome, sync
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import read_back
from okrsheets.words.errors import PlanDamaged
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import CheckIns
from okrsheets.words.snapshot import Snapshot

Parts = dict[str, bytes]
PERIOD = quarter(2026, 4)
EPOCH, DAYS_BETWEEN = date(1899, 12, 30), 1462
FILLED = CheckIns(
    values={"K1": {Week(PERIOD.start): 12.0}},
    ticks={"A1": frozenset({PERIOD.start, date(2026, 10, 5)})},
    skips={"A1": frozenset({date(2026, 10, 6)})},
)
NUMBER_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"><v>([0-9]+)</v></c>')


@pytest.fixture(scope="module")
def made() -> bytes:
    """A filled-in workbook with dates in headings, in the days off and as the start."""
    plan = templates.load("high-ticket").plan("nl")
    plan = replace(plan, theme=replace(plan.theme, days_off=(date(2026, 10, 19),)))
    return build(describe(plan, PERIOD, language("nl"), FILLED))


def each_sheet(parts: Parts, change: Callable[[bytes], bytes]) -> Parts:
    return {name: change(data) if name.startswith("xl/worksheets/sheet") else data for name, data in parts.items()}


def each_date(parts: Parts, change: Callable[[bytes, bytes, int], bytes]) -> Parts:
    """Another markup for each cell with a date: from its address, its style and its number."""
    dated = Book(zipped(parts)).meaning.dated

    def changed(found: re.Match[bytes]) -> bytes:
        return change(found[1], found[2], int(found[3])) if found[2] in dated else found[0]

    return each_sheet(parts, lambda data: NUMBER_CELL.sub(changed, data))


def strict(parts: Parts) -> Parts:
    def translated(data: bytes) -> bytes:
        return data.replace(MAIN.encode(), STRICT.encode()).replace(OFFICE.encode(), STRICT_OFFICE.encode())

    return {name: translated(data) for name, data in parts.items()}


def prefixed(parts: Parts) -> Parts:
    """`<x:sheetData>` instead of `<sheetData>`, in sheets, strings and styles."""

    def renamed(data: bytes) -> bytes:
        old = etree.fromstring(data)
        new = etree.Element(old.tag, old.attrib, nsmap={"x": MAIN, "r": OFFICE})
        new.extend(list(old))
        etree.cleanup_namespaces(new, keep_ns_prefixes=["r"])
        return etree.tostring(new, xml_declaration=True, encoding="UTF-8", standalone=True)

    own = ("xl/worksheets/sheet", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
    return {name: renamed(data) if name.startswith(own) else data for name, data in parts.items()}


def from_1904(parts: Parts) -> Parts:
    moved = each_date(parts, lambda at, style, day: b'<c r="%s" s="%s"><v>%d</v></c>' % (at, style, day - DAYS_BETWEEN))
    book = moved["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    return {**moved, "xl/workbook.xml": book}


def days_as_text(parts: Parts) -> Parts:
    def iso(at: bytes, style: bytes, day: int) -> bytes:
        text = f"{EPOCH + timedelta(days=day)}T00:00:00Z".encode()
        return b'<c r="%s" s="%s" t="d"><v>%s</v></c>' % (at, style, text)

    return each_date(parts, iso)


def with_macros(parts: Parts) -> Parts:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = parts["[Content_Types].xml"].replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return {**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros"}


DIALECTS: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "as made": (dict, "plan.xlsx"),
    "strict": (strict, "plan.xlsx"),
    "prefixed": (prefixed, "plan.xlsx"),
    "strict and prefixed": (lambda parts: strict(prefixed(parts)), "plan.xlsx"),
    "counted from 1904": (from_1904, "plan.xlsx"),
    "days as text": (days_as_text, "plan.xlsx"),
    "days as text, strict, counted from 1904": (lambda parts: strict(from_1904(days_as_text(parts))), "plan.xlsx"),
    "with macros": (with_macros, "plan.xlsm"),
}


def understood(path: Path) -> Snapshot:
    snapshot = read_back(ExcelStore(path).read(), Languages().all)
    return replace(snapshot, about=replace(snapshot.about, ref=""))


@pytest.fixture(params=DIALECTS)
def path(request: pytest.FixtureRequest, made: bytes, tmp_path: Path) -> Path:
    """The workbook in one dialect."""
    spoken, name = DIALECTS[request.param]
    path = tmp_path / name
    path.write_bytes(zipped(spoken(members(made))))
    return path


def test_every_dialect_says_the_same(path: Path, made: bytes, tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(made)
    snapshot = understood(path)
    assert snapshot == understood(plain)
    assert snapshot.check_ins.ticks["A1"] == FILLED.ticks["A1"]
    assert snapshot.plan.theme.days_off == (date(2026, 10, 19),)


def test_every_dialect_is_synced_once(path: Path) -> None:
    before = understood(path)
    assert sync(ExcelStore(path), date(2026, 11, 29), Languages()).outcome is Outcome.SYNCED
    assert sync(ExcelStore(path), date(2026, 11, 29), Languages()).outcome is Outcome.UNCHANGED
    assert understood(path) == before


def test_the_dialects_are_what_they_say(made: bytes) -> None:
    """Else the tests above would say nothing."""
    parts = members(made)
    sheet = "xl/worksheets/sheet3.xml"
    assert b"<x:sheetData>" in prefixed(parts)[sheet]
    assert STRICT.encode() in strict(parts)[sheet]
    assert days_as_text(parts)[sheet].count(b't="d"') == 98
    assert Book(zipped(from_1904(parts))).epoch == date(1904, 1, 1)
    assert from_1904(parts)[sheet] != parts[sheet]


TABS = ("Kwartaalthema", "Doelen", "Acties", "KPI's", "Overzicht")


def renamed(parts: Parts, *tabs: str) -> Parts:
    """Tabs renamed by a program that knows nothing of names: they lead to tabs that are not there."""
    book = parts["xl/workbook.xml"]
    for n, tab in enumerate(tabs):
        book = book.replace(f'<sheet name="{tab}"'.encode(), f'<sheet name="Blad {n}"'.encode())
    return {**parts, "xl/workbook.xml": book}


@pytest.mark.parametrize("tabs", [*((tab,) for tab in TABS), TABS], ids=[*TABS, "all"])
def test_renamed_tabs_without_their_names_are_found(tabs: tuple[str, ...], made: bytes, tmp_path: Path) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "renamed.xlsx"
    plain.write_bytes(made)
    path.write_bytes(zipped(renamed(members(made), *tabs)))
    snapshot, expected = understood(path), understood(plain)
    assert (snapshot.plan, snapshot.check_ins, snapshot.problems) == (expected.plan, expected.check_ins, ())
    assert sync(ExcelStore(path), date(2026, 11, 29), Languages()).outcome is Outcome.SYNCED
    assert sync(ExcelStore(path), date(2026, 11, 29), Languages()).outcome is Outcome.UNCHANGED


def test_of_two_tabs_that_look_alike_neither_is_guessed(made: bytes, tmp_path: Path) -> None:
    """And a tab that cannot be read is none of ours."""
    parts = renamed(members(made), "Acties")
    more = b'<sheet name="Notes" sheetId="9" r:id="rId99"/></sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", more)
    parts["xl/worksheets/notes.xml"] = parts["xl/worksheets/sheet3.xml"]
    link = b'<Relationship Id="rId99" Type="RELATION/worksheet" Target="worksheets/notes.xml"/></Relationships>'
    link = link.replace(b"RELATION", OFFICE.encode())
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    path = tmp_path / "two.xlsx"
    path.write_bytes(zipped(parts))
    with pytest.raises(PlanDamaged):
        understood(path)
    path.write_bytes(zipped({**parts, "xl/worksheets/notes.xml": b"<worksheet>"}))
    assert understood(path).check_ins.ticks["A1"] == FILLED.ticks["A1"]
