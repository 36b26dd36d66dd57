"""The fence: what looks like an accident stops a sync before it writes."""

from __future__ import annotations

from okrsheets.rules.readback.theme import is_emptied
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES, THEME_TITLE
from okrsheets.words.errors import Emptied
from okrsheets.words.grid import Reading
from okrsheets.words.message import Message
from okrsheets.words.snapshot import Snapshot


def fence(snapshot: Snapshot, reading: Reading) -> None:
    """Raises Emptied where a tab that okrsheets filled has nothing left: a mishap, not a plan without goals."""
    plan = snapshot.plan
    left = {
        THEME_TITLE: not is_emptied(reading),
        OBJECTIVES.title: plan.objectives,
        ACTIONS.title: plan.actions,
        KPIS.title: plan.kpis,
    }
    for title, content in left.items():
        if not content:
            raise Emptied(ref=reading.ref, tab=Message(title))
