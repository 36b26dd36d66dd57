"""Which cell styles show a number as a date or a time: `1-5` typed into a cell becomes one in every spreadsheet."""

from __future__ import annotations

import re

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable
from okrsheets.edges.excel.reading.markup import MAIN, Attributes, elements, new_parser, run

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)})
"""The number formats of dates and times that a file need not spell out (ECMA-376, part 1, 18.8.30)."""
MOST_STYLES = 65_536
"""More than Excel keeps."""
SAID_AS_IT_IS = re.compile(r'"[^"]*"?|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
"""Of a format code: texts in quotes, escaped letters, room and filling, colours, conditions and locales."""
PART_OF_DATE = re.compile("[dmyhs]", re.IGNORECASE)
FORMATS, OWN_FORMAT, STYLES, STYLE = "numFmts", "numFmt", "cellXfs", "xf"
LISTS = frozenset({FORMATS, "cellStyleXfs", STYLES, "cellStyles", "dxfs"})
HEARD = {
    f"{namespace}}}{name}": name
    for namespace in MAIN
    for name in (FORMATS, OWN_FORMAT, "cellStyleXfs", STYLES, STYLE, "dxfs")
}
"""The elements that matter, as expat names them: the lists that hold formats or styles, and what is in them."""


def dated_styles(data: bytes) -> frozenset[bytes | None]:
    """The styles of cells, as `s` names them, that show dates or times; None (no `s`) is the style 0."""
    codes, format_ids = _lists(data)
    dated = [n for n, id in enumerate(format_ids) if _is_dated(codes.get(id), id)]
    return frozenset(b"%d" % n for n in dated) | ({None} if 0 in dated else set())


def unlocked_styles(data: bytes) -> frozenset[bytes | None]:
    """The styles of cells that stay open for writing on a protected tab."""
    styles, within, unlocked = -1, "", set[int]()
    for element in elements(data):
        if element.name in LISTS:
            within = element.name
        elif within == STYLES and element.name == STYLE:
            styles += 1
        elif within == STYLES and element.name == "protection" and element.attributes.get("locked") in ("0", "false"):
            unlocked.add(styles)
    return frozenset(b"%d" % n for n in unlocked) | ({None} if 0 in unlocked else set())


def shows_date(code: str) -> bool:
    """Whether a format code such as `d mmm yyyy`, `[h]:mm` or `#,##0 "days"` shows a date or a time."""
    return PART_OF_DATE.search(SAID_AS_IT_IS.sub("", code)) is not None


def _is_dated(code: str | None, id: str) -> bool:
    return int(id) in BUILT_IN if code is None else shows_date(code)


def _lists(data: bytes) -> tuple[dict[str, str], list[str]]:
    """The workbook's own format codes by id, and the format of each cell style; those of other lists do not count."""
    codes, format_ids, within, parser = dict[str, str](), list[str](), "", new_parser()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal within
        if name not in HEARD:
            return
        name = HEARD[name]
        if name == STYLE:
            if within == STYLES:
                format_ids.append(attributes.get("numFmtId", "0"))
        elif name != OWN_FORMAT:
            within = name
        elif within == FORMATS:
            codes[attributes["numFmtId"]] = attributes["formatCode"]
        if len(format_ids) > MOST_STYLES or len(codes) > MOST_STYLES:
            raise Unreadable(DAMAGED)

    parser.StartElementHandler = start
    run(parser, data)
    return codes, format_ids
