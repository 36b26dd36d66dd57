"""How the parts of a workbook hang together: its tabs, its names, its shared strings, its day 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okrsheets.edges.excel.disk.faults import DAMAGED, Unreadable, Unwritable
from okrsheets.edges.excel.reading.archive import Archive
from okrsheets.edges.excel.reading.cells import Meaning
from okrsheets.edges.excel.reading.foreign import open_archive
from okrsheets.edges.excel.reading.markup import Element, elements, relation_id
from okrsheets.edges.excel.reading.refs import area_in_tab
from okrsheets.edges.excel.reading.relations import relations
from okrsheets.edges.excel.reading.scan import scan
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.edges.excel.reading.strings import shared_strings
from okrsheets.words.grid import Area
from okrsheets.words.message import say

OURS = "okr_"
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name of the workbook with the formula it stands for; `local` to one tab or known everywhere."""

    name: str
    formula: str
    local: bool


class Book:
    """An .xlsx file, opened. Raises Unreadable, or a library's fault, where it is none that can be read.

    `meaning` is that of another workbook with the same shared strings and epoch.
    """

    def __init__(self, data: bytes, meaning: Meaning | None = None) -> None:
        self.archive = open_archive(data)
        self._meaning = meaning
        self._sheets: dict[str, Sheet] = {}
        self.part = _workbook_part(self.archive)
        self._elements = elements(self.archive.read(self.part))
        if self._elements[0].name != "workbook":
            raise Unreadable(say("it is an Office file, but no workbook"))
        self._relations = relations(self.archive, self.part)
        targets = {relation.id: relation for relation in self._relations}
        found = [e.attributes for e in self._elements if e.name == "sheet"]
        self.titles = tuple(attributes["name"] for attributes in found)
        if not found or len(set(self.titles)) < len(found):
            raise Unreadable(DAMAGED)
        leads = {attributes["name"]: targets[relation_id(attributes) or ""] for attributes in found}
        self.sheet_parts = {title: to.target for title, to in leads.items() if to.kind == "worksheet"}

    @cached_property
    def epoch(self) -> date:
        """Day 0 of its date numbers: that of Excel for Windows, or that of the first Macs."""
        flag = next((e.attributes.get("date1904") for e in self._elements if e.name == "workbookPr"), None)
        return EPOCH_1904 if flag in ("1", "true") else EPOCH

    @cached_property
    def defined_names(self) -> tuple[DefinedName, ...]:
        """All its names, whoever made them."""
        return tuple(_defined_name(element) for element in self._elements if element.name == "definedName")

    @cached_property
    def names(self) -> Mapping[str, Area | None]:
        """The areas of our names. A copied tab brings local copies along: they count only where no other is left."""
        ours = [(d.name.lower(), d) for d in self.defined_names if d.name.lower().startswith(OURS)]
        ordered = sorted(ours, key=lambda pair: not pair[1].local)
        return {name: self._area(defined.formula) for name, defined in ordered}

    @cached_property
    def meaning(self) -> Meaning:
        """What all its cells share."""
        if self._meaning:
            return self._meaning
        part = next((relation.target for relation in self._relations if relation.kind == "sharedStrings"), None)
        return Meaning(shared_strings(self.archive.read(part)) if part else (), self.epoch)

    def sheet(self, title: str) -> Sheet:
        """The worksheet with this title. Raises KeyError where there is none."""
        if title not in self._sheets:
            self._sheets[title] = scan(self.archive.read(self.sheet_parts[title]), title, self.meaning)
        return self._sheets[title]

    def parts_of(self, title: str, kind: str) -> list[str]:
        """What hangs on a worksheet, by kind: `table`, `pivotTable`."""
        hanging = relations(self.archive, self.sheet_parts[title])
        return [relation.target for relation in hanging if relation.kind == kind]

    def check_changeable(self) -> None:
        """Raises Unwritable where a change would break what the workbook is meant for."""
        keys = [member.name.lower() for member in self.archive.members]
        if any(key.startswith("_xmlsignatures/") for key in keys):
            raise Unwritable(say("it carries a digital signature that a change would break"))
        if any(key.startswith("xl/revisions/") for key in keys):
            raise Unwritable(say("it is a shared workbook that keeps its changes"))

    def _area(self, formula: str) -> Area | None:
        area = area_in_tab(formula)
        return area if area and area.tab in self.titles else None


def _workbook_part(archive: Archive) -> str:
    part = next((r.target for r in relations(archive, "") if r.kind == "officeDocument"), None)
    if part is None or part not in archive:
        raise Unreadable(DAMAGED)
    return part


def _defined_name(element: Element) -> DefinedName:
    return DefinedName(element.attributes["name"], element.text, "localSheetId" in element.attributes)
