"""How large a tab is, how wide and high its columns and rows are, what is hidden, folded and merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from okrsheets.edges.google.making.places import Places
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Spot
from okrsheets.words.workbook import Columns, Tab, Workbook

SPARE_ROWS, SPARE_COLUMNS = 30, 6
"""Beyond what is described, for a person's own notes."""
CHARACTER, PADDING, POINT = 7, 5, 4 / 3
"""Pixels of a character's width, of what stands beside the text, and of a point's height."""
USUAL_WIDTH, USUAL_HEIGHT = 100, 21


def grid(tab: Tab, workbook: Workbook) -> Json:
    """The GridProperties of a tab. The sign that folds columns stands after them, over the count of a week."""
    rows, columns = _extent(tab, workbook)
    properties: Json = {"rowCount": rows + SPARE_ROWS, "columnCount": columns + SPARE_COLUMNS}
    if tab.frozen:
        properties |= {"frozenRowCount": tab.frozen[0] - 1, "frozenColumnCount": tab.frozen[1] - 1}
    return properties | {"hideGridlines": True, "columnGroupControlAfter": True}


def _extent(tab: Tab, workbook: Workbook) -> Spot:
    """The last row and the last column that anything is said about."""
    parts = (tab.merges, tab.choices, tab.hints, tab.highlights, tab.bars)
    areas = [part.area for some in parts for part in some] + [chart.over for chart in tab.charts]
    areas += [area for area in workbook.names.values() if area.tab == tab.title]
    spots = [*tab.entries, *((area.bottom, area.right) for area in areas), (1, 1)]
    widest = max((columns.last for columns in tab.columns), default=1)
    return max(row for row, _ in spots), max(widest, *(column for _, column in spots))


def width(tab: Tab, first: int, last: int) -> int:
    """The width of adjacent columns in pixels."""
    own = {place: _pixels(columns) for columns in tab.columns for place in range(columns.first, columns.last + 1)}
    return sum(own.get(column, USUAL_WIDTH) for column in range(first, last + 1))


def height(tab: Tab, first: int, last: int) -> int:
    """The height of adjacent rows in pixels."""
    return sum(
        round(tab.heights[row] * POINT) if row in tab.heights else USUAL_HEIGHT for row in range(first, last + 1)
    )


def add(tab: Tab, places: Places) -> Iterator[Json]:
    """A tab's sizes, hidden columns, merges and outline."""
    for columns in tab.columns:
        properties: Json = {"pixelSize": _pixels(columns)} | ({"hiddenByUser": True} if columns.hidden else {})
        yield _sized(places.columns(tab.title, columns.first, columns.last), properties)
    for first, last, points in _alike(tab.heights):
        yield _sized(places.rows(tab.title, first, last), {"pixelSize": round(points * POINT)})
    for merge in tab.merges:
        yield {"mergeCells": {"range": places.range(merge.area), "mergeType": "MERGE_ALL"}}
    for fold in folds(tab.columns):
        yield from _folded(fold, places.columns(tab.title, fold.first, fold.last))


def _pixels(columns: Columns) -> int:
    return round(columns.width * CHARACTER) + PADDING


def _sized(dimension: Json, properties: Json) -> Json:
    asked = {"range": dimension, "properties": properties, "fields": ",".join(properties)}
    return {"updateDimensionProperties": asked}


def _alike(heights: Mapping[int, float]) -> Iterator[tuple[int, int, float]]:
    """Adjacent rows of the same height: the first, the last, the points."""
    rows = sorted(heights)
    breaks = [(a, b) for a, b in pairwise(rows) if b != a + 1 or heights[a] != heights[b]]
    firsts, lasts = [*rows[:1], *(b for _, b in breaks)], [*(a for a, _ in breaks), *rows[-1:]]
    return ((first, last, heights[first]) for first, last in zip(firsts, lasts, strict=True))


@dataclass(frozen=True, slots=True)
class Fold:
    """Columns that fold away as one, `depth` of 1 at the outside; `closed` ones are folded from the start."""

    first: int
    last: int
    depth: int
    closed: bool


def folds(columns: tuple[Columns, ...]) -> Iterator[Fold]:
    """The outline, from the outside in.

    Sheets makes one group of two that touch. So where closed columns touch open ones, both are in a group, and the
    closed ones once more in a group of their own within.
    """
    grouped = sorted((part for part in columns if part.group), key=lambda part: part.first)
    touching: list[list[Columns]] = []
    for part in grouped:
        if touching and touching[-1][-1].last + 1 == part.first:
            touching[-1].append(part)
        else:
            touching.append([part])
    for chain in touching:
        yield from _nested(chain)


def _nested(chain: list[Columns]) -> Iterator[Fold]:
    yield Fold(chain[0].first, chain[-1].last, 1, closed=all(part.hidden for part in chain))
    runs = [list(run) for hidden, run in groupby(chain, key=lambda part: part.hidden) if hidden]
    for run in runs:
        if len(run) < len(chain):
            yield Fold(run[0].first, run[-1].last, 2, closed=True)


def _folded(fold: Fold, dimension: Json) -> Iterator[Json]:
    yield {"addDimensionGroup": {"range": dimension}}
    if fold.closed:
        group = {"range": dimension, "depth": fold.depth, "collapsed": True}
        yield {"updateDimensionGroup": {"dimensionGroup": group, "fields": "collapsed"}}
