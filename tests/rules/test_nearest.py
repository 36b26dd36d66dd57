from __future__ import annotations

import pytest

from okrsheets.rules.typed.nearest import nearest, no_such
from okrsheets.words.message import Message, say


@pytest.mark.parametrize(
    ("given", "found"),
    [("targt", "target"), ("TARGET", "target"), ("baselin", "Baseline"), ("xyz", None)],
)
def test_the_nearest_name_is_the_one_that_looks_like_it(given: str, found: str | None) -> None:
    assert nearest(given, ["target", "Baseline"]) == found


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (["K1", "KR1"], say("there is no {name}, the nearest is {nearest}", name="KR2", nearest="KR1")),
        (["O1", "A1"], say("there is no {name}, only {known}", name="KR2", known=("O1", "A1"))),
        ([], say("there is no {name}", name="KR2")),
        ([f"A{n}" for n in range(9)], say("there is no {name}", name="KR2")),
    ],
)
def test_a_name_that_is_not_there_is_said_with_what_is(known: list[str], message: Message) -> None:
    assert no_such("KR2", known) == message
