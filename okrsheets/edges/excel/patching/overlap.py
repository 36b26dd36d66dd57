"""Which cells lie in which of very many areas, without a look at every cell for every area."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate

from okrsheets.words.grid import Area, Spot


def overlaps(areas: Iterable[Area], spots: Collection[Spot]) -> Mapping[Spot, int]:
    """In how many of the areas each spot lies; of some more spots in the same rows and columns too.

    Every area leaves marks at its four corners, on a grid of the rows and columns that the spots use; their sums, over
    rows and over columns, are the counts.
    """
    rows, columns = sorted({row for row, _ in spots}), sorted({column for _, column in spots})
    marks = [[0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for area in areas:
        top, below = bisect_left(rows, area.top), bisect_right(rows, area.bottom)
        left, beyond = bisect_left(columns, area.left), bisect_right(columns, area.right)
        marks[top][left] += 1
        marks[top][beyond] -= 1
        marks[below][left] -= 1
        marks[below][beyond] += 1
    counts = accumulate((list(accumulate(row)) for row in marks), _added)
    lines = zip(rows, counts, strict=False)
    return {(row, column): count for row, line in lines for column, count in zip(columns, line, strict=False)}


def _added(above: list[int], row: list[int]) -> list[int]:
    return [count + more for count, more in zip(above, row, strict=True)]
