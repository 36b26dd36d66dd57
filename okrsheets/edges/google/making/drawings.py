"""The charts of a tab, in Google's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from okrsheets.edges.google.making import colours, sizes
from okrsheets.edges.google.making.looks import FONT
from okrsheets.edges.google.making.places import CHARTS_A_SHEET, Places
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Area
from okrsheets.words.workbook import Chart, ChartKind, Series, Tab

INK, TITLE, FRAME = "22313F", "1F6F6B", "E3E8EA"
MARGIN = 3
"""Pixels between a chart and the edges of the cells that it covers."""


def add(tab: Tab, places: Places) -> Iterator[Json]:
    """All of a tab's charts, each with an id of our own."""
    for number, chart in enumerate(tab.charts, 1):
        drawn = {"chartId": places.sheets[tab.title] * CHARTS_A_SHEET + number, "spec": _spec(chart, places)}
        border = {"colorStyle": colours.style(FRAME)}
        yield {"addChart": {"chart": drawn | {"position": _position(tab, chart, places), "border": border}}}


def _position(tab: Tab, chart: Chart, places: Places) -> Json:
    over = chart.over
    corner = {"sheetId": places.sheets[over.tab], "rowIndex": over.top - 1, "columnIndex": over.left - 1}
    size = {
        "widthPixels": sizes.width(tab, over.left, over.right) - 2 * MARGIN,
        "heightPixels": sizes.height(tab, over.top, over.bottom) - 2 * MARGIN,
    }
    return {"overlayPosition": {"anchorCell": corner, "offsetXPixels": MARGIN, "offsetYPixels": MARGIN, **size}}


def _spec(chart: Chart, places: Places) -> Json:
    """Hidden columns are drawn as well: a person may hide the figures beside the Summary."""
    titled = {
        "title": chart.title,
        "titleTextFormat": {"fontSize": 11, "bold": True, "foregroundColorStyle": colours.style(TITLE)},
        "altText": chart.title,
        "fontName": FONT,
        "hiddenDimensionStrategy": "SHOW_ALL",
    }
    return {**titled, "basicChart": _lines(chart, places) if chart.kind is ChartKind.LINE else _bars(chart, places)}


def _lines(chart: Chart, places: Places) -> Json:
    shares = {"viewWindowMin": 0, "viewWindowMax": 1, "viewWindowMode": "EXPLICIT"}
    values: Json = {"position": "LEFT_AXIS"} | ({"viewWindowOptions": shares} if chart.percent else {})
    own = {"legendPosition": "BOTTOM_LEGEND", "axis": [{"position": "BOTTOM_AXIS"}, values]}
    series = [{**_series(line, "LEFT_AXIS", places), **_stroke(line)} for line in chart.series]
    return {"chartType": "LINE", **own, **_data(chart, places), "series": series}


def _bars(chart: Chart, places: Places) -> Json:
    """The first category is at the top, as a funnel is read."""
    label = {"type": "DATA", "textFormat": {"fontSize": 9, "foregroundColorStyle": colours.style(INK)}}
    values = {"position": "BOTTOM_AXIS", "viewWindowOptions": {"viewWindowMin": 0, "viewWindowMode": "EXPLICIT"}}
    own = {"legendPosition": "NO_LEGEND", "axis": [values, {"position": "LEFT_AXIS"}]}
    series = [{**_series(row, "BOTTOM_AXIS", places), "dataLabel": label} for row in chart.series]
    return {"chartType": "BAR", **own, **_data(chart, places), "series": series}


def _stroke(series: Series) -> Json:
    return {"lineStyle": {"type": "MEDIUM_DASHED" if series.dashed else "SOLID", "width": 2}}


def _series(series: Series, axis: str, places: Places) -> Json:
    source = {"sourceRange": {"sources": [places.range(_with_heading(series.values))]}}
    return {"series": source, "targetAxis": axis, "colorStyle": colours.style(series.colour)}


def _data(chart: Chart, places: Places) -> Json:
    """What the chart draws by; a series has no name but the heading above its values."""
    categories = _with_heading(chart.series[0].categories)
    domain = {"domain": {"sourceRange": {"sources": [places.range(categories)]}}}
    return {"domains": [domain], "headerCount": 1}


def _with_heading(values: Area) -> Area:
    return replace(values, top=values.top - 1)
