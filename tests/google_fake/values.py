"""The values interface: reading, writing, appending and clearing plain values."""

from __future__ import annotations

from typing import Any

from . import moving
from .answers import Invalid, Json, invalid
from .batch_parts import matching_metadata
from .book import Book, Tab
from .ranges import Area, from_a1, from_grid, to_a1
from .typed import Typed, number_value, read_typed
from .values_of import number_format, rendered

TEXT_FORMAT = {"type": "TEXT", "pattern": "@"}


def area_of(book: Book, text: str) -> tuple[Tab, Area]:
    """The tab and the area of a range in A1 notation or by name, refused beyond the grid."""
    try:
        area = from_a1(book, text)
    except ValueError:
        raise invalid(f"Unable to parse range: {text}") from None
    tab = book.tab(area.sheet)
    too_far = area.top >= tab.row_count or area.left >= tab.column_count
    if too_far:
        limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
        raise invalid(f"Range ({text}) exceeds grid limits. {limits}")
    return tab, area.within(tab)


def filtered_area(book: Book, data_filter: Json, number: int) -> tuple[Tab, Area]:
    """The tab and the area that a data filter names."""
    try:
        if "a1Range" in data_filter:
            return area_of(book, data_filter["a1Range"])
        if "gridRange" in data_filter:
            area = from_grid(book, data_filter["gridRange"])
            return book.tab(area.sheet), area.within(book.tab(area.sheet))
        found = matching_metadata(book, data_filter)
        if not found:
            raise Invalid("No match for developer metadata lookup.")
        return located_area(book, found[0]["location"])
    except Invalid as error:
        raise invalid(f"Invalid dataFilter[{number}]: {error}") from None


def located_area(book: Book, location: Json) -> tuple[Tab, Area]:
    """The tab, row or column that metadata lies on."""
    span = location.get("dimensionRange", {})
    tab = book.tab(span.get("sheetId", location.get("sheetId", 0)))
    start, end = span.get("startIndex", 0), span.get("endIndex")
    area = (
        Area(tab.id, top=start, bottom=end) if span.get("dimension") == "ROWS" else Area(tab.id, left=start, right=end)
    )
    return tab, area.within(tab)


def read(book: Book, tab: Tab, area: Area, options: Json) -> Json:
    """A value range: rows or columns, without what is empty at their ends."""
    how = options.get("valueRenderOption") or "FORMATTED_VALUE"
    dates = options.get("dateTimeRenderOption") or "SERIAL_NUMBER"
    across = options.get("majorDimension") or "ROWS"
    by_row = across == "ROWS"
    lines: dict[int, dict[int, Any]] = {}
    for row, column in [at for at in tab.cells if area.holds(*at)]:
        value = rendered(book, tab, row, column, how, dates)
        if value != "":
            major, minor = (row - area.top, column - area.left) if by_row else (column - area.left, row - area.top)
            lines.setdefault(major, {})[minor] = value
    out: Json = {"range": to_a1(tab, area), "majorDimension": across}
    return {**out, "values": squared(lines)} if lines else out


def squared(lines: dict[int, dict[int, Any]]) -> list[list[Any]]:
    """Lines of values with '' in the gaps, each as long as it needs to be."""
    return [
        [line.get(at, "") for at in range(max(line, default=-1) + 1)]
        for line in (lines.get(index, {}) for index in range(max(lines) + 1))
    ]


def given_rows(body: Json) -> list[list[Any]]:
    """The values of a request, by row whatever way round they came."""
    values: list[list[Any]] = body.get("values") or []
    if body.get("majorDimension") != "COLUMNS":
        return values
    longest = max((len(column) for column in values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(longest)]


def write(book: Book, text: str, body: Json, options: Json) -> tuple[Json, set[int], set[int]]:
    """Writes values from the corner of a range on; the answer, and the rows and columns that were touched."""
    tab, area = area_of(book, text)
    if body.get("range") and to_a1(*area_of(book, body["range"])) != to_a1(tab, area):
        raise invalid(f"Requested range [{text}] does not match the range of the values [{body['range']}].")
    rows = given_rows(body)
    check_fits(tab, from_a1(book, text), rows)
    return written(book, tab, area.top, area.left, rows, options)


def check_fits(tab: Tab, area: Area, rows: list[list[Any]]) -> None:
    """Values may fill less than the range, never more; a single cell is only where they begin."""
    single = area.bottom == area.top + 1 and area.right == area.left + 1
    bottom = None if single else area.bottom
    right = None if single else area.right
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if bottom is not None and area.top + height > bottom:
        raise invalid(f"Requested writing within range [{to_a1(tab, area)}], but tried writing to row [{bottom + 1}]")
    if right is not None and area.left + width > right:
        raise invalid(f"Requested writing within range [{to_a1(tab, area)}], but tried writing to column [{right + 1}]")
    if area.top + height > tab.row_count or area.left + width > tab.column_count:
        limits = f"Max rows: {tab.row_count}, max columns: {tab.column_count}"
        raise invalid(f"Range ({to_a1(tab, area)}) exceeds grid limits. {limits}")


def written(
    book: Book, tab: Tab, top: int, left: int, rows: list[list[Any]], options: Json
) -> tuple[Json, set[int], set[int]]:
    """Puts values down; null leaves a cell as it is and counts for nothing."""
    touched = [
        (top + down, left + along, value)
        for down, row in enumerate(rows)
        for along, value in enumerate(row)
        if value is not None
    ]
    for row, column, value in touched:
        enter(book, tab, row, column, value, options.get("valueInputOption") or "")
    width = max((len(row) for row in rows), default=1)
    area = Area(tab.id, top, top + max(len(rows), 1), left, left + max(width, 1))
    rows_touched, columns_touched = {row for row, _, _ in touched}, {column for _, column, _ in touched}
    counts = (len(rows_touched), len(columns_touched), len(touched))
    answer: Json = {"spreadsheetId": book.id, "updatedRange": to_a1(tab, area)}
    names = ("updatedRows", "updatedColumns", "updatedCells")
    answer |= {name: count for name, count in zip(names, counts, strict=True) if count}
    if str(options.get("includeValuesInResponse", "")).lower() == "true":
        answer["updatedData"] = read(book, tab, area, reading_options(options))
    return answer, rows_touched, columns_touched


def reading_options(options: Json) -> Json:
    """How a write wants its values back."""
    return {
        "valueRenderOption": options.get("responseValueRenderOption"),
        "dateTimeRenderOption": options.get("responseDateTimeRenderOption"),
    }


def enter(book: Book, tab: Tab, row: int, column: int, value: Any, how: str) -> None:
    """One value: as it is with RAW, as if a person typed it with USER_ENTERED."""
    if how not in ("RAW", "USER_ENTERED"):
        raise invalid("'valueInputOption' is required but not specified")
    if isinstance(value, str) and how == "USER_ENTERED":
        type_in(book, tab, row, column, read_entered(book, tab.cell(row, column), value))
        return
    if isinstance(value, bool):
        typed: Json = {"boolValue": value}
    elif isinstance(value, int | float):
        typed = number_value(float(value))
    elif isinstance(value, str):
        typed = {"stringValue": value} if value else {}
    else:
        raise invalid(f"Invalid values[{row}][{column}]: {type(value).__name__}_value")
    tab.change(row, column, userEnteredValue=typed or None, imported=None)


def read_entered(book: Book, cell: Json, text: str) -> Typed:
    """Typed text; in a cell formatted as text it stays text."""
    if number_format(cell).get("type") == "TEXT":
        return Typed({"stringValue": text} if text else {})
    return read_typed(text, book.locale, book.year)


def type_in(book: Book, tab: Tab, row: int, column: int, typed: Typed) -> None:
    """Puts typed text down; a format that typing gives does not replace one that the cell has."""
    tab.change(row, column, userEnteredValue=typed.value or None, imported=None)
    cell = tab.cell(row, column)
    if typed.number_format and not number_format(cell):
        style = {**cell.get("userEnteredFormat", {}), "numberFormat": typed.number_format}
        tab.change(row, column, userEnteredFormat=style)


def clear(book: Book, tab: Tab, area: Area) -> str:
    """Empties cells, keeps their formats; answers the range."""
    for at in [at for at in tab.cells if area.holds(*at)]:
        tab.change(*at, userEnteredValue=None, imported=None)
    return to_a1(tab, area)


def append(book: Book, text: str, body: Json, options: Json) -> Json:
    """Writes below the table that lies at a range, and makes the grid larger where needed."""
    tab, area = area_of(book, text)
    table = table_at(tab, area)
    rows = given_rows(body)
    top, left = (area.top, area.left) if table is None else (table.bottom or 0, table.left)
    width = max((len(row) for row in rows), default=0)
    if options.get("insertDataOption") == "INSERT_ROWS" and rows and top < tab.row_count:
        moving.insert(book, tab, "ROWS", top, len(rows), None)
    tab.grid["rowCount"] = max(tab.row_count, top + len(rows))
    tab.grid["columnCount"] = max(tab.column_count, left + width)
    updates, _, _ = written(book, tab, top, left, rows, options)
    found = {"tableRange": to_a1(tab, table)} if table is not None else {}
    return {"spreadsheetId": book.id, **found, "updates": updates}


def table_at(tab: Tab, area: Area) -> Area | None:
    """The last block of filled cells that touches a range: an empty column or row splits blocks."""
    filled = {at for at, cell in tab.cells.items() if "userEnteredValue" in cell}
    within = [at for at in filled if area.holds(*at)]
    if not within:
        return None
    last_row = max(row for row, _ in within)
    start = max(at for at in within if at[0] == last_row)
    block = connected(filled, start)
    rows, columns = [row for row, _ in block], [column for _, column in block]
    return Area(tab.id, min(rows), max(rows) + 1, min(columns), max(columns) + 1)


def connected(filled: set[tuple[int, int]], start: tuple[int, int]) -> set[tuple[int, int]]:
    """The filled cells that hang together with one, also over corners."""
    found, waiting = {start}, [start]
    while waiting:
        row, column = waiting.pop()
        for near in ((row + down, column + along) for down in (-1, 0, 1) for along in (-1, 0, 1)):
            if near in filled and near not in found:
                found.add(near)
                waiting.append(near)
    return found
