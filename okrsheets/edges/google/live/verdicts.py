"""What came of a question: as okrsheets takes it to be, otherwise, or nobody could ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from okrsheets.words.message import Message


class Verdict(Enum):
    """How a question ended."""

    CONFIRMED = "confirmed"
    DIFFERENT = "different"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question: `key` names it, `question` is a catalogue text, `seen` is what was seen."""

    key: str
    question: str
    verdict: Verdict
    seen: Message


class NotAsked(Exception):
    """A question that could not be put, and why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


Answer = tuple[Verdict, Message]


def as_expected(holds: bool, seen: Message) -> Answer:
    """Confirmed where it holds, different where it does not."""
    return (Verdict.CONFIRMED if holds else Verdict.DIFFERENT), seen
