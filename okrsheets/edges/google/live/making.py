"""Questions about making a sheet: by whom, in how many calls, and whether it looks as it was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from okrsheets.edges.google.live.asking import done
from okrsheets.edges.google.live.bench import Bench
from okrsheets.edges.google.live.verdicts import Answer, NotAsked, Verdict, as_expected
from okrsheets.edges.google.making.colours import style
from okrsheets.edges.google.store.reading import quoted
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.wire.api import BOOKS
from okrsheets.edges.google.wire.call import Json
from okrsheets.rules.layout.summary import STYLES
from okrsheets.rules.summary.places import LINES_NAME, TEXT
from okrsheets.words.errors import NoStorage, OkrsheetsError
from okrsheets.words.grid import Address, Change, Content, a1
from okrsheets.words.message import keep, say

SHEET = 1001
"""A tab's id of our own choice."""
PARTS = {
    "locale": keep("the locale"),
    "values": keep("values"),
    "names": keep("named ranges"),
    "formats": keep("conditional formats"),
    "protection": keep("a protection that only warns"),
    "chart": keep("a chart"),
}
PARTS_ASKED = (
    "properties/locale,namedRanges(name),sheets(properties/sheetId,conditionalFormats/ranges,"
    "protectedRanges/warningOnly,charts/chartId,data/rowData/values/userEnteredValue)"
)


def own_files(bench: Bench) -> Answer:
    """A person owns files, a service account only what it makes in a shared drive."""
    robot = bench.api.identity.is_robot and not bench.scratch.folder
    try:
        bench.made_empty()
    except NoStorage:
        return as_expected(robot, say("refused: a service account without storage"))
    except OkrsheetsError as fault:
        raise NotAsked(fault.message) from None
    return as_expected(not robot, say("a sheet was made"))


def at_once(bench: Bench) -> Answer:
    """All parts in the body of one spreadsheets.create."""
    reply = bench.asker.ask("POST", BOOKS, body=everything(bench.scratch.name))
    if reply.status in (400, 500):
        return Verdict.DIFFERENT, say("refused: {said}", said=reply.words)
    id = bench.scratch.adopt(str(done(reply).body["spreadsheetId"]))
    told = done(bench.asker.ask("GET", f"{BOOKS}/{id}", params={"fields": PARTS_ASKED})).body
    missing = tuple(PARTS[part] for part, there in parts_of(told).items() if not there)
    if missing:
        return Verdict.DIFFERENT, say("left out: {parts}", parts=tuple(say(part) for part in missing))
    return Verdict.CONFIRMED, say("all of it was there: {parts}", parts=tuple(say(part) for part in PARTS.values()))


def everything(title: str) -> Json:
    """A small sheet with one of each part."""
    area = {"sheetId": SHEET, "startRowIndex": 1, "endRowIndex": 4}
    numbers = {**area, "startColumnIndex": 1, "endColumnIndex": 2}
    rows = [{"values": [typed(f"week {n}"), typed(n)]} for n in range(4)]
    bold = {"condition": above("2"), "format": {"textFormat": {"bold": True}}}
    tab: Json = {
        "properties": {"sheetId": SHEET, "title": "Live"},
        "data": [{"rowData": rows}],
        "conditionalFormats": [{"ranges": [numbers], "booleanRule": bold}],
        "protectedRanges": [{"range": {"sheetId": SHEET}, "warningOnly": True}],
        "charts": [chart({**area, "startColumnIndex": 0, "endColumnIndex": 1}, numbers)],
    }
    names = [{"name": "okr_live", "range": numbers}]
    return {"properties": {"title": title, "locale": "nl_NL"}, "sheets": [tab], "namedRanges": names}


def typed(value: str | int) -> Json:
    """A cell with a typed value."""
    return {"userEnteredValue": {"stringValue" if isinstance(value, str) else "numberValue": value}}


def above(value: str) -> Json:
    """The condition that a number is more than the value, which is a text in the interface."""
    return {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": value}]}


def chart(domain: Json, series: Json) -> Json:
    """A line of a column against another."""
    spec = {
        "chartType": "LINE",
        "domains": [{"domain": {"sourceRange": {"sources": [domain]}}}],
        "series": [{"series": {"sourceRange": {"sources": [series]}}, "targetAxis": "LEFT_AXIS"}],
    }
    anchor = {"sheetId": SHEET, "rowIndex": 0, "columnIndex": 3}
    return {"spec": {"basicChart": spec}, "position": {"overlayPosition": {"anchorCell": anchor}}}


def parts_of(told: Json) -> dict[str, bool]:
    """Which of the parts a sheet has."""
    tab: Json = next(iter(told.get("sheets", ())), {})
    rows = [row for data in tab.get("data", ()) for row in data.get("rowData", ())]
    return {
        "locale": told.get("properties", {}).get("locale") == "nl_NL",
        "values": tab.get("properties", {}).get("sheetId") == SHEET and len(rows) == 4,
        "names": [one.get("name") for one in told.get("namedRanges", ())] == ["okr_live"],
        "formats": bool(tab.get("conditionalFormats")),
        "protection": [one.get("warningOnly") for one in tab.get("protectedRanges", ())] == [True],
        "chart": bool(tab.get("charts")),
    }


def whole_workbook(bench: Bench) -> Answer:
    """A Dutch plan with all that belongs to it, as `okrsheets new` makes it."""
    titles = {tab.title for tab in bench.workbook.tabs}
    store = GoogleStore(bench.api, None, titles, folder=bench.scratch.folder, time_zone="Europe/Amsterdam")
    before = bench.api.calls.copy()
    try:
        store.create(replace(bench.workbook, title=bench.scratch.name))
    except OkrsheetsError as fault:
        bench.keep_whole(fault.message)
        return Verdict.DIFFERENT, fault.message
    bench.keep_whole(store)
    bench.scratch.adopt(store.id)
    calls = sum((bench.api.calls - before)[name] for name in ("create_file", "batch_update"))
    names = sum(1 for area in store.read().names.values() if area)
    return as_expected(
        names == len(bench.workbook.names),
        say("made in {calls} calls; {names} of {all} names", calls=calls, names=names, all=len(bench.workbook.names)),
    )


def look_of_a_link(bench: Bench) -> Answer:
    """A link that a sync writes keeps the colour of its cell, and is not underlined."""
    lines = bench.workbook.names[LINES_NAME]
    at = Address(lines.tab, lines.top, TEXT)
    try:
        store = bench.whole
        store.write([Change(at, Content(), Content("okrsheets", f"{lines.tab}!A1"))], store.read())
    except OkrsheetsError as fault:
        return Verdict.DIFFERENT, fault.message
    look = look_of(bench, store.id, at)
    colour, below = look.get("foregroundColorStyle", {}).get("rgbColor", {}), bool(look.get("underline"))
    as_made = same_colour(colour, STYLES[TEXT].colour) and not below
    seen = say("colour {colour}, underlined: {below}", colour=hex_of(colour), below=str(below))
    return as_expected(as_made and bool(look.get("link")), seen)


def look_of(bench: Bench, id: str, at: Address) -> Json:
    """How the text of a cell looks."""
    fields = "sheets/data/rowData/values/userEnteredFormat/textFormat(link,foregroundColorStyle,underline)"
    params = {"fields": fields, "ranges": f"{quoted(at.tab)}!{a1(at.spot)}"}
    cell = first_cell(done(bench.asker.ask("GET", f"{BOOKS}/{id}", params=params)).body)
    return dict(cell.get("userEnteredFormat", {}).get("textFormat", {}))


def first_cell(told: Json) -> Json:
    """The first cell of an answer, {} where there is none."""
    cell: Any = told
    for name in ("sheets", "data", "rowData", "values"):
        cell = next(iter(cell.get(name, ())), {})
    return dict(cell)


def same_colour(told: Json, meant: str) -> bool:
    """Whether a colour of an answer is the one that was meant, give or take a step of 255."""
    wanted = style(meant)["rgbColor"]
    return all(abs(told.get(name, 0) - share) < 1 / 128 for name, share in wanted.items())


def hex_of(told: Json) -> str:
    """`22313F`; `-` for none, or one of the theme."""
    steps = [round(255 * told.get(name, 0)) for name in ("red", "green", "blue")]
    return "".join(f"{step:02X}" for step in steps) if told else "-"
