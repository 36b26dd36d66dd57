"""Single values as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

from okrsheets.words.grid import Address
from okrsheets.words.message import Language, Message
from okrsheets.words.period import Week
from okrsheets.words.problem import Problem
from okrsheets.words.snapshot import Snapshot

Document: TypeAlias = "dict[str, Any]"

WHOLE = 2**53
"""Up to here a float without a fraction is the whole number it looks like."""


def plain(number: float | None) -> float | None:
    """A number without a fraction that is zero: 12 for 12.0."""
    if number is not None and number == int(number) and abs(number) < WHOLE:
        return int(number)
    return number


def place(address: Address | None) -> str | None:
    """`KPI's!J7`."""
    return str(address) if address else None


def places(snapshot: Snapshot, item: str, *fields: str) -> Document:
    """The cells of these fields of an item, null for one that has none."""
    return {field: place(snapshot.where(item, field)) for field in fields}


def by_week(cells: Mapping[str, Address]) -> dict[str, str]:
    """Those cells of an item that stand for a week."""
    return {key: str(cells[key]) for key in sorted(cells) if is_week(key)}


def by_day(cells: Mapping[str, Address]) -> dict[str, str]:
    """Those cells of an item that stand for a day."""
    return {key: str(cells[key]) for key in sorted(cells) if is_day(key)}


def is_week(key: str) -> bool:
    """Whether a key is a week's label: `2026-W42`."""
    try:
        return str(Week.parse(key)) == key
    except ValueError:
        return False


def is_day(key: str) -> bool:
    """Whether a key is an ISO date: `2026-10-12`."""
    try:
        return date.fromisoformat(key).isoformat() == key
    except ValueError:
        return False


def problem(found: Problem, language: Language) -> Document:
    """A cell that needs a person."""
    return {
        "where": place(found.where),
        "found": found.found,
        "expected": language.say(found.expected),
        "hint": language.say(found.hint),
    }


def moment(when: datetime | None) -> str | None:
    """`2026-11-23T07:30:00Z`."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def sentence(message: Message, language: Language) -> str | None:
    """A sentence in words, null where there is none."""
    return language.say(message) or None
