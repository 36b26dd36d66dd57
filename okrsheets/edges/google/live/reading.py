"""Questions about what cells and rows do: decimals in a Dutch sheet, and what a sort takes along."""

from __future__ import annotations

from okrsheets.edges.google.live.asking import Reply, done
from okrsheets.edges.google.live.bench import Bench
from okrsheets.edges.google.live.making import above, typed
from okrsheets.edges.google.live.verdicts import Answer, Verdict, as_expected
from okrsheets.edges.google.wire.api import BOOKS
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.message import say

RED = {"red": 1}
COLOURED = "sheets/data/rowData/values/effectiveFormat/backgroundColorStyle/rgbColor"


def decimals(bench: Bench) -> Answer:
    """In a Dutch sheet a condition of `0,5` is a half; one of `0.5` is refused, or something else."""
    dutch = {"updateSpreadsheetProperties": {"properties": {"locale": "nl_NL"}, "fields": "locale"}}
    done(batch(bench, dutch, written(0.7)))
    comma, point = (batch(bench, coloured(column, text)) for column, text in enumerate(("0,5", "0.5")))
    if not comma.good:
        return Verdict.DIFFERENT, say("`0,5` was refused: {said}", said=comma.words)
    params = {"fields": COLOURED, "ranges": "A1:B1"}
    told = done(bench.asker.ask("GET", f"{BOOKS}/{bench.empty}", params=params)).body
    cells = [c for s in told.get("sheets", ()) for d in s["data"] for r in d.get("rowData", ()) for c in r["values"]]
    by_comma, by_point = (is_red(cell) for cell in (*cells, {}, {})[:2])
    seen = say("`0,5` holds for 0.7: {comma}; `0.5` does: {point}", comma=str(by_comma), point=str(by_point))
    if not point.good:
        seen = say("`0,5` holds for 0.7: {comma}; `0.5` is refused: {said}", comma=str(by_comma), said=point.words)
    return as_expected(by_comma and not by_point, seen)


def written(number: float) -> Json:
    """The number in the first two cells."""
    cell = {"userEnteredValue": {"numberValue": number}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": [{"values": [cell, cell]}], "fields": "userEnteredValue"}}


def coloured(column: int, text: str) -> Json:
    """A rule that makes the cell of the first row red where its number is more."""
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    area |= {"startColumnIndex": column, "endColumnIndex": column + 1}
    look = {"backgroundColorStyle": {"rgbColor": RED}}
    rule = {"ranges": [area], "booleanRule": {"condition": above(text), "format": look}}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def is_red(cell: Json) -> bool:
    """Whether the rule holds."""
    colour = cell.get("effectiveFormat", {}).get("backgroundColorStyle", {}).get("rgbColor", {})
    return bool(colour.get("red", 0) == 1 and not colour.get("green") and not colour.get("blue"))


def sorting(bench: Bench) -> Answer:
    """Metadata of a row stays where it is while the row's cells go elsewhere: the id in a cell is the better anchor."""
    rows = [{"values": [typed(text)]} for text in ("c", "a", "b")]
    start = {"sheetId": 0, "rowIndex": 4, "columnIndex": 0}
    place = {"sheetId": 0, "dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    mark = {"metadataKey": "okrsheets", "location": {"dimensionRange": place}, "visibility": "DOCUMENT"}
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 7, "startColumnIndex": 0, "endColumnIndex": 1}
    order = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
    done(
        batch(
            bench,
            {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}},
            {"createDeveloperMetadata": {"developerMetadata": mark}},
            {"sortRange": {"range": area, "sortSpecs": order}},
        )
    )
    lookup = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "okrsheets"}}]}
    told = done(bench.asker.ask("POST", f"{BOOKS}/{bench.empty}/developerMetadata:search", body=lookup)).body
    found = [one["developerMetadata"]["location"]["dimensionRange"] for one in told.get("matchedDeveloperMetadata", ())]
    row = found[0].get("startIndex", 0) if found else None
    if row is None:
        return Verdict.DIFFERENT, say("the sort took the metadata away")
    return as_expected(row == 4, say("put on row 5, whose cells went to row 7; it is on row {row} now", row=row + 1))


def batch(bench: Bench, *requests: Json) -> Reply:
    """One batch on the empty sheet."""
    return bench.asker.ask("POST", f"{BOOKS}/{bench.empty}:batchUpdate", body={"requests": list(requests)})
