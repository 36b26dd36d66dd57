"""The fence: what looks like an accident stops a sync before it writes."""

from __future__ import annotations

from okrsheets.rules.readback.theme import filled_tables, is_emptied
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES, THEME_TITLE, setting_name
from okrsheets.words.errors import Emptied
from okrsheets.words.grid import Reading
from okrsheets.words.message import Message
from okrsheets.words.snapshot import Snapshot


def fence(snapshot: Snapshot, reading: Reading) -> None:
    """Raises Emptied where a tab that okrsheets filled has nothing left: a mishap, not a plan without goals."""
    plan = snapshot.plan
    if is_emptied(reading):
        raise _emptied(reading, setting_name("start"), THEME_TITLE)
    left = {OBJECTIVES: plan.objectives, ACTIONS: plan.actions, KPIS: plan.kpis}
    for table, content in left.items():
        if not content and table.key in filled_tables(reading):
            raise _emptied(reading, table.name("id"), table.title)


def _emptied(reading: Reading, anchor: str, title: str) -> Emptied:
    area = reading.names.get(anchor)
    return Emptied(ref=reading.ref, tab=area.tab if area else Message(title))
