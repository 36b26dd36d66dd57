"""A tab while it is being drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from okrsheets.rules.layout import palette
from okrsheets.words.grid import Area, Spot
from okrsheets.words.message import Language
from okrsheets.words.workbook import (
    Bar,
    Chart,
    Choice,
    Columns,
    Entry,
    Highlight,
    Merge,
    NumberHint,
    Page,
    Sparkline,
    Style,
    Tab,
    Written,
)

Part = TypeVar("Part")


@dataclass(slots=True)
class Sketch:
    """Collects what stands on one tab, in one language; `tab()` gives the finished description."""

    title: str
    language: Language
    entries: dict[Spot, Entry] = field(default_factory=dict)
    names: dict[str, Area] = field(default_factory=dict)
    columns: list[Columns] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    parts: list[Merge | Choice | NumberHint | Highlight | Bar | Sparkline | Chart] = field(default_factory=list)

    def area(self, top: int, left: int, bottom: int | None = None, right: int | None = None) -> Area:
        """Cells of this tab; a single one where no second corner is given."""
        return Area(self.title, top, left, bottom or top, right or left)

    def put(self, row: int, column: int, value: Written, style: Style) -> None:
        """One cell."""
        self.entries[row, column] = Entry(value, style)

    def day(self, row: int, column: int, value: Written, style: Style) -> None:
        """One cell with a date, or for one."""
        self.put(row, column, value, palette.in_language(style, self.language.code))

    def say(self, row: int, column: int, text: str, style: Style) -> None:
        """One cell with a text of the catalogue."""
        self.put(row, column, self.language.say(text), style)

    def fill(self, area: Area, style: Style) -> None:
        """Prepared, empty cells; those that stand already stay."""
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                self.entries.setdefault((row, column), Entry(None, style))

    def wide(self, area: Area, value: Written, style: Style) -> None:
        """Cells that look like one."""
        self.put(area.top, area.left, value, style)
        self.fill(area, style)
        if area.first.spot != (area.bottom, area.right):
            self.add(Merge(area))

    def name(self, name: str, area: Area) -> None:
        """Anchors an area by a defined name."""
        self.names[name] = area

    def add(self, *parts: Merge | Choice | NumberHint | Highlight | Bar | Sparkline | Chart) -> None:
        """Rules, charts and the like."""
        self.parts.extend(parts)

    def widths(self, widths: Iterable[float], first: int = 1) -> None:
        """The widths of adjacent columns, in characters."""
        self.columns.extend(Columns(n, n, width) for n, width in enumerate(widths, first))

    def tab(self, *, colour: str, frozen: Spot | None, page: Page, selected: Spot, filtered: Area | None = None) -> Tab:
        """The finished description."""
        return Tab(
            title=self.title,
            entries=self.entries,
            colour=colour,
            columns=tuple(self.columns),
            heights=self.heights,
            frozen=frozen,
            merges=_those(self.parts, Merge),
            choices=_those(self.parts, Choice),
            hints=_those(self.parts, NumberHint),
            highlights=_those(self.parts, Highlight),
            bars=_those(self.parts, Bar),
            sparklines=_those(self.parts, Sparkline),
            charts=_those(self.parts, Chart),
            filter=filtered,
            page=page,
            selected=selected,
        )


def _those(parts: Sequence[object], kind: type[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if isinstance(part, kind))
