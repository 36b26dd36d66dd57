"""Damaged, foreign and hostile files: each is refused in words, at once, and nothing else ever comes out."""

from __future__ import annotations

import os
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from excel_files import HEAD, MAIN, change, members, plan_workbook, summary_workbook, worksheet, zipped

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import NotAWorkbook, NotFound, NotReadable, OkrsheetsError
from okrsheets.words.message import Message

GOOD = build(plan_workbook())
PARTS = members(GOOD)
BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
NAMES = {"okr_a": "Acties!$A$1"}
OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
NOBODY = 65534
DAMAGED = "it is incomplete or damaged"
STRANGE = "its archive is of a kind that Excel does not write"


class Hasty(Files):
    """Nobody is saving these files, so there is nothing to wait for."""

    def pause(self, seconds: float) -> None:
        pass


def store_of(path: Path, *titles: str) -> ExcelStore:
    return ExcelStore(path, frozenset(titles), Hasty())


def without(name: str) -> bytes:
    return zipped({other: content for other, content in PARTS.items() if other != name})


def having(name: str, content: str | bytes) -> bytes:
    return zipped({**PARTS, name: content})


def patched_field(data: bytes, sign: bytes, offset: int, layout: str, value: int) -> bytes:
    """The archive with a number put into its first record of a kind."""
    changed = bytearray(data)
    struct.pack_into(layout, changed, data.index(sign) + offset, value)
    return bytes(changed)


LAST = {name: PARTS[name] for name in ("xl/worksheets/sheet1.xml", *PARTS)}
"""The same with a sheet as its first part."""
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def commented(comment: bytes) -> bytes:
    return GOOD[:-2] + struct.pack("<H", len(comment)) + comment


def twice() -> bytes:
    data = zipped({"a.xml": "<a/>", "b.xml": "<b/>"})
    return data.replace(b"b.xml", b"A.xml")


def bomb(size: int) -> bytes:
    return having("xl/media/image1.png", bytes(size))


def lying_bomb() -> bytes:
    """Says it is small and is not."""
    sheet = worksheet(" " * 5_000_000)
    parts = zipped({**PARTS, "xl/worksheets/sheet1.xml": sheet})
    at = parts.index(b"xl/worksheets/sheet1.xml", parts.index(CENTRAL)) - 46
    changed = bytearray(parts)
    struct.pack_into("<I", changed, at + 24, 1000)
    return bytes(changed)


ENDLESS = f'<P:worksheet xmlns:P="{MAIN}"><P:sheetData/></P:worksheet>'
FILES = {
    "empty": (b"", "it is empty"),
    "a text": (b"Datum;Aantal\r\n1-10;5\r\n", "it is a text file"),
    "a long text": ("é".encode() * 5000, "it is a text file"),
    "a web page": (b"<html><table></table></html>", "it is a text file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), DAMAGED),
    "an old workbook": (OLD_OFFICE + "Workbook".encode("utf-16-le"), "it is an old Office file, such as .xls"),
    "one with a password": (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "it is protected with a password"),
    "a binary workbook": (having("xl/workbook.bin", b"\x01"), "it is a binary workbook (.xlsb)"),
    "an OpenDocument": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
        "it is an OpenDocument file (.ods)",
    ),
    "some zip": (zipped({"photo.jpg": b"\xff\xd8"}), "it is a zip archive of something else"),
    "a letter": (
        having("xl/workbook.xml", '<w:document xmlns:w="urn:w"/>'),
        "it is an Office file, but no workbook",
    ),
    "half of it": (GOOD[: len(GOOD) // 2], DAMAGED),
    "all but the last byte": (GOOD[:-1], DAMAGED),
    "one byte more": (GOOD + b"x", DAMAGED),
    "an empty zip": (END + bytes(18), DAMAGED),
    "no relations": (without("_rels/.rels"), "it is a zip archive of something else"),
    "no workbook part": (without("xl/workbook.xml"), DAMAGED),
    "no relations of the workbook": (without("xl/_rels/workbook.xml.rels"), DAMAGED),
    "no sheet": (without("xl/worksheets/sheet1.xml"), DAMAGED),
    "no strings": (without("xl/sharedStrings.xml"), DAMAGED),
    "relations that lead nowhere": (having("_rels/.rels", HEAD + "<Relationships/>"), DAMAGED),
    "no tabs": (having(BOOK, PARTS[BOOK].replace(b"<sheet ", b"<shee ")), DAMAGED),
    "two tabs of one name": (
        having("xl/workbook.xml", PARTS["xl/workbook.xml"].replace(b"KPI's", b"Overzicht")),
        DAMAGED,
    ),
    "two parts of one name": (twice(), STRANGE),
    "an encrypted part": (patched_field(GOOD, CENTRAL, 8, "<H", 1), "it is protected with a password"),
    "an end within the comment of the end": (commented(END + b"xxxx" + bytes(18)), DAMAGED),
    "half an end within the comment": (commented(END), DAMAGED),
    "an odd method": (zipped(PARTS, zipfile.ZIP_LZMA), STRANGE),
    "a zip64 size": (patched_field(GOOD, CENTRAL, 24, "<I", 0xFFFFFFFF), STRANGE),
    "a zip64 count": (patched_field(GOOD, END, 10, "<H", 0xFFFF), STRANGE),
    "a zip64 mark": (GOOD.replace(END, b"PK\x06\x07" + bytes(16) + END), STRANGE),
    "several disks": (patched_field(GOOD, END, 4, "<H", 1), STRANGE),
    "a directory beyond the end": (patched_field(GOOD, END, 16, "<I", len(GOOD)), DAMAGED),
    "a directory elsewhere": (patched_field(GOOD, END, 16, "<I", 1), DAMAGED),
    "a wrong checksum": (patched_field(zipped(LAST), CENTRAL, 16, "<I", 1), DAMAGED),
    "a part that begins beyond the end": (patched_field(GOOD, CENTRAL, 42, "<I", len(GOOD)), DAMAGED),
    "two parts in one place": (patched_field(GOOD, CENTRAL, 42, "<I", 40), DAMAGED),
    "parts that overlap": (patched_field(GOOD, CENTRAL, 20, "<I", 9000), DAMAGED),
    "another name at the part": (patched_field(GOOD, LOCAL, 30, "<H", 0x4141), DAMAGED),
    "a part without a name": (patched_field(GOOD, LOCAL, 26, "<H", 0), DAMAGED),
    "too many parts": (
        zipped({**PARTS, **{f"x/{n}": b"" for n in range(2000)}}),
        "it has {found} parts, more than {limit}",
    ),
    "a bomb": (bomb(33 * 1024 * 1024), "unpacked it is larger than {limit} MB"),
    "many small bombs": (
        zipped({**PARTS, **{f"x/{n}": bytes(30 * 1024 * 1024) for n in range(3)}}),
        "unpacked it is larger than {limit} MB",
    ),
    "a dense part": (bomb(2 * 1024 * 1024), "a part of it unpacks to more than {limit} times its size"),
    "a part that lies about its size": (lying_bomb(), DAMAGED),
    "a document type": (
        having("xl/worksheets/sheet1.xml", "<!DOCTYPE a><a/>"),
        "it holds a document type declaration, which no workbook needs",
    ),
    "a part in UTF-16": (
        having("xl/worksheets/sheet1.xml", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")),
        "its parts are written in {encoding} instead of UTF-8",
    ),
    "a part in Latin": (
        having("xl/workbook.xml", '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'),
        "its parts are written in {encoding} instead of UTF-8",
    ),
    "a part of very many elements": (
        having(BOOK, PARTS[BOOK].replace(b"<sheets>", b"<a/>" * 50_000)),
        "it lists more than {limit} tabs, names or relations",
    ),
    "a part that is no XML": (having("xl/workbook.xml", "hello"), DAMAGED),
    "two tabs in one part": (
        having(BOOK_RELATIONS, PARTS[BOOK_RELATIONS].replace(b"sheet2.xml", b"SHEET1.xml")),
        "two of its tabs are one and the same",
    ),
    "two lists of links": (
        summary_workbook('<row r="1"/>', "<hyperlinks/>" * 2),
        DAMAGED,
    ),
    "a title without end": (
        having(BOOK, re.sub(rb'(<sheet name=")', rb"\1" + b"p" * 256, PARTS[BOOK], count=1)),
        "the title of a tab is longer than {limit} characters",
    ),
    "two hundred thousand rows without cells": (
        summary_workbook(actions=worksheet("".join(f'<row r="{n}"/>' for n in range(1, 250_002))), names=NAMES),
        "the tab {tab} is used as far as {cell}; okrsheets reads {rows} rows and {columns} columns",
    ),
    "a row of very many cells": (
        summary_workbook(actions=worksheet(f"<row>{'<c/>' * 16_385}</row>"), names=NAMES),
        DAMAGED,
    ),
    "an endless prefix": (
        summary_workbook(actions=ENDLESS.replace("P:", "p" * 101 + ":").replace(":P", ":" + "p" * 101), names=NAMES),
        DAMAGED,
    ),
    "half a cell in another": (
        summary_workbook(actions=worksheet('<row r="1"><c r="A1" n="x"><c r="A1"></c></c></row>'), names=NAMES),
        DAMAGED,
    ),
    "cells in cells": (
        summary_workbook(actions=worksheet(f'<row r="1">{"<c>" * 50_000}{"</c>" * 50_000}</row>'), names=NAMES),
        DAMAGED,
    ),
    "a far cell": (
        summary_workbook(
            actions=worksheet('<row r="9"><c r="XFD9"><v>1</v></c></row>'), names={"okr_a": "Acties!$A$1"}
        ),
        "the tab {tab} is used as far as {cell}; okrsheets reads {rows} rows and {columns} columns",
    ),
    "a huge merged cell": (
        summary_workbook(
            actions=worksheet("", '<mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>'),
            names=NAMES,
        ),
        "the tab {tab} merges {cells} into one cell",
    ),
}


@pytest.mark.parametrize(("data", "reason"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_workbook_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    with pytest.raises(NotAWorkbook) as refused:
        store_of(path, "KPI's", "Overzicht").read()
    found = refused.value.facts["reason"]
    assert isinstance(found, Message)
    assert found.text == reason
    assert path.read_bytes() == data


def test_a_good_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    for data in (GOOD, zipped(PARTS), zipped(LAST), zipped(PARTS, zipfile.ZIP_STORED), commented(b"by hand")):
        path.write_bytes(data)
        assert len(ExcelStore(path).read().grids["KPI's"].cells) == 15


def test_short_parts_may_be_packed_as_tightly_as_they_like(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(bomb(1024 * 1024))
    assert ExcelStore(path).read().titles == ("KPI's", "Overzicht")


TRAPS = {
    "digits": '<row r="1"><c r="A1"><v>' + "1" * 300_000 + "x</v></c></row>",
    "white space": f'<row r="1"{" " * 300_000}><c r="A1"{" " * 300_000}><v>1</v></c></row>',
    "attributes": '<row r="1"><c r="A1"' + "".join(f' a{n}=""' for n in range(20_000)) + "><v>1</v></c></row>",
    "quotes": '<row r="1"><c r="A1"><f>' + "'a:" * 100_000 + "</f><v>1</v></c></row>",
    "marks": '<row r="1"><c r="A1"><f>' + "a.b:" * 100_000 + "</f><v>1</v></c></row>",
    "places": '<row r="1"><c r="A1"><f>' + "a:b!" * 100_000 + "</f><v>1</v></c></row>",
}
"""Texts that a careless pattern reads in very many ways, one after the other."""


@pytest.mark.parametrize("rows", TRAPS.values(), ids=TRAPS)
def test_texts_made_to_keep_a_pattern_busy_are_read_like_any_other(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(summary_workbook(actions=worksheet(rows)))
    assert attempt(path) == "written"


@pytest.mark.parametrize("flood", ["<sheetData>", "<f>", "<f ", "<f a>", "<x:f>", "'a:", "<sheetData/>"])
def test_a_tab_that_is_only_searched_may_hold_anything(tmp_path: Path, flood: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(summary_workbook(actions=f"<worksheet><sheetData><f>1</f>{flood * 60_000}"))
    store = store_of(path, "Overzicht")
    store.write([change((3, 2), "new")], store.read())
    assert store_of(path, "Overzicht").read().grids["Overzicht"].at(3, 2).value == "new"


def test_very_many_names_of_the_summary_are_as_good_as_any(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    names = {f"n{number}": "Overzicht!$B$2" for number in range(40_000)}
    actions = worksheet('<row r="1"><c r="A1"><f>1+1</f></c></row>')
    path.write_bytes(summary_workbook(actions=actions, names=names, rest="<calcPr/>"))
    store = store_of(path, "Overzicht")
    store.write([change((3, 2), "new")], store.read())
    assert b'<calcPr fullCalcOnLoad="1"/>' in members(path.read_bytes())[BOOK]


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ExcelStore(tmp_path / "plan.xlsx").read()
    with pytest.raises(NotFound):
        ExcelStore(tmp_path / "folder" / "plan.xlsx").read()


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook) as refused:
        ExcelStore(tmp_path).read()
    assert refused.value.facts["reason"] == Message("it is a folder")


def test_a_pipe_is_no_workbook(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(tmp_path / "plan.xlsx")
    with pytest.raises(NotAWorkbook) as refused:
        ExcelStore(tmp_path / "plan.xlsx").read()
    assert refused.value.facts["reason"] == Message("it is not an ordinary file")


def test_a_file_that_is_far_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(NotAWorkbook) as refused:
        ExcelStore(path).read()
    assert refused.value.facts["reason"] == Message("it is larger than {limit} MB", {"limit": 64})


@contextmanager
def somebody() -> Iterator[None]:
    """Anybody but root, who may read whatever there is."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_file_that_may_not_be_read() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "plan.xlsx"
        path.write_bytes(GOOD)
        path.chmod(0)
        with somebody(), pytest.raises(NotReadable):
            ExcelStore(path).read()


# Chance finds what nobody thought of


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file after one accident: bytes lost, changed, doubled or swapped."""
    at, length = chance.randrange(len(data)), chance.choice([1, 1, 2, 8, 64, 512])
    match chance.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + length :]
        case 2:
            return data[:at] + chance.randbytes(length) + data[at + length :]
        case 3:
            return data[:at] + data[at : at + length] * 2 + data[at + length :]
        case _:
            return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def attempt(path: Path) -> str:
    """What comes of reading and changing the file: nothing but an error in words, or a workbook."""
    store = store_of(path, "KPI's", "Overzicht")
    before = path.read_bytes()
    try:
        reading = store.read()
        store.write([change((3, 2), "new", "KPI's!A1"), change((9, 9), 1)], reading)
    except OkrsheetsError as error:
        assert path.read_bytes() == before
        assert [file.name for file in path.parent.iterdir()] == ["plan.xlsx"]
        return type(error).__name__
    assert ExcelStore(path, frozenset({"Overzicht"})).read().grids["Overzicht"].at(3, 2).value == "new"
    return "written"


def test_damaged_archives_are_refused_in_words(tmp_path: Path) -> None:
    chance, path = random.Random(20261012), tmp_path / "plan.xlsx"
    outcomes = set()
    for _ in range(400):
        path.write_bytes(damaged(GOOD, chance))
        outcomes.add(attempt(path))
    assert outcomes <= {"NotAWorkbook", "NoRoomForSummary", "WriteUnproven", "written"}
    assert "NotAWorkbook" in outcomes


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "_rels/.rels"])
def test_damaged_parts_are_refused_in_words(tmp_path: Path, name: str) -> None:
    """The archive is sound here, so the accident reaches the XML."""
    chance, path = random.Random(zlib.crc32(name.encode())), tmp_path / "plan.xlsx"
    outcomes = set()
    for _ in range(200):
        path.write_bytes(zipped({**PARTS, name: damaged(PARTS[name], chance)}))
        outcomes.add(attempt(path))
    assert outcomes <= {"NotAWorkbook", "NoRoomForSummary", "WriteUnproven", "written"}
    assert "NotAWorkbook" in outcomes
