"""The weekly letter as an order: shown from a workbook, sent at most once, and told when it reached nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.digest import Post, deliver, show
from okrsheets.rules.layout import describe
from okrsheets.words.digest import Correspondence, Letter
from okrsheets.words.errors import NotDelivered, NotFound
from okrsheets.words.message import Message, say
from okrsheets.words.period import quarter
from okrsheets.words.plan import Action, Plan, Theme

LANGUAGES = Languages()
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LETTER = Letter("Week 8", (("Hello",),))
KNOWN = Correspondence("plan", NOW - timedelta(days=7))
AFTER = Correspondence("plan", NOW, sent=NOW)


@dataclass
class Memory:
    """Remembers, and what it was told in which order."""

    told: list[Correspondence] = field(default_factory=list)

    def letters(self) -> Mapping[str, Correspondence]:
        return {each.name: each for each in self.told}

    def keep_letters(self, known: Correspondence) -> None:
        self.told.append(known)


@dataclass
class Round:
    """A postman who notes what was remembered when he left; `lost` are the letters that nobody got."""

    memory: Memory
    reaches: bool = True
    brought: list[tuple[Letter, tuple[Correspondence, ...]]] = field(default_factory=list)

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        self.brought.append((letter, tuple(self.memory.told)))
        if not self.reaches:
            raise NotDelivered(to="json://…", reason="nobody is there")
        return (say("one of two"),)


def test_a_letter_is_remembered_before_it_leaves() -> None:
    memory = Memory()
    postman = Round(memory)
    assert deliver(Post(LETTER, AFTER), KNOWN, NOW, memory, postman) == (say("one of two"),)
    assert postman.brought == [(LETTER, (AFTER,))]
    assert memory.told == [AFTER]


def test_a_letter_that_reached_nobody_is_tried_again() -> None:
    memory = Memory()
    with pytest.raises(NotDelivered):
        deliver(Post(LETTER, AFTER), KNOWN, NOW, memory, Round(memory, reaches=False))
    left = memory.letters()["plan"]
    assert (left.slot, left.sent, left.tried) == (KNOWN.slot, None, NOW)


def test_silence_is_remembered_and_nobody_leaves() -> None:
    memory = Memory()
    postman = Round(memory)
    assert deliver(Post(None, AFTER), KNOWN, NOW, memory, postman) == ()
    assert (memory.told, postman.brought) == ([AFTER], [])


@pytest.mark.parametrize(("code", "begins"), [("en", "Your boxes from Monday 23 November on:"), ("nl", None)])
def test_a_letter_is_in_the_language_of_the_workbook(code: str, begins: str | None) -> None:
    store = MemoryStore()
    plan = Plan(Theme("Ten clients"), actions=(Action("A1", "Invite"),))
    store.create(describe(plan, quarter(2026, 4), language(code)))
    shown = show(store, date(2026, 11, 22), LANGUAGES)
    assert shown.language.code == code
    assert shown.letter.subject.startswith("Ten clients: week 8 ")
    lines = [line for lines in shown.letter.paragraphs for line in lines]
    assert "november" in " ".join(lines).lower()
    assert begins is None or begins in lines
    assert [boxes.action.id for boxes in shown.digest.boxes] == ["A1"]


def test_a_workbook_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(NotFound):
        show(MemoryStore("gone.xlsx"), date(2026, 11, 22), LANGUAGES)
