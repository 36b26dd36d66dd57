"""Days in cells: date numbers, and dates that a person typed as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from okrsheets.words.grid import Cell, Kind
from okrsheets.words.message import Language
from okrsheets.words.period import Period

FIRST, LAST = date(1990, 1, 1), date(2200, 1, 1)
"""What lies outside is a number, not a day."""
LAST_OF_ALL = 2_900_000
"""Behind it no calendar goes on."""
MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){MIDNIGHT}")
IN_NUMBERS = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{4}|\d{2}))?")
WEEKDAY, MONTH, YEAR = r"(?:[^\W\d_]+[.,]{0,2} )?", r"([^\W\d_]{3,})\.?", r"(?:[ -]?['’]?(\d{4}|\d{2}))?"
DAY_FIRST = re.compile(rf"{WEEKDAY}(\d{{1,2}})\.?[ -]?{MONTH}{YEAR}")
MONTH_FIRST = re.compile(rf"{WEEKDAY}{MONTH}[ -]?(\d{{1,2}})(?:st|nd|rd|th)?,?{YEAR}")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a workbook writes its days: day 0 of its date numbers, its locale, the languages of its months.

    The period tells the year of a day that is written without one.
    """

    epoch: date
    locale: str = ""
    languages: Sequence[Language] = ()
    period: Period | None = None

    def day(self, cell: Cell) -> date | None:
        """The day in a cell, None where there is none: a date number, `2026-10-19`, `19-10-26`, `ma 19 okt`.

        The day comes first; in an American locale the month does, as it is written there.
        """
        if cell.kind is Kind.NUMBER and isinstance(cell.value, float):
            return self._of_serial(cell.value)
        if cell.kind is Kind.TEXT:
            return self._of_text(" ".join(str(cell.value).split()))
        return None

    def shown(self, number: float) -> str:
        """A date number as a person sees it: `1 mei 2026`; a time, or a span of time, as `7:30`."""
        days, share = divmod(number, 1)
        if not 0 <= number < LAST_OF_ALL:
            return f"{number:g}"
        if not share or days >= (FIRST - self.epoch).days:
            shown = self.epoch + timedelta(days=int(days))
            return self.languages[0].day(shown) if self.languages else shown.isoformat()
        minutes = round(number * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02d}"

    def _of_serial(self, number: float) -> date | None:
        if not (FIRST - self.epoch).days <= number < (LAST - self.epoch).days:
            return None
        return self.epoch + timedelta(days=int(number))

    def _of_text(self, text: str) -> date | None:
        if found := ISO.fullmatch(text):
            return _date(*map(int, found.groups()))
        if found := IN_NUMBERS.fullmatch(text):
            first, second, ending = found.groups()
            day, month = (second, first) if self.locale == "en_US" else (first, second)
            return self._dated(int(day), int(month), ending)
        if found := DAY_FIRST.fullmatch(text):
            return self._dated(int(found[1]), self._month(found[2]), found[3])
        if found := MONTH_FIRST.fullmatch(text):
            return self._dated(int(found[2]), self._month(found[1]), found[3])
        return None

    def _dated(self, day: int, month: int, year: str | None) -> date | None:
        """The day in its year, two figures of which are of this century; without a year, the one in the period."""
        if year is not None:
            return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        if self.period is None:
            return None
        known = {_date(year, month, day) for year in (self.period.start.year, self.period.end.year)}
        return next((found for found in known if found and found in self.period), None)

    def _month(self, word: str) -> int:
        """The month of a word or of its beginning; 0 where it is none."""
        typed = word.casefold()
        for language in self.languages:
            for month in range(1, 13):
                short, long = (language.day(date(2000, month, 1), form).casefold() for form in ("LLL", "LLLL"))
                if typed == short.rstrip(".") or long.startswith(typed):
                    return month
        return 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if FIRST <= found < LAST else None
