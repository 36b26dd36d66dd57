"""The period of a plan: whole ISO weeks, a quarter as a rule (method.md §1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

THURSDAY = 3
LONGEST = 26


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week, known by its Monday."""

    monday: date

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @classmethod
    def of(cls, day: date) -> Week:
        """The week in which `day` falls."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> Week:
        """The week of a label such as `2026-W42`. Raises ValueError for any other text."""
        return cls(date.fromisoformat(f"{text}-1"))

    @property
    def number(self) -> int:
        """The ISO week number, 1 to 53."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    @property
    def month(self) -> tuple[int, int]:
        """(year, month) to which the week belongs: that of its Thursday, as ISO decides the year."""
        thursday = self.monday + timedelta(days=THURSDAY)
        return thursday.year, thursday.month

    @property
    def closes_month(self) -> bool:
        """Whether this is the week of its month's last Thursday, where a month's value is entered."""
        return Week(self.monday + timedelta(days=7)).month != self.month


@dataclass(frozen=True, slots=True)
class Period:
    """A start Monday and a number of whole weeks, 1 to 26."""

    start: date
    weeks: int

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            raise ValueError(f"a period starts on a Monday, {self.start} is not one")
        if not 1 <= self.weeks <= LONGEST:
            raise ValueError(f"a period has 1 to {LONGEST} weeks, not {self.weeks}")

    @property
    def end(self) -> date:
        """The last day, a Sunday."""
        return self.start + timedelta(days=7 * self.weeks - 1)

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter, neither more nor less."""
        year, week, _ = self.start.isocalendar()
        return week % 13 == 1 and week < 53 and self == quarter(year, week // 13 + 1)

    @property
    def label(self) -> str:
        """`2026-Q4` for a quarter, else the first and last week: `2026-W38/2026-W50`."""
        if self.is_quarter:
            year, week, _ = self.start.isocalendar()
            return f"{year}-Q{week // 13 + 1}"
        return f"{Week(self.start)}/{Week.of(self.end)}"

    def __iter__(self) -> Iterator[Week]:
        return (Week(self.start + timedelta(days=7 * n)) for n in range(self.weeks))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def elapsed(self, day: date) -> float:
        """τ: the share of the period that is over at the close of `day`, 0 to 1 (method.md §1)."""
        gone = ((day - self.start).days + 1) / (7 * self.weeks)
        return min(max(gone, 0.0), 1.0)

    def week(self, day: date) -> int:
        """The number of the week of `day` within the period, clamped to 1..weeks."""
        return min(max(1 + (day - self.start).days // 7, 1), self.weeks)

    @property
    def month_weeks(self) -> tuple[Week, ...]:
        """The weeks in which a month's value is entered (method.md §1)."""
        return tuple(week for week in self if week.closes_month)


def quarter(year: int, number: int) -> Period:
    """The quarter of an ISO year: Q1 is W01 to W13; Q4 has 14 weeks in a year of 53 weeks.

    Raises ValueError where `number` is not 1 to 4.
    """
    if not 1 <= number <= 4:
        raise ValueError(f"a year has quarters 1 to 4, not {number}")
    start = date.fromisocalendar(year, 13 * number - 12, 1)
    last = date(year, 12, 28).isocalendar().week
    return Period(start, last - 39 if number == 4 else 13)


def quarter_of(day: date) -> Period:
    """The quarter in which `day` falls, by its ISO week."""
    year, week, _ = day.isocalendar()
    return quarter(year, min((week - 1) // 13 + 1, 4))
