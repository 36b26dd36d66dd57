"""What the three tables share: title band, navigation, headings, anchors and gentle help."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from okrsheets.rules.layout import palette
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.tables import Table
from okrsheets.words.workbook import Columns, Formula, Written

TOP = 5
"""The first row of a table without days in its headings."""


def open_table(sketch: Sketch, table: Table, question: str, fold: tuple[str, str]) -> None:
    """The band with title and question, and the columns' widths; `fold` names the columns that are folded away."""
    width = len(table.columns)
    sketch.fill(sketch.area(1, 1, 2, width), palette.BAND)
    sketch.put(1, 2, sketch.title, palette.TITLE)
    sketch.say(2, 2, question, palette.BAND_NOTE)
    sketch.heights.update({1: 34, 2: 20, 3: 6})
    first, last = (table.position(key) for key in fold)
    for place, column in enumerate(table.columns, 1):
        folded = first <= place <= last
        sketch.columns.append(Columns(place, place, column.width, column.hidden or folded, folded))


def heading_row(sketch: Sketch, table: Table, row: int, fine: Collection[str] = ()) -> None:
    """The headings, and the name that anchors them; `fine` columns are for fine tuning and look quieter."""
    for place, column in enumerate(table.columns, 1):
        style = palette.FINE_HEADING if column.key in fine else palette.HEADING
        sketch.say(row, place, column.heading, palette.HEADING_LEFT if place == 2 else style)
    sketch.name(table.heading_name, sketch.area(row, 1, row, len(table.columns)))
    sketch.heights[row] = 46


def written(sketch: Sketch, table: Table, key: str, row: int, values: Mapping[str, Written]) -> Written:
    """What stands in a column of a row; the visible number repeats the hidden id by a formula, so it cannot differ."""
    if key == "number":
        id = values.get("id")
        return Formula(f"=A{row}", id) if isinstance(id, str) else None
    return values.get(key)


def hint(sketch: Sketch, table: Table, key: str, text: str) -> tuple[str, str]:
    """Title and text of the help that shows when a cell is chosen; Excel takes 32 and 255 characters."""
    heading = table.columns[table.position(key) - 1].heading
    return sketch.language.say(heading)[:32], sketch.language.say(text)[:255] if text else ""
