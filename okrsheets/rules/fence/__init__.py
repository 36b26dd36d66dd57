"""The fence: what looks like an accident and not like a decision stops a sync before it writes."""

from __future__ import annotations

from functools import reduce

from okrsheets.rules.fence.losses import losses
from okrsheets.rules.fence.memory import remembered
from okrsheets.rules.fence.seen import Measure, Seen, see
from okrsheets.rules.readback.cells import ON_THE_WEB
from okrsheets.rules.readback.theme import filled_tables
from okrsheets.rules.tables import TABLES, THEME_TITLE, Table, setting_name
from okrsheets.words.errors import Emptied, Vanished, VanishedOnline
from okrsheets.words.grid import Reading
from okrsheets.words.message import Message, say
from okrsheets.words.snapshot import Snapshot


def fence(snapshot: Snapshot, reading: Reading) -> None:
    """Raises Vanished where most of what the last sync saw is gone, Emptied where a tab has nothing left at all.

    What was seen before stands on the Summary; where it does not, only an emptied tab is noticed.
    """
    before, now = remembered(snapshot, reading), see(snapshot, reading)
    gone = [loss for table in TABLES for loss in losses(table, _tab_of(table, reading), before, now)]
    if gone:
        error = VanishedOnline if reading.kind == ON_THE_WEB else Vanished
        raise error(ref=reading.ref, what=reduce(_and, gone))
    if now.settings is False and before.settings is not False:
        raise Emptied(ref=reading.ref, tab=_tab(reading, setting_name("start"), THEME_TITLE))
    filled = filled_tables(snapshot, reading)
    for table in TABLES:
        if table.key in filled and is_emptied(table, before, now):
            raise Emptied(ref=reading.ref, tab=_tab_of(table, reading))


def is_emptied(table: Table, before: Seen, now: Seen) -> bool:
    """Whether a table has no rows left. One that had none at the last sync either: somebody went on all the same."""
    accepted = before.table(table.key).count(Measure.ROWS) == 0
    return now.table(table.key).count(Measure.ROWS) == 0 and not accepted


def _tab_of(table: Table, reading: Reading) -> str | Message:
    return _tab(reading, table.name("id"), table.title)


def _tab(reading: Reading, anchor: str, title: str) -> str | Message:
    """What a tab is called by now."""
    area = reading.names.get(anchor)
    return area.tab if area else Message(title)


def _and(one: Message, other: Message) -> Message:
    return say("{one}; {other}", one=one, other=other)
