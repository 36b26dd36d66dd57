"""A cell in any form that the schema allows, read by expat: rich text, entities, shared and array formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat


@dataclass(slots=True)
class UnusualCell:
    """Its attributes, its stored value, its formula and that one's attributes; None where there is no such element."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    value: list[str] | None = None
    formula: list[str] | None = None
    of_formula: Mapping[str, str] = field(default_factory=dict)


def unusual_cell(markup: bytes, prefix: str) -> UnusualCell:
    """The cell of one `<c>` with the given prefix; phonetic guides of rich text are left out."""
    cell, parser, guides = UnusualCell(), expat.ParserCreate(), 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal guides
        match name.removeprefix(prefix):
            case "c":
                cell.attributes = attributes
            case "f":
                cell.formula, cell.of_formula = [], attributes
                parser.CharacterDataHandler = cell.formula.append
            case "rPh":
                guides += 1
            case "v" | "t" if not guides:
                cell.value = cell.value or []
                parser.CharacterDataHandler = cell.value.append

    def end(name: str) -> None:
        nonlocal guides
        parser.CharacterDataHandler = None
        guides -= name.removeprefix(prefix) == "rPh"

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(markup, True)
    return cell
