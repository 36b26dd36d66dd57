"""Sparklines and charts of a tab, in XlsxWriter's words."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from okrsheets.words.grid import Area, column_letters
from okrsheets.words.workbook import Chart, ChartKind, Series, Sparkline, Tab

QUIET = "#7A858F"
LIGHT = "#E3E8EA"
DEFAULT_HEIGHT, POINT = 20, 4 / 3
CHARACTER, PADDING = 7, 5


def add(book: xlsxwriter.Workbook, sheet: Worksheet, tab: Tab) -> None:
    """All of a tab's sparklines and charts."""
    for sparkline in tab.sparklines:
        _sparkline(sheet, sparkline)
    for chart in tab.charts:
        _chart(book, sheet, tab, chart)


def reference(area: Area) -> str:
    """`'KPI''s'!$B$2:$B$9`: quoted and absolute, as formulas and names want it."""
    first = f"${column_letters(area.left)}${area.top}"
    last = f"${column_letters(area.right)}${area.bottom}"
    return f"{quoted(area.tab)}!{first}" + ("" if first == last else f":{last}")


def quoted(tab: str) -> str:
    """A tab's title as formulas and links want it."""
    return "'" + tab.replace("'", "''") + "'"


def _sparkline(sheet: Worksheet, sparkline: Sparkline) -> None:
    row, column = sparkline.at
    look = {"type": "line", "markers": True, "series_color": f"#{sparkline.colour}", "weight": 1.5}
    sheet.add_sparkline(row - 1, column - 1, {"range": reference(sparkline.data), **look})


def _chart(book: xlsxwriter.Workbook, sheet: Worksheet, tab: Tab, chart: Chart) -> None:
    kind = {ChartKind.LINE: {"type": "line"}, ChartKind.BAR: {"type": "bar"}}[chart.kind]
    drawn = book.add_chart(kind)
    for series in chart.series:
        drawn.add_series(_line(series) if chart.kind is ChartKind.LINE else _bars(series))
    drawn.set_title(
        {"name": chart.title, "name_font": {"size": 11, "bold": True, "color": "#1F6F6B"}, "overlay": False}
    )
    _axes(drawn, chart)
    drawn.set_chartarea({"border": {"color": LIGHT}, "fill": {"color": "#FFFFFF"}})
    width, height = _size(tab, chart.over)
    drawn.set_size({"width": width, "height": height, "x_offset": 2, "y_offset": 2})
    sheet.insert_chart(
        chart.over.top - 1, chart.over.left - 1, drawn, {"object_position": 2, "x_offset": 2, "y_offset": 3}
    )


def _axes(drawn: xlsxwriter.chart.Chart, chart: Chart) -> None:
    font = {"size": 8, "color": QUIET}
    line = {"line": {"color": LIGHT}, "num_font": font, "major_tick_mark": "none"}
    grid = {"major_gridlines": {"visible": True, "line": {"color": LIGHT, "width": 0.5}}}
    if chart.kind is ChartKind.LINE:
        drawn.set_x_axis({**line})
        drawn.set_y_axis({**line, **grid, "min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%"})
        drawn.set_legend({"position": "bottom", "font": font})
        drawn.show_blanks_as("gap")
    else:
        drawn.set_x_axis({**line, "visible": False, "major_gridlines": {"visible": False}, "min": 0})
        drawn.set_y_axis({**line, "reverse": True, "num_font": {"size": 9, "color": "#22313F"}})
        drawn.set_legend({"none": True})


def _line(series: Series) -> dict[str, object]:
    line: dict[str, object] = {"color": f"#{series.colour}", "width": 2.25}
    if series.dashed:
        line["dash_type"] = "dash"
    return {**_data(series), "line": line, "marker": {"type": "none"}}


def _bars(series: Series) -> dict[str, object]:
    labels = {"value": True, "font": {"size": 9, "color": "#22313F"}}
    return {**_data(series), "fill": {"color": f"#{series.colour}"}, "gap": 45, "data_labels": labels}


def _data(series: Series) -> dict[str, object]:
    categories, values = f"={reference(series.categories)}", f"={reference(series.values)}"
    return {"name": series.name, "categories": categories, "values": values}


def _size(tab: Tab, over: Area) -> tuple[int, int]:
    """Width and height in pixels of the cells that a chart covers."""
    widths = {place: columns.width for columns in tab.columns for place in range(columns.first, columns.last + 1)}
    width = sum(widths.get(column, 8.43) * CHARACTER + PADDING for column in range(over.left, over.right + 1))
    height = sum(tab.heights.get(row, DEFAULT_HEIGHT / POINT) * POINT for row in range(over.top, over.bottom + 1))
    return int(width) - 4, int(height) - 6
