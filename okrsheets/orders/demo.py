"""Demo: a quarter of somebody who sells programmes, filled in up to today as a person would, and synced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from okrsheets.orders.languages import Languages
from okrsheets.orders.sync import SyncResult, brought_up_to_date
from okrsheets.rules import tables
from okrsheets.rules.layout import describe
from okrsheets.words.grid import Address
from okrsheets.words.message import Language, keep
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import CheckIns, Plan
from okrsheets.words.store import Store
from okrsheets.words.workbook import Tab, Workbook

TEMPLATE = "high-ticket"
"""The template that the ids below belong to."""
WEEKS, WEEK_OF_TODAY = 13, 7
CAPACITY = 30
DAY_OFF = (3, 4)
"""A Friday: week and weekday, both counted from 0."""

VALUES: Mapping[str, tuple[float, ...]] = {
    "K1": (20, 22, 21, 24, 20, 23),
    "K2": (5, 7, 7, 8, 7, 8),
    "K3": (0, 0, 1, 1, 1, 1),
    "K4": (0, 0, 1500, 1500, 1500, 1500),
}
"""Week by week: invitations and calls go well, few calls become a sale."""
BOXES: Mapping[str, tuple[str, ...]] = {
    "A1": ("xxxxx", "xxx.x", "xx-xx", "xxxx.", "x.xxx", "xxxxx", "xxxxx"),
    "A2": ("xxxx.", "xxxxx", "xx-xx", "xxxx.", "xxx.x", "xxxxx", "xxxxx"),
    "A3": ("....x", ".x..x", "..x.x", ".x.x.", "....x", ".x.x.", ".x..x"),
    "A4": ("....x", "....x", ".....", "...x.", "....x", ".....", "....x"),
}
"""Monday to Friday: x is done, - is skipped."""
SLIP = ("K1", 4, keep("about 12"))
"""What people type now and then: words in a cell for a number. KPI, week counted from 0, text."""


def demo(
    store: Store, plan: Plan, language: Language, languages: Languages, today: date, *, force: bool = False
) -> SyncResult:
    """Makes the workbook of the template's plan and brings its Summary up to date.

    Raises AlreadyThere where there is one and `force` is not set, and what creating and syncing raise.
    """
    period = period_around(today)
    day_off = period.start + timedelta(weeks=DAY_OFF[0], days=DAY_OFF[1])
    theme = replace(plan.theme, capacity_per_week=CAPACITY, days_off=(day_off,))
    workbook = describe(replace(plan, theme=theme), period, language, filled_in(period, today))
    store.create(with_slip(workbook, plan, language), replace=force)
    return brought_up_to_date(store, today, languages)


def period_around(today: date) -> Period:
    """Thirteen weeks with today in the seventh."""
    return Period(Week.of(today).monday - timedelta(weeks=WEEK_OF_TODAY - 1), WEEKS)


def filled_in(period: Period, today: date) -> CheckIns:
    """The numbers of the weeks that are over, and the boxes up to today."""
    weeks = tuple(period)
    return CheckIns(
        values={kpi: dict(zip(weeks, values, strict=False)) for kpi, values in VALUES.items()},
        ticks={action: marked(period, boxes, "x", today) for action, boxes in BOXES.items()},
        skips={action: marked(period, boxes, "-", today) for action, boxes in BOXES.items()},
    )


def marked(period: Period, boxes: tuple[str, ...], mark: str, today: date) -> frozenset[date]:
    """The days up to today whose box has this mark."""
    days = {
        day
        for week, marks in zip(period, boxes, strict=False)
        for day, box in zip(week.days, marks, strict=False)
        if box == mark
    }
    return frozenset(day for day in days if day <= today)


def with_slip(workbook: Workbook, plan: Plan, language: Language) -> Workbook:
    """The workbook with words in one cell that asks for a number."""
    kpi, week, text = SLIP
    values = workbook.names[tables.KPIS.name("values")]
    row = values.top + [known.id for known in plan.kpis].index(kpi)
    return typed(workbook, Address(values.tab, row, values.left + week), language.say(text))


def typed(workbook: Workbook, where: Address, text: str) -> Workbook:
    """The workbook with another text in one cell, which keeps its looks."""

    def retyped(tab: Tab) -> Tab:
        entry = replace(tab.entries[where.spot], value=text)
        return replace(tab, entries={**tab.entries, where.spot: entry})

    return replace(workbook, tabs=tuple(retyped(tab) if tab.title == where.tab else tab for tab in workbook.tabs))
