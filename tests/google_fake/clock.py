"""The fake's own time: the real one until it is set, then only as it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time; `set` and `advance` make it a time of the test's own."""

    def __init__(self, now: datetime | None = None) -> None:
        self.fixed = now

    def now(self) -> datetime:
        """The time in UTC."""
        return self.fixed or datetime.now(UTC)

    def set(self, now: datetime) -> None:
        """Stops the clock at a time."""
        self.fixed = now.astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Moves the clock on, and stops it there."""
        self.fixed = self.now() + timedelta(seconds=seconds)


def stamp(at: datetime) -> str:
    """A time as Drive writes it: 2026-11-23T08:00:00.000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
