"""Lists on a screen: rows in columns that give way where there is little room."""

from __future__ import annotations

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from okrsheets.shell.screen import Screen

LEAST = 14
"""Characters that a title has at least."""
ROOMY = 76
"""Characters from which on things go beside each other that else go below each other."""


def rows(*folding: int, columns: int) -> Table:
    """An empty list; `folding` are the columns, counted from 0, whose texts may go on in the next line."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for column in range(columns):
        table.add_column(overflow="fold", no_wrap=column not in folding)
    return table


def headed(*headings: str) -> Table:
    """An empty list with headings; the first column gives way, the others hold figures."""
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(headings[0], overflow="fold", min_width=LEAST)
    for heading in headings[1:]:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def indented(thing: RenderableType, by: int = 2) -> Padding:
    """Something further to the right, its further lines as well."""
    return Padding(thing, (0, 0, 0, by))


def show_section(screen: Screen, title: str, table: Table) -> None:
    """A list under its title; nothing where it has no rows."""
    if table.row_count:
        screen.show("", Text(title, "bold cyan"), indented(table))


def figure(text: str, style: str = "") -> Text:
    """A figure, at the right of its column."""
    return Text(text, style, justify="right", no_wrap=True)
