"""Requests about conditional formats and charts."""

from __future__ import annotations

import copy
from typing import Any

from .answers import Invalid, Json
from .batch_cells import asked_area, check_rule
from .batch_parts import explicit, parts_with, reply
from .book import Book, Tab
from .colours import both

REQUESTS = (
    *("addConditionalFormatRule", "updateConditionalFormatRule", "deleteConditionalFormatRule"),
    *("addChart", "updateChartSpec", "updateEmbeddedObjectPosition", "deleteEmbeddedObject"),
)
CONDITIONAL = {"backgroundColor", "backgroundColorStyle", "textFormat"}
CONDITIONAL_TEXT = {"bold", "italic", "strikethrough", "underline", "foregroundColor", "foregroundColorStyle"}
CHART_SPECS = {
    *("basicChart", "pieChart", "bubbleChart", "candlestickChart", "orgChart", "histogramChart"),
    *("waterfallChart", "treemapChart", "scorecardChart"),
}


def checked_rule(book: Book, rule: Json) -> Json:
    """A rule with its ranges on one tab, one kind of format, and only looks that a condition may give."""
    ranges = rule.get("ranges", [])
    if not ranges:
        raise Invalid("rule.ranges is required.")
    if len({asked_area(book, one)[0].id for one in ranges}) > 1:
        raise Invalid("All ranges of a rule must lie on one sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise Invalid("Exactly one of booleanRule and gradientRule must be set.")
    if "booleanRule" in rule:
        check_boolean_rule(rule["booleanRule"])
    elif not {"minpoint", "maxpoint"} <= rule["gradientRule"].keys():
        raise Invalid("A gradientRule needs a minpoint and a maxpoint.")
    return both(explicit(book, rule))  # type: ignore[no-any-return]


def check_boolean_rule(rule: Json) -> None:
    """Its condition, and a format of colours and type only."""
    check_rule(rule)
    condition, look = rule["condition"], rule.get("format", {})
    if condition["type"] in ("BOOLEAN", "ONE_OF_LIST", "ONE_OF_RANGE"):
        raise Invalid(f"{condition['type']} is no condition for a format.")
    if condition["type"] == "CUSTOM_FORMULA" and not condition["values"][0].get("userEnteredValue", "").startswith("="):
        raise Invalid("The formula of a condition begins with '='.")
    if not look.keys() <= CONDITIONAL or not look.get("textFormat", {}).keys() <= CONDITIONAL_TEXT:
        raise Invalid("Only bold, italic, strikethrough, underline, text color and background color can be set.")


def add_conditional_format_rule(book: Book, asked: Json) -> None:
    rule = checked_rule(book, asked.get("rule", {}))
    formats = asked_area(book, rule["ranges"][0])[0].list_of("conditionalFormats")
    index = asked.get("index", 0)
    if index > len(formats):
        raise Invalid(f"index[{index}] is beyond the last rule.")
    formats.insert(index, rule)


def rule_at(tab: Tab, index: int) -> list[Any]:
    """The rules of a tab, if there is one at the place."""
    formats = tab.list_of("conditionalFormats")
    if not 0 <= index < len(formats):
        raise Invalid(f"No conditional format on sheet: {tab.id} at index: {index}")
    return formats


def update_conditional_format_rule(book: Book, asked: Json) -> Json:
    rule = checked_rule(book, asked["rule"]) if "rule" in asked else None
    sheet = rule["ranges"][0]["sheetId"] if rule is not None else asked.get("sheetId", 0)
    index = asked.get("index", 0)
    formats = rule_at(book.tab(sheet), index)
    if rule is not None:
        old, formats[index] = formats[index], rule
        return {"oldRule": reply(old), "newRule": reply(rule), "newIndex": index}
    formats.insert(asked["newIndex"], old := formats.pop(index))
    return {"newRule": reply(old), "oldIndex": index, "newIndex": asked["newIndex"]}


def delete_conditional_format_rule(book: Book, asked: Json) -> Json:
    index = asked.get("index", 0)
    return {"rule": reply(rule_at(book.tab(asked.get("sheetId", 0)), index).pop(index))}


def add_chart(book: Book, asked: Json) -> Json:
    wanted = asked["chart"]
    check_spec(book, wanted.get("spec", {}))
    chart = {"chartId": wanted.get("chartId") or book.new_id(), **both(explicit(book, wanted))}
    if any(other["chartId"] == chart["chartId"] for tab in book.tabs for other in tab.list_of("charts")):
        raise Invalid(f"A chart with id {chart['chartId']} already exists.")
    chart["position"] = positioned(book, chart.get("position", {}))
    book.tab(chart["position"]["overlayPosition"]["anchorCell"]["sheetId"]).list_of("charts").append(chart)
    return {"chart": reply(chart)}


def positioned(book: Book, position: Json) -> Json:
    """Where a chart stands, with the size that Google gives it when none was asked."""
    if "overlayPosition" not in position:
        raise Invalid("Charts must have an overlayPosition; the fake makes no sheets of their own for them.")
    place = {"widthPixels": 600, "heightPixels": 371, **position["overlayPosition"]}
    place["anchorCell"] = {"sheetId": 0, **place.get("anchorCell", {})}
    book.tab(place["anchorCell"]["sheetId"])
    return {"overlayPosition": place}


def check_spec(book: Book, spec: Json) -> None:
    """One kind of chart; every source lies in the grid and is one row or one column."""
    if len(spec.keys() & CHART_SPECS) != 1:
        raise Invalid("spec: exactly one kind of chart must be set.")
    for source in sources(spec):
        area = asked_area(book, source)[1]
        if len(area.rows()) > 1 and len(area.columns()) > 1:
            raise Invalid("A source of a chart must be one row or one column.")


def sources(value: Any) -> list[Json]:
    """All source ranges of a chart."""
    if isinstance(value, list):
        return [source for item in value for source in sources(item)]
    if not isinstance(value, dict):
        return []
    own: list[Json] = value.get("sourceRange", {}).get("sources", [])
    return own + [source for name, inner in value.items() if name != "sourceRange" for source in sources(inner)]


def update_chart_spec(book: Book, asked: Json) -> None:
    _, chart = parts_with(book, "charts", "chartId", asked.get("chartId"))
    check_spec(book, asked.get("spec", {}))
    chart["spec"] = both(explicit(book, copy.deepcopy(asked["spec"])))


def update_embedded_object_position(book: Book, asked: Json) -> Json:
    tab, chart = parts_with(book, "charts", "chartId", asked.get("objectId"))
    tab.list_of("charts").remove(chart)
    wanted = explicit(book, asked["newPosition"]).get("overlayPosition", {})
    chart["position"] = positioned(book, {"overlayPosition": {**chart["position"]["overlayPosition"], **wanted}})
    book.tab(chart["position"]["overlayPosition"]["anchorCell"]["sheetId"]).list_of("charts").append(chart)
    return {"position": reply(chart["position"])}


def delete_embedded_object(book: Book, asked: Json) -> None:
    tab, chart = parts_with(book, "charts", "chartId", asked.get("objectId"))
    tab.list_of("charts").remove(chart)
