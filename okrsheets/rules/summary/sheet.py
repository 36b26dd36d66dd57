"""Lines of the Summary before they have a place, and figures as they stand in its cells."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from okrsheets.rules.summary.places import TEXT, Line
from okrsheets.words.grid import Content, Value
from okrsheets.words.message import Language, Message

LINE_LENGTH = 250
"""A longer sentence goes on in the next line; about 190 characters fit across the page."""
LONGEST_TEXT = 1000
"""Of what a person wrote: longer titles are shortened here."""
DIGITS = 6
"""Decimals that are written: more would only make two programs disagree on the last one."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line: what kind it is, its values by column, and where its text leads to."""

    kind: Line
    values: Mapping[int, Value] = field(default_factory=dict)
    link: str | None = None

    def content(self, column: int) -> Content:
        """What the line has in a column."""
        value = self.values.get(column)
        return Content(figure(value), self.link if column == TEXT else None)


EMPTY = SummaryLine(Line.ROW)


def figure(value: Value) -> Value:
    """A value as it is written: numbers with six decimals, an empty text as nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return (value[:LONGEST_TEXT] or None) if isinstance(value, str) else value
    return round(float(value), DIGITS) + 0.0


def section(language: Language, title: str) -> SummaryLine:
    """The heading over a section."""
    return SummaryLine(Line.SECTION, {TEXT: language.say(title)})


def headings(language: Language, texts: Mapping[int, str]) -> SummaryLine:
    """The headings of the columns of a section."""
    return SummaryLine(Line.HEADING, {column: language.say(text) for column, text in texts.items()})


def sentences(
    language: Language, messages: Iterable[Message], kind: Line = Line.SENTENCE, link: str | None = None
) -> tuple[SummaryLine, ...]:
    """Messages as lines, each as many as it takes."""
    wrapped = (textwrap.wrap(language.say(message), LINE_LENGTH) for message in messages)
    return tuple(
        SummaryLine(kind, {TEXT: text}, link if n == 0 else None) for texts in wrapped for n, text in enumerate(texts)
    )
