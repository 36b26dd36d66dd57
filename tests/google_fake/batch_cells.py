"""Requests about cells: values, formats, notes, validation, merges."""

from __future__ import annotations

import copy

from . import masks
from .answers import Invalid, Json
from .book import Book, Tab
from .colours import both
from .ranges import Area, from_grid, to_grid
from .values_of import effective

REQUESTS = (
    *("updateCells", "repeatCell", "appendCells", "setDataValidation", "updateBorders"),
    *("mergeCells", "unmergeCells", "findReplace"),
)
KINDS_WITHOUT_VALUES = {"BLANK", "NOT_BLANK", "DATE_IS_VALID", "TEXT_IS_EMAIL", "TEXT_IS_URL"}
SIDES = ("top", "bottom", "left", "right")
LOOKS_OF_A_LINK: Json = {"foregroundColorStyle": {"themeColor": "LINK"}, "underline": True}


def update_cells(book: Book, asked: Json) -> None:
    if "start" in asked:
        tab = book.tab(asked["start"].get("sheetId", 0))
        top, left = asked["start"].get("rowIndex", 0), asked["start"].get("columnIndex", 0)
        area = None
    else:
        area = from_grid(book, asked.get("range", {}))
        tab = book.tab(area.sheet)
        top, left, area = area.top, area.left, inside(tab, area)
    write_rows(tab, asked.get("rows", []), top, left, asked["fields"], area)


def write_rows(tab: Tab, rows: list[Json], top: int, left: int, fields: str, area: Area | None) -> None:
    """Writes rows from a corner on; within a range, cells that no row names are cleared."""
    given = {
        (top + down, left + along): cell
        for down, row in enumerate(rows)
        for along, cell in enumerate(row.get("values", []))
    }
    for row, column in given:
        check_place(tab, row, column, area)
    for at in given if area is None else area.cells():
        write_cell(tab, *at, given.get(at, {}), fields)


def check_place(tab: Tab, row: int, column: int, area: Area | None) -> None:
    """A cell must lie in the grid and in the range asked for."""
    limits = area or Area(tab.id).within(tab)
    for name, at, last in (("row", row, limits.bottom), ("column", column, limits.right)):
        if last is not None and at >= last:
            raise Invalid(f"Attempting to write {name}: {at}, beyond the last requested {name} of: {last - 1}")


def write_cell(tab: Tab, row: int, column: int, source: Json, fields: str) -> None:
    """Takes the named fields of a cell over."""
    check_cell(source)
    cell = copy.deepcopy(tab.cell(row, column))
    entered = both(source)
    masks.update(cell, entered, fields)
    look_like_a_link(cell, entered, fields)
    if "imported" not in source and ("userEnteredValue" in fields or "*" in fields):
        cell.pop("imported", None)
    tab.put(row, column, without_empty(cell))


def look_like_a_link(cell: Json, source: Json, fields: str) -> None:
    """A link that is set brings its colour and a line below, as far as the same request does not say otherwise."""
    given = source.get("userEnteredFormat", {}).get("textFormat", {})
    if given.get("link") and masks.covers(fields, "userEnteredFormat", "textFormat", "link"):
        text = cell["userEnteredFormat"]["textFormat"]
        for name, look in LOOKS_OF_A_LINK.items():
            if name not in given or not masks.covers(fields, "userEnteredFormat", "textFormat", name):
                text |= both({name: copy.deepcopy(look)})


def without_empty(cell: Json) -> Json:
    """A cell without formats that say nothing any more."""
    return {name: inner for name, inner in cell.items() if inner not in ({}, None)}


def check_cell(cell: Json) -> None:
    """A cell has one value, and only those that a person could enter."""
    value = cell.get("userEnteredValue", {})
    if len(value) > 1 or "errorValue" in value:
        raise Invalid("userEnteredValue must have exactly one of numberValue, stringValue, boolValue, formulaValue.")
    if "dataValidation" in cell:
        check_rule(cell["dataValidation"])


def inside(tab: Tab, area: Area) -> Area:
    """An area, refused where it reaches beyond the grid."""
    beyond = (area.bottom or area.top + 1) > tab.row_count or (area.right or area.left + 1) > tab.column_count
    if beyond:
        limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
        raise Invalid(f"Range ({tab.title}!{area.top}:{area.bottom}) exceeds grid limits. {limits}")
    return area.within(tab)


def asked_area(book: Book, grid: Json) -> tuple[Tab, Area]:
    """The tab and the area of a grid range in a request."""
    area = from_grid(book, grid)
    tab = book.tab(area.sheet)
    return tab, inside(tab, area)


def repeat_cell(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    for row, column in area.cells():
        write_cell(tab, row, column, asked.get("cell", {}), asked["fields"])


def append_cells(book: Book, asked: Json) -> None:
    tab = book.tab(asked.get("sheetId", 0))
    filled = [row for (row, _), cell in tab.cells.items() if "userEnteredValue" in cell]
    top = max(filled, default=-1) + 1
    rows = asked.get("rows", [])
    tab.grid["rowCount"] = max(tab.row_count, top + len(rows))
    widest = max((len(row.get("values", [])) for row in rows), default=0)
    tab.grid["columnCount"] = max(tab.column_count, widest)
    write_rows(tab, rows, top, 0, asked["fields"], None)


def set_data_validation(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    rule = asked.get("rule")
    if rule is not None:
        check_rule(rule)
    for row, column in area.cells():
        tab.change(row, column, dataValidation=copy.deepcopy(rule))


def check_rule(rule: Json) -> None:
    """A condition with as many values as its type takes."""
    condition = rule.get("condition", {})
    kind, values = condition.get("type"), condition.get("values", [])
    if kind is None:
        raise Invalid("rule.condition.type is required.")
    most = {"BOOLEAN": 2, "ONE_OF_LIST": 500, "NUMBER_BETWEEN": 2, "NUMBER_NOT_BETWEEN": 2, "DATE_BETWEEN": 2}.get(
        kind, 1
    )
    least = 0 if kind in KINDS_WITHOUT_VALUES or kind == "BOOLEAN" else 2 if "BETWEEN" in kind else 1
    most = 0 if kind in KINDS_WITHOUT_VALUES else most
    if not least <= len(values) <= most:
        raise Invalid(f"ConditionValue.userEnteredValue: {kind} takes {least} to {most} values, not {len(values)}.")


def update_borders(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    last_row, last_column = area.rows()[-1], area.columns()[-1]
    for row, column in area.cells():
        at_edge = {
            "top": row == area.top,
            "bottom": row == last_row,
            "left": column == area.left,
            "right": column == last_column,
        }
        sides = {
            side: side if at_edge[side] else ("innerVertical" if side in SIDES[2:] else "innerHorizontal")
            for side in SIDES
        }
        drawn = {side: both(asked[name]) for side, name in sides.items() if name in asked}
        style = copy.deepcopy(tab.cell(row, column).get("userEnteredFormat", {}))
        style["borders"] = {**style.get("borders", {}), **drawn}
        tab.change(row, column, userEnteredFormat=style)


def merge_cells(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    split_merges(book, tab, area)
    kind = asked.get("mergeType", "MERGE_ALL")
    whole = [area]
    if kind == "MERGE_ROWS":
        whole = [Area(tab.id, row, row + 1, area.left, area.right) for row in area.rows()]
    elif kind == "MERGE_COLUMNS":
        whole = [Area(tab.id, area.top, area.bottom, column, column + 1) for column in area.columns()]
    for one in whole:
        if len(one.cells()) > 1:
            tab.list_of("merges").append(to_grid(one))
        for row, column in one.cells()[1:]:
            tab.change(row, column, userEnteredValue=None)


def split_merges(book: Book, tab: Tab, area: Area) -> None:
    """Undoes the merges in an area; one that lies across its edge is refused."""
    kept = []
    for merge in tab.list_of("merges"):
        cells = from_grid(book, merge).cells()
        held = sum(area.holds(*cell) for cell in cells)
        if 0 < held < len(cells):
            raise Invalid("You must select all cells in a merged range to merge or unmerge them.")
        if not held:
            kept.append(merge)
    tab.parts["merges"] = kept


def unmerge_cells(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked.get("range", {}))
    split_merges(book, tab, area)


def find_replace(book: Book, asked: Json) -> Json:
    """Plain text only, in values that are text."""
    changed = 0
    for tab in book.tabs:
        if not asked.get("allSheets") and tab.id != asked.get("sheetId", asked.get("range", {}).get("sheetId", 0)):
            continue
        area = from_grid(book, {"sheetId": tab.id, **asked.get("range", {})}).within(tab)
        for row, column in [at for at in tab.cells if area.holds(*at)]:
            text = effective(book, tab, row, column).get("stringValue", "")
            if asked["find"] in text:
                new = text.replace(asked["find"], asked.get("replacement", ""))
                tab.change(row, column, userEnteredValue={"stringValue": new})
                changed += 1
    return {"valuesChanged": changed, "occurrencesChanged": changed} if changed else {}
