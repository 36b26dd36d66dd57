"""The weekly letter about a plan: what is in it, how it reads, and what is remembered of those that were sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from okrsheets.words.history import History
from okrsheets.words.message import Message
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Kpi
from okrsheets.words.report import ActionReport, Report, Tally


@dataclass(frozen=True, slots=True)
class Brought:
    """What a KPI brought in one week, beside what was planned for it where that is known; in the KPI's unit."""

    kpi: Kpi
    value: float
    plan: float | None = None


@dataclass(frozen=True, slots=True)
class OpenBoxes:
    """What an action still asks for in a week: so many ticks, and the days that are proposed for them."""

    action: Action
    left: int
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A look back on one week and ahead to the next.

    `behind` and `ahead` are None where they lie outside the period. `best` is the action that went best, None where
    nothing was ticked.
    """

    report: Report
    behind: Week | None
    ahead: Week | None
    done: Tally
    best: ActionReport | None
    brought: tuple[Brought, ...]
    matters: tuple[Message, ...]
    boxes: tuple[OpenBoxes, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the words of the workbook's language: plain text, which every messenger shows as it is.

    `calendar` is the text of a file with the open boxes of the week, to go with it; None where there is none.
    """

    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    calendar: str | None = None
    calendar_name: str = "okrsheets.ics"

    @property
    def body(self) -> str:
        """The paragraphs, with an empty line between two."""
        return "\n\n".join("\n".join(lines) for lines in self.paragraphs)

    @property
    def text(self) -> str:
        """The whole letter, with its subject on top."""
        return f"{self.subject}\n\n{self.body}\n"


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What is remembered of the letters about one configured workbook, by its name.

    `slot` is the last moment for a letter that was dealt with, `sent` when the last letter went (both in UTC).
    `mark` tells one state of the ticks and numbers from another, `touched` is the day on which it last changed.
    `reminders` were sent since then. `tried` is when a letter last could not be delivered.
    """

    name: str
    slot: datetime
    sent: datetime | None = None
    mark: str = ""
    touched: date | None = None
    reminders: int = 0
    tried: datetime | None = None


class Letters(Protocol):
    """The memory of the letters that were sent."""

    def letters(self) -> Mapping[str, Correspondence]:
        """What is known of each workbook, by its name."""

    def keep_letters(self, *known: Correspondence) -> None:
        """Remembers it, at once. Raises HistoryUnusable."""


class Memory(History, Letters, Protocol):
    """All that a service remembers."""


class Postman(Protocol):
    """Brings a letter to whoever wants it."""

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        """What a person should know of places that could not be reached.

        Raises NotDelivered where none was, PerhapsDelivered where nobody knows.
        """
