"""What another reader finds in a workbook that was read already, and what it knows of the looks of its tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from okrsheets.words.grid import NOTHING, Address, Cell, Grid


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The tabs as `reader` (`openpyxl 3.1.5`) sees them; `faults` says why it cannot read a tab.

    `hidden` are the hidden rows by tab.
    """

    reader: str
    grids: Mapping[str, Grid] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def at(self, address: Address) -> Cell:
        """The cell as it sees it, NOTHING where it sees none."""
        grid = self.grids.get(address.tab)
        return grid.at(*address.spot) if grid else NOTHING
