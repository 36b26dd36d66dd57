"""The zip archive that an .xlsx file is: read with limits, and rewritten so that every other member stays as it is."""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from okrsheets.edges.excel.disk.faults import DAMAGED, STRANGE, UnderPassword, Unreadable
from okrsheets.words.message import say

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 2_000
LARGEST_MEMBER = 32 * MEGABYTE
LARGEST_TOTAL = 64 * MEGABYTE
HIGHEST_RATIO = 200
RATIO_MATTERS = MEGABYTE
"""A member that inflates to less than this may be packed as tightly as it likes: short repetitive sheets are."""

STORED, DEFLATED = 0, 8
ENCRYPTED, UTF8_NAME = 0x1, 0x800
ZIP64_COUNT, ZIP64_SIZE = 0xFFFF, 0xFFFFFFFF

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
LOCAL_SIGN, CENTRAL_SIGN, END_SIGN, ZIP64_SIGN = b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\7"
LONGEST_COMMENT = 0xFFFF


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its fields of the central directory, and `entry`, that record as it stands."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    entry: bytes


@dataclass(frozen=True, slots=True)
class _End:
    """The end record: where it begins, and where the central directory lies."""

    at: int
    count: int
    size: int
    offset: int


class Archive:
    """A zip archive in memory. Raises Unreadable for one that is damaged, hostile or beyond the limits."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._end = _find_end(data)
        self.members = _members(data, self._end)
        self._by_name = {key_of(member.name): member for member in self.members}
        self._inflated: dict[str, bytes] = {}
        _check_limits(self.members)
        self._starts = self._check_layout()

    def __contains__(self, name: str) -> bool:
        return key_of(name) in self._by_name

    def read(self, name: str) -> bytes:
        """The content of a member. Raises KeyError where there is none of that name."""
        key = key_of(name)
        if key not in self._inflated:
            self._inflated[key] = self._inflate(self._by_name[key])
        return self._inflated[key]

    def raw(self, name: str) -> bytes:
        """A member as it stands in the file: local header, packed content and what follows up to the next one."""
        return self._span(self._by_name[key_of(name)])

    def with_members(self, contents: Mapping[str, bytes]) -> bytes:
        """The archive with these members replaced. All others are copied raw, in the same order."""
        new = {key_of(name): content for name, content in contents.items()}
        out = bytearray(self.data[: self._starts[0]])
        entries: dict[str, bytes] = {}
        for member in sorted(self.members, key=lambda member: member.offset):
            at = len(out)
            if key_of(member.name) in new:
                local, entry = _packed(member, new[key_of(member.name)])
                out += local
            else:
                out += self._span(member)
                entry = member.entry
            entries[member.name] = entry[:42] + struct.pack("<I", at) + entry[46:]
        return bytes(out + self._directory([entries[member.name] for member in self.members], len(out)))

    def _directory(self, entries: list[bytes], at: int) -> bytes:
        directory = b"".join(entries)
        end = bytearray(self.data[self._end.offset + self._end.size :])
        struct.pack_into("<2I", end, self._end.at - self._end.offset - self._end.size + 12, len(directory), at)
        return directory + bytes(end)

    def _span(self, member: Member) -> bytes:
        return self.data[member.offset : self._starts[bisect_right(self._starts, member.offset)]]

    def _check_layout(self) -> list[int]:
        """The offsets of the members, then of the directory. Members that overlap are a trap."""
        starts = [*sorted(member.offset for member in self.members), self._end.offset]
        for member in self.members:
            following = starts[bisect_right(starts, member.offset)] if member.offset < starts[-1] else 0
            if _content_at(self.data, member) + member.packed > following:
                raise Unreadable(DAMAGED)
        return starts

    def _inflate(self, member: Member) -> bytes:
        at = _content_at(self.data, member)
        packed = self.data[at : at + member.packed]
        content = packed if member.method == STORED else _inflate_at_most(packed, member.size)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            raise Unreadable(DAMAGED)
        return content


def key_of(name: str) -> str:
    """By what a member is looked up: part names know no case, and some writers use backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def _find_end(data: bytes) -> _End:
    """The end record, whose comment reaches exactly to the end of the file.

    Only the last one counts: where a comment holds another, programs do not agree on what the archive holds.
    """
    at = data.rfind(END_SIGN, max(0, len(data) - END.size - LONGEST_COMMENT))
    if not 0 <= at <= len(data) - END.size:
        raise Unreadable(DAMAGED)
    _, disk, start_disk, here, count, size, offset, comment = END.unpack_from(data, at)
    if at + END.size + comment != len(data):
        raise Unreadable(DAMAGED)
    _check_end(data, at, (disk, start_disk, here), (count, size, offset))
    return _End(at, count, size, offset)


def _check_end(data: bytes, at: int, disks: tuple[int, int, int], directory: tuple[int, int, int]) -> None:
    count, size, offset = directory
    is_zip64 = count == ZIP64_COUNT or ZIP64_SIZE in (size, offset) or ZIP64_SIGN in data[max(0, at - 20) : at]
    if is_zip64 or disks != (0, 0, count):
        raise Unreadable(STRANGE)
    if offset + size > at or count == 0:
        raise Unreadable(DAMAGED)
    if count > MOST_MEMBERS:
        raise Unreadable(say("it has {found} parts, more than {limit}", found=count, limit=MOST_MEMBERS))


def _members(data: bytes, end: _End) -> tuple[Member, ...]:
    """The central directory. Raises Unreadable for encryption, methods and names that Excel does not write."""
    members, at = [], end.offset
    for _ in range(end.count):
        fields = CENTRAL.unpack_from(data, at)
        if fields[0] != CENTRAL_SIGN:
            raise Unreadable(DAMAGED)
        length = CENTRAL.size + fields[10] + fields[11] + fields[12]
        members.append(_member(fields, data[at : at + length]))
        at += length
    if at != end.offset + end.size:
        raise Unreadable(DAMAGED)
    if len({key_of(member.name) for member in members}) < len(members):
        raise Unreadable(STRANGE)
    return tuple(members)


def _member(fields: tuple[int, ...], entry: bytes) -> Member:
    flags, method, crc, packed, size, name_length = fields[3], fields[4], *fields[7:11]
    offset = fields[16]
    if flags & ENCRYPTED:
        raise UnderPassword
    if method not in (STORED, DEFLATED) or ZIP64_SIZE in (packed, size, offset):
        raise Unreadable(STRANGE)
    name = entry[CENTRAL.size : CENTRAL.size + name_length].decode("utf-8" if flags & UTF8_NAME else "cp437")
    return Member(name, flags, method, crc, packed, size, offset, entry)


def _check_limits(members: tuple[Member, ...]) -> None:
    total = sum(member.size for member in members)
    largest = max(member.size for member in members)
    if largest > LARGEST_MEMBER or total > LARGEST_TOTAL:
        raise Unreadable(say("unpacked it is larger than {limit} MB", limit=LARGEST_TOTAL // MEGABYTE))
    if any(m.size > RATIO_MATTERS and m.size > HIGHEST_RATIO * m.packed for m in members):
        raise Unreadable(say("a part of it unpacks to more than {limit} times its size", limit=HIGHEST_RATIO))


def _content_at(data: bytes, member: Member) -> int:
    """Where the packed content begins; the local header must tell the same name."""
    fields = LOCAL.unpack_from(data, member.offset)
    name_at = member.offset + LOCAL.size
    name = data[name_at : name_at + fields[9]]
    if fields[0] != LOCAL_SIGN or name != member.entry[CENTRAL.size : CENTRAL.size + len(name)] or not name:
        raise Unreadable(DAMAGED)
    return name_at + int(fields[9]) + int(fields[10])


def _inflate_at_most(packed: bytes, size: int) -> bytes:
    """The content, counted while it inflates: a header that promises less than there is, is found out."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = inflater.decompress(packed, size + 1)
    if not inflater.eof:
        raise Unreadable(DAMAGED)
    return content


def _packed(member: Member, content: bytes) -> tuple[bytes, bytes]:
    """(local header with content, entry of the directory) of a member with new content and its old name and date."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(content) + deflater.flush()
    fields = list(CENTRAL.unpack_from(member.entry))
    fields[2] = max(fields[2], 20)
    fields[3] = member.flags & UTF8_NAME
    fields[4] = DEFLATED
    fields[7:10] = zlib.crc32(content), len(packed), len(content)
    name = member.entry[CENTRAL.size : CENTRAL.size + fields[10]]
    local = LOCAL.pack(LOCAL_SIGN, *fields[2:10], len(name), 0) + name
    return local + packed, CENTRAL.pack(*fields) + member.entry[CENTRAL.size :]
