"""A cell that could not be read: a fact about a person's data, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

from okrsheets.words.grid import Address
from okrsheets.words.message import Message


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, what was found there, what was expected, and what to type instead."""

    where: Address | None
    found: str
    expected: Message
    hint: Message
