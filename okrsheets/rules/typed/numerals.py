"""Numbers as a person types them: read right in the locale of the workbook, or reported. Never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from okrsheets.rules.typed.letters import plain
from okrsheets.words.message import Message, say

COMMA_LANGUAGES = (
    "af az be bg bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lo lt lv mk nb nl nn no "
    "pl ps pt ro ru rw se sk sl sq sr sv tg tr tt uk uz vi"
)
ELSEWHERE: Mapping[str, str] = {
    "ar": "DZ LB LY MA MR TN",
    "de": "CH LI",
    "en": "AT BE CZ DE DK ES FI FR HU ID IT NL NO PL PT RO SE SI SK ZA",
    "es": "419 BR BZ CU DO GT HN MX NI PA PE PR SV US",
    "it": "CH",
}
"""Where a language has the other mark than it has in most places."""

CURRENCY = r"(?:[€$£¥₹₺₽₩]|EUR|USD|GBP|CHF)"
MONEY = re.compile(CURRENCY)
SHAPE = re.compile(
    rf"""(?<!\w)
    (?:(?P<sign>[+-])?\ ?{CURRENCY}?|{CURRENCY}\ ?(?P<late_sign>[+-])?)\ ?
    (?P<figure>[.,]?[0-9](?:[., ']?[0-9])*)
    (?P<no_cents>[.,](?:--?|[–—]))?
    (?:[eE](?P<power>[+-]?[0-9]{{1,3}}))?
    \ ?(?:(?P<percent>%|procent\b|percent\b)|{CURRENCY})?""",
    re.VERBOSE,
)
MULTIPLE = re.compile(r"[0-9](?!e[+-]?[0-9])[a-z]|duizend|miljoen|mln|thousand|million", re.IGNORECASE)
"""Words that make another number of the one before them."""


@dataclass(frozen=True, slots=True)
class NotANumber:
    """A text that is not clearly one number.

    `meant` holds what it may stand for, ready to be typed in the locale: two where a mark can be read in two ways,
    one where a number stands among words, none where there is no telling. `example` shows a number of the locale.
    """

    text: str
    meant: tuple[str, ...]
    example: str

    @property
    def hint(self) -> Message:
        """What to type instead, for this very text and locale."""
        match self.meant:
            case (one, other):
                return say("Write {one}, or {other}.", one=one, other=other)
            case (number,):
                return say("Write {number}.", number=number)
        return say("Write a number, such as {example}.", example=self.example)


def read_number(text: str, locale: str) -> float | NotANumber:
    """The number that a person typed as text in a workbook of `locale` (`nl_NL`); `12 %` is .12.

    Clear is what can be read in one way only: `1.250,50`, `1.250.000` and `€ 1.250,-` are, wherever one is;
    `1.250` in Dutch and `1,250` in English are not. `€ 1.250` and `$1,250` are, for money has no thousandths. A single
    point that cannot set off thousands is a decimal point (`0.30` in Dutch); a single comma where decimals have a point
    stays unclear.
    """
    mark = decimal_mark(locale)
    typed = plain(text)
    whole = SHAPE.fullmatch(typed)
    if whole and whole["percent"] in (None, "%"):
        meanings = _meanings(whole, mark)
        if len(meanings) == 1:
            return _value(whole, meanings[0])
    return NotANumber(text, _meant(typed, mark), example=f"12{mark}5")


def decimal_mark(locale: str) -> str:
    """`,` or `.`: what a locale sets before its decimals. A language that is not known has the point."""
    language, *places = re.split(r"[_.@-]", locale)
    exceptions = ELSEWHERE.get(language.lower(), "").split()
    elsewhere = any(place.upper() in exceptions for place in places)
    return "," if (language.lower() in COMMA_LANGUAGES.split()) != elsewhere else "."


def _meanings(found: re.Match[str], mark: str) -> tuple[str, ...]:
    """What a figure may stand for, each with a decimal point and without groups: one, two, or none at all."""
    figure = found["figure"]
    if MONEY.search(found[0]) and mark not in figure and _is_whole(figure):
        readings: tuple[str, ...] = (_ungrouped(figure),)
    else:
        readings = _readings(figure, mark, found["no_cents"] is not None)
    return tuple(reading for reading in readings if isfinite(_value(found, reading)))


def _readings(figure: str, mark: str, no_cents: bool) -> tuple[str, ...]:
    if no_cents:
        return (_ungrouped(figure),) if _is_whole(figure) else ()
    match tuple(dict.fromkeys(re.sub("[0-9]", "", figure))):
        case ():
            return (_plain(figure),)
        case (("," | ".") as only,) if figure.count(only) == 1:
            return _one_mark(figure, only, mark)
        case (_,):
            return (_ungrouped(figure),) if _is_whole(figure) else ()
        case (_, ("," | ".") as last) if figure.count(last) == 1 and _is_whole(figure.partition(last)[0]):
            return (_decimal(figure, last),)
    return ()


def _one_mark(figure: str, only: str, mark: str) -> tuple[str, ...]:
    """A figure with a single point or comma: the decimal mark of the locale is clear, the other one seldom."""
    decimal = _decimal(figure, only)
    if only == mark or (only == "." and not _is_whole(figure)):
        return (decimal,)
    return _ungrouped(figure), decimal


def _is_whole(figure: str) -> bool:
    """Whether it is digits only, or groups of three behind a first group that does not begin with 0."""
    return re.fullmatch(r"[0-9]+|[1-9][0-9]{0,2}([., '])[0-9]{3}(?:\1[0-9]{3})*", figure) is not None


def _ungrouped(figure: str) -> str:
    return _plain(re.sub("[^0-9]", "", figure))


def _decimal(figure: str, mark: str) -> str:
    before, _, after = figure.rpartition(mark)
    decimals = after.rstrip("0")
    return f"{_ungrouped(before)}.{decimals}" if decimals else _ungrouped(before)


def _plain(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _value(found: re.Match[str], meaning: str) -> float:
    """The power is moved rather than multiplied, so that 14.1 % is exactly .141; there is no minus before a zero."""
    power = int(found["power"] or 0) - (2 if found["percent"] else 0)
    return float(f"{_sign(found)}{meaning}e{power}") + 0.0


def _sign(found: re.Match[str]) -> str:
    return "-" if "-" in (found["sign"], found["late_sign"]) else ""


def _meant(typed: str, mark: str) -> tuple[str, ...]:
    """The meanings of the only figure in a text, ready to be typed; none where it holds several figures."""
    figures = tuple(SHAPE.finditer(typed))
    if len(figures) != 1 or MULTIPLE.search(typed):
        return ()
    found = figures[0]
    power = f"e{found['power']}" if found["power"] else ""
    tail = f"{power} %" if found["percent"] else power
    return tuple(f"{_sign(found)}{meaning.replace('.', mark)}{tail}" for meaning in _meanings(found, mark))
