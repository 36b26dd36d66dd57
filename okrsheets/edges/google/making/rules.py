"""Drop-downs, gentle checks, colours that depend on a cell, and the filter of a tab, in Google's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from okrsheets.edges.google.making import colours
from okrsheets.edges.google.making.formulas import formula
from okrsheets.edges.google.making.places import Places
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.workbook import Bar, Choice, Colour, Highlight, NumberHint, Tab, When

ALWAYS = "=1=1"
"""A check that lets everything through: Google shows a help text only beside a check."""
MOST_OPTIONS = 500
"""Google takes no longer list."""
TINT = 0.3
"""How much of a line's colour the rows have that stand in for it."""
WHITE = "FFFFFF"


def add(tab: Tab, places: Places, names: Collection[str]) -> Iterator[Json]:
    """All of a tab's rules; `names` are those of the workbook, which rules for colours reach by INDIRECT only."""
    for choice in tab.choices:
        yield _validation(places.range(choice.area), _choice(choice), choice.hint)
    for hint in tab.hints:
        yield _validation(places.range(hint.area), _hint(hint), hint.hint)
    bars = [_bar(bar, places) for bar in tab.bars]
    highlights = [_highlight(highlight, places, names) for highlight in tab.highlights]
    for index, rule in enumerate(bars + highlights):
        yield {"addConditionalFormatRule": {"rule": rule, "index": index}}
    if tab.filter:
        yield {"setBasicFilter": {"filter": {"range": places.range(tab.filter)}}}


def _validation(area: Json, condition: Json, message: str) -> Json:
    """Another answer is let through: it is reported when it is read, with what to choose instead."""
    rule: Json = {"condition": condition, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": area, "rule": rule | ({"inputMessage": message} if message else {})}}


def _choice(choice: Choice) -> Json:
    if len(choice.options) > MOST_OPTIONS:
        return _condition("CUSTOM_FORMULA", ALWAYS)
    return _condition("ONE_OF_LIST", *choice.options)


def _hint(hint: NumberHint) -> Json:
    """A day gets Google's calendar."""
    return {"type": "DATE_IS_VALID"} if hint.day else _condition("CUSTOM_FORMULA", ALWAYS)


def _condition(kind: str, *values: str) -> Json:
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def _bar(bar: Bar, places: Places) -> Json:
    """Google draws no bars in cells: the cell's colour deepens from 0 to all.

    What a bar leaves free beside it for the figure has no meaning for a colour, and a broken number would be read in
    the locale: hence a whole number.
    """
    ends = {"minpoint": (WHITE, "0"), "maxpoint": (bar.colour, str(max(1, int(bar.full))))}
    points = {
        name: {"type": "NUMBER", "value": value, "colorStyle": colours.style(colour)}
        for name, (colour, value) in ends.items()
    }
    return {"ranges": [places.range(bar.area)], "gradientRule": points}


def _highlight(highlight: Highlight, places: Places, names: Collection[str]) -> Json:
    """The first rule that holds decides all of a cell's look, as the description means it."""
    fill, value = highlight.fill, highlight.value
    striped = _only_a_line(highlight)
    if striped:
        fill, value = colours.paler(striped, TINT), f"({value})*ISEVEN(ROW())"
    if highlight.when is When.BEGINS_WITH:
        condition = _condition("TEXT_STARTS_WITH", value)
    else:
        condition = _condition("CUSTOM_FORMULA", formula(value, places, names))
    rule = {"condition": condition, "format": _look(highlight, fill)}
    return {"ranges": [places.range(highlight.area)], "booleanRule": rule}


def _only_a_line(highlight: Highlight) -> Colour | None:
    """The colour of a line that is all there is to see. A rule of Google draws no lines: it tints every other row."""
    other = highlight.fill or highlight.colour or highlight.bold or highlight.italic
    return None if other or highlight.when is not When.FORMULA else highlight.line


def _look(highlight: Highlight, fill: Colour | None) -> Json:
    look: Json = {"backgroundColorStyle": colours.style(fill)} if fill else {}
    text: Json = {name: True for name in ("bold", "italic") if getattr(highlight, name)}
    if highlight.colour:
        text["foregroundColorStyle"] = colours.style(highlight.colour)
    return look | ({"textFormat": text} if text else {})
