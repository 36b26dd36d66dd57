"""The time zone of the computer, for those who configured none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class LocalZone(tzinfo):
    """Asks the system for each moment anew, so that it holds on both sides of a change of the clock.

    `datetime.now().astimezone()` gives an offset that stays as it is today, which is wrong for a service that runs
    for months; the name of the zone, from which zoneinfo could be made, is known to some systems only.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """What the clock on the wall is ahead of UTC; of the two that a repeated hour has, as `fold` says."""
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Not told by all systems."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Such as CET."""
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        """The wall clock at a moment that is given in UTC."""
        return datetime.fromtimestamp(moment.replace(tzinfo=UTC).timestamp()).replace(tzinfo=self)  # noqa: DTZ006
