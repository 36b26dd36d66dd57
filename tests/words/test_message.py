"""Sentences before they are in a language, and the errors that carry them."""

from __future__ import annotations

from string import Formatter

import pytest

from okrsheets.words import errors
from okrsheets.words.errors import NotFound, OkrsheetsError, TemporaryError, UsageError, WorkbookError
from okrsheets.words.message import Message, Percent, keep, say, say_many


def test_a_message_is_its_text_and_its_facts():
    assert say("{done} of {due}", done=3, due=5) == Message("{done} of {due}", {"done": 3, "due": 5})
    assert say("Nothing") == Message("Nothing", {})


def test_a_fact_may_be_called_text():
    assert say("{text}", text="a").facts == {"text": "a"}
    assert say_many("{one}", "{many}", 2, one="a", many="b").facts == {"count": 2, "one": "a", "many": "b"}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_count_decides_between_one_and_many(count):
    message = say_many("{count} day in {week}", "{count} days in {week}", count, week="W42")
    assert (message.text, message.many, message.count) == ("{count} day in {week}", "{count} days in {week}", count)
    assert message.facts == {"count": count, "week": "W42"}


def test_kept_texts_and_shares_are_as_they_were():
    assert keep("monthly") == "monthly"
    assert (Percent(0.25).share, Percent(0.25).decimals) == (0.25, 0)


def family(kind: type[OkrsheetsError]) -> set[type[OkrsheetsError]]:
    return {kind}.union(*(family(child) for child in kind.__subclasses__()))


LEAVES = sorted((kind for kind in family(OkrsheetsError) if not kind.__subclasses__()), key=lambda kind: kind.__name__)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_and_what_to_do(kind):
    facts = dict.fromkeys(places(kind.text) | places(kind.remedy), "x")
    error = kind(**facts)
    assert error.message == Message(kind.text, facts)
    assert error.advice == Message(kind.remedy, facts)
    for message in (error.message, error.advice):
        assert message.text.format(**message.facts).strip()


@pytest.mark.parametrize(
    ("base", "code"), [(OkrsheetsError, 1), (UsageError, 2), (WorkbookError, 3), (TemporaryError, 75)]
)
def test_exit_codes_are_those_of_the_contract(base, code):
    """contract.md §2."""
    assert base.exit_code == code
    assert {kind.exit_code for kind in family(base) if kind is not OkrsheetsError} <= {code, 2, 3, 75}


def test_an_error_can_be_caught_and_read_without_a_language():
    error = NotFound(ref="plan.xlsx")
    assert isinstance(error, errors.WorkbookError)
    assert error.facts == {"ref": "plan.xlsx"}
    assert "plan.xlsx" in str(error)
