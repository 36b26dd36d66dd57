"""One click from any tab to any other."""

from __future__ import annotations

from okrsheets.rules import tables
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.words.grid import Area
from okrsheets.words.workbook import Link


def navigation(sketch: Sketch, row: int, first: int, span: int = 1) -> None:
    """Links to the five tabs, side by side and each `span` columns wide; the tab itself is named without a link."""
    for n, text in enumerate(tables.TITLES):
        title = sketch.language.say(text)
        value = title if title == sketch.title else Link(Area(title, 1, 2, 1, 2), title)
        style = palette.HERE if title == sketch.title else palette.NAVIGATION
        left = first + n * span
        sketch.wide(sketch.area(row, left, row, left + span - 1), value, style)
