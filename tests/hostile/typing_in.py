"""Typing into the cells of a workbook of the product, without asking what may stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from okrsheets.words.grid import Spot, a1, column_number

from .bases import BOOK, BOOK_RELATIONS, Parts
from .markup import in_xml

ROW = re.compile(rb"(<row r=\"(\d+)\"[^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
CELL = re.compile(rb'<c r="([A-Z]+)\d+"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
BODY = re.compile(rb"(<sheetData>)(.*)(</sheetData>)", re.DOTALL)
PLACE = re.compile(r"\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


@dataclass(slots=True)
class Tab:
    """The rows of a tab: each start tag, and its cells by column."""

    before: bytes
    after: bytes
    tags: dict[int, bytes] = field(default_factory=dict)
    cells: dict[int, dict[int, bytes]] = field(default_factory=dict)

    def put(self, spot: Spot, content: bytes) -> None:
        """Another content for a cell, as markup behind its style: ` t="b"><v>1</v>`."""
        row, column = spot
        old = CELL.match(self.cells.setdefault(row, {}).get(column, b""))
        style = old[2] if old else b""
        self.cells[row][column] = b'<c r="%s"%s%s</c>' % (a1(spot).encode(), style, content)

    @property
    def content(self) -> bytes:
        """The part."""
        rows = (
            self.tags.get(row, b'<row r="%d"' % row)
            + b">"
            + b"".join(of_row[column] for column in sorted(of_row))
            + b"</row>"
            for row, of_row in sorted(self.cells.items())
        )
        return self.before + b"".join(rows) + self.after


@dataclass(slots=True)
class Plan:
    """A workbook of the product that somebody types into: its tabs by part, and the areas of its names."""

    parts: Parts
    names: dict[str, tuple[str, int, int, int, int]]
    tabs: dict[str, Tab] = field(default_factory=dict)

    def type(self, name: str, at: int, content: bytes) -> None:
        """Types into the cell of a name's column that is `at` rows below its first."""
        part, top, left, _, _ = self.names[name]
        self.put(part, (top + at, left), content)

    def put(self, part: str, spot: Spot, content: bytes) -> None:
        """Types into any cell."""
        if part not in self.tabs:
            self.tabs[part] = _opened(self.parts[part])
        self.tabs[part].put(spot, content)

    def saved(self) -> Parts:
        """The parts with everything that was typed."""
        return self.parts | {part: tab.content for part, tab in self.tabs.items()}


def opened(parts: Parts) -> Plan:
    """A workbook as the product makes it, open for typing."""
    ids = dict(re.findall(rb'Id="([^"]*)"[^>]*Target="(worksheets/[^"]*)"', parts[BOOK_RELATIONS]))
    sheets = re.findall(rb'<sheet name="([^"]*)"[^>]*r:id="([^"]*)"', parts[BOOK])
    by_title = {unescape(title.decode()): f"xl/{ids[id].decode()}" for title, id in sheets}
    names = {}
    for name, formula in re.findall(rb'<definedName name="(okr_[^"]*)">([^<]*)<', parts[BOOK]):
        tab, _, place = unescape(formula.decode()).rpartition("!")
        left, top, right, bottom = PLACE.fullmatch(place).groups()  # type: ignore[union-attr]
        corner = (int(top), column_number(left), int(bottom or top), column_number(right or left))
        names[name.decode()] = (by_title[tab.strip("'").replace("''", "'")], *corner)
    return Plan(dict(parts), names)


def _opened(content: bytes) -> Tab:
    body = BODY.search(content)
    assert body is not None
    tab = Tab(content[: body.start(2)], content[body.end(2) :])
    for tag, number, inside in ROW.findall(body[2]):
        tab.tags[int(number)] = tag
        tab.cells[int(number)] = {column_number(found[1].decode()): found[0] for found in CELL.finditer(inside)}
    return tab


def text(value: str) -> bytes:
    """The markup of a text."""
    return b' t="inlineStr"><is><t xml:space="preserve">' + in_xml(value) + b"</t></is>"


def number(value: str) -> bytes:
    """The markup of a number, whatever it looks like."""
    return b"><v>" + in_xml(value) + b"</v>"


def formula(value: str, result: str | None) -> bytes:
    """The markup of a formula, with a result or none."""
    cached = b"" if result is None else b"<v>" + in_xml(result) + b"</v>"
    return b' t="str"><f>' + in_xml(value) + b"</f>" + cached


def error(value: str) -> bytes:
    """The markup of an error."""
    return b' t="e"><v>' + in_xml(value) + b"</v>"


def moment(value: str) -> bytes:
    """The markup of an ISO date."""
    return b' t="d"><v>' + in_xml(value) + b"</v>"


def truth(value: str) -> bytes:
    """The markup of a boolean."""
    return b' t="b"><v>' + in_xml(value) + b"</v>"
