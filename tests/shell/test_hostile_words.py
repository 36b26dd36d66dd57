"""Texts from somebody's workbook that want to be more than texts."""

from __future__ import annotations

import pytest

from okrsheets.edges.languages import language
from okrsheets.shell.screen import clean
from okrsheets.words.message import Percent, say


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\x85", "\u2028", "\u202a", "\u202e", "\u2066", "\u2069", "\n"])
def test_a_sign_that_a_terminal_obeys_is_a_blank(sign: str) -> None:
    assert clean(f"a{sign}b") == "a b"


@pytest.mark.parametrize("text", ["ü", "→", "عربي", "שלום", "é" * 9, "😀", "\u200d"])
def test_letters_of_any_language_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("value", [1e308, -1.7976931348623157e308, 1e27, 5e-324, 0.1 + 0.2])
def test_any_number_can_be_said(code: str, value: float) -> None:
    spoken = language(code)
    assert spoken.number(value)
    assert spoken.percent(value).endswith("%")
    assert spoken.say(say("{a} of {b}", a=value, b=Percent(value)))


def test_very_large_numbers_are_said_in_full() -> None:
    assert language("nl").number(1e27) == "1.000.000.000.000.000.000.000.000.000"


@pytest.mark.parametrize("title", ["{ref}", "{0}", "{a.__class__}", "%s", "{", "{{}}"])
def test_a_title_is_never_a_pattern(title: str) -> None:
    assert language("nl").say(say("{ref} is not there.", ref=title)) == f"{title} is er niet."
