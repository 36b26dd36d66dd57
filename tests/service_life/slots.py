"""What a service owes, counted by somebody who knows nothing of its code: wall clocks and calendars only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

from okrsheets.rules.due import jitter, read_schedule

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY = datetime(2020, 1, 6, tzinfo=UTC)
"""From where intervals are counted."""


class Slots:
    """The slots of each workbook as they go by, and what there is to write at each: another day, or another figure."""

    def __init__(self, plans: Mapping[str, str], zone: tzinfo) -> None:
        self.plans = plans
        self.zone = zone
        self.dealt: dict[str, datetime] = {}
        self.shown: dict[str, tuple[date, int]] = {}
        self.owed: Counter[str] = Counter()
        self._later = {name: jitter(name, read_schedule(text)) for name, text in plans.items()}

    def remember(self, dealt: Mapping[str, datetime]) -> None:
        """The last slots that were written down: where a new process goes on."""
        self.dealt = dict(dealt)

    def due(self, now: datetime, edits: Mapping[str, int]) -> int:
        """How many workbooks a round has to look after now; each is dealt with then."""
        return sum(self._is_due(name, now, edits) for name in self.plans)

    def _is_due(self, name: str, now: datetime, edits: Mapping[str, int]) -> bool:
        newest, before = self.newest(name, now), self.dealt.get(name)
        self.dealt[name] = newest
        if before is not None and newest <= before:
            return False
        state = now.astimezone(self.zone).date(), edits.get(name, 0)
        self.owed[name] += self.shown.get(name) != state
        self.shown[name] = state
        return True

    def newest(self, name: str, now: datetime) -> datetime:
        """The last slot of a workbook that came by `now`."""
        return newest_slot(self.plans[name], now - self._later[name], self.zone) + self._later[name]


def newest_slot(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The last slot that came by `now`, for a workbook that is not late."""
    words = text.split()
    if words[-1] in ("hours", "minutes"):
        interval = timedelta(**{words[-1]: int(words[0])})
        return now - (now - MONDAY) % interval
    wanted = time.fromisoformat(words[-1])
    chosen = {"day": set(range(7)), "weekdays": set(range(5))}.get(words[0]) or {DAYS.index(words[0])}
    day = now.astimezone(zone).date()
    while day.weekday() not in chosen or first_minute(day, wanted, zone) > now:
        day -= timedelta(days=1)
    return first_minute(day, wanted, zone)


@cache
def first_minute(day: date, wanted: time, zone: tzinfo) -> datetime:
    """The first minute of a day at which the wall clock shows this time or a later one, by looking at them."""
    moment = datetime.combine(day, time(), zone).astimezone(UTC) + timedelta(hours=max(0, wanted.hour - 1))
    while moment.astimezone(zone).time() < wanted:
        moment += timedelta(minutes=1)
    return moment
