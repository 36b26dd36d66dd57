"""The fence: what looks like an accident stops a sync before it writes."""

from __future__ import annotations

from okrsheets.rules.readback.theme import is_emptied
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES, THEME_TITLE, setting_name
from okrsheets.words.errors import Emptied
from okrsheets.words.grid import Reading
from okrsheets.words.message import Message
from okrsheets.words.snapshot import Snapshot


def fence(snapshot: Snapshot, reading: Reading) -> None:
    """Raises Emptied where a tab that okrsheets filled has nothing left: a mishap, not a plan without goals."""
    plan = snapshot.plan
    left = (
        (setting_name("start"), THEME_TITLE, not is_emptied(reading)),
        (OBJECTIVES.name("id"), OBJECTIVES.title, plan.objectives),
        (ACTIONS.name("id"), ACTIONS.title, plan.actions),
        (KPIS.name("id"), KPIS.title, plan.kpis),
    )
    for anchor, title, content in left:
        if not content:
            area = reading.names.get(anchor)
            raise Emptied(ref=reading.ref, tab=area.tab if area else Message(title))
