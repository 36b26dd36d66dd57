"""How the parts of a workbook hang together: its tabs, its names, its shared strings, its day 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from okrsheets.edges.excel.disk.faults import DAMAGED, UnderRevision, UnderSignature, Unreadable
from okrsheets.edges.excel.reading.archive import Archive, key_of
from okrsheets.edges.excel.reading.cells import Meaning
from okrsheets.edges.excel.reading.foreign import open_archive
from okrsheets.edges.excel.reading.markup import Element, elements, relation_id
from okrsheets.edges.excel.reading.refs import area_in_tab
from okrsheets.edges.excel.reading.relations import relations
from okrsheets.edges.excel.reading.scan import scan
from okrsheets.edges.excel.reading.sheet import Sheet
from okrsheets.edges.excel.reading.strings import shared_strings
from okrsheets.edges.excel.reading.styles import dated_styles, unlocked_styles
from okrsheets.words.grid import Area
from okrsheets.words.message import say

OURS = "okr_"
LONGEST_TITLE = 255
"""Characters. Excel makes 31 at most, other programs more; every address of a cell begins with it."""
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name of the workbook with the formula it stands for; `local_to` the tab of this place, or known everywhere."""

    name: str
    formula: str
    local_to: int | None


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
        self._known_titles = frozenset(self.titles)
        if not found or len(self._known_titles) < len(found):
            raise Unreadable(DAMAGED)
        if max(map(len, self.titles)) > LONGEST_TITLE:
            raise Unreadable(say("the title of a tab is longer than {limit} characters", limit=LONGEST_TITLE))
        leads = {attributes["name"]: targets[relation_id(attributes) or ""] for attributes in found}
        self.sheet_parts = {title: to.target for title, to in leads.items() if to.kind == "worksheet"}
        if len(set(map(key_of, self.sheet_parts.values()))) < len(self.sheet_parts):
            raise Unreadable(say("two of its tabs are one and the same"))

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
        """The areas of our names. A copied tab has local ones: they count only where the others lead nowhere."""
        areas: dict[str, Area | None] = {}
        for defined in sorted(self._ours, key=lambda defined: defined.local_to is not None):
            name = defined.name.lower()
            areas[name] = areas.get(name) or self._area(defined.formula)
        return areas

    @cached_property
    def copies(self) -> tuple[str, ...]:
        """The tabs with names of ours for themselves: what a person copied as a whole."""
        places = {defined.local_to for defined in self._ours}
        return tuple(title for place, title in enumerate(self.titles) if place in places)

    @property
    def misses_tabs(self) -> bool:
        """Whether a name of ours leads to a tab that is not there: some programs rename one and leave its names."""
        areas = (area_in_tab(defined.formula) for defined in self._ours)
        return any(area.tab not in self._known_titles for area in areas if area)

    @cached_property
    def meaning(self) -> Meaning:
        """What all its cells share."""
        if self._meaning:
            return self._meaning
        strings, styles = self._content("sharedStrings"), self._content("styles")
        return Meaning(
            shared_strings(strings) if strings else (), self.epoch, dated_styles(styles) if styles else frozenset()
        )

    @property
    def unlocked_styles(self) -> frozenset[bytes | None]:
        """The styles of cells that a tab's protection leaves open."""
        styles = self._content("styles")
        return unlocked_styles(styles) if styles else frozenset()

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
            raise UnderSignature
        if any(key.startswith("xl/revisions/") for key in keys):
            raise UnderRevision

    @property
    def _ours(self) -> list[DefinedName]:
        return [defined for defined in self.defined_names if defined.name.lower().startswith(OURS)]

    def _content(self, kind: str) -> bytes | None:
        """The one part that all tabs share of a kind; None where there is none."""
        part = next((relation.target for relation in self._relations if relation.kind == kind), None)
        return self.archive.read(part) if part else None

    def _area(self, formula: str) -> Area | None:
        area = area_in_tab(formula)
        return area if area and area.tab in self._known_titles else None


def _workbook_part(archive: Archive) -> str:
    part = next((r.target for r in relations(archive, "") if r.kind == "officeDocument"), None)
    if part is None or part not in archive:
        raise Unreadable(DAMAGED)
    return part


def _defined_name(element: Element) -> DefinedName:
    place = element.attributes.get("localSheetId")
    return DefinedName(element.attributes["name"], element.text, None if place is None else int(place))
