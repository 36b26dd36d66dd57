"""The one place where the clock on the wall is read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def seconds() -> float:
    """The seconds since 1970, as files have them."""
    return time.time()


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that nobody sets."""
    return time.monotonic()


def today(zone: str | None = None) -> date:
    """The day it is in a time zone such as Europe/Amsterdam; without one, where the computer is."""
    return now().astimezone(ZoneInfo(zone) if zone else None).date()
