"""What a service remembers between two looks at a workbook. Losing all of it costs one full sync."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Run:
    """The last attempt at one workbook for one slot of its schedule (all in UTC).

    `missed` counts the slots before it that passed while nobody ran, and are made up by this one. `seconds` is how
    long it took. `error` is one line for a person.
    """

    name: str
    slot: datetime
    started: datetime
    seconds: float
    outcome: str
    error: str | None = None
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a configured workbook stands, by its name.

    `slot` is the last one that was dealt with. `token` tells whether the workbook changed since its last good sync,
    '' where only reading it can tell. `synced` is when that was, `failures` how many attempts in a row did not succeed
    since, `tried` when the last was.
    """

    name: str
    slot: datetime
    outcome: str
    synced: datetime | None = None
    error: str | None = None
    token: str = ""
    failures: int = 0
    tried: datetime | None = None


class History(Protocol):
    """The memory of a service."""

    def standings(self) -> Mapping[str, Standing]:
        """What is known of each workbook, by its name."""

    def bookmark(self) -> str:
        """Up to where changes were followed, as it was last kept; '' at first."""

    def keep(self, standings: Sequence[Standing], runs: Sequence[Run], bookmark: str | None = None) -> None:
        """Remembers one round, wholly or not at all; None leaves the bookmark where it is."""

    def runs(self, name: str) -> Sequence[Run]:
        """What came of each slot of a workbook that is remembered, oldest first."""
