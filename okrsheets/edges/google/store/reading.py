"""A spreadsheet as Google tells it in one answer, as a reading."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from okrsheets.edges.google.store import cells
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Area, Cell, Grid, Reading, Spot

KIND = "google"
OURS = "okr_"
SUMMARY = "okr_summary"
"""How the names begin that lead to the Summary."""
GRID = "GRID"
FIELDS = (
    "namedRanges(name,range),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),merges,"
    f"data(startRow,startColumn,rowData/values({cells.FIELDS})))"
)
"""The mask of a read. Cells are asked for with what they hold and how they were typed, without what they look like."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab by its id. It may be a chart without cells; `rows` and `columns` are how far its grid goes."""

    id: int
    title: str
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A reading, and all tabs by their titles."""

    reading: Reading
    tabs: Mapping[str, Tab]

    @property
    def ranges(self) -> tuple[str, ...]:
        """The tabs that okrsheets reads, as ranges of the interface."""
        return tuple(quoted(title) for title in self.reading.grids)

    @property
    def summaries(self) -> frozenset[str]:
        """The tabs that may be written: where the names of the Summary lead."""
        return summaries(self.reading.names)


def seen(answer: Json, ref: str, known_titles: Collection[str], before: Seen | None = None) -> Seen:
    """What an answer tells. One of some tabs only goes with what was seen `before` of the others."""
    told = tuple(answer.get("sheets", ()))
    now = {tab.title: tab for tab in map(_tab, told)}
    tabs = {**(before.tabs if before else {}), **now}
    by_id = {tab.id: tab for tab in tabs.values()}
    names, copies = _names(answer, by_id)
    wanted = {*known_titles, *(area.tab for area in names.values() if area)}
    titles = {id: tab.title for id, tab in by_id.items()}
    read = [sheet for sheet in told if sheet["properties"]["title"] in wanted and _has_cells(sheet)]
    grids = {sheet["properties"]["title"]: _grid(sheet, titles) for sheet in read}
    reading = Reading(KIND, ref, tuple(tabs), grids, names, fingerprint(grids, names), copies=copies)
    return Seen(reading, tabs)


def is_whole(looked: Seen) -> bool:
    """Whether every tab that a name leads to was among those that were asked for."""
    return all(area.tab in looked.reading.grids for area in looked.reading.names.values() if area)


def fingerprint(grids: Mapping[str, Grid], names: Mapping[str, Area | None]) -> str:
    """Changes when anything changes that a person fills in, or where it stands; not with the Summary.

    A formula counts, what it comes to does not: that may depend on the hour, or on the Summary itself.
    """
    digest = hashlib.sha256(repr(sorted((name, str(area)) for name, area in names.items())).encode())
    skipped = summaries(names)
    for title, grid in sorted(grids.items()):
        digest.update(repr((title, grid.merges)).encode("utf-8", "surrogatepass"))
        if title not in skipped:
            typed = sorted((spot, _typed(cell)) for spot, cell in grid.cells.items())
            digest.update(repr(typed).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def summaries(names: Mapping[str, Area | None]) -> frozenset[str]:
    """The tabs where the names of the Summary lead."""
    return frozenset(area.tab for name, area in names.items() if area and name.startswith(SUMMARY))


def quoted(title: str) -> str:
    """A tab as a range of the interface."""
    return "'" + title.replace("'", "''") + "'"


def _typed(cell: Cell) -> str:
    if cell.formula is not None:
        return f"={cell.formula}"
    return f"{cell.kind.value} {cell.value!r} {cell.dated}"


def _tab(sheet: Json) -> Tab:
    properties = sheet["properties"]
    size = properties.get("gridProperties", {})
    return Tab(properties.get("sheetId", 0), properties["title"], size.get("rowCount", 0), size.get("columnCount", 0))


def _has_cells(sheet: Json) -> bool:
    return bool(sheet["properties"].get("sheetType", GRID) == GRID)


def _grid(sheet: Json, titles: Mapping[int, str]) -> Grid:
    tab = _tab(sheet)
    found: dict[Spot, Cell] = {}
    for data in sheet.get("data", ()):
        found.update(cells.cells_of(data, titles))
    return Grid(tab.title, found, tuple(area(merge, tab) for merge in sheet.get("merges", ())))


def _names(answer: Json, tabs: Mapping[int, Tab]) -> tuple[dict[str, Area | None], tuple[str, ...]]:
    """The areas of our names, and the tabs with names of ours for themselves, as a copied tab may have them.

    Names of a tab count only where the others lead nowhere.
    """
    names: dict[str, Area | None] = {}
    copies: dict[str, None] = {}
    for local, name, where in sorted(_ours(answer, tabs), key=lambda one: one[0]):
        names[name] = names.get(name) or where
        if local and where:
            copies[where.tab] = None
    return names, tuple(copies)


def _ours(answer: Json, tabs: Mapping[int, Tab]) -> Iterator[tuple[bool, str, Area | None]]:
    """Whether it is a tab's own, the name, and where it leads."""
    for named in answer.get("namedRanges", ()):
        tab, _, name = str(named.get("name", "")).rpartition("!")
        if name.lower().startswith(OURS):
            place = named.get("range") or {}
            known = tabs.get(place.get("sheetId", 0))
            yield bool(tab), name.lower(), area(place, known) if known and place else None


def area(place: Json, tab: Tab) -> Area:
    """A GridRange as an area; a side without an end goes as far as the tab does."""
    top, left = place.get("startRowIndex", 0) + 1, place.get("startColumnIndex", 0) + 1
    bottom, right = place.get("endRowIndex", tab.rows), place.get("endColumnIndex", tab.columns)
    return Area(tab.title, top, left, bottom, right)
