"""Cell references as Excel writes them: `'KPI''s'!$B$2:$B$9`."""

from __future__ import annotations

import re

from okrsheets.words.grid import Area, Spot, column_number

CORNER = r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})"
SPOT = re.compile(CORNER)
IN_TAB = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!]+))!({CORNER}(?::{CORNER})?)")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def spot_of(reference: str) -> Spot:
    """(7, 2) for `B7` or `$B$7`. Raises ValueError for anything else, or outside of any sheet."""
    match = SPOT.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is not a cell")
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"{reference!r} is outside of the sheet")
    return row, column


def area_of(reference: str, tab: str) -> Area:
    """The area of `B2:C9` or `B2` in a tab, whichever corners it names. Raises ValueError for anything else."""
    first, colon, last = reference.partition(":")
    top, left = spot_of(first)
    bottom, right = spot_of(last if colon else first)
    return Area(tab, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def area_in_tab(reference: str) -> Area | None:
    """The area of `'KPI''s'!$B$2:$B$9`; None where this is not one area of one tab, such as `#REF!`."""
    match = IN_TAB.fullmatch(reference.strip())
    if match is None:
        return None
    try:
        return area_of(match[3], match[1].replace("''", "'") if match[1] else match[2])
    except ValueError:
        return None


def unquoted(location: str) -> str:
    """A link's place as `TAB!A1`: unquoted, without `$`. A place of any other form stays as it is."""
    area = area_in_tab(location.lstrip("#"))
    return f"{area.tab}!{area.a1}" if area else location


def quoted(place: str) -> str:
    """The reverse for a formula or a link: `'KPI''s'!J7` for `KPI's!J7`. A place without a tab stays as it is."""
    tab, mark, cell = place.rpartition("!")
    return "'" + tab.replace("'", "''") + "'!" + cell if mark else place
