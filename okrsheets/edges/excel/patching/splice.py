"""Cells put into the bytes of a sheet, without writing anything else anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from okrsheets.edges.excel.patching.content import cell_markup, stored
from okrsheets.edges.excel.reading.markup import start_tag
from okrsheets.edges.excel.reading.sheet import RowPlace, Sheet, Span
from okrsheets.words.grid import Spot, Value

CACHED_VALUE = re.compile(rb"<(?:[^\s:<>/]+:)?v(?:\s[^>]*)?(?:/>|>[^<]*</(?:[^\s:<>/]+:)?v\s*>)")
TYPE = re.compile(rb"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")


class Edit(NamedTuple):
    """Bytes that take the place of `data[span.start:span.end]`."""

    span: Span
    new: bytes


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The data with all edits made; what is put in at one place goes before what is replaced there."""
    pieces, at = [], 0
    for span, new in sorted(edits, key=lambda edit: edit.span):
        pieces += [data[at : span.start], new]
        at = span.end
    return b"".join([*pieces, data[at:]])


def cell_edits(sheet: Sheet, values: Mapping[Spot, Value]) -> list[Edit]:
    """The edits that put values into cells. A styled cell keeps its style, a new one takes its row's or column's."""
    rows = {row.number: row for row in sheet.rows}
    edits: list[Edit] = []
    new_rows: list[tuple[int, bytes]] = []
    for number, spots in groupby(sorted(values), key=lambda spot: spot[0]):
        of_row = {spot[1]: values[spot] for spot in spots}
        if number in rows:
            edits += _row_edits(sheet, rows[number], of_row)
        elif markup := _new_cells(sheet, number, None, of_row):
            new_rows.append((number, markup))
    return edits + _new_row_edits(sheet, new_rows)


def without_cached_value(cell: bytes) -> bytes:
    """A `<c>` with a formula, its last result left out, so that every program computes it anew."""
    tag = start_tag(cell, 0)
    return TYPE.sub(b"", tag) + CACHED_VALUE.sub(b"", cell[len(tag) :], count=1)


def _row_edits(sheet: Sheet, row: RowPlace, values: Mapping[int, Value]) -> list[Edit]:
    edits, new = [], dict(values)
    for column, style, start, end in row.cells:
        if column in values:
            markup = cell_markup(sheet.prefix, (row.number, column), style, new.pop(column))
            edits.append(Edit(Span(start, end), markup.encode()))
    return edits + _new_cell_edits(sheet, row, new)


def _new_cell_edits(sheet: Sheet, row: RowPlace, values: Mapping[int, Value]) -> list[Edit]:
    if not row.cells:
        cells = _new_cells(sheet, row.number, row.style, values)
        return [_filled(sheet, row.span.start, "row", cells)] if cells else []
    edits = []
    for column, value in values.items():
        at = next((start for other, _, start, _ in row.cells if other > column), row.cells[-1][-1])
        edits.append(Edit(Span(at, at), _new_cells(sheet, row.number, row.style, {column: value})))
    return edits


def _new_row_edits(sheet: Sheet, rows: Sequence[tuple[int, bytes]]) -> list[Edit]:
    prefix = sheet.prefix
    marked = [(number, f'<{prefix}row r="{number}">'.encode() + cells + _end(prefix, "row")) for number, cells in rows]
    if marked and not sheet.rows:
        return [_filled(sheet, sheet.body.start, "sheetData", b"".join(row for _, row in marked))]
    edits = []
    for number, row in marked:
        at = next((place.span.start for place in sheet.rows if place.number > number), sheet.rows[-1].span.end)
        edits.append(Edit(Span(at, at), row))
    return edits


def _filled(sheet: Sheet, start: int, name: str, content: bytes) -> Edit:
    """Content for an element that has none: `<row/>` is opened, `<row></row>` is filled behind its start tag."""
    tag = start_tag(sheet.data, start)
    end = start + len(tag)
    if tag.endswith(b"/>"):
        return Edit(Span(start, end), tag[:-2] + b">" + content + _end(sheet.prefix, name))
    return Edit(Span(end, end), content)


def _new_cells(sheet: Sheet, row: int, row_style: bytes | None, values: Mapping[int, Value]) -> bytes:
    """Cells that were not there; one without content is not needed."""
    prefix = sheet.prefix
    return "".join(
        cell_markup(prefix, (row, column), row_style or _column_style(sheet, column), value)
        for column, value in sorted(values.items())
        if stored(value) is not None
    ).encode()


def style_at(sheet: Sheet, spot: Spot) -> bytes | None:
    """The style of a cell: its own, else what a new one takes from its row or column."""
    row = next((row for row in sheet.rows if row.number == spot[0]), None)
    for column, style, *_ in row.cells if row else ():
        if column == spot[1]:
            return style
    return (row.style if row else None) or _column_style(sheet, spot[1])


def _column_style(sheet: Sheet, column: int) -> bytes | None:
    return next((style.style for style in sheet.columns if style.first <= column <= style.last), None)


def _end(prefix: str, name: str) -> bytes:
    return f"</{prefix}{name}>".encode()
