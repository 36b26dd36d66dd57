"""What a person types, as Google reads it: numbers, percentages, money, dates and truth in the sheet's locale."""

from __future__ import annotations

import re
from datetime import date, time
from typing import NamedTuple

from .answers import Json
from .locales import Locale

EPOCH = date(1899, 12, 30)
SPACES = re.compile(r"[\s\u00a0\u202f]")
ISO_DATE = "yyyy-m-d"


class Typed(NamedTuple):
    """What a cell holds after typing, and the number format that typing gave it, if it did."""

    value: Json
    number_format: Json | None = None


def serial(day: date) -> int:
    """The number of a day: 43831 is 2020-01-01."""
    return (day - EPOCH).days


def read_typed(text: str, locale: Locale, year: int) -> Typed:
    """The value of typed text. Text that is nothing else stays text; `year` is for dates without one."""
    if text.startswith("'"):
        return Typed({"stringValue": text[1:]})
    if text.startswith("=") and len(text) > 1:
        return Typed({"formulaValue": text})
    stripped = text.strip()
    for reader in (read_truth, read_percent, read_money, read_number, read_date, read_time):
        if (typed := reader(stripped, locale, year)) is not None:
            return typed
    return Typed({"stringValue": text} if text else {})


def read_truth(text: str, locale: Locale, year: int) -> Typed | None:
    """TRUE and FALSE, and the locale's own words for them, in any case."""
    if text.upper() in ("TRUE", locale.true):
        return Typed({"boolValue": True})
    return Typed({"boolValue": False}) if text.upper() in ("FALSE", locale.false) else None


def plain_number(text: str, locale: Locale) -> tuple[float, bool, int] | None:
    """A number, whether it was grouped, and its decimals; None where the locale does not write it so."""
    gap = r"[ \u00a0\u202f]" if locale.group == "\u202f" else re.escape(locale.group)
    decimal = re.escape(locale.decimal)
    match = re.fullmatch(rf"([-+]?)(\d{{1,3}}(?:{gap}\d{{3}})+|\d*)(?:{decimal}(\d*))?", text)
    if match is None or not re.search(r"\d", text):
        return None
    whole, fraction = re.sub(r"\D", "", match[2]), match[3] or ""
    number = float(f"{match[1]}{whole or 0}.{fraction or 0}")
    return number, whole != match[2], len(fraction)


def pattern_of(grouped: bool, decimals: int) -> str:
    """Google keeps grouping with no decimals or two."""
    whole = "#,##0" if grouped else "0"
    return whole + (".00" if decimals else "")


def read_number(text: str, locale: Locale, year: int) -> Typed | None:
    """`1250`, `1.250,5` in Dutch, `1,5e3`; a format comes with grouping and with an exponent."""
    mantissa, sign, exponent = text.upper().partition("E")
    if sign and re.fullmatch(r"[-+]?\d{1,3}", exponent) and (found := plain_number(mantissa, locale)):
        return Typed(number_value(found[0] * 10 ** int(exponent)), {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    if (found := plain_number(text, locale)) is None:
        return None
    number_format: Json = {"type": "NUMBER", "pattern": pattern_of(True, found[2])}
    return Typed(number_value(found[0]), number_format if found[1] else None)


def read_percent(text: str, locale: Locale, year: int) -> Typed | None:
    """`45%` and `45 %` are 0.45, shown as a percentage."""
    if not text.endswith("%") or (found := plain_number(SPACES.sub("", text[:-1]), locale)) is None:
        return None
    pattern = pattern_of(False, found[2]) + "%"
    return Typed(number_value(round(found[0] / 100, 15)), {"type": "PERCENT", "pattern": pattern})


def read_money(text: str, locale: Locale, year: int) -> Typed | None:
    """A number with the locale's own currency in front or behind."""
    if locale.currency not in text:
        return None
    bare = SPACES.sub("", text.replace(locale.currency, "", 1)) if locale.group != "\u202f" else text
    found = plain_number(bare.replace(locale.currency, "").strip(), locale)
    if found is None:
        return None
    pattern = locale.currency_pattern if found[2] else locale.currency_pattern.replace(".00", "")
    return Typed(number_value(found[0]), {"type": "CURRENCY", "pattern": pattern})


def read_date(text: str, locale: Locale, year: int) -> Typed | None:
    """A date in the locale's orders, or as 2020-01-31; without a year it is one of this year."""
    for pattern in (ISO_DATE, *locale.dates):
        if (day := matched_day(text, pattern, year)) is not None:
            shown = "yyyy-mm-dd" if pattern == ISO_DATE else pattern
            return Typed({"numberValue": serial(day)}, {"type": "DATE", "pattern": shown})
    return None


def matched_day(text: str, pattern: str, year: int) -> date | None:
    """The day that a text names in one pattern, if there is such a day."""
    names = {"yyyy": r"(?P<y>\d{4}|\d\d)", "m": r"(?P<m>\d{1,2})", "d": r"(?P<d>\d{1,2})"}
    if pattern == ISO_DATE:
        names["yyyy"] = r"(?P<y>\d{4})"
    source = "".join(names.get(part, re.escape(part)) for part in re.findall(r"yyyy|m|d|.", pattern))
    match = re.fullmatch(source, text)
    if match is None:
        return None
    said = match.groupdict().get("y")
    try:
        return date(
            year if said is None else int(said) + (2000 if len(said) == 2 else 0), int(match["m"]), int(match["d"])
        )
    except ValueError:
        return None


def read_time(text: str, locale: Locale, year: int) -> Typed | None:
    """`9:30` is a part of a day."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)(?::(\d\d))?", text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return None
    at = time(int(match[1]), int(match[2]), int(match[3] or 0))
    share = (at.hour * 3600 + at.minute * 60 + at.second) / 86400
    return Typed({"numberValue": share}, {"type": "TIME", "pattern": "h:mm:ss" if match[3] else "h:mm"})


def number_value(number: float) -> Json:
    """A number as JSON has it: whole ones without a point."""
    return {"numberValue": int(number) if number.is_integer() and abs(number) < 1e15 else number}
