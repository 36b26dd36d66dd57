"""What of a workbook survives a program that changes it, member by member of its archive."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

HEADER = 30
"""Bytes of a local header before the name."""


@dataclass(frozen=True, slots=True)
class Survival:
    """The members before; which are lost or new; which are the same as stored, or the same once unpacked."""

    members: tuple[str, ...]
    lost: tuple[str, ...]
    added: tuple[str, ...]
    as_stored: tuple[str, ...]
    unpacked: tuple[str, ...]

    @property
    def changed(self) -> set[str]:
        """Those whose stored bytes are not the same."""
        return {*self.members, *self.added} - {*self.as_stored}


def survival(before: bytes, after: bytes) -> Survival:
    """Compares two archives. Names are compared without a slash in front, as programs do."""
    old, new = stored_members(before), stored_members(after)
    inside, inside_after = unpacked_members(before), unpacked_members(after)
    return Survival(
        tuple(old),
        tuple(name for name in old if name not in new),
        tuple(name for name in new if name not in old),
        tuple(name for name in old if old[name] == new.get(name)),
        tuple(name for name in old if inside[name] == inside_after.get(name)),
    )


def stored_members(data: bytes) -> dict[str, bytes]:
    """By name, in their order, local header and packed content as they stand in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename.lstrip("/"): _stored(data, info) for info in archive.infolist()}


def unpacked_members(data: bytes) -> dict[str, bytes]:
    """By name, what the members hold."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename.lstrip("/"): archive.read(info) for info in archive.infolist()}


def directory(data: bytes) -> list[tuple[object, ...]]:
    """What the archive's directory says of each member, but for what must change with its content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = ("filename", "date_time", "comment", "extra", "external_attr", "create_system")
        return [tuple(getattr(info, name) for name in kept) for info in archive.infolist()]


def _stored(data: bytes, info: zipfile.ZipInfo) -> bytes:
    lengths = struct.unpack_from("<2H", data, info.header_offset + HEADER - 4)
    return data[info.header_offset : info.header_offset + HEADER + sum(lengths) + info.compress_size]
