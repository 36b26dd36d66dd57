"""Makes a Google Sheet of a described workbook: everything in one batch, so that it is made wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.edges.google.making import cells, drawings, looks, rules, sizes
from okrsheets.edges.google.making.colours import style
from okrsheets.edges.google.making.places import Places, places_of
from okrsheets.edges.google.wire.call import Json
from okrsheets.rules.summary import places as summary
from okrsheets.words.workbook import Tab, Workbook

EMPTY_SHEET = 0
"""The id of the one tab that a spreadsheet has when Drive made it; no request can change it."""


def one_batch(workbook: Workbook, time_zone: str | None = None) -> list[Json]:
    """The requests that turn the empty spreadsheet of Drive's `files.create` into the workbook.

    The same description gives the same requests. They are for a spreadsheet with nothing but its first empty tab:
    sent twice, the second time is refused as a whole, since the tabs are there. `time_zone` is an IANA name such as
    `Europe/Amsterdam`; None leaves Google's own choice.
    """
    places = places_of(workbook)
    return [
        _properties(workbook, time_zone),
        *_tabs(workbook, places),
        *(request for tab in workbook.tabs for request in _furnished(tab, workbook, places)),
        *_names(workbook, places),
        *_protection(workbook, places),
    ]


def _properties(workbook: Workbook, time_zone: str | None) -> Json:
    properties = {"title": workbook.title, "locale": workbook.locale}
    if time_zone:
        properties["timeZone"] = time_zone
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": ",".join(properties)}}


def _tabs(workbook: Workbook, places: Places) -> Iterator[Json]:
    for position, tab in enumerate(workbook.tabs):
        named = {"sheetId": places.sheets[tab.title], "title": tab.title, "index": position}
        looks_of_tab = {"tabColorStyle": style(tab.colour), "gridProperties": sizes.grid(tab, workbook)}
        yield {"addSheet": {"properties": named | looks_of_tab}}
    yield {"deleteSheet": {"sheetId": EMPTY_SHEET}}


def _furnished(tab: Tab, workbook: Workbook, places: Places) -> Iterator[Json]:
    """A tab's requests. Looks come after the values, which would bring looks of their own, and ticks after lists."""
    yield from sizes.add(tab, places)
    yield from cells.add(tab, places)
    yield from rules.add(tab, places, workbook.names)
    yield from looks.add(tab, places)
    yield from drawings.add(tab, places)


def _names(workbook: Workbook, places: Places) -> Iterator[Json]:
    for name, area in workbook.names.items():
        yield {"addNamedRange": {"namedRange": {"name": name, "range": places.range(area)}}}


def _protection(workbook: Workbook, places: Places) -> Iterator[Json]:
    """A hint to whoever types on the Summary, and a lock for nobody."""
    head = workbook.names.get(summary.HEAD_NAME)
    if head:
        whole = {"sheetId": places.sheets[head.tab]}
        yield {"addProtectedRange": {"protectedRange": {"range": whole, "warningOnly": True}}}
