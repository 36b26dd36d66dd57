"""What a cell shows: a number under its format, in the spreadsheet's locale."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .answers import Json
from .locales import Locale

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell knows no time zone
TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|E[+-]0+|[0#?.,]+|%|@|_.|\*.|.', re.DOTALL)
DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[aA]/[pP]|[aA][mM]/[pP][mM]|y+|m+|d+|h+|s+|.', re.DOTALL)
DATE_TYPES = ("DATE", "TIME", "DATE_TIME")
LONGEST_GENERAL = 15


def is_date(number_format: Json) -> bool:
    """Whether a format shows a number as a day or a time."""
    return number_format.get("type") in DATE_TYPES


def show_number(number: float, number_format: Json, locale: Locale) -> str:
    """A number as its cell shows it. Formats without a pattern follow the locale."""
    kind, pattern = number_format.get("type", ""), number_format.get("pattern") or ""
    pattern = pattern or default_pattern(kind, locale)
    if kind == "TEXT" or pattern in ("", "@", "General", "general"):
        return general(number, locale)
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", pattern)
    chosen = section(sections, number)
    if is_date(number_format):
        return show_date(number, chosen, locale)
    return show_pattern(abs(number) if len(sections) > 1 and number < 0 else number, chosen, locale)


def default_pattern(kind: str, locale: Locale) -> str:
    """What a kind of format shows when it names no pattern."""
    day = locale.dates[0]
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency_pattern,
        "DATE": day,
        "TIME": "h:mm:ss",
        "DATE_TIME": f"{day} h:mm:ss",
        "SCIENTIFIC": "0.00E+00",
    }.get(kind, "")


def section(sections: list[str], number: float) -> str:
    """Positive, negative and zero may each have their own part of a pattern."""
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


def general(number: float, locale: Locale) -> str:
    """A number without a format: up to ten digits, with an exponent only when very large or small."""
    if number == int(number) and abs(number) < 10**LONGEST_GENERAL:
        return str(int(number))
    if 1e-5 <= abs(number) < 10**LONGEST_GENERAL:
        return format(Decimal(f"{number:.10g}"), "f").replace(".", locale.decimal)
    return f"{number:.5E}".replace(".", locale.decimal)


def show_pattern(number: float, pattern: str, locale: Locale) -> str:
    """A number under a pattern such as `#,##0.00`, `0%`, `0.00E+00`, `€ #,##0;-€ #,##0`."""
    tokens = TOKEN.findall(pattern)
    digits = next((token for token in tokens if re.fullmatch(r"[0#?.,]*[0#?][0#?.,]*", token)), None)
    exponent = next((token for token in tokens if re.fullmatch(r"E[+-]0+", token)), None)
    number *= 100 ** sum(token == "%" for token in tokens)
    power = 0
    if exponent is not None and number:
        power = int(f"{number:e}".partition("e")[2])
        number = float(Decimal(str(number)).scaleb(-power))
    shown = "" if digits is None else show_digits(abs(number), digits, locale)
    minus = "-" if number < 0 and re.search(r"[1-9]", shown) else ""
    words = {digits: shown, exponent: f"E{'-' if power < 0 else '+'}{abs(power):02d}"}
    return minus + "".join(words[token] if token in words else literal(token) for token in tokens)


def literal(token: str) -> str:
    """A part of a pattern that stands for itself."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] == "[":
        return token[2:-1].partition("-")[0] if token.startswith("[$") else ""
    if token[0] in "_*" and len(token) == 2:
        return " " if token[0] == "_" else ""
    return token


def show_digits(number: float, pattern: str, locale: Locale) -> str:
    """The digits under `#,##0.0#`: grouped, rounded half up, with as many decimals as asked."""
    whole, _, decimals = pattern.partition(".")
    least, most = decimals.count("0"), len(decimals.replace(",", ""))
    rounded = Decimal(repr(number)).quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    before, _, after = format(rounded, "f").partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(\d{3})+$)", locale.group, before)
    after = after[:least] + after[least:].rstrip("0")
    return before + (locale.decimal + after if after else "")


def show_date(number: float, pattern: str, locale: Locale) -> str:
    """A day or a time under a pattern such as `yyyy-mm-dd` or `d-m-yyyy h:mm`."""
    at = EPOCH + timedelta(seconds=round(number * 86400))
    tokens = DATE_TOKEN.findall(pattern)
    half_day = any("/" in token and len(token) > 1 for token in tokens)
    shown = []
    for index, token in enumerate(tokens):
        before = next((t for t in reversed(tokens[:index]) if t[0] in "ymdhs["), "")
        after = next((t for t in tokens[index + 1 :] if t[0] in "ymdhs"), "")
        minutes = token[0] == "m" and (before[:1] == "h" or before[:2] == "[h" or after[:1] == "s")
        shown.append(show_part(at, number, token, locale, minutes, half_day))
    return "".join(shown)


def show_part(at: datetime, number: float, token: str, locale: Locale, minutes: bool, half_day: bool) -> str:
    """One part of a date's pattern."""
    if "/" in token and len(token) > 1:
        return "AM" if at.hour < 12 else "PM"
    if token.startswith("[h"):
        return str(int(number * 24))
    if token[0] not in "ymdhs":
        return literal(token)
    hour = at.hour % 12 or 12 if half_day else at.hour
    part = {"y": at.year, "m": at.minute if minutes else at.month, "d": at.day, "h": hour, "s": at.second}[token[0]]
    if token[0] == "y":
        return str(part) if len(token) > 2 else f"{part % 100:02d}"
    if token[0] == "m" and not minutes and len(token) > 2:
        return locale.months[at.month - 1]
    return f"{part:02d}" if len(token) > 1 else str(part)
