"""Every other member of the archive stays as it is, raw; and the proof before publishing would notice if not."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import pytest
from excel_files import SUMMARY, change, changed_members, members, part, patch, plan_workbook, summary_workbook, zipped

from okrsheets.edges.excel.disk.faults import Unproven
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.patching.proof import prove
from okrsheets.edges.excel.patching.recalculation import stale_values
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.words.grid import Area, Spot, Value
from okrsheets.words.workbook import Entry, Formula, Link

CALC = "<calcPr/>"


class Streamed(io.RawIOBase):
    """A target without going back, for which zipfile writes data descriptors behind each member."""

    def __init__(self, target: io.BytesIO) -> None:
        self.target = target

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self.target.write(data)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Packing:
    """How a program writes a zip archive."""

    streamed: bool = False
    method: int = zipfile.ZIP_DEFLATED
    comment: bytes = b""
    folders: bool = False

    def archive(self, parts: dict[str, bytes]) -> bytes:
        memory = io.BytesIO()
        target = Streamed(memory) if self.streamed else memory
        with zipfile.ZipFile(target, "w") as archive:  # type: ignore[arg-type]
            archive.comment = self.comment
            if self.folders:
                archive.writestr(zipfile.ZipInfo("xl/"), b"")
            for name, content in parts.items():
                info = zipfile.ZipInfo(name, (1999, 12, 31, 23, 59, 58))
                info.extra, info.comment, info.compress_type = b"\x20\xa2\x02\x00\x00\x00", b"of a member", self.method
                info.external_attr = 0o600 << 16
                archive.writestr(info, content)
        return memory.getvalue()


PACKINGS = {
    "usual": Packing(),
    "streamed": Packing(streamed=True),
    "not compressed": Packing(method=zipfile.ZIP_STORED),
    "with a comment": Packing(comment=b"hello " * 9),
    "with folders": Packing(folders=True),
}


@pytest.mark.parametrize("packing", PACKINGS.values(), ids=PACKINGS)
def test_every_other_member_stays_as_it_is(packing: Packing) -> None:
    old = packing.archive(members(summary_workbook('<row r="1"/>')))
    new = patch(old, ((5, 5), "x"))
    assert changed_members(old, new) == {SUMMARY}
    with zipfile.ZipFile(io.BytesIO(new)) as archive, zipfile.ZipFile(io.BytesIO(old)) as original:
        assert archive.testzip() is None
        assert archive.comment == original.comment
        for now, then in zip(archive.infolist(), original.infolist(), strict=True):
            fields = ("filename", "date_time", "comment", "extra", "external_attr", "create_system")
            assert [getattr(now, name) for name in fields] == [getattr(then, name) for name in fields]
            assert archive.read(now) == original.read(then) or now.filename == SUMMARY


def test_members_may_lie_in_another_order_than_they_are_listed() -> None:
    """The directory lists them in one order, the file has them in another, with a gap between."""
    plain = Book(summary_workbook()).archive
    listed, spans, offsets = list(plain.members), b"", {}
    for member in reversed(listed):
        offsets[member.name] = len(spans)
        spans += plain.raw(member.name) + b"gap"
    entries = b"".join(m.entry[:42] + offsets[m.name].to_bytes(4, "little") + m.entry[46:] for m in listed)
    end = b"PK\x05\x06" + bytes(4) + len(listed).to_bytes(2, "little") * 2
    end += len(entries).to_bytes(4, "little") + len(spans).to_bytes(4, "little") + bytes(2)
    old = spans + entries + end
    assert changed_members(old, patch(old, ((1, 1), 1))) == {SUMMARY}


def test_the_same_changes_give_the_same_bytes() -> None:
    old = build(plan_workbook(C4=Entry(Link(Area("KPI's", 1, 1, 1, 1), "here")), D4=Entry(Formula("=1+1", 2))))
    assert patch(old, ((3, 2), "x", "KPI's!A1")) == patch(old, ((3, 2), "x", "KPI's!A1"))


WHAT: tuple[Spot, Value] = ((1, 1), 5)
BEFORE = summary_workbook(
    '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"/>',
    '<hyperlinks><hyperlink ref="C3" location="Acties!A1"/></hyperlinks>',
    rest=CALC,
)
STALE = stale_values(Book(BEFORE).sheet("Overzicht"))
ROW = "row {row} is not the same"
CELL = "cell {cell} is not as it was meant"
BESIDE = "something beside the cells is not the same"
PART = "the part {part} is not the same"
TAMPERED = {
    "another value": (SUMMARY, "<v>2</v>", "<v>3</v>", ROW),
    "a lost cell": (SUMMARY, '<c r="B1"><v>2</v></c>', "", ROW),
    "one more cell": (SUMMARY, "</row>", '<c r="C1"/></row>', ROW),
    "a lost row": (SUMMARY, '<row r="2"/>', "", ROW),
    "another row": (SUMMARY, '<row r="2"/>', '<row r="2" hidden="1"/>', ROW),
    "one more row": (SUMMARY, '<row r="2"/>', '<row r="2"/><row r="3"><c r="A3"/></row>', ROW),
    "the row of a changed cell": (SUMMARY, '<row r="1">', '<row r="1" ht="1">', ROW),
    "not as meant": (SUMMARY, "<v>5</v>", "<v>6</v>", CELL),
    "a boolean for a number": (SUMMARY, "<v>5</v>", "<f>TRUE()</f><v>5</v>", CELL),
    "a formula": (SUMMARY, "<v>5</v>", "<f>2+3</f><v>5</v>", CELL),
    "another style": (SUMMARY, ' s="1"', ' s="2"', CELL),
    "something behind the cells": (SUMMARY, "</sheetData>", "</sheetData><pageMargins/>", BESIDE),
    "something before the cells": (SUMMARY, "<sheetData>", "<sheetViews/><sheetData>", BESIDE),
    "a link of another cell": (SUMMARY, "Acties!A1", "Acties!A2", "a link of another cell is not the same"),
    "a title": ("xl/workbook.xml", "Acties", "Actie", PART),
    "a property": ("xl/workbook.xml", CALC, '<calcPr calcMode="manual"/>', PART),
    "another part": ("xl/worksheets/sheet1.xml", "id", "di", PART),
}


@pytest.mark.parametrize(("name", "old", "new", "found"), TAMPERED.values(), ids=TAMPERED)
def test_the_proof_finds_whatever_else_changed(name: str, old: str, new: str, found: str) -> None:
    after = patch(BEFORE, WHAT)
    prove(Book(BEFORE), Book(after), "Overzicht", [change(*WHAT)], STALE)
    assert old in part(after, name)
    tampered = Book(after).archive.with_members({name: part(after, name).replace(old, new).encode()})
    with pytest.raises(Unproven) as refused:
        prove(Book(BEFORE), Book(tampered), "Overzicht", [change(*WHAT)], STALE)
    assert refused.value.reason.text == found


def test_the_proof_finds_a_part_too_many() -> None:
    more = zipped({**members(patch(BEFORE, WHAT)), "more.xml": "<x/>"})
    with pytest.raises(Unproven) as refused:
        prove(Book(BEFORE), Book(more), "Overzicht", [change(*WHAT)], STALE)
    assert refused.value.reason.text == "its parts are not the same"
