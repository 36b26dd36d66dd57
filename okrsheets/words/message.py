"""Sentences before they are in a language: what is said, and the facts that fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

Fact: TypeAlias = "str | int | float | date | Percent | Message | tuple[Fact, ...]"


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, 0.25 for a quarter, that is to be said as a percentage."""

    share: float
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the catalogue (its English text is its key) and the facts for its `{places}`.

    Where the words depend on a number, `many` is the plural and `count` the number; `{count}` shows it.
    """

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    many: str | None = None
    count: int = 1


def say(text: str, /, **facts: Fact) -> Message:
    """A message from its English text and the facts in it. Extraction of the catalogue looks for this name."""
    return Message(text, facts)


def say_many(one: str, many: str, count: int, /, **facts: Fact) -> Message:
    """A message whose words depend on `count`. Extraction of the catalogue looks for this name."""
    return Message(one, {"count": count, **facts}, many, count)


def keep(text: str, /) -> str:
    """Marks a text for the catalogue and returns it as it is."""
    return text


class Language(Protocol):
    """One language with a locale's numbers and dates. Every word that a person reads passes through one."""

    @property
    def code(self) -> str:
        """`nl` or `en`."""

    @property
    def locale(self) -> str:
        """`nl_NL`: whose numbers and dates are written and read."""

    def say(self, message: Message | str) -> str:
        """The sentence, with its facts in the words, numbers and dates of the locale."""

    def number(self, value: float, decimals: int = 2) -> str:
        """`1.250,5`: at most `decimals` decimals, none that are zero."""

    def percent(self, share: float, decimals: int = 0) -> str:
        """`25%` for .25, as the locale writes it."""

    def day(self, day: date, form: str = "d MMM y") -> str:
        """A date in the form of Unicode's date patterns: `d MMM`, `EEE`, `MMMM`."""
