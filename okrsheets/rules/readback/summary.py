"""Finding the places of the Summary: by their names, and where they were made where a name is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from okrsheets.rules.readback.texts import folded, is_blank
from okrsheets.rules.summary import places
from okrsheets.rules.tables import SUMMARY_TITLE
from okrsheets.words.grid import Area, Grid, Reading
from okrsheets.words.message import Language

MARKS = frozenset(line.value for line in places.Line)


def find_summary(reading: Reading, languages: Sequence[Language]) -> Mapping[str, Area]:
    """The places by name. Where names are gone, nothing is guessed: all must stand where okrsheets put it."""
    named = {name: area for name in places.NAMES if (area := reading.names.get(name))}
    if len(named) == len(places.NAMES):
        return named
    standing = [title for title, grid in reading.grids.items() if _stands_as_made(grid, languages)]
    made = places.as_made(standing[0]) if len(standing) == 1 else {}
    return made if named.items() <= made.items() else named


def _stands_as_made(grid: Grid, languages: Sequence[Language]) -> bool:
    """Whether its title and the headings beside the charts are where they were put, and the lines hold only lines."""
    words = {(1, places.TEXT): SUMMARY_TITLE}
    words |= {(places.SIDE_TOP - 1, column): text for column, text in places.SIDE_HEADINGS.items()}
    return _are_only_lines(grid) and any(
        all(folded(grid, *spot) == language.say(text).casefold() for spot, text in words.items())
        for language in languages
    )


def _are_only_lines(grid: Grid) -> bool:
    """Whether the first line is the first of its place, and nothing stands there that a sync did not write."""
    area = places.as_made(grid.title)[places.LINES_NAME]
    marked = {row for (row, column), cell in grid.cells.items() if column == places.MARK and cell.value in MARKS}
    filled = {row for (row, column), cell in grid.cells.items() if (row, column) in area and not is_blank(cell)}
    return min(marked, default=area.top) == area.top and filled <= marked
