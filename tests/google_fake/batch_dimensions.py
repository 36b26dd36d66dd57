"""Requests about rows and columns."""

from __future__ import annotations

from . import masks, moving
from .answers import Invalid, Json
from .book import Book, Tab
from .colours import both
from .values_of import effective, shown_text

REQUESTS = (
    *("insertDimension", "deleteDimension", "appendDimension", "moveDimension", "updateDimensionProperties"),
    *("autoResizeDimensions", "addDimensionGroup", "deleteDimensionGroup", "updateDimensionGroup"),
)
PIXELS_OF_A_CAPITAL = 8.4814  # 1,024 capitals A were answered as 8,691 pixels
PADDING = 6
LINE = 21


def span(book: Book, asked: Json) -> tuple[Tab, str, int, int]:
    """Tab, dimension, first and one past the last of a dimension range."""
    tab = book.tab(asked.get("sheetId", 0))
    dimension = asked.get("dimension", "")
    if dimension not in moving.COUNT:
        raise Invalid("A dimension must be specified.")
    start, end = asked.get("startIndex", 0), asked.get("endIndex", tab.length(dimension))
    if not 0 <= start < end:
        raise Invalid(f"startIndex[{start}] must be less than endIndex[{end}]")
    return tab, dimension, start, end


def span_inside(book: Book, asked: Json) -> tuple[Tab, str, int, int]:
    """The same, refused beyond the grid."""
    tab, dimension, start, end = span(book, asked)
    if end > tab.length(dimension):
        raise Invalid(
            f"range.endIndex[{end}] is greater than the number of {dimension.lower()} ({tab.length(dimension)})"
        )
    return tab, dimension, start, end


def insert_dimension(book: Book, asked: Json) -> None:
    tab, dimension, start, end = span(book, asked.get("range", {}))
    before = asked.get("inheritFromBefore", False)
    if start > tab.length(dimension) - (not before) or (before and start == 0):
        raise Invalid(f"range.startIndex[{start}] leaves nothing to inherit from.")
    moving.insert(book, tab, dimension, start, end - start, start - 1 if before else start)
    book.count()


def delete_dimension(book: Book, asked: Json) -> None:
    tab, dimension, start, end = span_inside(book, asked.get("range", {}))
    if end - start == tab.length(dimension):
        raise Invalid(f"You can't delete all the {dimension.lower()} on the sheet.")
    moving.delete(book, tab, dimension, start, end)


def append_dimension(book: Book, asked: Json) -> None:
    tab = book.tab(asked.get("sheetId", 0))
    tab.grid[moving.COUNT[asked["dimension"]]] += asked.get("length", 0)
    book.count()


def move_dimension(book: Book, asked: Json) -> None:
    """Moves cells and their rows' or columns' properties; ranges stay, as they do for rows within one range."""
    tab, dimension, start, end = span_inside(book, asked.get("source", {}))
    to = asked.get("destinationIndex", 0)
    if start < to < end:
        raise Invalid("The destination lies within what is moved.")
    length = tab.length(dimension)
    stay = [index for index in range(length) if not start <= index < end]
    at = to if to <= start else to - (end - start)
    order = stay[:at] + list(range(start, end)) + stay[at:]
    places = {old: new for new, old in enumerate(order)}
    moving.rekey(tab, dimension, places.get)


def update_dimension_properties(book: Book, asked: Json) -> None:
    tab, dimension, start, end = span_inside(book, asked.get("range", {}))
    for index in range(start, end):
        properties = tab.metadata(dimension).setdefault(index, {})
        masks.update(properties, both(asked.get("properties", {})), asked["fields"])


def auto_resize_dimensions(book: Book, asked: Json) -> None:
    tab, dimension, start, end = span_inside(book, asked.get("dimensions", {}))
    for index in range(start, end):
        if size := wanted_pixels(book, tab, dimension, index):
            tab.metadata(dimension).setdefault(index, {})["pixelSize"] = size


def wanted_pixels(book: Book, tab: Tab, dimension: str, index: int) -> int:
    """What a column's longest text takes, roughly; for a row its most lines."""
    by_row = dimension == "ROWS"
    own = [at for at in tab.cells if at[0 if by_row else 1] == index]
    texts = [shown_text(book, tab.cells[at], effective(book, tab, *at)) for at in own]
    if by_row:
        return LINE * max((text.count("\n") + 1 for text in texts), default=1)
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return round(longest * PIXELS_OF_A_CAPITAL) + PADDING if longest else 0


def groups_of(tab: Tab, dimension: str) -> list[Json]:
    """The groups of rows or of columns."""
    return tab.list_of("rowGroups" if dimension == "ROWS" else "columnGroups")


def add_dimension_group(book: Book, asked: Json) -> Json:
    tab, dimension, start, end = span_inside(book, asked.get("range", {}))
    groups = groups_of(tab, dimension)
    around = [g for g in groups if g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"]]
    own = {"sheetId": tab.id, "dimension": dimension, "startIndex": start, "endIndex": end}
    for group in groups:
        group["depth"] += (
            start <= group["range"]["startIndex"] and group["range"]["endIndex"] <= end and group not in around
        )
    groups.append({"range": own, "depth": 1 + max((group["depth"] for group in around), default=0)})
    tab.grid[control(dimension)] = True
    return {"dimensionGroups": shown_groups(groups)}


def control(dimension: str) -> str:
    """Where the sign to fold a group stands; Google answers it once there was a group."""
    return "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"


def shown_groups(groups: list[Json]) -> list[Json]:
    """The groups of a reply; sheetId 0 is not said."""
    return [{**g, "range": {k: v for k, v in g["range"].items() if k != "sheetId" or v}} for g in groups]


def delete_dimension_group(book: Book, asked: Json) -> Json:
    tab, dimension, start, end = span_inside(book, asked.get("range", {}))
    groups = groups_of(tab, dimension)
    held = [g for g in groups if start < g["range"]["endIndex"] and g["range"]["startIndex"] < end]
    if not held:
        raise Invalid("There is no group over the specified range.")
    groups.remove(max(held, key=lambda group: group["depth"]))
    return {"dimensionGroups": shown_groups(groups)} if groups else {}


def update_dimension_group(book: Book, asked: Json) -> None:
    wanted = asked.get("dimensionGroup", {})
    tab, dimension, start, end = span_inside(book, wanted.get("range", {}))
    for group in groups_of(tab, dimension):
        if (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end):
            masks.update(group, {"collapsed": wanted.get("collapsed", False)}, asked["fields"])
            return
    raise Invalid("There is no group over the specified range.")
