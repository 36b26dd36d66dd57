"""What the rounds ask for: the configured workbooks, and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol

from okrsheets.orders.sync import SyncResult

UNKNOWN = ""
"""The token of a workbook of which nobody can tell whether it changed: it is read."""


class Workbooks(Protocol):
    """The configured workbooks, by their names."""

    def token(self, name: str, today: date, before: str) -> str:
        """What changes whenever the workbook does, found without reading it; UNKNOWN where that cannot be told.

        `before` is what it was today when the workbook was last brought up to date, UNKNOWN where it was not.
        """

    def sync(self, name: str, today: date) -> SyncResult:
        """Brings one up to date. Whatever happens is a result, never an exception."""

    def round_over(self) -> str:
        """Nobody asks again in this round. What the workbooks themselves want to have remembered, in one text."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The clock on the wall, in UTC, and the zone in which days begin and schedules are meant."""

    now: Callable[[], datetime]
    zone: tzinfo

    def day(self, moment: datetime) -> date:
        """The day it is in that zone at a moment."""
        return moment.astimezone(self.zone).date()

    @property
    def today(self) -> date:
        """The day it is in that zone."""
        return self.day(self.now())
