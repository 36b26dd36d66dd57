from __future__ import annotations

from dataclasses import fields

import pytest

from okrsheets.rules.typed.ranges import RANGES, range_of
from okrsheets.words.message import Message, Percent, say
from okrsheets.words.plan import Action, KeyResult, Kpi, Objective, Stage, Theme


@pytest.mark.parametrize(
    ("field", "fit", "unfit", "expected"),
    [
        (
            "plan_rate",
            [0, 0.3, 1],
            [-0.01, 1.01, 30],
            say("a percentage from {low} to {high}", low=Percent(0), high=Percent(1)),
        ),
        ("per_week", [1, 7], [0, 8, 1.5], say("a whole number from {low} to {high}", low=1, high=7)),
        ("confidence", [0, 7.5, 10], [-1, 11], say("a number from {low} to {high}", low=0, high=10)),
        ("weight", [0, 0.5, 99], [-1], say("a number of {low} or more", low=0)),
        ("target", [-5000, 0, 0.1], [], say("a number")),
    ],
)
def test_a_field_takes_what_lies_in_its_range(
    field: str, fit: list[float], unfit: list[float], expected: Message
) -> None:
    assert all(number in range_of(field) for number in fit)
    assert not any(number in range_of(field) for number in unfit)
    assert range_of(field).expected == expected


def test_every_range_is_of_a_field_of_the_plan() -> None:
    known = {field.name for row in (Theme, Objective, KeyResult, Kpi, Stage, Action) for field in fields(row)}
    assert set(RANGES) <= known
