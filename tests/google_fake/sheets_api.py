"""The Sheets interface: each method by the name that the discovery document gives it."""

from __future__ import annotations

from typing import Any

from . import masks, values
from .answers import Invalid, Json, Refused, invalid, no_permission
from .batch import carry_out, without_nulls
from .batch_cells import write_rows
from .batch_parts import (
    add_named_range,
    add_protected_range,
    create_developer_metadata,
    explicit,
    matching_metadata,
    reply,
)
from .batch_rules import add_chart, checked_rule
from .batch_tabs import check_frozen, check_visible, take_over
from .book import Book, Tab
from .colours import both
from .ranges import Area, to_a1
from .request import Request
from .showing import shown_book, tidy
from .world import World


def create(world: World, ask: Request) -> Json:
    if not world.may_own(ask.caller, ""):
        raise no_permission()
    body = without_nulls(ask.body or {})
    file = world.add_file(body.get("properties", {}).get("title", "Untitled spreadsheet"), ask.caller)
    try:
        book = filled_book(world.add_book(file), body)
    except Invalid as error:
        world.files.pop(file.id)
        world.feed = [change for change in world.feed if change.file != file.id]
        raise invalid(f"Invalid spreadsheet: {error}") from None
    return shown_book(book)


def filled_book(book: Book, body: Json) -> Book:
    """A new spreadsheet with all that the request says."""
    book.properties |= both(body.get("properties", {}))
    for sheet in body.get("sheets") or [{}]:
        fill_tab(book, book.add_tab(sheet.get("properties", {})), sheet)
    for named in body.get("namedRanges", []):
        add_named_range(book, {"namedRange": named})
    for item in body.get("developerMetadata", []):
        create_developer_metadata(book, {"developerMetadata": item})
    check_visible(book)
    return book


def fill_tab(book: Book, tab: Tab, sheet: Json) -> None:
    """Cells, sizes and parts of a tab in a create request."""
    check_frozen(tab)
    for data in sheet.get("data", []):
        top, left = data.get("startRow", 0), data.get("startColumn", 0)
        write_rows(tab, data.get("rowData", []), top, left, "*", None)
        tab.rows |= {top + index: item for index, item in enumerate(data.get("rowMetadata", [])) if item}
        tab.columns |= {left + index: item for index, item in enumerate(data.get("columnMetadata", [])) if item}
    own = {"sheetId": tab.id}
    tab.parts["merges"] = [{**own, **merge} for merge in sheet.get("merges", [])]
    tab.parts["conditionalFormats"] = [checked_rule(book, rule) for rule in sheet.get("conditionalFormats", [])]
    for protected in sheet.get("protectedRanges", []):
        add_protected_range(book, {"protectedRange": protected})
    for chart in sheet.get("charts", []):
        add_chart(book, {"chart": chart})
    for part in ("bandedRanges", "rowGroups", "columnGroups", "basicFilter", "filterViews", "slicers"):
        if part in sheet:
            tab.parts[part] = both(explicit(book, sheet[part]))


def get(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    ranges = ask.query.get("ranges")
    areas = None if ranges is None else [values.area_of(book, text)[1] for text in ranges]
    return shown_book(book, areas, wants_grid(ask, ask.first("includeGridData").lower() == "true"))


def wants_grid(ask: Request, said: bool) -> bool:
    """A field mask that names cells asks for them, whatever the parameter says."""
    mask = ask.first("fields")
    if not mask:
        return said
    sheets = masks.tree(mask).get("sheets", {} if "*" in masks.tree(mask) else None)
    return sheets is not None and (not sheets or "data" in sheets or "*" in sheets)


def get_by_data_filter(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    body = without_nulls(ask.body or {})
    filters = body.get("dataFilters")
    areas = None if filters is None else [values.filtered_area(book, one, n)[1] for n, one in enumerate(filters)]
    return shown_book(book, areas, wants_grid(ask, body.get("includeGridData", False)))


def batch_update(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=True)
    body = without_nulls(ask.body or {})
    after, replies = carry_out(book, body.get("requests", []))
    answer: Json = {"spreadsheetId": book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        ranges = body.get("responseRanges")
        areas: list[Area] | None = [values.area_of(after, text)[1] for text in ranges] if ranges else None
        answer["updatedSpreadsheet"] = shown_book(after, areas, body.get("responseIncludeGridData", False))
    commit(world, after)
    return answer


def commit(world: World, book: Book) -> None:
    """Makes a changed spreadsheet the one that is there, and its file changed."""
    world.books[book.id] = book
    file = world.files[book.id]
    file.name = book.properties["title"]
    world.touch(file)


def values_get(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    return values.read(book, *values.area_of(book, ask.named["range"]), ask.options())


def values_batch_get(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    areas = [values.area_of(book, text) for text in ask.query.get("ranges", [])]
    return {"spreadsheetId": book.id, "valueRanges": [values.read(book, *area, ask.options()) for area in areas]}


def values_batch_get_by_data_filter(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    body = without_nulls(ask.body or {})
    areas = [values.filtered_area(book, one, n) for n, one in enumerate(body.get("dataFilters", []))]
    read = [values.read(book, *area, body) for area in areas]
    pairs = zip(read, body.get("dataFilters", []), strict=True)
    return {"spreadsheetId": book.id, "valueRanges": [{"valueRange": r, "dataFilters": [f]} for r, f in pairs]}


def draft(world: World, ask: Request) -> Book:
    """The spreadsheet of a writing request, to be kept only when all went well."""
    return world.book_for(ask.named["spreadsheetId"], ask.caller, writing=True).draft()


def values_update(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    answer, _, _ = values.write(book, ask.named["range"], ask.body or {}, ask.options())
    commit(world, book)
    return answer


def values_batch_update(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    return write_all(world, book, [(one["range"], one) for one in (ask.body or {}).get("data", [])], ask.body or {})


def values_batch_update_by_data_filter(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    data = without_nulls(ask.body or {}).get("data", [])
    areas = [values.filtered_area(book, one["dataFilter"], n) for n, one in enumerate(data)]
    answer = write_all(world, book, [(to_a1(*a), one) for a, one in zip(areas, data, strict=True)], ask.body or {})
    for one, response in zip(data, answer["responses"], strict=True):
        response["dataFilter"] = one["dataFilter"]
        response.pop("spreadsheetId")
    return answer


def write_all(world: World, book: Book, data: list[tuple[str, Json]], options: Json) -> Json:
    """Writes several ranges; a row or column that two of them touch counts once."""
    responses, rows, columns = [], set(), set()
    for text, body in data:
        answer, its_rows, its_columns = values.write(
            book, text, {"values": body.get("values"), "majorDimension": body.get("majorDimension")}, options
        )
        sheet = values.area_of(book, text)[0].id
        responses.append(answer)
        rows |= {(sheet, row) for row in its_rows}
        columns |= {(sheet, column) for column in its_columns}
    commit(world, book)
    totals = (
        ("totalUpdatedRows", len(rows)),
        ("totalUpdatedColumns", len(columns)),
        ("totalUpdatedCells", sum(answer.get("updatedCells", 0) for answer in responses)),
        ("totalUpdatedSheets", len({sheet for sheet, _ in rows})),
    )
    counted = {name: count for name, count in totals if count}
    return {"spreadsheetId": book.id, **counted, "responses": responses}


def values_append(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    answer = values.append(book, ask.named["range"], ask.body or {}, ask.options())
    commit(world, book)
    return answer


def values_clear(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    cleared = values.clear(book, *values.area_of(book, ask.named["range"]))
    commit(world, book)
    return {"spreadsheetId": book.id, "clearedRange": cleared}


def values_batch_clear(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    areas = [values.area_of(book, text) for text in (ask.body or {}).get("ranges", [])]
    return cleared_all(world, book, areas)


def values_batch_clear_by_data_filter(world: World, ask: Request) -> Json:
    book = draft(world, ask)
    filters = without_nulls(ask.body or {}).get("dataFilters", [])
    return cleared_all(world, book, [values.filtered_area(book, one, n) for n, one in enumerate(filters)])


def cleared_all(world: World, book: Book, areas: list[tuple[Tab, Area]]) -> Json:
    """Empties several areas."""
    cleared = [values.clear(book, *area) for area in areas]
    commit(world, book)
    return {"spreadsheetId": book.id, "clearedRanges": cleared}


def sheets_copy_to(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    target = world.book_for((ask.body or {}).get("destinationSpreadsheetId", ""), ask.caller, writing=True).draft()
    source = found_tab(book, int(ask.named["sheetId"]))
    taken = {tab.title for tab in target.tabs}
    first = f"Copy of {source.title}"
    title = next(name for n in range(1, 999) if (name := first if n == 1 else f"{first} {n}") not in taken)
    properties = {k: v for k, v in source.properties.items() if k not in ("sheetId", "index")}
    tab = target.add_tab({**properties, "title": title})
    take_over(target, source, tab)
    commit(world, target)
    return tidy(tab.properties)  # type: ignore[no-any-return]


def found_tab(book: Book, id: int) -> Tab:
    """A tab by the id in a path."""
    try:
        return book.tab(id)
    except Invalid as error:
        raise invalid(f"Invalid sheetId: {error}") from None


def developer_metadata_get(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    lookup: dict[str, Any] = {"developerMetadataLookup": {"metadataId": int(ask.named["metadataId"])}}
    found = matching_metadata(book, lookup)
    if not found:
        raise Refused(invalid(f"No developer metadata with ID {ask.named['metadataId']}.").answer)
    return reply(found[0])


def developer_metadata_search(world: World, ask: Request) -> Json:
    book = world.book_for(ask.named["spreadsheetId"], ask.caller, writing=False)
    filters = without_nulls(ask.body or {}).get("dataFilters", [])
    found = [(item, one) for one in filters for item in matching_metadata(book, one)]
    matched = [{"developerMetadata": reply(item), "dataFilters": [one]} for item, one in found]
    return {"matchedDeveloperMetadata": matched} if matched else {}
