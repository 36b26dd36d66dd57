"""Formulas that use the Summary: after it changed, their last results are old."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator

from okrsheets.edges.excel.patching.splice import Edit, apply, without_cached_value
from okrsheets.edges.excel.reading.cells import CONSTANTS
from okrsheets.edges.excel.reading.markup import check_encoded, elements, start_tag
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.reading.sheet import Sheet, Span
from okrsheets.words.grid import Cell, Spot

BODY = re.compile(rb"<(?:[^\s:<>/]+:)?sheetData\b")
FORMULA = re.compile(rb"<(?:[^\s:<>/]+:)?f(?:\s[^<>]*)?(?<!/)>((?:[^<]+|<!)*)")
ANY_TAB = r"INDIRECT\(|'[^':]*:[^']*'!|(?<![\w.!$])[\w.]+:[\w.]+!"
"""Formulas that may reach any tab: INDIRECT, and a range from one tab to another (`Jan:Mar!A1`)."""
LONGEST_CHAIN, MOST_LETTERS = 10, 10_000
FLAG = re.compile(rb"""\sfullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")


def is_mentioned(book: Book, sheet: Sheet) -> bool:
    """Whether a formula on another tab may use a cell of this one."""
    mentions = _mentions(book, sheet)
    return any(mentions(text) for text in _formulas_elsewhere(book, sheet))


def stale_values(sheet: Sheet) -> dict[Spot, Edit]:
    """By cell, the edits that drop the last results of formulas on the sheet, for programs that trust them."""
    edits = {}
    for spot, span in _computed_places(sheet):
        edits[spot] = Edit(span, without_cached_value(sheet.bytes_at(span)))
    return edits


def with_full_calculation(workbook: bytes) -> bytes:
    """workbook.xml with fullCalcOnLoad set on its calcPr; as it was where there is none or it is set already."""
    place = next((element for element in elements(workbook) if element.name == "calcPr"), None)
    if place is None or place.attributes.get("fullCalcOnLoad") in ("1", "true"):
        return workbook
    tag = start_tag(workbook, place.at)
    bare = FLAG.sub(b"", tag)
    head, close = (bare[:-2], b"/>") if bare.endswith(b"/>") else (bare[:-1], b">")
    new = head.rstrip() + b' fullCalcOnLoad="1"' + close
    return apply(workbook, [Edit(Span(place.at, place.at + len(tag)), new)])


def _computed_places(sheet: Sheet) -> Iterator[tuple[Spot, Span]]:
    """The cells of the sheet whose formula computes something; a boolean saved as `TRUE()` does not."""
    computed = {spot for spot, cell in sheet.cells.items() if _computes(cell)}
    for row in sheet.rows if computed else ():
        for column, _, start, end in row.cells:
            if (row.number, column) in computed:
                yield (row.number, column), Span(start, end)


def _computes(cell: Cell) -> bool:
    return cell.formula is not None and cell.formula.strip().upper() not in CONSTANTS


def _formulas_elsewhere(book: Book, sheet: Sheet) -> Iterator[str]:
    """The formulas of each other worksheet, all in one text. Raises Unreadable for one that is not in UTF-8."""
    for title, part in book.sheet_parts.items():
        if title != sheet.title:
            content = book.archive.read(part)
            check_encoded(content)
            body = BODY.search(content)
            formulas = FORMULA.findall(content, body.end(), content.rfind(b"sheetData")) if body else []
            yield html.unescape(b"\n".join(formulas).decode())


def _mentions(book: Book, sheet: Sheet) -> Callable[[str], bool]:
    """Tells of formulas whether they may use the sheet: by its title, a name that leads there, one of its tables.

    Where names lead to names to names without end, or very many names lead there, any formula may.
    """
    tables = (elements(book.archive.read(part))[0].attributes for part in book.parts_of(sheet.title, "table"))
    words = {table["displayName"] for table in tables}
    for _ in range(LONGEST_CHAIN):
        if len(sheet.title) + sum(map(len, words)) > MOST_LETTERS:
            break
        mentions = _mentions_of(sheet.title, words)
        leading = {name.name for name in book.defined_names if mentions(name.formula)}
        if leading <= words:
            return mentions
        words |= leading
    return bool


def _mentions_of(title: str, words: Iterable[str]) -> Callable[[str], bool]:
    """The same for a title and words. To look for plain texts first is much faster, and rules most formulas out."""
    quoted = re.escape(title.replace("'", "''"))
    any_word = "|".join(map(re.escape, sorted(words))) or "(?!)"
    pattern = re.compile(rf"{ANY_TAB}|(?<![\w.])(?:{quoted}(?:'?!|:)|(?:{any_word})(?![\w.(!]))", re.IGNORECASE)
    hints = ("!", "indirect(", *(word.lower() for word in words))

    def mentions(formulas: str) -> bool:
        lowered = formulas.lower()
        return any(hint in lowered for hint in hints) and pattern.search(formulas) is not None

    return mentions
