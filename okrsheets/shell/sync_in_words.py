"""What became of a sync, in words."""

from __future__ import annotations

from collections.abc import Sequence

from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.shell.asked import as_typed
from okrsheets.shell.screen import Screen
from okrsheets.words.grid import Change, Content
from okrsheets.words.message import Language, Message, say, say_many

DECIMALS = 4
"""Of a number that would change, so that a change of a share is seen."""
FEW = 5
"""Workbooks that are named; of more, people want the number."""


def outcome_in_words(name: str, result: SyncResult) -> Message:
    """`plan.xlsx: 12 cells of the Summary are up to date again.`"""
    written = len(result.changes)
    if result.outcome is Outcome.UNCHANGED or not written:
        return say("{ref}: nothing changed, nothing written.", ref=name)
    if result.outcome is Outcome.DRY_RUN:
        return say_many("{ref}: {count} cell would change.", "{ref}: {count} cells would change.", written, ref=name)
    return say_many(
        "{ref}: {count} cell of the Summary is up to date again.",
        "{ref}: {count} cells of the Summary are up to date again.",
        written,
        ref=name,
    )


def attention(name: str, count: int) -> Message:
    """That cells could not be read, and where to look."""
    return say_many(
        "{count} cell needs a look; see the end of the Summary, or: okrsheets report {ref}",
        "{count} cells need a look; see the end of the Summary, or: okrsheets report {ref}",
        count,
        ref=as_typed(name),
    )


def all_together(references: Sequence[str], results: Sequence[SyncResult]) -> Message:
    """`300 workbooks: 12 up to date again, 286 unchanged, and 2 stopped (anna and bram).`"""
    names = tuple(name for name, result in zip(references, results, strict=True) if result.error)
    changed = sum(1 for result in results if result.changes)
    counts = (
        (changed, as_changed(changed, any(result.outcome is Outcome.DRY_RUN for result in results))),
        (same := len(results) - changed - len(names), say("{count} unchanged", count=same)),
        (len(names), as_stopped(names)),
    )
    outcomes = tuple(words for count, words in counts if count)
    return say("{count} workbooks: {outcomes}.", count=len(results), outcomes=outcomes)


def as_changed(count: int, dry: bool) -> Message:
    """How many have a new Summary, or would have."""
    return say("{count} would change", count=count) if dry else say("{count} up to date again", count=count)


def as_stopped(names: tuple[str, ...]) -> Message:
    """How many were stopped; of a few also which."""
    if len(names) > FEW:
        return say("{count} stopped", count=len(names))
    return say("{count} stopped ({names})", count=len(names), names=names)


def change_in_words(change: Change, screen: Screen) -> Message:
    """`Overzicht!C5: 12 → 14`."""
    arrow = "→" if screen.fancy else "->"
    return say(
        "{where}: {old} {arrow} {new}",
        where=str(change.address),
        old=value_in_words(change.old, screen.language),
        new=value_in_words(change.new, screen.language),
        arrow=arrow,
    )


def value_in_words(content: Content, language: Language) -> str | Message:
    """The value of a cell in a sentence; of a share so many decimals that a change is seen."""
    match content.value:
        case None | "":
            return say("empty")
        case bool(value):
            return str(value).upper()
        case str(value):
            return value
        case value:
            return language.number(value, DECIMALS)
