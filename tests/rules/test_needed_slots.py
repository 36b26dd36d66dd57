"""Slots: the same ones as if they were laid one by one, however far away."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.rules.needed.slots import Slots
from okrsheets.rules.numbers.panels import longest


def one_by_one(length_from: Callable[[int], int], until: int) -> list[tuple[int, int]]:
    spans, start = list[tuple[int, int]](), 0
    while start <= until:
        spans.append((start, start + length_from(start)))
        start = spans[-1][1]
    return spans


def towards(bend: int, spread: float) -> Callable[[int], int]:
    """As shortfall.Step lays them: growing with the root of the count, broken at the bend."""

    def length_from(start: int) -> int:
        length, left = longest(min(start, spread * sqrt(start))), bend - start
        return min(length, longest(left), left) if left > 0 else length

    return length_from


@given(st.floats(0.01, 50), st.integers(0, 5_000))
def test_growing_slots_are_those_laid_one_by_one(spread: float, count: int) -> None:
    laid, slots = one_by_one(towards(0, spread), count), Slots(towards(0, spread))
    assert slots.of(count) == len(laid) - 1
    assert [slots.span(slot) for slot in range(len(laid))] == laid


@given(st.floats(0.01, 50), st.integers(1, 3_000), st.integers(0, 6_000))
def test_with_a_bend_they_follow_each_other_and_one_ends_there(spread: float, bend: int, count: int) -> None:
    told, slots = towards(bend, spread), Slots(towards(bend, spread), bend)
    last = slots.of(count)
    spans = [slots.span(slot) for slot in range(last + 1)]
    assert spans[0][0] == 0
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    assert spans[-1][0] <= count < spans[-1][1]
    assert all(end - start <= told(start) for start, end in spans)
    assert not any(start < bend < end for start, end in spans)


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_slots_are_the_same_whatever_was_asked_before(first: int, second: int) -> None:
    used, fresh = Slots(towards(700, 3.5), 700), Slots(towards(700, 3.5), 700)
    used.of(first)
    assert used.span(used.of(second)) == fresh.span(fresh.of(second))


@pytest.mark.parametrize("spread", [0.035, 3.5])
def test_very_far_away_they_are_found_in_a_few_looks(spread: float) -> None:
    looks = list[int]()

    def counted(start: int) -> int:
        looks.append(start)
        return towards(0, spread)(start)

    slots = Slots(counted)
    start, end = slots.span(slots.of(10**12))
    assert start <= 10**12 < end
    assert len(looks) < 5_000
