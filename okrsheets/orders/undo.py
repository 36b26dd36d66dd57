"""Undo: the workbook as it was before the last sync."""

from __future__ import annotations

from dataclasses import dataclass

from okrsheets.words.errors import NoUndo
from okrsheets.words.message import Message
from okrsheets.words.store import Store, Undoable


@dataclass(frozen=True, slots=True)
class Undone:
    """A workbook that is as it was. `kept` is where what stood there by then is, where a person had changed it."""

    ref: str
    kept: str | None = None
    warnings: tuple[Message, ...] = ()


def undo(store: Store, *, force: bool = False) -> Undone:
    """Puts back what stood there before the last sync; once more, what stood there before the one before that.

    Raises NoUndo, NothingToUndo; ChangedSince where a person changed it since and `force` is not set; and what reading
    and writing raise.
    """
    if not isinstance(store, Undoable):
        raise NoUndo(ref=store.ref)
    kept = store.undo(force=force)
    return Undone(store.ref, kept, store.warnings)
