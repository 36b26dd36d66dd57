"""How cells look, in Google's words: one request for each rectangle of cells that look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from okrsheets.edges.google.making import colours
from okrsheets.edges.google.making.numbers import number_format
from okrsheets.edges.google.making.places import Places
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.grid import Area, Spot
from okrsheets.words.workbook import Align, Link, Style, Tab

FONT = "Calibri"
"""The widths of the description are measured in it."""
TICK: Json = {"condition": {"type": "BOOLEAN"}, "strict": False, "showCustomUi": True}
"""Not strict: a person skips a box by typing a `-` into it."""
PADDING = {"top": 2, "right": 3, "bottom": 2, "left": 3}
INDENT = 7
"""Pixels of one step of indent."""
SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Look:
    """A style, and where the cell leads."""

    style: Style
    link: str | None = None


def add(tab: Tab, places: Places) -> Iterator[Json]:
    """The looks of all described cells, ticks and links among them."""
    for area, look in alike(tab.title, _looks(tab, places)):
        cell: Json = {"userEnteredFormat": cell_format(look)}
        if look.style.checkbox:
            cell["dataValidation"] = TICK
        yield {"repeatCell": {"range": places.range(area), "cell": cell, "fields": ",".join(cell)}}


def _looks(tab: Tab, places: Places) -> dict[Spot, Look]:
    looks = {
        spot: Look(entry.style, places.link(entry.value.to) if isinstance(entry.value, Link) else None)
        for spot, entry in tab.entries.items()
    }
    for line in tab.sparklines:
        looks[line.at] = Look(replace(looks[line.at].style if line.at in looks else Style(), colour=line.colour))
    return looks


def alike(tab: str, looks: Mapping[Spot, Look]) -> Iterator[tuple[Area, Look]]:
    """Rectangles that cover all cells once, each of one look; by rows, from the top."""
    open_runs: dict[tuple[int, int, Look], int] = {}
    closed: list[tuple[Area, Look]] = []
    last = max((row for row, _ in looks), default=0)
    by_row = _runs(looks)
    for row in range(1, last + 2):
        runs = by_row.get(row, ())
        ended = [run for run in open_runs if run not in runs]
        closed.extend((Area(tab, open_runs.pop(run), run[0], row - 1, run[1]), run[2]) for run in ended)
        for run in runs:
            open_runs.setdefault(run, row)
    return iter(sorted(closed, key=lambda item: (item[0].top, item[0].left)))


def _runs(looks: Mapping[Spot, Look]) -> dict[int, dict[tuple[int, int, Look], None]]:
    """Adjacent cells of one look in each row: first column, last column, look."""
    found: dict[int, list[tuple[int, int, Look]]] = {}
    for row, column in sorted(looks):
        look, runs = looks[row, column], found.setdefault(row, [])
        if runs and runs[-1][1] == column - 1 and runs[-1][2] == look:
            runs[-1] = (runs[-1][0], column, look)
        else:
            runs.append((column, column, look))
    return {row: dict.fromkeys(runs) for row, runs in found.items()}


def cell_format(look: Look) -> Json:
    """The CellFormat of a look."""
    style = look.style
    properties: Json = {
        "textFormat": _text(look),
        "verticalAlignment": "TOP" if style.top else "MIDDLE",
        "wrapStrategy": "WRAP" if style.wrap else "CLIP" if style.shrink else "OVERFLOW_CELL",
    }
    if style.fill:
        properties["backgroundColorStyle"] = colours.style(style.fill)
    if style.align:
        properties["horizontalAlignment"] = style.align.name.replace("CENTRE", "CENTER")
    if style.indent:
        side = "right" if style.align is Align.RIGHT else "left"
        properties["padding"] = PADDING | {side: PADDING[side] + INDENT * style.indent}
    if number := number_format(style.number):
        properties["numberFormat"] = number
    if style.box or style.line:
        properties["borders"] = _borders(style)
    return properties


def _text(look: Look) -> Json:
    """Google gives a link its own colour and a line below, unless the same request says otherwise."""
    style = look.style
    text: Json = {
        "fontFamily": FONT,
        "fontSize": round(style.size),
        "foregroundColorStyle": colours.style(style.colour),
    }
    flags = {"bold": style.bold, "italic": style.italic, "underline": style.underline}
    text |= {name: on for name, on in flags.items() if on or (name == "underline" and look.link)}
    return text | ({"link": {"uri": look.link}} if look.link else {})


def _borders(style: Style) -> Json:
    line = {"style": "SOLID", "colorStyle": colours.style(style.box or style.line or "")}
    return dict.fromkeys(SIDES if style.box else ("bottom",), line)
