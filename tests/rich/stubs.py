"""Small files of other kinds that a workbook carries: a picture, a macro project, a printer's settings."""

from __future__ import annotations

import struct
import zlib

SECTOR = 512
END, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def picture(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def macro_project() -> bytes:
    """An OLE container with the two storages of a macro project and nothing in them."""
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    fat = struct.pack("<2I", FAT_SECTOR, END)
    entries = (
        _entry("Root Entry", kind=5, child=1),
        _entry("VBA", kind=1),
        _entry("", kind=0),
        _entry("", kind=0),
    )
    return _filled(header) + _filled(fat) + b"".join(entries)


def _entry(name: str, kind: int, child: int = FREE) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0" if name else b""
    fields = struct.pack("<H2B3I", len(wide), kind, 1, FREE, FREE, child)
    end = struct.pack("<I2I", END if kind == 5 else 0, 0, 0)
    return wide.ljust(64, b"\0") + fields + bytes(36) + end


def _filled(data: bytes) -> bytes:
    return data.ljust(SECTOR, b"\xff")


def printer_settings() -> bytes:
    """The start of what Windows keeps about a printer: its name, version and size."""
    return "Printer op zolder".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<4H", 0x401, 0, 220, 0) + bytes(148)
