"""The store that keeps a workbook in memory: for tests, and for whoever wants to try things without a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from okrsheets.edges.described import EPOCH, cell_of, described_cells, misfit
from okrsheets.words.errors import AlreadyThere, ChangedMeanwhile, NoRoomForSummary, NotFound
from okrsheets.words.grid import NOTHING, Address, Area, Cell, Change, Grid, Reading, Spot, a1
from okrsheets.words.message import Message, say
from okrsheets.words.workbook import Workbook, Written

KIND = "memory"


class MemoryStore:
    """Keeps one workbook, as okrsheets.words.store.Store asks, as long as the object lives."""

    def __init__(self, ref: str = "memory") -> None:
        self._ref = ref
        self._workbook: Workbook | None = None
        self._tabs: dict[str, dict[Spot, Cell]] = {}
        self._version = 0

    @property
    def ref(self) -> str:
        """What the workbook is called."""
        return self._ref

    def create(self, workbook: Workbook, *, replace: bool = False) -> None:
        """Makes the workbook. Raises AlreadyThere where there is one and `replace` is not set."""
        if self._workbook is not None and not replace:
            raise AlreadyThere(path=self.ref)
        self._workbook = workbook
        self._tabs = {tab.title: dict(described_cells(tab)) for tab in workbook.tabs}
        self._version += 1

    def read(self) -> Reading:
        """All its tabs. Raises NotFound where none was made."""
        names = dict(self._made().names)
        grids = {title: Grid(title, dict(cells), tuple(self._merges(title))) for title, cells in self._tabs.items()}
        return Reading(KIND, self.ref, tuple(self._tabs), grids, names, str(self._version), EPOCH)

    def write(self, changes: Sequence[Change], reading: Reading) -> None:
        """Changes the named cells. Raises ChangedMeanwhile, NoRoomForSummary."""
        self._made()
        if not changes:
            return
        if reading.fingerprint != str(self._version):
            raise ChangedMeanwhile(ref=self.ref)
        for change in changes:
            reason = self._obstacle(change)
            if reason:
                raise NoRoomForSummary(ref=self.ref, where=str(change.address), reason=reason)
        for change in changes:
            self._set(change.address, replace(cell_of(change.new.value), link=change.new.link))
        self._version += 1

    def tidy(self) -> None:
        """There is nothing to tidy up."""

    @property
    def warnings(self) -> tuple[Message, ...]:
        """None."""
        return ()

    def fill(self, address: Address, value: Written) -> None:
        """Types into a cell as a person would. Raises NotFound, or KeyError for a tab that is not there."""
        self._made()
        self._set(address, cell_of(value))
        self._version += 1

    def _made(self) -> Workbook:
        if self._workbook is None:
            raise NotFound(ref=self.ref)
        return self._workbook

    def _set(self, address: Address, cell: Cell) -> None:
        self._tabs[address.tab][address.spot] = cell
        if cell == NOTHING:
            del self._tabs[address.tab][address.spot]

    def _obstacle(self, change: Change) -> Message | None:
        """Why a cell must not be written over, as in a file."""
        tab, spot = change.address.tab, change.address.spot
        if tab not in self._tabs:
            return say("there is no such tab")
        if self._tabs[tab].get(spot, NOTHING).formula is not None:
            return say("it holds a formula")
        for merge in self._merges(tab):
            if spot in merge and spot != merge.first.spot:
                return say("it is merged with {cell}", cell=a1(merge.first.spot))
        return misfit(change.new.value)

    def _merges(self, title: str) -> list[Area]:
        return [merge.area for tab in self._made().tabs if tab.title == title for merge in tab.merges]
