"""A person at a workbook: types into cells, and okrsheets reads along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from okrsheets.edges.excel.reading.refs import area_of
from okrsheets.edges.languages import language
from okrsheets.edges.memory import MemoryStore
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import read_back
from okrsheets.words.grid import Address, Area, Cell, Grid, Reading, Spot
from okrsheets.words.period import Period, quarter
from okrsheets.words.plan import (
    Action,
    Cadence,
    CheckIns,
    KeyResult,
    KeyResultType,
    Kpi,
    KpiKind,
    Objective,
    Plan,
    Pulse,
    Stage,
    Theme,
)
from okrsheets.words.snapshot import Snapshot
from okrsheets.words.workbook import Written

LANGUAGES = (language("nl"), language("en"))
Q4 = quarter(2026, 4)

PLAN = Plan(
    Theme("Ten programmes", "A business with a heart", "It is time", 15000, 1500, None, (), ("Actions first",)),
    (
        Objective(
            "O1",
            "Close 10 programmes",
            1,
            (
                KeyResult("KR1", "Five calls a week", KeyResultType.WITHIN, low=5, tolerance=2, kpi="K2"),
                KeyResult("KR2", "Programmes", baseline=0, target=10, kpi="K3", confidence=7, note="go"),
                KeyResult("KR3", "Landing page", KeyResultType.DONE),
            ),
        ),
        Objective("O2", "Grow", 2, (KeyResult("KR4", "Followers", baseline=100, target=200, unit="people"),)),
    ),
    (
        Kpi("K1", "Invitations", target=166),
        Kpi("K2", "Calls"),
        Kpi("K3", "Programmes"),
        Kpi("K4", "Followers", KpiKind.STOCK, Pulse.MONTH),
        Kpi("K5", "Conversion", KpiKind.RATIO, numerator="K3", denominator="K2", target=0.1, unit="%"),
    ),
    (Stage("K1", 0.3, 1, None, 13), Stage("K2", 0.25, 2, 6), Stage("K3")),
    (
        Action("A1", "Networking", key_result="KR1"),
        Action("A2", "Invite", Cadence.WEEKLY, 2, "KR1", "K1", 3),
        Action("A3", "Challenge", Cadence.MONTHLY, 1, "KR2"),
        Action("A4", "Write the page", Cadence.ONCE, 1, "KR3"),
    ),
)


class Desk:
    """A workbook of a plan, in memory."""

    def __init__(
        self, plan: Plan = PLAN, code: str = "nl", period: Period = Q4, check_ins: CheckIns | None = None
    ) -> None:
        self.store = MemoryStore("plan.xlsx")
        self.store.create(describe(plan, period, language(code), check_ins or CheckIns()))
        self.made = self.read()

    def read(self) -> Snapshot:
        return read_back(self.store.read(), LANGUAGES)

    def where(self, item: str, field: str) -> Address:
        address = self.made.where(item, field)
        assert address is not None, f"{item} has no cell for {field}"
        return address

    def type(self, item: str, field: str, value: Written) -> Snapshot:
        self.store.fill(self.where(item, field), value)
        return self.read()

    def beside(self, item: str, field: str, value: Written, *, columns: int = 0, rows: int = 0) -> Snapshot:
        address = self.where(item, field)
        self.store.fill(replace(address, row=address.row + rows, column=address.column + columns), value)
        return self.read()


def without(reading: Reading, *names: str) -> Reading:
    """The reading of a workbook in which some names point nowhere any more."""
    return replace(reading, names={name: None if name in names else area for name, area in reading.names.items()})


def with_columns(reading: Reading, tab: str, at: int, by: int, *, names_follow: bool) -> Reading:
    """The reading after columns were inserted before column `at` (by > 0) or removed from there on (by < 0)."""
    moved = {}
    for (row, column), cell in reading.grids[tab].cells.items():
        if column < at:
            moved[row, column] = cell
        elif column >= at - min(by, 0):
            moved[row, column + by] = cell
    names = reading.names if not names_follow else {n: _moved(area, tab, at, by) for n, area in reading.names.items()}
    return replace(reading, grids={**reading.grids, tab: Grid(tab, moved)}, names=names)


def with_rows(reading: Reading, tab: str, at: int, by: int, *, names_follow: bool = True) -> Reading:
    """The reading after rows were inserted before row `at` (by > 0) or removed from there on (by < 0)."""
    sideways = with_columns(_turned(reading, tab), tab, at, by, names_follow=names_follow)
    return _turned(sideways, tab)


def _turned(reading: Reading, tab: str) -> Reading:
    """The reading with rows for columns in one tab."""
    cells = {(column, row): cell for (row, column), cell in reading.grids[tab].cells.items()}
    names = {name: _turned_area(area, tab) for name, area in reading.names.items()}
    return replace(reading, grids={**reading.grids, tab: Grid(tab, cells)}, names=names)


def _turned_area(area: Area | None, tab: str) -> Area | None:
    if area is None or area.tab != tab:
        return area
    return Area(tab, area.left, area.top, area.right, area.bottom)


def with_cells(reading: Reading, tab: str, cells: Mapping[Spot, Cell], *merges: str) -> Reading:
    """The reading with other things in some cells of a tab, and these cells merged."""
    merged = tuple(area_of(merge, tab) for merge in merges)
    grid = Grid(tab, {**reading.grids[tab].cells, **cells}, reading.grids[tab].merges + merged)
    return replace(reading, grids={**reading.grids, tab: grid})


def copied_rows(reading: Reading, tab: str, top: int, bottom: int, to: int) -> Reading:
    """The reading after rows were copied, hidden first cells and all."""
    cells = reading.grids[tab].cells.items()
    copies = {(row - top + to, column): cell for (row, column), cell in cells if top <= row <= bottom}
    return with_cells(reading, tab, copies)


def swapped_rows(reading: Reading, tab: str, one: int, other: int) -> Reading:
    """The reading after two rows changed places, as sorting does."""
    places = {one: other, other: one}
    cells = {(places.get(row, row), column): cell for (row, column), cell in reading.grids[tab].cells.items()}
    return replace(reading, grids={**reading.grids, tab: Grid(tab, cells)})


def renamed_tab(reading: Reading, old: str, new: str) -> Reading:
    """The reading after a tab was renamed, which names follow."""
    titles = tuple(new if title == old else title for title in reading.titles)
    grids = {new if title == old else title: grid for title, grid in reading.grids.items()}
    grids[new] = replace(grids[new], title=new)
    names = {n: replace(a, tab=new) if a and a.tab == old else a for n, a in reading.names.items()}
    return replace(reading, titles=titles, grids=grids, names=names)


def deleted_tab(reading: Reading, title: str) -> Reading:
    """The reading after a tab was deleted, and with it what its names led to."""
    titles = tuple(other for other in reading.titles if other != title)
    grids = {other: grid for other, grid in reading.grids.items() if other != title}
    names = {n: None if a and a.tab == title else a for n, a in reading.names.items()}
    return replace(reading, titles=titles, grids=grids, names=names)


def _moved(area: Area | None, tab: str, at: int, by: int) -> Area | None:
    if area is None or area.tab != tab:
        return area
    if by < 0 and at <= area.left and area.right < at - by:
        return None
    left = area.left + by if area.left >= at else area.left
    right = area.right + by if area.right >= at else area.right
    return replace(area, left=left, right=right)
