"""Every kind of request in a batch: done, answered within the documents, and found again in the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google_calls import Calls, Json
from google_fake import GoogleFake
from google_fake.batch import CARRIERS

SHEET = 5
ROWS = {"sheetId": SHEET, "dimension": "ROWS", "startIndex": 1, "endIndex": 3}
LOOKUP = {"developerMetadataLookup": {"metadataKey": "k"}}
RULE = {"ranges": [{"sheetId": SHEET}], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
ANCHOR = {"overlayPosition": {"anchorCell": {"sheetId": SHEET, "rowIndex": 1}}}
RED = {"red": 1}


def box(top: int, bottom: int, left: int, right: int) -> Json:
    edges = {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}
    return {"sheetId": SHEET, **edges}


BOX = box(0, 2, 0, 1)
SPEC = {"pieChart": {"series": {"sourceRange": {"sources": [BOX]}}}}
START = {
    "properties": {"title": "T", "locale": "nl_NL"},
    "sheets": [
        {
            "properties": {"sheetId": SHEET, "title": "A"},
            "data": [{"rowData": [{"values": [{"userEnteredValue": {"stringValue": t}}]} for t in "cab"]}],
            "merges": [box(6, 7, 0, 2)],
            "conditionalFormats": [RULE],
            "protectedRanges": [{"protectedRangeId": 1, "range": BOX}],
            "bandedRanges": [{"bandedRangeId": 1, "range": box(4, 6, 0, 2), "rowProperties": {"firstBandColor": RED}}],
            "filterViews": [{"filterViewId": 1, "title": "v", "range": BOX}],
            "rowGroups": [{"range": ROWS, "depth": 1}],
            "basicFilter": {"range": BOX},
            "charts": [{"chartId": 1, "spec": SPEC, "position": ANCHOR}],
        },
        {"properties": {"sheetId": 6, "title": "B", "hidden": False}},
    ],
    "namedRanges": [{"namedRangeId": "1", "name": "one", "range": BOX}],
    "developerMetadata": [{"metadataKey": "k", "visibility": "PROJECT", "location": {"dimensionRange": ROWS}}],
}
ASKED: dict[str, Json] = {
    "updateSpreadsheetProperties": {"properties": {"title": "U", "locale": "de_DE"}, "fields": "title,locale"},
    "addSheet": {"properties": {"title": "C", "index": 0, "tabColor": RED}},
    "deleteSheet": {"sheetId": SHEET},
    "duplicateSheet": {"sourceSheetId": SHEET, "newSheetName": "D", "newSheetId": 77},
    "updateSheetProperties": {"properties": {"sheetId": SHEET, "title": "Z", "index": 2}, "fields": "title,index"},
    "updateCells": {"range": BOX, "rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}], "fields": "*"},
    "repeatCell": {"range": BOX, "cell": {"note": "n"}, "fields": "note"},
    "appendCells": {"sheetId": SHEET, "rows": [{"values": [{"note": "n"}]}], "fields": "note"},
    "setDataValidation": {
        "range": BOX,
        "rule": {
            "condition": {"type": "NUMBER_BETWEEN", "values": [{"userEnteredValue": "1"}, {"userEnteredValue": "5"}]}
        },
    },
    "updateBorders": {"range": box(0, 3, 0, 3), "top": {"style": "SOLID"}, "innerVertical": {"style": "DOTTED"}},
    "mergeCells": {"range": box(0, 2, 0, 2), "mergeType": "MERGE_COLUMNS"},
    "unmergeCells": {"range": box(6, 7, 0, 2)},
    "findReplace": {"find": "a", "replacement": "z", "allSheets": True},
    "insertDimension": {"range": ROWS, "inheritFromBefore": True},
    "deleteDimension": {"range": ROWS},
    "appendDimension": {"sheetId": SHEET, "dimension": "COLUMNS", "length": 3},
    "moveDimension": {"source": ROWS, "destinationIndex": 0},
    "updateDimensionProperties": {"range": ROWS, "properties": {"pixelSize": 30}, "fields": "pixelSize"},
    "autoResizeDimensions": {"dimensions": {**ROWS, "dimension": "COLUMNS", "startIndex": 0}},
    "addDimensionGroup": {"range": {**ROWS, "startIndex": 2}},
    "deleteDimensionGroup": {"range": ROWS},
    "updateDimensionGroup": {"dimensionGroup": {"range": ROWS, "depth": 1, "collapsed": True}, "fields": "collapsed"},
    "copyPaste": {"source": BOX, "destination": box(0, 4, 1, 2), "pasteType": "PASTE_VALUES"},
    "cutPaste": {"source": BOX, "destination": {"sheetId": 6, "rowIndex": 1}},
    "sortRange": {"range": box(0, 3, 0, 1), "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]},
    "addNamedRange": {"namedRange": {"name": "two", "range": BOX}},
    "updateNamedRange": {"namedRange": {"namedRangeId": "1", "name": "uno"}, "fields": "name"},
    "deleteNamedRange": {"namedRangeId": "1"},
    "addProtectedRange": {"protectedRange": {"namedRangeId": "1", "warningOnly": True}},
    "updateProtectedRange": {"protectedRange": {"protectedRangeId": 1, "warningOnly": True}, "fields": "warningOnly"},
    "deleteProtectedRange": {"protectedRangeId": 1},
    "addBanding": {"bandedRange": {"range": BOX, "rowProperties": {"firstBandColor": RED}}},
    "updateBanding": {"bandedRange": {"bandedRangeId": 1, "range": BOX}, "fields": "range"},
    "deleteBanding": {"bandedRangeId": 1},
    "setBasicFilter": {"filter": {"range": {"sheetId": SHEET}}},
    "clearBasicFilter": {"sheetId": SHEET},
    "addFilterView": {"filter": {"title": "w", "range": BOX}},
    "deleteFilterView": {"filterId": 1},
    "addSlicer": {"slicer": {"spec": {"dataRange": BOX, "columnIndex": 0}, "position": ANCHOR}},
    "createDeveloperMetadata": {
        "developerMetadata": {"metadataKey": "m", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    },
    "updateDeveloperMetadata": {
        "dataFilters": [LOOKUP],
        "developerMetadata": {"metadataValue": "v"},
        "fields": "metadataValue",
    },
    "deleteDeveloperMetadata": {"dataFilter": LOOKUP},
    "addConditionalFormatRule": {
        "rule": {
            "ranges": [BOX],
            "gradientRule": {"minpoint": {"type": "MIN", "color": RED}, "maxpoint": {"type": "MAX", "color": RED}},
        }
    },
    "updateConditionalFormatRule": {"rule": {**RULE, "ranges": [BOX]}, "index": 0},
    "deleteConditionalFormatRule": {"sheetId": SHEET, "index": 0},
    "addChart": {"chart": {"spec": SPEC, "position": ANCHOR}},
    "updateChartSpec": {"chartId": 1, "spec": {**SPEC, "title": "t"}},
    "updateEmbeddedObjectPosition": {
        "objectId": 1,
        "newPosition": {"overlayPosition": {"widthPixels": 5}},
        "fields": "widthPixels",
    },
    "deleteEmbeddedObject": {"objectId": 1},
}


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


def test_each_kind_that_the_fake_knows_is_tried_here() -> None:
    assert ASKED.keys() == CARRIERS.keys()


@pytest.mark.parametrize("kind", ASKED)
def test_a_request_changes_the_spreadsheet_within_the_documents(google: GoogleFake, kind: str) -> None:
    calls = Calls(google)
    id = calls.create(START)
    before = calls.get(id, includeGridData="true")
    [reply] = calls.batch(id, {kind: ASKED[kind]})["replies"]
    assert reply.keys() <= {kind}
    assert calls.get(id, includeGridData="true") != before


def part(google: GoogleFake, kind: str, more: dict[str, Any] | None = None) -> Json:
    calls = Calls(google)
    id = calls.create(START)
    calls.batch(id, {kind: {**ASKED[kind], **(more or {})}})
    return google.book(id)


def test_ranges_move_with_inserted_rows(google: GoogleFake) -> None:
    sheet = part(google, "insertDimension")["sheets"][0]
    assert sheet["protectedRanges"][0]["range"] == box(0, 4, 0, 1)
    assert sheet["bandedRanges"][0]["range"] == box(6, 8, 0, 2)
    assert sheet["merges"] == [box(8, 9, 0, 2)]
    assert sheet["charts"][0]["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 3
    assert sheet["charts"][0]["spec"]["pieChart"]["series"]["sourceRange"]["sources"] == [box(0, 4, 0, 1)]
    assert sheet["rowGroups"][0]["range"]["startIndex"] == 3


def test_ranges_shrink_and_vanish_with_deleted_rows(google: GoogleFake) -> None:
    book = part(google, "deleteDimension", {"range": {**ROWS, "startIndex": 0}})
    assert "namedRanges" not in book
    assert "developerMetadata" not in book
    assert "protectedRanges" not in book["sheets"][0]
    assert "rowGroups" not in book["sheets"][0]
    assert book["sheets"][0]["bandedRanges"][0]["range"] == box(1, 3, 0, 2)


def test_a_copied_tab_has_its_own_ids(google: GoogleFake) -> None:
    copied, original, _ = part(google, "duplicateSheet")["sheets"]
    assert copied["properties"]["sheetId"] == copied["merges"][0]["sheetId"] == 77
    assert copied["charts"][0]["chartId"] != original["charts"][0]["chartId"]


def test_a_tab_moves_by_the_places_before_the_move(google: GoogleFake) -> None:
    assert [sheet["properties"]["title"] for sheet in part(google, "updateSheetProperties")["sheets"]] == ["B", "Z"]


def test_what_the_fake_does_not_do_it_says(google: GoogleFake) -> None:
    calls = Calls(google)
    error = calls.batch(calls.create({}), {"randomizeRange": {"range": {}}}, status=501)["error"]
    assert error["message"] == "The fake does not do randomizeRange."
