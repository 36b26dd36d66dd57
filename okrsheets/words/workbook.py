"""A workbook as a description: what every builder makes, in its own world, from the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeAlias

from okrsheets.words.grid import Area, Spot

Colour = str
"""`1F6F6B`: red, green and blue in hexadecimal."""


class Align(Enum):
    """Where a text stands in its cell."""

    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `line` is the colour of a thin border below, `box` of one all round."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 10
    colour: Colour = "22313F"
    fill: Colour | None = None
    align: Align | None = None
    top: bool = False
    wrap: bool = False
    indent: int = 0
    number: str | None = None
    line: Colour | None = None
    box: Colour | None = None
    checkbox: bool = False
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in English with commas, and the value it has when the workbook is made."""

    text: str
    value: str | float = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a place in the workbook."""

    to: Area
    text: str
    tip: str = ""


Written: TypeAlias = "str | float | bool | date | Formula | Link | None"


@dataclass(frozen=True, slots=True)
class Entry:
    """One described cell: what stands in it and how it looks. None with a style is a prepared, empty cell."""

    value: Written = None
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that look like one; the value stands in the first."""

    area: Area


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down over an area; other answers are allowed, they are reported when read."""

    area: Area
    options: tuple[str, ...]
    title: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NumberHint:
    """A gentle check that a number, or a day, is typed."""

    area: Area
    day: bool = False
    title: str = ""
    hint: str = ""


class When(Enum):
    """When a highlight shows."""

    FORMULA = "formula"
    BEGINS_WITH = "begins with"


@dataclass(frozen=True, slots=True)
class Highlight:
    """Colours that depend on what stands in the cell. `value` is a formula, a text or a number by `when`."""

    area: Area
    when: When
    value: str
    fill: Colour | None = None
    colour: Colour | None = None
    bold: bool = False
    italic: bool = False
    line: Colour | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar inside the cell, from 0 to `full`."""

    area: Area
    colour: Colour
    full: float = 1


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A row's values as a line in one cell."""

    at: Spot
    data: Area
    colour: Colour


class ChartKind(Enum):
    """What a chart draws."""

    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or row of bars."""

    name: str
    categories: Area
    values: Area
    colour: Colour
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that covers `over`."""

    kind: ChartKind
    title: str
    over: Area
    series: tuple[Series, ...]
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Adjacent columns that are alike. `group` puts them into an outline that can be folded; with `hidden` it is."""

    first: int
    last: int
    width: float
    hidden: bool = False
    group: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """How a tab is printed: A4, `wide` pages across, `tall` down (0: as many as it takes).

    With `breaks` pages begin at those columns, and all is printed at `scale` percent: a program that fits pages by
    itself breaks them anywhere.
    """

    landscape: bool = True
    wide: int = 1
    tall: int = 1
    area: Area | None = None
    repeat_columns: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `frozen` is the first cell that scrolls."""

    title: str
    entries: Mapping[Spot, Entry]
    colour: Colour
    columns: tuple[Columns, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    frozen: Spot | None = None
    merges: tuple[Merge, ...] = ()
    choices: tuple[Choice, ...] = ()
    hints: tuple[NumberHint, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    bars: tuple[Bar, ...] = ()
    sparklines: tuple[Sparkline, ...] = ()
    charts: tuple[Chart, ...] = ()
    filter: Area | None = None
    page: Page = Page()
    selected: Spot = (1, 2)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Tabs in their order, and the names that anchor them."""

    title: str
    tabs: tuple[Tab, ...]
    names: Mapping[str, Area]
    language: str = "en"
    locale: str = "en_US"
