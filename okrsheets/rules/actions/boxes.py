"""Which days of an action get a box to tick. A tick on any other day of its row counts just as well."""

from __future__ import annotations

from datetime import date

from okrsheets.words.period import Period
from okrsheets.words.plan import Action, Cadence

SPREAD = {1: (4,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5)}
"""Days of the week (Monday is 0) for so many times a week, with rest in between where there can be."""

FRIDAY = 4


def box_days(action: Action, period: Period) -> frozenset[date]:
    """Daily: every day, so that a missed Tuesday can be made up on Saturday. Weekly: spread over the working week.
    Monthly: the Friday of the month's week (method.md §1). Once: the due date, else the last Friday."""
    if action.cadence is Cadence.ONCE:
        due = action.due if action.due and action.due in period else tuple(period)[-1].days[FRIDAY]
        return frozenset({due})
    if action.cadence is Cadence.MONTHLY:
        return frozenset(week.days[FRIDAY] for week in period.month_weeks)
    places = range(7) if action.cadence is Cadence.DAILY else SPREAD.get(action.per_week, range(7))
    return frozenset(week.days[place] for week in period for place in places)
