"""An own judge of workbooks, for what Microsoft's validator lets pass and Excel does not.

It reads with lxml and shares no code with okrsheets, so a mistake of ours cannot hide itself here.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any
from urllib.parse import unquote

from lxml import etree

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONGEST_TEXT, LONGEST_FORMULA, LONGEST_LIST = 32_767, 8_192, 255
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d*)")
TEXTS = re.compile(r'"[^"]*"' + r"|'[^']*'")
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
TYPES = {"n", "s", "str", "inlineStr", "b", "e", "d"}
Box = tuple[int, int, int, int]


def faults(data: bytes) -> list[str]:
    """What Excel would stumble over in an .xlsx; nothing where it is sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name.lstrip("/") for name in archive.namelist()]
        twice = [name for name, count in Counter(name.lower() for name in names).items() if count > 1]
        if twice:
            return [f"{name} is there twice" for name in twice]
        contents = {name.lstrip("/"): archive.read(name) for name in archive.namelist()}
    parts, broken = {}, []
    for name, content in contents.items():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                parts[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as fault:
                broken.append(f"{name} is not well-formed: {fault}")
    return broken or list(_Workbook(parts, set(names)).faults())


class _Workbook:
    """The parts of a workbook, parsed; questions in XPath look at names without their namespace."""

    def __init__(self, parts: dict[str, Any], names: set[str]) -> None:
        self.parts, self.names = parts, names
        self.workbook = parts["xl/workbook.xml"]
        self.styles, self.strings = parts.get("xl/styles.xml"), parts.get("xl/sharedStrings.xml")
        self.string_count = len(_all(self.strings, "si")) if self.strings is not None else 0
        self.style_count = len(_all(self.styles, "cellXfs/xf")) if self.styles is not None else 1
        self.format_count = len(_all(self.styles, "dxfs/dxf")) if self.styles is not None else 0

    def faults(self) -> Iterator[str]:
        nowhere = list(self._relations())
        yield from nowhere or self._inside()

    def _inside(self) -> Iterator[str]:
        yield from self._titles()
        yield from self._names()
        for name, part in self.parts.items():
            if etree.QName(part).localname == "worksheet":
                yield from (f"{name}: {fault}" for fault in _Sheet(self, name, part).faults())
        yield from self._chain()

    def _relations(self) -> Iterator[str]:
        for name, part in self.parts.items():
            if name.endswith(".rels"):
                folder = posixpath.dirname(posixpath.dirname(name))
                ids = [relation.get("Id") for relation in part]
                if len(set(ids)) < len(ids):
                    yield f"{name}: an id is there twice"
                inside = (relation for relation in part if relation.get("TargetMode") != "External")
                for target in (unquote(relation.get("Target")) for relation in inside):
                    if posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") not in self.names:
                        yield f"{name}: {target} is not there"

    def _titles(self) -> Iterator[str]:
        titles = [sheet.get("name") for sheet in _all(self.workbook, "sheets/sheet")]
        if len({title.lower() for title in titles}) < len(titles):
            yield "a tab's title is there twice"
        yield from (f"{t!r} is no title" for t in titles if not 0 < len(t) <= 31 or FORBIDDEN.search(t))

    def _names(self) -> Iterator[str]:
        found = _all(self.workbook, "definedNames/definedName")
        known = [(name.get("name").lower(), name.get("localSheetId")) for name in found]
        if len(set(known)) < len(known):
            yield "a name is there twice"
        tabs = len(_all(self.workbook, "sheets/sheet"))
        yield from (f"{name} belongs to no tab" for name, tab in known if tab is not None and int(tab) >= tabs)
        yield from (f"the name {name.get('name')} is no formula" for name in found if _no_formula(name.text or ""))

    def _chain(self) -> Iterator[str]:
        """The order of computing; it must name formulas only."""
        chain = self.parts.get("xl/calcChain.xml")
        ids = {sheet.get("sheetId"): n for n, sheet in enumerate(_all(self.workbook, "sheets/sheet"), 1)}
        tab = ""
        for link in chain if chain is not None else ():
            tab = link.get("i", tab)
            sheet = self.parts[f"xl/worksheets/sheet{ids[tab]}.xml"]
            if not sheet.xpath(f"//*[local-name()='c'][@r='{link.get('r')}']/*[local-name()='f']"):
                yield f"calcChain names {link.get('r')}, which is no formula"


class _Sheet:
    """One worksheet."""

    def __init__(self, book: _Workbook, name: str, part: Any) -> None:
        self.book, self.name, self.part = book, name, part
        self.cells = {cell.get("r"): cell for cell in _all(part, "sheetData/row/c")}

    def faults(self) -> Iterator[str]:
        yield from self._order()
        for place, cell in self.cells.items():
            yield from (f"{place}: {fault}" for fault in self._cell(cell))
        yield from self._areas()
        yield from self._tables()
        yield from self._rules()

    def _order(self) -> Iterator[str]:
        rows = _all(self.part, "sheetData/row")
        numbers = [int(row.get("r")) for row in rows if row.get("r")]
        yield from (f"row {b} behind row {a}" for a, b in pairwise(numbers) if b <= a)
        yield from (f"there is no row {number}" for number in numbers if number > LAST_ROW)
        for row in rows:
            spots = [_spot(cell.get("r")) for cell in _all(row, "c") if cell.get("r")]
            yield from (
                f"column {b} behind column {a} in row {row.get('r')}" for (_, a), (_, b) in pairwise(spots) if b <= a
            )
            yield from (f"a cell of row {r} in row {row.get('r')}" for r, _ in spots if str(r) != row.get("r"))

    def _cell(self, cell: Any) -> Iterator[str]:
        kind, value, formula = cell.get("t", "n"), _text(cell, "v"), _text(cell, "f")
        if kind not in TYPES:
            yield f"{kind} is no type"
        if int(cell.get("s", 0)) >= self.book.style_count:
            yield "a style that is not there"
        if kind == "s" and not _within(value, self.book.string_count):
            yield "a shared text that is not there"
        if kind == "n" and value and not (NUMBER.fullmatch(value.strip()) and math.isfinite(float(value))):
            yield f"{value} is no number"
        if kind == "b" and value not in ("0", "1", "true", "false", None):
            yield f"{value} is no boolean"
        if _units(_shown(cell)) > LONGEST_TEXT:
            yield "a text too long"
        if formula is not None and _no_formula(formula):
            yield f"{formula} is no formula"

    def _areas(self) -> Iterator[str]:
        merged = [_box(merge.get("ref")) for merge in _all(self.part, "mergeCells/mergeCell")]
        arrays = [_box(f.get("ref")) for f in _all(self.part, "sheetData/row/c/f") if f.get("t") == "array"]
        for what, boxes in (("merged cells", merged), ("arrays", arrays)):
            yield from (f"{what} overlap" for a, b in combinations(boxes, 2) if _meet(a, b))
        yield from ("an array in merged cells" for a in merged for b in arrays if _meet(a, b))

    def _tables(self) -> Iterator[str]:
        tables = [self.book.parts[name] for name in self._related("table")]
        boxes = [_box(table.get("ref")) for table in tables]
        yield from ("tables overlap" for a, b in combinations(boxes, 2) if _meet(a, b))
        for table, (top, left, *_) in zip(tables, boxes, strict=True):
            names = [column.get("name") for column in _all(table, "tableColumns/tableColumn")]
            if len({name.lower() for name in names}) < len(names):
                yield "a column of a table is there twice"
            for n, name in enumerate(names if table.get("headerRowCount", "1") != "0" else ()):
                cell = self.cells.get(f"{_letters(left + n)}{top}")
                if cell is None or self._read(cell) != name:
                    yield f"the table's heading {name} is not in its cell"

    def _rules(self) -> Iterator[str]:
        for rule in _all(self.part, "conditionalFormatting/cfRule"):
            if int(rule.get("dxfId", -1)) >= self.book.format_count:
                yield "a conditional format without looks"
        for rule in _all(self.part, "dataValidations/dataValidation"):
            listed = _text(rule, "formula1") or ""
            if rule.get("type") == "list" and listed.startswith('"') and len(listed) - 2 > LONGEST_LIST:
                yield "a list to choose from that is too long"
        for link in _all(self.part, "hyperlinks/hyperlink"):
            if not (link.get("location") or any(key.endswith("}id") for key in link.keys())):  # noqa: SIM118
                yield f"the link of {link.get('ref')} leads nowhere"

    def _related(self, kind: str) -> list[str]:
        folder, name = posixpath.split(self.name)
        relations = self.book.parts.get(f"{folder}/_rels/{name}.rels")
        found = (r for r in (relations if relations is not None else ()) if r.get("Type").endswith(f"/{kind}"))
        return [posixpath.normpath(posixpath.join("/", folder, r.get("Target"))).lstrip("/") for r in found]

    def _read(self, cell: Any) -> str:
        if cell.get("t") != "s":
            return _shown(cell)
        return "".join(_all(self.book.strings, "si")[int(_text(cell, "v") or 0)].itertext())


def _all(node: Any, path: str) -> list[Any]:
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    found: list[Any] = node.xpath(f"./{steps}")
    return found


def _text(node: Any, name: str) -> str | None:
    found = _all(node, name)
    return None if not found else found[0].text or ""


def _within(index: str | None, count: int) -> bool:
    return index is not None and index.isdigit() and int(index) < count


def _shown(cell: Any) -> str:
    return "".join(cell.itertext()) if cell.get("t") == "inlineStr" else _text(cell, "v") or ""


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _no_formula(text: str) -> bool:
    """Too long, with an equals sign in front, or with quotes or brackets that do not close."""
    bare = TEXTS.sub("", text)
    uneven = any(bare.count(a) != bare.count(b) for a, b in ("()", "{}")) or '"' in bare
    return len(text) > LONGEST_FORMULA or text.startswith("=") or uneven


def _spot(place: str) -> tuple[int, int]:
    match = CORNER.fullmatch(place)
    assert match, place
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _box(area: str) -> Box:
    first, _, last = area.partition(":")
    return *_spot(first), *_spot(last or first)


def _meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
