"""Zip archives that are not what they seem: written by hand, since no library writes them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from .bases import zipped

MEGABYTE = 1024 * 1024
SHEET = b"xl/worksheets/sheet1.xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A member, with what its two headers say of it where that is not the truth."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0
    version: int = 20
    extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0
    local_name: bytes | None = None
    local_sizes: tuple[int, int, int] | None = None
    central_sizes: tuple[int, int] | None = None
    after: bytes = b""
    at: int | None = None

    @property
    def local(self) -> bytes:
        """The local header and the content."""
        name = self.name if self.local_name is None else self.local_name
        crc, packed, size = self.local_sizes or (self.crc, len(self.packed), self.size)
        fields = (self.version, self.flags, self.method, 0, 0x5D21, crc, packed, size, len(name), len(self.extra))
        return struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + name + self.extra + self.packed + self.after

    def central(self, at: int) -> bytes:
        """The record of the directory."""
        packed, size = self.central_sizes or (len(self.packed), self.size)
        lengths = (len(self.name), len(self.extra), len(self.comment))
        head = (self.version, self.version, self.flags, self.method, 0, 0x5D21, self.crc, packed, size)
        record = struct.pack("<4s6H3I5H2I", b"PK\1\2", *head, *lengths, 0, 0, self.attributes, at)
        return record + self.name + self.extra + self.comment


Entries = list[Entry]


def entry(name: bytes, content: bytes, level: int = 6) -> Entry:
    """An honest member."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Entry(name, deflater.compress(content) + deflater.flush(), len(content), zlib.crc32(content))


def entries_of(parts: Mapping[str, bytes]) -> Entries:
    """The members of a good workbook."""
    return [entry(name.encode(), content) for name, content in parts.items()]


def assembled(
    entries: Entries, before: bytes = b"", comment: bytes = b"", lies: Mapping[str, int] | None = None
) -> bytes:
    """The archive, whose end may tell lies about count, size and offset of the directory."""
    body, places = bytearray(before), list[int]()
    for one in entries:
        places.append(len(body) if one.at is None else one.at)
        body += one.local
    directory = b"".join(one.central(at) for one, at in zip(entries, places, strict=True))
    end = {"count": len(entries), "size": len(directory), "offset": len(body)} | dict(lies or {})
    count, size, offset = end["count"], end["size"], end["offset"]
    record = struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, size, offset, len(comment) & 0xFFFF
    )
    return bytes(body) + directory + record + comment


def _one(entries: Entries, chance: Random) -> int:
    return chance.randrange(len(entries))


def lying_sizes(entries: Entries, chance: Random) -> bytes:
    """The directory says another size than there is."""
    n = _one(entries, chance)
    true = entries[n]
    lie = chance.choice((0, 1, true.size - 1, true.size + 1, 2 * true.size, 0xFFFFFFFE, 0x7FFFFFFF, 31 * MEGABYTE))
    packed = chance.choice((len(true.packed), len(true.packed) - 1, len(true.packed) + 1, 0, 0xFFFFFFFE))
    entries[n] = replace(
        true, central_sizes=chance.choice(((len(true.packed), lie), (packed, true.size), (packed, lie)))
    )
    return assembled(entries)


def lying_local(entries: Entries, chance: Random) -> bytes:
    """The local header says something else than the directory."""
    n = _one(entries, chance)
    crc, packed, size = (chance.choice((0, 1, 0xFFFFFFFF, 77)) for _ in range(3))
    entries[n] = replace(entries[n], local_sizes=(crc, packed, size), local_name=chance.choice((None, b"x.xml", b"")))
    return assembled(entries)


def wrong_sum(entries: Entries, chance: Random) -> bytes:
    """A checksum that is not that of the content."""
    n = _one(entries, chance)
    entries[n] = replace(entries[n], crc=chance.getrandbits(32))
    return assembled(entries)


def odd_method(entries: Entries, chance: Random) -> bytes:
    """A method or a flag that workbooks do not have: LZMA, Zstandard, encryption, patches."""
    n = _one(entries, chance)
    method, flags = (
        chance.choice((0, 1, 6, 9, 12, 14, 93, 95, 98, 99)),
        chance.choice((0, 1, 0x20, 0x40, 0x2041, 0x800)),
    )
    entries[n] = replace(entries[n], method=method, flags=flags)
    return assembled(entries)


def with_descriptors(entries: Entries, chance: Random) -> bytes:
    """Sizes behind the content, as writers of streams do; some of them wrong."""
    for n, one in enumerate(entries):
        crc = one.crc if chance.random() < 0.97 else 7
        sign = chance.choice((b"PK\7\x08", b""))
        after = sign + struct.pack("<3I", crc, len(one.packed), one.size)
        entries[n] = replace(one, flags=8, local_sizes=(0, 0, 0), after=after)
    return assembled(entries)


def overlapping(entries: Entries, chance: Random) -> bytes:
    """Several members in the same bytes, or one in the middle of another."""
    n, other = _one(entries, chance), _one(entries, chance)
    at = sum(len(one.local) for one in entries[:other])
    entries[n] = replace(entries[n], at=at + chance.choice((0, 0, 1, 30, 100)), central_sizes=None)
    return assembled(entries)


def quoted_overlap(entries: Entries, chance: Random) -> bytes:
    """Fifield's bomb: each member's stored head quotes the local header of the next, down to one kernel."""
    kernel = entry(b"k", bytes(8 * MEGABYTE), 9)
    body, records, at = kernel.local, [(kernel, 0)], 0
    for n in range(chance.choice((3, 20, 200))):
        quoted = len(body) if n == 0 else len(body) - at
        head = struct.pack("<BHH", 0, quoted & 0xFFFF, ~quoted & 0xFFFF)
        name = b"q%d" % n
        size = kernel.size + quoted
        local = Entry(name, head, size, 0).local
        body, at = local + body, 0
        records = [
            (replace(kernel, name=name, size=size, packed=b""), 0),
            *((one, place + len(local)) for one, place in records),
        ]
    packed = len(body) - 40
    members = [
        replace(one, at=place, central_sizes=(min(packed, len(body) - place - 40), one.size)) for one, place in records
    ]
    directory = b"".join(one.central(one.at or 0) for one in members)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def bomb(entries: Entries, chance: Random) -> bytes:
    """Small in the file, huge when unpacked: in one part, in many, or just below each limit."""
    size, count = chance.choice(
        ((33 * MEGABYTE, 1), (31 * MEGABYTE, 3), (2 * MEGABYTE, 1), (MEGABYTE, 63), (MEGABYTE, 70))
    )
    name = chance.choice((b"xl/media/i%d.png", b"xl/worksheets/sheet%d.xml", b"customXml/item%d.xml"))
    packed = _zeros(size)
    added = [replace(packed, name=name % n) for n in range(900, 900 + count)]
    return assembled([*entries, *added])


def swollen_part(entries: Entries, chance: Random) -> bytes:
    """A part that is read, swollen by white space to just below or above what is allowed."""
    wanted = chance.choice((SHEET, b"xl/workbook.xml", SHEET))
    n = next(k for k, one in enumerate(entries) if one.name == wanted)
    content = zlib.decompress(entries[n].packed, -zlib.MAX_WBITS)
    size = chance.choice((900_000, 5 * MEGABYTE, 20 * MEGABYTE))
    entries[n] = entry(entries[n].name, content.replace(b"?>", b"?>" + b" \n\t " * (size // 4), 1), 1)
    return assembled(entries)


def lying_bomb(entries: Entries, chance: Random) -> bytes:
    """Says that it is small."""
    n = next(k for k, one in enumerate(entries) if one.name == SHEET)
    packed = _zeros(chance.choice((8, 200)) * MEGABYTE)
    entries[n] = replace(packed, name=SHEET, central_sizes=(len(packed.packed), chance.choice((1000, 100_000))))
    return assembled(entries)


def _zeros(size: int) -> Entry:
    deflater, crc, packed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), 0, b""
    for _ in range(size // MEGABYTE):
        packed += deflater.compress(bytes(MEGABYTE))
        crc = zlib.crc32(bytes(MEGABYTE), crc)
    return Entry(b"", packed + deflater.flush(), size, crc)


def many_members(entries: Entries, chance: Random) -> bytes:
    """Thousands of empty parts."""
    name = b"a" * chance.choice((1, 300))
    return assembled([*entries, *(entry(name + b"%d" % n, b"") for n in range(chance.choice((1900, 2001, 20_000))))])


def odd_names(entries: Entries, chance: Random) -> bytes:
    """Names that lead out of the archive, repeat each other, or are no names."""
    odd = (b"../../etc/passwd", b"/xl/workbook.xml", b"XL/WORKBOOK.XML", b"xl\\workbook.xml", b"xl/workbook.xml\0.png")
    odder = (
        b"",
        b"\0",
        b"\xff\xfe",
        b"a" * 60_000,
        b"xl/",
        b"xl//workbook.xml",
        b"C:\\x",
        b"CON",
        b"[Content_Types].xml",
        b"./x",
    )
    name = chance.choice((*odd, *odder))
    if chance.random() < 0.5:
        return assembled([*entries, replace(entry(name, b"<a/>"), flags=chance.choice((0, 0x800)))])
    n = _one(entries, chance)
    entries[n] = replace(entries[n], name=name, flags=chance.choice((0, 0x800)))
    return assembled(entries)


def surrounded(entries: Entries, chance: Random) -> bytes:
    """Something before, behind, or as a comment; the directory may count on it or not."""
    before = chance.choice((b"", b"#!/bin/sh\n", b"MZ" + bytes(200), b"PK\3\4", bytes(70_000)))
    comment = chance.choice((b"", b"hello", b"x" * 0xFFFF, b"PK\5\6" + bytes(18), b"PK\5\6" * 9000, b"x" * 70_000))
    return assembled(entries, before, comment)


def lying_end(entries: Entries, chance: Random) -> bytes:
    """The end record lies about the directory."""
    lie = chance.choice((0, 1, 46, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, 5000))
    return assembled(entries, lies={chance.choice(("count", "size", "offset")): lie})


def zip64(entries: Entries, chance: Random) -> bytes:
    """The large format, where nothing is large."""
    n = _one(entries, chance)
    extra = struct.pack("<2H2Q", 1, 16, entries[n].size, len(entries[n].packed))
    entries[n] = replace(
        entries[n], extra=extra, version=45, central_sizes=chance.choice((None, (0xFFFFFFFF, 0xFFFFFFFF)))
    )
    return assembled(entries)


def odd_fields(entries: Entries, chance: Random) -> bytes:
    """Extra fields, comments, links and versions that do not matter, or should not."""
    n = _one(entries, chance)
    extra = chance.choice((b"", b"\1\0", b"\x55\x54\5\0\1\0\0\0\0", b"up" + bytes(40), bytes(60_000)))
    entries[n] = replace(
        entries[n],
        extra=extra,
        comment=chance.choice((b"", b"x" * 0xFFFF, b"\xff\x00")),
        attributes=chance.choice((0, 0xA1FF0000, 0x10)),
        version=chance.choice((10, 20, 45, 63)),
    )
    return assembled(entries)


def nested(entries: Entries, chance: Random) -> bytes:
    """A workbook in a workbook in a workbook."""
    data = assembled(entries)
    for _ in range(chance.choice((1, 5, 30))):
        data = zipped({"xl/embeddings/book.xlsx": data, "_rels/.rels": b"<Relationships/>"})
    return assembled([*entries, entry(b"xl/embeddings/book.xlsx", data)]) if chance.random() < 0.5 else data


TRICKS: tuple[Callable[[Entries, Random], bytes], ...] = (
    *(lying_sizes, lying_local, wrong_sum, odd_method, with_descriptors, overlapping, quoted_overlap, odd_names),
    *(surrounded, lying_end, zip64, odd_fields, nested, many_members),
)
HEAVY_TRICKS = (bomb, lying_bomb, swollen_part)
