"""Whole numbers from fractions that a computer keeps inexactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okrsheets.rules.numbers.rounding import whole_down, whole_up


def test_what_is_whole_but_for_the_last_digit_is_whole() -> None:
    assert 4.6 + 2.3 + 0.1 < 7
    assert whole_down(4.6 + 2.3 + 0.1) == 7
    assert 999 / 33.3 > 30
    assert whole_up(999 / 33.3) == 30


@given(st.integers(-(10**6), 10**6), st.floats(1e-6, 1 - 1e-6))
def test_what_is_not_goes_to_the_one_beside_it(whole: int, fraction: float) -> None:
    assert (whole_down(whole + fraction), whole_up(whole + fraction)) == (whole, whole + 1)
