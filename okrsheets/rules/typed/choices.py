"""The words of the drop-downs, in whatever language a person chose or typed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from okrsheets.words.message import Language, keep
from okrsheets.words.plan import Ambition, Cadence, KeyResultType, KpiKind, Pulse

OBJECTIVE = keep("objective")
"""Stands in the type column of an objective, where a key result has its own type."""

Choice = TypeVar("Choice", bound=Enum)

TEXTS: Mapping[Enum, str] = {
    KeyResultType.REACH: keep("reach"),
    KeyResultType.WITHIN: keep("within"),
    KeyResultType.MILESTONE: keep("milestones"),
    KeyResultType.DONE: keep("done"),
    Ambition.COMMITTED: keep("committed"),
    Ambition.ASPIRATIONAL: keep("aspirational"),
    KpiKind.FLOW: keep("adds up"),
    KpiKind.STOCK: keep("latest counts"),
    KpiKind.RATIO: keep("ratio"),
    KpiKind.AVERAGE: keep("average"),
    Pulse.WEEK: keep("week"),
    Pulse.MONTH: keep("month"),
    Cadence.DAILY: keep("daily"),
    Cadence.WEEKLY: keep("weekly"),
    Cadence.MONTHLY: keep("monthly"),
    Cadence.ONCE: keep("once"),
}


def words(kind: type[Enum], language: Language) -> tuple[str, ...]:
    """The words of a drop-down, in the order of the vocabulary."""
    return tuple(language.say(TEXTS[member]) for member in kind)


def chosen(kind: type[Choice], text: str, languages: Iterable[Language]) -> Choice | None:
    """The member that a word means, in any of the languages or as the contract writes it; None for another word."""
    typed = text.strip().casefold()
    known = tuple(languages)
    for member in kind:
        if typed in {member.value, TEXTS[member]} | {language.say(TEXTS[member]).casefold() for language in known}:
            return member
    return None
