"""What was asked for on the command line, understood."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from okrsheets.edges.google.store.reference import is_google
from okrsheets.edges.home import from_home
from okrsheets.words.errors import (
    BadDay,
    BadEmail,
    BadOutput,
    BadPeriod,
    CannotShare,
    NotAMonday,
    NotSoManyWeeks,
    QuarterAndStart,
    WeeksFromWhen,
)
from okrsheets.words.period import LONGEST, Period, Week, quarter, quarter_of

QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
USUAL_WEEKS = 13
WINDOWS = os.name == "nt"
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
        raise QuarterAndStart
    if start:
        return from_start(day(start), USUAL_WEEKS if weeks is None else weeks)
    if weeks is not None:
        raise WeeksFromWhen(weeks=str(weeks), monday=str(Week.of(today).monday))
    return from_name(named) if named else quarter_of(today)


def from_name(text: str) -> Period:
    """The quarter of a label such as 2026-Q4. Raises BadPeriod."""
    match = QUARTER.fullmatch(text.strip())
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise BadPeriod(given=text)
    return quarter(int(match[1]), int(match[2]))


def from_start(start: date, weeks: int) -> Period:
    """So many weeks from a Monday. Raises NotSoManyWeeks, NotAMonday."""
    if not 1 <= weeks <= LONGEST:
        raise NotSoManyWeeks(weeks=weeks)
    monday = Week.of(start).monday
    if start != monday:
        raise NotAMonday(given=start, before=str(monday), after=str(monday + timedelta(weeks=1)))
    return Period(start, weeks)


def output(text: str) -> Path:
    """The path of a workbook to be made. Raises BadOutput."""
    path = from_home(text)
    # Unlike Path.is_dir, this asks without raising where nobody may look.
    if path.suffix.lower() != ".xlsx" or os.path.isdir(path):  # noqa: PTH112
        raise BadOutput(given=text)
    return path


def guests(addresses: Sequence[str], out: str) -> tuple[str, ...]:
    """Who is to be let in, each once. Raises CannotShare where it is a file, BadEmail before anything is made."""
    if addresses and not is_google(out):
        raise CannotShare(given=out)
    for given in addresses:
        if not EMAIL.fullmatch(given):
            raise BadEmail(given=given)
    return tuple(dict.fromkeys(addresses))


def as_typed(name: str) -> str:
    """A name as one types it in a command: in quotes where a shell would take it apart."""
    if WINDOWS:
        return f'"{name}"' if re.search(r"[\s&()^;,]", name) else name
    return shlex.quote(name)
