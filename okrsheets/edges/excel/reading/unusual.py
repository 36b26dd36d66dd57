"""A cell in any form that the schema allows, read by expat: rich text, entities, shared and array formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable


@dataclass(slots=True)
class UnusualCell:
    """Its attributes, its stored value, its formula and that one's attributes; None where there is no such element."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    value: list[str] | None = None
    formula: list[str] | None = None
    of_formula: Mapping[str, str] = field(default_factory=dict)


class UnusualCells:
    """Reads cells, or shared strings, of a part in which all names have a prefix or none, one after the other.

    One parser takes them all, as if they stood in one element: to begin anew for each would be most of the work.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._depth = self._guides = 0
        self._cell = UnusualCell()
        self._parser = expat.ParserCreate()
        self._parser.Parse(b"<all>", False)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def cell(self, markup: bytes) -> UnusualCell:
        """The cell of one `<c>`; phonetic guides of rich text are left out. Raises Unreadable for half an element."""
        self._cell = UnusualCell()
        self._parser.Parse(markup, False)
        if self._depth:
            raise Unreadable(DAMAGED)
        return self._cell

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        cell = self._cell
        self._depth += 1
        match name.removeprefix(self._prefix):
            case "c":
                cell.attributes = attributes
            case "f":
                cell.formula, cell.of_formula = [], attributes
                self._parser.CharacterDataHandler = cell.formula.append
            case "rPh":
                self._guides += 1
            case "v" | "t" if not self._guides:
                cell.value = cell.value or []
                self._parser.CharacterDataHandler = cell.value.append

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._parser.CharacterDataHandler = None
        self._guides -= name.removeprefix(self._prefix) == "rPh"
