"""Read right or reported, never guessed."""

from __future__ import annotations

from math import isfinite

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.rules.typed.numerals import NotANumber, decimal_mark, read_number
from okrsheets.words.message import say

READ = [
    ("nl_NL", "12", 12),
    ("nl_NL", "1,5", 1.5),
    ("nl_NL", ",5", 0.5),
    ("nl_NL", "1.250,50", 1250.5),
    ("nl_NL", "€ 1.250,00", 1250),
    ("nl_NL", "€ 1.250,-", 1250),
    ("nl_NL", "1250,--", 1250),
    ("nl_NL", "1.250,50 €", 1250.5),
    ("nl_NL", "EUR 1250", 1250),
    ("nl_NL", "1.250.000", 1_250_000),
    ("nl_NL", "1,250,000", 1_250_000),
    ("nl_NL", "1,250.50", 1250.5),
    ("nl_NL", "1\u00a0250,5", 1250.5),
    ("nl_NL", "1\u202f250", 1250),
    ("nl_NL", "1\u2009250.500", 1250.5),
    ("nl_NL", "1'250", 1250),
    ("nl_NL", "1’250,5", 1250.5),
    ("nl_NL", "0.30", 0.30),
    ("nl_NL", "0.250", 0.25),
    ("nl_NL", "1.5", 1.5),
    ("nl_NL", "1250.000", 1250),
    ("nl_NL", "12 %", 0.12),
    ("nl_NL", "12,5%", 0.125),
    ("nl_NL", "14,1\u00a0%", 0.141),
    ("nl_NL", "-5", -5),
    ("nl_NL", "\u22125", -5),
    ("nl_NL", "- 5", -5),
    ("nl_NL", "+5", 5),
    ("nl_NL", "-€ 5", -5),
    ("nl_NL", "€ -5", -5),
    ("nl_NL", "€-1.250,00", -1250),
    ("nl_NL", "1e5", 100_000),
    ("nl_NL", "1,5E+3", 1500),
    ("nl_NL", "  7  ", 7),
    ("nl_NL", "007", 7),
    ("nl", "1,5", 1.5),
    ("en_US", "1,250.50", 1250.5),
    ("en_US", "$1,250.00", 1250),
    ("en_US", "1,250,000", 1_250_000),
    ("en_US", "1.250", 1.25),
    ("en_US", "1.250,50", 1250.5),
    ("en_US", "1 250,5", 1250.5),
    ("en_NL", "1,5", 1.5),
    ("de_DE", "1.250,5", 1250.5),
    ("nl_NL", "€ 1.250", 1250),
    ("nl_NL", "-€\u00a012.500", -12500),
    ("nl_NL", "1.250 EUR", 1250),
    ("nl_NL", "€ 1,899", 1.899),
    ("en_US", "$1,250", 1250),
    ("en_US", "$1.25", 1.25),
    ("de_CH", "CHF 1’250", 1250),
    ("de_CH", "1’250.50", 1250.5),
    ("fr_FR", "1\u202f250,50", 1250.5),
    ("fr_FR", "1\u202f250,50\u00a0€", 1250.5),
]


@pytest.mark.parametrize(("locale", "text", "number"), READ)
def test_what_is_clear_is_read(locale: str, text: str, number: float) -> None:
    assert read_number(text, locale) == number


REPORTED = [
    ("nl_NL", "1.250", ("1250", "1,25")),
    ("nl_NL", "1.250 stuks à € 5", ()),
    ("en_US", "€ 1,25", ("125", "1.25")),
    ("nl_NL", "-1.250", ("-1250", "-1,25")),
    ("nl_NL", "1.250 %", ("1250 %", "1,25 %")),
    ("nl_NL", "1.250e3", ("1250e3", "1,25e3")),
    ("nl_NL", "1.000", ("1000", "1")),
    ("de_DE", "1.250", ("1250", "1,25")),
    ("fr_FR", "1.250", ("1250", "1,25")),
    ("en_US", "1,250", ("1250", "1.25")),
    ("en_US", "1,5", ("15", "1.5")),
    ("en_US", "0,250", ("250", "0.25")),
    ("nl_NL", "12 stuks", ("12",)),
    ("nl_NL", "ongeveer 12", ("12",)),
    ("nl_NL", "ongeveer 1.250 euro", ("1250", "1,25")),
    ("nl_NL", "12 procent", ("12 %",)),
    ("nl_NL", "12.", ("12",)),
    ("nl_NL", "--5", ("-5",)),
    ("nl_NL", "", ()),
    ("nl_NL", "   ", ()),
    ("nl_NL", "veel", ()),
    ("nl_NL", "€", ()),
    ("nl_NL", "%", ()),
    ("nl_NL", "-", ()),
    ("nl_NL", "inf", ()),
    ("nl_NL", "nan", ()),
    ("nl_NL", "1e999", ()),
    ("nl_NL", "9" * 400, ()),
    ("nl_NL", "1.2.3", ()),
    ("nl_NL", "1.250.00", ()),
    ("nl_NL", "1.25,-", ()),
    ("nl_NL", "1.250 000,5", ()),
    ("nl_NL", "1.250 000", ()),
    ("nl_NL", "12 34", ()),
    ("nl_NL", "0 250", ()),
    ("nl_NL", "10k", ()),
    ("nl_NL", "2 miljoen", ()),
    ("nl_NL", "tussen 10 en 12", ()),
    ("nl_NL", "2026-10-12", ()),
    ("nl_NL", "10:30", ()),
    ("nl_NL", "Q4", ()),
    ("nl_NL", "\u0663", ()),
]


@pytest.mark.parametrize(("locale", "text", "meant"), REPORTED)
def test_what_is_not_clear_is_reported_with_what_it_may_mean(locale: str, text: str, meant: tuple[str, ...]) -> None:
    answer = read_number(text, locale)
    assert isinstance(answer, NotANumber)
    assert answer.meant == meant
    assert answer.text == text


def test_the_hint_says_what_to_type_for_this_very_text() -> None:
    hints = [
        answer.hint
        for text in ("1.250", "12 stuks", "veel")
        if isinstance(answer := read_number(text, "nl"), NotANumber)
    ]
    assert hints == [
        say("Write {one}, or {other}.", one="1250", other="1,25"),
        say("Write {number}.", number="12"),
        say("Write a number, such as {example}.", example="12,5"),
    ]


LOCALES = st.sampled_from(["nl_NL", "en_US", "de_DE", "fr_FR", "de_CH", "sv_SE"])


@given(st.floats(-1e12, 1e12).map(lambda number: round(number, 3)), LOCALES)
def test_a_number_as_the_locale_writes_it_is_read_right_or_reported_never_wrong(number: float, locale: str) -> None:
    answer = read_number(format_decimal(number, "#,##0.###", locale=locale), locale)
    assert isinstance(answer, NotANumber) or answer == number


@given(st.floats(-1e12, 1e12).map(lambda number: round(number, 3)), LOCALES)
def test_a_number_without_groups_is_always_read(number: float, locale: str) -> None:
    assert read_number(format_decimal(number, "0.###", locale=locale), locale) == number


@given(st.one_of(st.text(), st.text("0123456789., '€%-e")), LOCALES)
def test_any_text_is_a_finite_number_or_a_report_whose_advice_works(text: str, locale: str) -> None:
    answer = read_number(text, locale)
    if isinstance(answer, NotANumber):
        for advised in (*answer.meant, answer.example):
            assert isinstance(read_number(advised, locale), float)
    else:
        assert isfinite(answer)


EVERYWHERE = """
    nl_NL nl_BE en_US en_GB en_NL en_ZA en_AU de_DE de_AT de_CH fr_FR fr_CA fr_CH it_IT it_CH es_ES es_MX es_419 es_AR
    pt_BR pt_PT da_DK sv_SE nb_NO fi_FI pl_PL cs_CZ tr_TR ru_RU el_GR hu_HU ro_RO ar_MA ja_JP zh_CN ko_KR he_IL hi_IN
    id_ID vi_VN af_ZA fy_NL ca_ES uk_UA
"""


@pytest.mark.parametrize("locale", EVERYWHERE.split())
def test_the_decimal_mark_is_that_of_the_unicode_locale_data(locale: str) -> None:
    assert decimal_mark(locale) == Locale.parse(locale).number_symbols["latn"]["decimal"]


@pytest.mark.parametrize("locale", ["nl-NL", "NL_nl", "nl_NL.UTF-8", "nl"])
def test_a_locale_is_known_however_it_is_written(locale: str) -> None:
    assert decimal_mark(locale) == ","


def test_an_unknown_language_has_the_point() -> None:
    assert decimal_mark("xx_XX") == "."
