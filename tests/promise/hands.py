"""A person's spreadsheet program, as little of one as it takes: types into cells and saves, by means of its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape
from typing import TypeAlias

from okrsheets.words.grid import Address, a1

Typed: TypeAlias = "str | float | bool | None"


def with_typed(data: bytes, parts: Mapping[str, str], typed: Mapping[Address, Typed]) -> bytes:
    """The workbook with these values in its cells, all else kept. `parts` are the parts of the tabs by title."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = {info: archive.read(info) for info in archive.infolist()}
    for info, content in contents.items():
        cells = {where: value for where, value in typed.items() if parts[where.tab] == info.filename}
        for where, value in cells.items():
            content = _typed(content, a1(where.spot), value)
        contents[info] = content
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for info, content in contents.items():
            archive.writestr(info, content)
    return memory.getvalue()


def owners_parts(data: bytes, parts: Mapping[str, str], summary: str) -> dict[str, bytes]:
    """The parts of which sync has to keep its hands off."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        ours = {parts[summary], "xl/workbook.xml"}
        return {name: archive.read(name) for name in archive.namelist() if name not in ours}


def part_of(data: bytes, name: str) -> bytes:
    """One part of the workbook. Raises where the archive is torn."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def _typed(sheet: bytes, place: str, value: Typed) -> bytes:
    """The sheet with a prepared cell filled: every cell that a person may fill has a style, so it is there."""
    pattern = rf'<c r="{place}"((?: s="[0-9]+")?)[^>]*?(?:/>|>.*?</c>)'.encode()
    found = re.search(pattern, sheet)
    assert found, f"{place} is not prepared"
    return sheet[: found.start()] + _cell(place, found[1].decode(), value).encode() + sheet[found.end() :]


def _cell(place: str, style: str, value: Typed) -> str:
    if value is None:
        return f'<c r="{place}"{style}/>'
    if isinstance(value, bool):
        return f'<c r="{place}"{style} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"{style}><v>{value!r}</v></c>'
