"""Drop-downs, gentle checks and colours of a tab, in XlsxWriter's words."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from okrsheets.words.workbook import Bar, Choice, Highlight, NumberHint, Tab, When

LONGEST_LIST = 255
"""Excel takes no longer text of options."""


def add(book: xlsxwriter.Workbook, sheet: Worksheet, tab: Tab) -> None:
    """All of a tab's rules."""
    for choice in tab.choices:
        sheet.data_validation(choice.area.a1, _choice(choice))
    for hint in tab.hints:
        sheet.data_validation(hint.area.a1, _hint(hint))
    for bar in tab.bars:
        sheet.conditional_format(bar.area.a1, _bar(bar))
    for highlight in tab.highlights:
        sheet.conditional_format(highlight.area.a1, _highlight(book, highlight))


def _choice(choice: Choice) -> dict[str, object]:
    """Another answer is let through: it is reported when it is read, with what to choose instead."""
    if len(",".join(choice.options)) > LONGEST_LIST:
        return {"validate": "any", **_help(choice.title, choice.hint)}
    listed = {"validate": "list", "source": list(choice.options), "show_error": False}
    return {**listed, **_help(choice.title, choice.hint)}


def _hint(hint: NumberHint) -> dict[str, object]:
    return {"validate": "any", **_help(hint.title, hint.hint)}


def _help(title: str, text: str) -> dict[str, object]:
    return {"input_title": title, "input_message": text} if text else {}


def _highlight(book: xlsxwriter.Workbook, highlight: Highlight) -> dict[str, object]:
    look: dict[str, object] = {}
    if highlight.fill:
        look["bg_color"] = f"#{highlight.fill}"
    if highlight.colour:
        look["font_color"] = f"#{highlight.colour}"
    if highlight.bold:
        look["bold"] = 1
    if highlight.italic:
        look["italic"] = 1
    if highlight.line:
        look |= {"bottom": 1, "bottom_color": f"#{highlight.line}"}
    return {**_condition(highlight), "format": book.add_format(look)}


def _condition(highlight: Highlight) -> dict[str, object]:
    if highlight.when is When.BEGINS_WITH:
        return {"type": "text", "criteria": "begins with", "value": highlight.value}
    return {"type": "formula", "criteria": f"={highlight.value}"}


def _bar(bar: Bar) -> dict[str, object]:
    colour = f"#{bar.colour}"
    return {
        "type": "data_bar",
        "bar_color": colour,
        "bar_solid": True,
        "bar_border_color": colour,
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": bar.full,
    }
