"""Requests about what lies over the cells: named and protected ranges, banding, filters, charts, metadata."""

from __future__ import annotations

import copy
import re
from typing import Any

from . import masks
from .answers import Invalid, Json
from .batch_cells import asked_area
from .batch_tabs import sheet_of
from .book import Book, Tab
from .colours import both
from .ranges import EDGES, LIKE_A_CELL, to_grid
from .showing import tidy

REQUESTS = (
    *("addNamedRange", "updateNamedRange", "deleteNamedRange"),
    *("addProtectedRange", "updateProtectedRange", "deleteProtectedRange"),
    *("addBanding", "updateBanding", "deleteBanding", "setBasicFilter", "clearBasicFilter"),
    *("addFilterView", "deleteFilterView", "addSlicer"),
    *("createDeveloperMetadata", "updateDeveloperMetadata", "deleteDeveloperMetadata"),
)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,249}")


def explicit(book: Book, value: Any) -> Any:
    """A request's value with every grid range naming its tab, also 0; a tab that is not there is refused."""
    if isinstance(value, list):
        return [explicit(book, item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {name: explicit(book, inner) for name, inner in value.items()}
    if any(edge in out for edge in EDGES):
        out = {"sheetId": 0, **out}
    if "sheetId" in out:
        book.tab(out["sheetId"])
    return out


def kept_range(book: Book, grid: Json) -> Json:
    """A grid range as it is kept; sides that were open stay open, beyond the grid is refused."""
    tab, area = asked_area(book, grid)
    return {"sheetId": tab.id} | {edge: at for edge, at in to_grid(area).items() if edge in grid}


def parts_with(book: Book, part: str, key: str, id: Any) -> tuple[Tab, Json]:
    """A part of some tab by its id."""
    for tab in book.tabs:
        for item in tab.list_of(part):
            if item.get(key) == id:
                return tab, item
    raise Invalid(f"No {key.removesuffix('Id')} with id: {id}")


def add_part(book: Book, part: str, key: str, item: Json) -> Json:
    """Keeps a part on the tab of its range, with an id."""
    item = {key: item.get(key) or book.new_id(), **both(explicit(book, item))}
    tab, _ = asked_area(book, item.get("range", {}))
    if any(other.get(key) == item[key] for other in tab.list_of(part)):
        raise Invalid(f"{key} {item[key]} is already there.")
    if "range" in item:
        item["range"] = kept_range(book, item["range"])
    tab.list_of(part).append(item)
    return item


def reply(item: Json) -> Json:
    """A part as a reply shows it."""
    return tidy(copy.deepcopy(item))  # type: ignore[no-any-return]


def check_name(book: Book, name: str, own: Json | None = None) -> None:
    """Letters, digits and underscores, not like a cell, and there once."""
    if not NAME.fullmatch(name) or LIKE_A_CELL.fullmatch(name):
        raise Invalid(f'Invalid name: "{name}"')
    if (there := book.named(name)) is not None and there is not own:
        raise Invalid(f"Cannot add named range with name: {name}. A named range with that name already exists.")


def add_named_range(book: Book, asked: Json) -> Json:
    wanted = asked["namedRange"]
    check_name(book, wanted.get("name", ""))
    named = {"namedRangeId": wanted.get("namedRangeId") or str(book.new_id()), "name": wanted["name"]}
    if any(other["namedRangeId"] == named["namedRangeId"] for other in book.named_ranges):
        raise Invalid(f"A named range with id {named['namedRangeId']} already exists.")
    named["range"] = kept_range(book, wanted.get("range", {}))
    book.named_ranges.append(named)
    return {"namedRange": reply(named)}


def named_by_id(book: Book, id: str) -> Json:
    """A named range by its id."""
    for named in book.named_ranges:
        if named["namedRangeId"] == id:
            return named
    raise Invalid(f"Cannot find named range with id: {id}")


def update_named_range(book: Book, asked: Json) -> None:
    wanted = asked["namedRange"]
    named = named_by_id(book, wanted.get("namedRangeId", ""))
    if "name" in wanted:
        check_name(book, wanted["name"], named)
    if "range" in wanted:
        wanted = {**wanted, "range": kept_range(book, wanted["range"])}
    masks.update(named, wanted, asked["fields"])


def delete_named_range(book: Book, asked: Json) -> None:
    book.named_ranges.remove(named_by_id(book, asked.get("namedRangeId", "")))


def add_protected_range(book: Book, asked: Json) -> Json:
    wanted = {k: v for k, v in asked["protectedRange"].items() if k not in ("requestingUserCanEdit", "editors")}
    if "namedRangeId" in wanted and "range" in wanted:
        raise Invalid("Only one of range and namedRangeId may be set.")
    if "namedRangeId" in wanted:
        wanted["range"] = named_by_id(book, wanted.pop("namedRangeId"))["range"]
    item = add_part(book, "protectedRanges", "protectedRangeId", wanted)
    item["requestingUserCanEdit"] = True
    if item.get("warningOnly"):
        return {"protectedRange": reply(item)}
    asked_editors = asked["protectedRange"].get("editors", {})
    users = [user for user in asked_editors.get("users", []) if user]
    item["editors"] = {"users": list(dict.fromkeys([*users, book.owner]))}
    return {"protectedRange": reply({**item, "editors": {"users": users} if users else {}})}


def update_protected_range(book: Book, asked: Json) -> None:
    wanted = asked["protectedRange"]
    _, item = parts_with(book, "protectedRanges", "protectedRangeId", wanted.get("protectedRangeId"))
    masks.update(item, explicit(book, wanted), asked["fields"])


def delete_protected_range(book: Book, asked: Json) -> None:
    tab, item = parts_with(book, "protectedRanges", "protectedRangeId", asked.get("protectedRangeId"))
    tab.list_of("protectedRanges").remove(item)


def add_banding(book: Book, asked: Json) -> Json:
    wanted = asked["bandedRange"]
    tab, area = asked_area(book, wanted.get("range", {}))
    for other in tab.list_of("bandedRanges"):
        if any(area.holds(*at) for at in asked_area(book, other["range"])[1].cells()):
            raise Invalid("You cannot add alternating background colors to a range that already has them.")
    if not ({"rowProperties", "columnProperties"} & wanted.keys()):
        raise Invalid("At least one of rowProperties or columnProperties must be specified.")
    return {"bandedRange": reply(add_part(book, "bandedRanges", "bandedRangeId", wanted))}


def update_banding(book: Book, asked: Json) -> None:
    wanted = asked["bandedRange"]
    _, item = parts_with(book, "bandedRanges", "bandedRangeId", wanted.get("bandedRangeId"))
    masks.update(item, both(explicit(book, wanted)), asked["fields"])


def delete_banding(book: Book, asked: Json) -> None:
    tab, item = parts_with(book, "bandedRanges", "bandedRangeId", asked.get("bandedRangeId"))
    tab.list_of("bandedRanges").remove(item)


def set_basic_filter(book: Book, asked: Json) -> None:
    tab, area = asked_area(book, asked["filter"].get("range", {}))
    tab.parts["basicFilter"] = {**explicit(book, asked["filter"]), "range": to_grid(area)}


def clear_basic_filter(book: Book, asked: Json) -> None:
    book.tab(asked.get("sheetId", 0)).parts.pop("basicFilter", None)


def add_filter_view(book: Book, asked: Json) -> Json:
    return {"filter": reply(add_part(book, "filterViews", "filterViewId", asked["filter"]))}


def delete_filter_view(book: Book, asked: Json) -> None:
    tab, item = parts_with(book, "filterViews", "filterViewId", asked.get("filterId"))
    tab.list_of("filterViews").remove(item)


def add_slicer(book: Book, asked: Json) -> Json:
    wanted = asked["slicer"]
    tab, _ = asked_area(book, wanted.get("spec", {}).get("dataRange", {}))
    item = {"slicerId": wanted.get("slicerId") or book.new_id(), **both(explicit(book, wanted))}
    tab.list_of("slicers").append(item)
    return {"slicer": reply(item)}


def create_developer_metadata(book: Book, asked: Json) -> Json:
    wanted = asked["developerMetadata"]
    if not wanted.get("metadataKey") or not wanted.get("visibility") or not wanted.get("location"):
        raise Invalid("metadataKey, location and visibility are required.")
    item = {
        "metadataId": wanted.get("metadataId") or book.new_id(),
        **wanted,
        "location": located(book, wanted["location"]),
    }
    book.metadata.append(item)
    return {"developerMetadata": reply(item)}


def located(book: Book, location: Json) -> Json:
    """A place of metadata with the kind that Google adds to it."""
    location = explicit(book, location)
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in location:
        kind = location["dimensionRange"].get("dimension")
        inner = {"sheetId": 0, **location["dimensionRange"]}
        return {"locationType": "ROW" if kind == "ROWS" else "COLUMN", "dimensionRange": inner}
    return {"locationType": "SHEET", "sheetId": location.get("sheetId", 0)}


def matching_metadata(book: Book, data_filter: Json) -> list[Json]:
    """The metadata that a filter names, by id, key, value and tab."""
    lookup = data_filter.get("developerMetadataLookup", {})
    keys = ("metadataId", "metadataKey", "metadataValue", "visibility")
    found = [item for item in book.metadata if all(item.get(key) == lookup[key] for key in keys if key in lookup)]
    sheet = lookup.get("metadataLocation", {}).get("sheetId")
    return [item for item in found if sheet is None or sheet_of(item) == sheet]


def update_developer_metadata(book: Book, asked: Json) -> Json:
    changed = [item for one in asked.get("dataFilters", []) for item in matching_metadata(book, one)]
    for item in changed:
        masks.update(item, asked["developerMetadata"], asked["fields"])
    return {"developerMetadata": [reply(item) for item in changed]}


def delete_developer_metadata(book: Book, asked: Json) -> Json:
    gone = matching_metadata(book, asked.get("dataFilter", {}))
    book.metadata[:] = [item for item in book.metadata if item not in gone]
    return {"deletedDeveloperMetadata": [reply(item) for item in gone]}
