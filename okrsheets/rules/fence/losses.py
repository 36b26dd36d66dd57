"""What is gone since the last sync, told as what was seen before and what is seen now."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.rules.fence.seen import Measure, Seen
from okrsheets.rules.tables import Table
from okrsheets.words.message import Message, say, say_many

FEW = 3
"""The going of fewer than these cannot be told from a decision."""
COLUMNS = (Measure.DAYS, Measure.WEEKS)
CHECK_INS = (Measure.TICKS, Measure.NUMBERS)


def losses(table: Table, tab: str | Message, before: Seen, now: Seen) -> Iterator[Message]:
    """The first loss of a table, its rows first of all; nothing where there is none."""
    for measure in Measure:
        old, new = before.table(table.key).count(measure), left(table, measure, before, now)
        if old is not None and new is not None and is_lost(measure, old, new):
            yield told(tab, measure, counted(measure, old), new, before, now)
            return


def left(table: Table, measure: Measure, before: Seen, now: Seen) -> int | None:
    """How many there still are, of ids those that were seen before; None where that says nothing.

    A period that somebody changed has other days, which is no loss as long as ticks and numbers fall within it.
    """
    if measure in COLUMNS and before.period != now.period:
        return None
    if measure is Measure.IDS:
        return len(before.table(table.key).ids & now.table(table.key).ids)
    return now.table(table.key).count(measure)


def is_lost(measure: Measure, old: int, new: int) -> bool:
    """Ticks and numbers are lost when none is left, everything else when less than half of it is."""
    return old >= FEW and (new == 0 if measure in CHECK_INS else 2 * new < old)


def told(tab: str | Message, measure: Measure, seen: Message, left: int, before: Seen, now: Seen) -> Message:
    """`Actions: 41 ticks at the last sync, now none`, and how that came about where it is known."""
    seen_now = left or say("none")
    if measure is Measure.IDS:
        return say(
            "{tab}: {seen} in the hidden first column at the last sync, now {now}, though the rows are there",
            tab=tab,
            seen=seen,
            now=seen_now,
        )
    if measure in CHECK_INS and before.period and now.period and before.period != now.period:
        return say(
            "{tab}: {seen} at the last sync, now {now}, since the period was {old} and is {new}",
            tab=tab,
            seen=seen,
            now=seen_now,
            old=before.period.label,
            new=now.period.label,
        )
    return say("{tab}: {seen} at the last sync, now {now}", tab=tab, seen=seen, now=seen_now)


def counted(measure: Measure, count: int) -> Message:
    """`41 ticks`."""
    words = {
        Measure.ROWS: say_many("{count} row", "{count} rows", count),
        Measure.TITLES: say_many("{count} title", "{count} titles", count),
        Measure.IDS: say_many("{count} id", "{count} ids", count),
        Measure.DAYS: say_many("{count} column with a day", "{count} columns with a day", count),
        Measure.WEEKS: say_many("{count} column with a week", "{count} columns with a week", count),
        Measure.TICKS: say_many("{count} tick", "{count} ticks", count),
        Measure.NUMBERS: say_many("{count} number", "{count} numbers", count),
    }
    return words[measure]
