"""Texts by which okrsheets finds its way: headings, labels."""

from __future__ import annotations

from okrsheets.words.grid import Cell, Grid, Kind


def folded(grid: Grid, row: int, column: int) -> str:
    """The text of a cell in small letters, the white space in it single; empty for anything else."""
    cell = grid.at(row, column)
    return " ".join(str(cell.value).split()).casefold() if cell.kind is Kind.TEXT else ""


def is_blank(cell: Cell) -> bool:
    """Whether nobody sees anything in a cell: nothing, or white space. A figure that is unknown is not nothing."""
    return cell.kind is Kind.EMPTY or (isinstance(cell.value, str) and not cell.value.strip())
