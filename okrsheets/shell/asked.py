"""What was asked for on the command line, understood."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from okrsheets.words.errors import BadDay, BadOutput, BadPeriod
from okrsheets.words.period import Period, quarter, quarter_of

QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
USUAL_WEEKS = 13
FIRST_YEAR, LAST_YEAR = 1901, 9998
"""Spreadsheets count days from 1900, and the calendar of Python ends in 9999."""


def day(text: str) -> date:
    """The day of an ISO date. Raises BadDay."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise BadDay(given=text) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadDay(given=text)
    return found


def period(named: str | None, start: str | None, weeks: int | None, today: date) -> Period:
    """The period of `--quarter`, or of `--start` and `--weeks` (13 if not said); else the quarter of today.

    Raises BadPeriod, and BadDay for a start that is no day.
    """
    if named and (start or weeks is not None):
        raise BadPeriod(given=" ".join(filter(None, (named, start, str(weeks or "")))))
    if start:
        return from_start(day(start), USUAL_WEEKS if weeks is None else weeks)
    if weeks is not None:
        raise BadPeriod(given=str(weeks))
    return from_name(named) if named else quarter_of(today)


def from_name(text: str) -> Period:
    """The quarter of a label such as 2026-Q4. Raises BadPeriod."""
    match = QUARTER.fullmatch(text.strip())
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise BadPeriod(given=text)
    return quarter(int(match[1]), int(match[2]))


def from_start(start: date, weeks: int) -> Period:
    """So many weeks from a Monday. Raises BadPeriod."""
    try:
        whole = Period(start, weeks)
        start + timedelta(weeks=weeks)
    except (ValueError, OverflowError):
        raise BadPeriod(given=f"{start} + {weeks}") from None
    return whole


def output(text: str) -> Path:
    """The path of a workbook to be made. Raises BadOutput."""
    path = Path(text).expanduser()
    if path.suffix.lower() != ".xlsx" or path.is_dir():
        raise BadOutput(given=text)
    return path
