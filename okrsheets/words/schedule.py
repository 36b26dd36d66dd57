"""When a workbook is to be synced: every so often, or at a time of the day on some days of the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, `interval` apart."""

    interval: timedelta


@dataclass(frozen=True, slots=True)
class At:
    """At a time of the wall clock, on these days of the week (0 is Monday)."""

    weekdays: frozenset[int]
    time: time


Schedule: TypeAlias = Every | At


@dataclass(frozen=True, slots=True)
class Due:
    """A slot of a schedule that has come, in UTC, and how many before it were missed and are made up with it."""

    slot: datetime
    missed: int = 0
