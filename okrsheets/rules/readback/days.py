"""Days in cells: date numbers, and dates that a person typed as text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from okrsheets.words.grid import Cell, Kind

FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)
"""What lies outside is a number, not a day."""
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
COMMON = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


def read_day(cell: Cell, epoch: date, locale: str = "") -> date | None:
    """The day in a cell, None where there is none. A text is read as `2026-10-19`, or with the day first.

    In an American locale the month comes first, as it is written there.
    """
    if cell.kind is Kind.NUMBER and isinstance(cell.value, float):
        return _of_serial(cell.value, epoch)
    if cell.kind is Kind.TEXT:
        return _of_text(str(cell.value).strip(), month_first=locale == "en_US")
    return None


def _of_serial(number: float, epoch: date) -> date | None:
    if not (FIRST - epoch).days <= number < (LAST - epoch).days:
        return None
    return epoch + timedelta(days=int(number))


def _of_text(text: str, month_first: bool) -> date | None:
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := COMMON.fullmatch(text):
        day, month, year = map(int, found.groups())
        day, month = (month, day) if month_first else (day, month)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
