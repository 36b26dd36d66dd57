"""What a period is called where people read it."""

from __future__ import annotations

from okrsheets.words.message import Message, say
from okrsheets.words.period import Period, Week


def called(period: Period) -> Message:
    """`2026-Q4`, as it is asked for; any other period by the numbers of its weeks."""
    if period.is_quarter:
        return say("{quarter}", quarter=period.label)
    first, last = Week(period.start).number, Week.of(period.end).number
    if first == last:
        return say("week {first}", first=first)
    return say("weeks {first} to {last}", first=first, last=last)
