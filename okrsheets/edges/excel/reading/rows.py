"""The rows of a sheet, token by token, each with its bytes.

Cells in the form that every common program writes take one regular expression each; any other form is given to expat,
cell by cell. What is not understood is refused, never skipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from okrsheets.edges.described import LONGEST_TEXT
from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable
from okrsheets.edges.excel.reading.cells import Meaning, shown_as_date
from okrsheets.edges.excel.reading.refs import LAST_COLUMN, LAST_ROW, area_of, spot_of
from okrsheets.edges.excel.reading.sheet import CellPlace, RowPlace, Span
from okrsheets.edges.excel.reading.tokens import NextToken, each, tokens
from okrsheets.edges.excel.reading.unusual import UnusualCell, UnusualCells
from okrsheets.words.grid import NOTHING, Area, Cell, Spot, a1, column_number
from okrsheets.words.message import Message, say

MOST_ROWS, MOST_COLUMNS = 5_000, 300
"""With content. What is only styled may reach further."""
MOST_CELLS = 250_000
"""With or without content; a row without cells takes the room of one."""
ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*["']([^"']*)["']""")
TRUE = (b"1", b"true")
TOKEN = rb"""
    \s*(?:
        <Pc\ r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?:\ s="([0-9]+)")?(?:\ t="([A-Za-z]+)")?
            (?:/>|>(?:<Pf(?:\ aca="[a-z0-9]+")?>([^<&]*)</Pf>)?
                (?:<Pv>([^<&]*)</Pv>|<Pis><Pt(?:\ xml:space="preserve")?>([^<&]*)</Pt></Pis>)?</Pc>)
      | (<ProwATTRIBUTES\s*/?>)
      | (<PcATTRIBUTES\s*(?:/>|>.*?</Pc\s*>))
      | </Prow\s*>
    )"""
ROW_TAG, ODD = 8, 9
"""The groups of the token that are a row's start tag, and a cell in another form; before them those of a usual cell."""


@dataclass(slots=True)
class Rows:
    """What the rows of a sheet hold, and where. `arrays` are the cells that one formula fills together."""

    cells: dict[Spot, Cell] = field(default_factory=dict)
    places: list[RowPlace] = field(default_factory=list)
    arrays: list[Area] = field(default_factory=list)


def read_rows(data: bytes, span: Span, prefix: str, title: str, meaning: Meaning) -> Rows:
    """The rows that stand in `span`, the inside of sheetData. Raises Unreadable, ValueError or LookupError."""
    reader = _RowReader(title, meaning, prefix)
    end = reader.read(tokens(TOKEN, prefix, data, span))
    if data[max(end, span.start) : span.end].strip():
        raise Unreadable(DAMAGED)
    return reader.rows


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _text(part: bytes | None) -> str | None:
    return None if part is None else part.decode()


class _RowReader:
    """Takes the tokens in their order."""

    def __init__(self, title: str, meaning: Meaning, prefix: str) -> None:
        self.rows = Rows()
        self._title, self._meaning, self._unusual = title, meaning, UnusualCells(prefix)
        self._known: dict[tuple[bytes | None, ...], Cell] = {}
        self._shared_formulas: dict[str, str] = {}
        self._before_reference = len(f'<{prefix}c r="')
        self._number = self._count = 0

    def read(self, next_token: NextToken) -> int:
        """Takes all tokens, row by row, and tells where the last one ends."""
        end = 0
        for token in each(next_token):
            tag, end = token[ROW_TAG], token.end()
            if not tag:
                raise Unreadable(DAMAGED)
            attributes, places, start = dict(ATTRIBUTE.findall(tag)), list[CellPlace](), end - len(tag)
            self._begin(attributes)
            if not tag.endswith(b"/>"):
                end = self._read_cells(next_token, places)
            style = attributes.get(b"s") if attributes.get(b"customFormat") in TRUE else None
            self.rows.places.append(RowPlace(self._number, style, Span(start, end), places))
            self._check_size(places)
        return end

    def _begin(self, attributes: Mapping[bytes, bytes]) -> None:
        number = int(attributes.get(b"r", self._number + 1))
        if not self._number < number <= LAST_ROW:
            raise Unreadable(DAMAGED)
        self._number = number

    def _read_cells(self, next_token: NextToken, places: list[CellPlace]) -> int:
        """The cells up to the end of their row. Most are in the usual form; nothing is called twice for their like."""
        cells, known, number, column = self.rows.cells, self._known, self._number, 0
        dated = self._meaning.dated
        here, before_reference = (b"%d" % number, number), self._before_reference
        for token in each(next_token):
            letters, row, style, type, formula, value, text, tag, odd = token.groups()
            last = column
            if letters:
                column = _column(letters)
                cell = known.get((type, formula, value, text)) or self._understood(type, formula, value, text)
                places.append((column, style, token.start(1) - before_reference, token.end()))
            elif odd:
                (row, column), style, cell = self._odd(odd, column)
                places.append((column, style, token.start(ODD), token.end()))
            elif tag:
                break
            else:
                return token.end()
            if row not in here or not last < column <= LAST_COLUMN:
                break
            if cell is not NOTHING:
                cells[number, column] = shown_as_date(cell) if style in dated else cell
        raise Unreadable(DAMAGED)

    def _check_size(self, places: list[CellPlace]) -> None:
        """Raises Unreadable where the sheet is used beyond what a plan can need."""
        self._count += 1 + len(places)
        last = places[-1][0] if places else 0
        if last > LAST_COLUMN:
            raise Unreadable(DAMAGED)
        if self._number > MOST_ROWS or last > MOST_COLUMNS or self._count > MOST_CELLS:
            first = 1 if self._number > MOST_ROWS else MOST_COLUMNS + 1
            used = (column for column, *_ in places if (self._number, column) in self.rows.cells)
            beyond = next((column for column in used if column >= first), 0)
            if beyond or self._count > MOST_CELLS:
                raise Unreadable(self._too_large(beyond or last or 1))

    def _understood(self, type: bytes | None, formula: bytes | None, value: bytes | None, text: bytes | None) -> Cell:
        """A cell in the usual form, worked out once for all that look like it."""
        raw = _text(text if value is None else value)
        cell = self._meaning.cell(_text(type) or "n", raw, _text(formula))
        self._known[type, formula, value, text] = cell
        return cell

    def _odd(self, markup: bytes, last: int) -> tuple[Spot, bytes | None, Cell]:
        """A cell in another form: where it is, its style, what it holds. Without an address it follows the last one."""
        odd = self._unusual.cell(markup)
        reference, style = odd.attributes.get("r"), odd.attributes.get("s")
        spot = spot_of(reference) if reference else (self._number, last + 1)
        raw = None if odd.value is None else "".join(odd.value)
        cell = self._meaning.cell(odd.attributes.get("t", "n"), raw, self._formula(odd))
        return spot, None if style is None else style.encode(), cell

    def _formula(self, odd: UnusualCell) -> str | None:
        """The formula; where one is shared and stands elsewhere, its text is that of its first cell."""
        if odd.formula is None:
            return None
        text = "".join(odd.formula)[:LONGEST_TEXT]
        if odd.of_formula.get("t") == "shared":
            return self._shared_formulas.setdefault(odd.of_formula["si"], text)
        if "ref" in odd.of_formula:
            self.rows.arrays.append(area_of(odd.of_formula["ref"], self._title))
        return text

    def _too_large(self, column: int) -> Message:
        return say(
            "the tab {tab} is used as far as {cell}; okrsheets reads {rows} rows and {columns} columns",
            tab=self._title,
            cell=a1((self._number, column)),
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        )
