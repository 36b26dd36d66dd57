"""The languages that okrsheets speaks: gettext catalogues for the words, Babel for numbers, dates and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING

from okrsheets.words.errors import BadLanguage, BadLocale
from okrsheets.words.message import Fact, Message, Percent

if TYPE_CHECKING:
    from babel import Locale

# Babel is imported where a number, a date or a list is said: most errors and all help need none of it.

DOMAIN = "okrsheets"
SOURCE = "en"
USUAL_LOCALES = {"en": "en_US", "nl": "nl_NL"}
ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)
"""Halves go up, as people and spreadsheets round them; no float has more than 400 digits."""


def known() -> tuple[str, ...]:
    """The codes of the languages there are words for, `en` first."""
    shelf = files("okrsheets.locales")
    return SOURCE, *sorted(entry.name for entry in shelf.iterdir() if (entry / "LC_MESSAGES").is_dir())


@cache
def language(code: str, locale: str | None = None) -> Speech:
    """The language `code`, with the numbers and dates of `locale`: `nl_NL` for nl and `en_US` for en if none is given.

    Raises BadLanguage where there is no catalogue, BadLocale where nobody knows the locale.
    """
    if code != code.lower():
        return language(code.lower(), locale)
    if code not in known():
        raise BadLanguage(given=code, known=tuple(f"“{each}”" for each in known()))
    usual = USUAL_LOCALES.get(code, code)
    return Speech(code, locale_name(locale) if locale else usual, catalogue(code))


@dataclass(frozen=True, slots=True)
class Languages:
    """All of them; the port `okrsheets.orders.languages.Languages`."""

    @property
    def all(self) -> tuple[Speech, ...]:
        """Every language, each with its usual locale."""
        return tuple(language(code) for code in known())

    def of(self, code: str, locale: str) -> Speech:
        """The language of a workbook; the nearest there is, where a person typed a code or a locale nobody knows."""
        own = code if code in known() else SOURCE
        try:
            return language(own, locale)
        except BadLocale:
            return language(own)


def locale_name(given: str) -> str:
    """`nl_NL` for `nl_NL`, `nl-nl` and `nl_NL.UTF-8`. Raises BadLocale where nobody knows it."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(given.partition(".")[0].replace("-", "_")))
    except (ValueError, TypeError, UnknownLocaleError):
        raise BadLocale(given=given) from None


def language_of(environment: Mapping[str, str]) -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG asks for, in that order, else Windows; `en` where none is known."""
    wish = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None) or language_of_windows()
    code = re.split(r"[_.@-]", wish)[0].lower()
    return code if code in known() else SOURCE


def language_of_windows() -> str:
    """`nl_NL`: the language in which Windows shows itself. It sets no variable for it; nothing on another system."""
    import ctypes
    from locale import windows_locale

    windows = getattr(ctypes, "windll", None)
    return windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "") if windows else ""


@cache
def catalogue(code: str) -> NullTranslations:
    """The words of a language; those of English are the keys themselves."""
    if code == SOURCE:
        return NullTranslations()
    compiled = files("okrsheets.locales").joinpath(code, "LC_MESSAGES", f"{DOMAIN}.mo")
    with compiled.open("rb") as words:
        return GNUTranslations(words)


@dataclass(frozen=True, slots=True)
class Speech:
    """A `Language` of okrsheets.words.message."""

    code: str
    locale: str
    words: NullTranslations

    def say(self, message: Message | str) -> str:
        """The sentence of a message, or a catalogue text that has no places to fill in."""
        if isinstance(message, str):
            return self.words.gettext(message) if message else ""
        text = self.sentence(message)
        if not message.facts:
            return text
        return text.format(**{place: self.fact(fact) for place, fact in message.facts.items()})

    def sentence(self, message: Message) -> str:
        """The words of a message before its facts are in it."""
        if message.many is not None:
            return self.words.ngettext(message.text, message.many, message.count)
        # gettext keeps the catalogue's own header under the empty text.
        return self.words.gettext(message.text) if message.text else ""

    def fact(self, fact: Fact) -> str:
        """A fact as it stands in a sentence."""
        match fact:
            case str():
                return fact
            case Message():
                return self.say(fact)
            case Percent():
                return self.percent(fact.share, fact.decimals)
            case date():
                return self.day(fact, "medium")
            case tuple():
                return self.listed(tuple(map(self.fact, fact)))
            case _:
                return self.number(fact)

    def number(self, value: float, decimals: int = 2) -> str:
        """`1.250,5` in nl_NL: at most `decimals` decimals, none that are zero."""
        from babel.numbers import format_decimal

        with localcontext(ROUNDING):
            return format_decimal(rounded(value, decimals), pattern(decimals), locale=self.locale)

    def percent(self, share: float, decimals: int = 0) -> str:
        """`25%` for .25: at most `decimals` decimals, none that are zero."""
        from babel.numbers import format_percent

        with localcontext(ROUNDING):
            return format_percent(rounded(share, decimals + 2), locale=self.locale, decimal_quantization=False)

    def day(self, day: date, form: str = "d MMM y") -> str:
        """A date in the form of Unicode's date patterns, or `medium`; its names in the language of the words."""
        from babel.dates import format_date

        return format_date(day, form, locale=self.wording)

    def listed(self, items: tuple[str, ...]) -> str:
        """`a, b en c`; `a, or b; c` where a comma would tell nobody which belongs to which."""
        if any(", " in item for item in items):
            return "; ".join(items)
        from babel.lists import format_list

        return format_list(items, locale=self.wording)

    @property
    def wording(self) -> Locale:
        """The locale whose words are those of the language: en_NL for English in the locale nl_NL."""
        return wording(self.code, self.locale)


@cache
def wording(code: str, locale: str) -> Locale:
    """The language `code` as it is used in the territory of `locale`, where that is known, else as anywhere."""
    from babel import Locale, UnknownLocaleError

    given = Locale.parse(locale)
    if given.language == code:
        return given
    try:
        return Locale(code, given.territory)
    except UnknownLocaleError:
        return Locale(code)


@cache
def pattern(decimals: int) -> str:
    """A number pattern with at most so many decimals: `#,##0.##` for 2."""
    return "#,##0." + "#" * decimals if decimals else "#,##0"


def rounded(value: float, decimals: int) -> Decimal:
    """The value as it is read (0.1 + 0.2 is 0.3), rounded to so many decimals; no minus before a zero."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), context=ROUNDING)
    return exact if exact else Decimal(0)
