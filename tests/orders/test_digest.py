"""The weekly letter as an order: shown from a workbook, sent at most once, and told when it reached nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders.digest import Post, deliver, send_trial, show
from okrsheets.rules.layout import describe
from okrsheets.words.digest import Correspondence, Letter
from okrsheets.words.errors import Emptied, NotFound
from okrsheets.words.grid import Address, Change, Content
from okrsheets.words.message import Message, say
from okrsheets.words.period import quarter
from okrsheets.words.plan import Action, Plan, Theme

LANGUAGES = Languages()
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LETTER = Letter("Week 8", (("Hello",),))
AFTER = Correspondence("plan", NOW, sent=NOW)


@dataclass
class Memory:
    """What was remembered, in which order."""

    told: list[Correspondence] = field(default_factory=list)


@dataclass
class Round:
    """A postman who notes what was remembered when he left."""

    memory: Memory
    brought: list[tuple[Letter, tuple[Correspondence, ...]]] = field(default_factory=list)

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        self.brought.append((letter, tuple(self.memory.told)))
        return (say("one of two"),)


def test_a_letter_is_remembered_before_it_leaves() -> None:
    memory = Memory()
    postman = Round(memory)
    assert deliver(Post(LETTER, AFTER), memory.told.append, postman) == (say("one of two"),)
    assert postman.brought == [(LETTER, (AFTER,))]
    assert memory.told == [AFTER]


def test_silence_is_remembered_and_nobody_leaves() -> None:
    memory = Memory()
    assert deliver(Post(None, AFTER), memory.told.append, None) == ()
    assert memory.told == [AFTER]


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


def test_a_trial_says_so_carries_the_calendar_and_is_not_remembered() -> None:
    store, memory = MemoryStore(), Memory()
    plan = Plan(Theme("Tien klanten"), actions=(Action("A1", "Bellen"),))
    store.create(describe(plan, quarter(2026, 4), language("nl")))
    shown = show(store, date(2026, 11, 22), LANGUAGES)
    postman = Round(memory)
    send_trial(shown, "/plan.xlsx", NOW, postman)
    ((letter, told),) = postman.brought
    assert (told, memory.told) == ((), [])
    assert letter.subject != shown.letter.subject
    assert letter.subject.endswith(shown.letter.subject)
    assert letter.paragraphs[1:] == shown.letter.paragraphs
    assert letter.calendar is not None
    assert letter.calendar_name == "okrsheets-2026-W48.ics"
    assert "SUMMARY:Bellen" in letter.calendar


def test_no_letter_is_written_about_a_plan_that_was_emptied() -> None:
    store = MemoryStore()
    plan = Plan(Theme("Ten clients"), actions=(Action("A1", "Invite"),))
    store.create(describe(plan, quarter(2026, 4), language("en")))
    reading = store.read()
    typed = [spot for spot, cell in reading.grids["Actions"].cells.items() if cell.formula is None and spot[0] > 4]
    store.write([Change(Address("Actions", *spot), Content(), Content(None)) for spot in typed], reading)
    with pytest.raises(Emptied):
        show(store, date(2026, 11, 22), LANGUAGES)


def test_a_workbook_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(NotFound):
        show(MemoryStore("gone.xlsx"), date(2026, 11, 22), LANGUAGES)
