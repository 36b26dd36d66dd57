"""Finding the fields of the Theme tab: by their names, and by their labels where a name is gone or astray."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from okrsheets.rules.readback.texts import folded, is_blank
from okrsheets.rules.tables import BLOCKS, LABELS, PERIOD_FIELDS, SETTING_FIELDS, THEME_TITLE, setting_name, theme_name
from okrsheets.words.grid import Address, Area, Grid, Reading
from okrsheets.words.message import Language

NEARLY_ALL = 0.75
"""Of the labels, for a tab that is known by nothing else."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The title of the Theme tab, and the cells of its fields; those that cannot be found are left out."""

    tab: str
    areas: Mapping[str, Area] = field(default_factory=dict)

    def at(self, field: str) -> Address | None:
        """The (first) cell of a field; None where it is gone."""
        area = self.areas.get(field)
        return area.first if area else None


def find_fields(reading: Reading, languages: Sequence[Language]) -> Fields | None:
    """The fields of the Theme tab, its labels understood in any of the languages; None where the tab is gone."""
    tab = _tab(reading, languages)
    if tab is None:
        return None
    labels = _Labels(reading.grids[tab], languages)
    found = {field: _area(reading.names.get(name_of(field)), field, labels) for field in LABELS}
    return Fields(tab, {field: area for field, area in found.items() if area})


def name_of(field: str) -> str:
    """The defined name of a field of the Theme tab, or of one of okrsheets' own settings there."""
    return setting_name(field) if field in PERIOD_FIELDS + SETTING_FIELDS else theme_name(field)


def _tab(reading: Reading, languages: Sequence[Language]) -> str | None:
    """The tab that most of the names lead to, else the one with the title, else the only one with nearly all labels."""
    areas = (reading.names.get(name_of(field)) for field in LABELS)
    places = Counter(area.tab for area in areas if area and area.tab in reading.grids)
    if places:
        return places.most_common(1)[0][0]
    titles = {language.say(THEME_TITLE).casefold() for language in languages}
    for title in reading.grids:
        if title.casefold() in titles:
            return title
    alike = [title for title, grid in reading.grids.items() if _Labels(grid, languages).are_nearly_all]
    return alike[0] if len(alike) == 1 else None


class _Labels:
    """The labels of the tab: which field each cell is the label of."""

    def __init__(self, grid: Grid, languages: Sequence[Language]) -> None:
        known = {language.say(label).casefold(): field for field, label in LABELS.items() for language in languages}
        self._grid, self.tab = grid, grid.title
        self._found = [(spot, known[text]) for spot in sorted(grid.cells) if (text := folded(grid, *spot)) in known]

    @property
    def are_nearly_all(self) -> bool:
        """Whether the tab can be no other than the Theme tab."""
        return len({field for _, field in self._found}) >= NEARLY_ALL * len(LABELS)

    def speak_of_another(self, area: Area, field: str) -> bool:
        """Whether a name that should lead to the field has stayed behind: it leads to a label by now, or another
        label, or nothing, is before it in that row. A block stands below its label, a column further."""
        known = dict(self._found)
        if field in BLOCKS:
            return known.get((area.top - 1, area.left)) == field
        if area.first.spot in known:
            return True
        before = {own for (row, column), own in self._found if row == area.top and column < area.left}
        return field not in before and (bool(before) or is_blank(self._grid.at(area.top, area.left)))

    def behind(self, field: str) -> Area | None:
        """Where a field stands by its label, if there is exactly one."""
        spots = [spot for spot, own in self._found if own == field]
        if len(spots) != 1:
            return None
        row, column = spots[0]
        height, width = BLOCKS.get(field, (1, 1))
        top = row + 1 if field in BLOCKS else row
        return Area(self.tab, top, column + 1, top + height - 1, column + width)


def _area(named: Area | None, field: str, labels: _Labels) -> Area | None:
    """The cells that the name leads to, unless the labels say that it is another field by now."""
    if named is None or named.tab != labels.tab:
        return labels.behind(field)
    if labels.speak_of_another(named, field):
        return labels.behind(field) or named
    return named
