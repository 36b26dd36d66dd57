"""Reading the Theme tab: the theme, the period, and what of the tab itself is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from okrsheets.rules import tables
from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.fields import Fields
from okrsheets.rules.readback.locate import Located
from okrsheets.rules.readback.settings import Settings, setting
from okrsheets.words.errors import PlanDamaged
from okrsheets.words.grid import Address, Area, Kind, Reading
from okrsheets.words.message import Message, say
from okrsheets.words.period import LONGEST, Period
from okrsheets.words.plan import Theme
from okrsheets.words.problem import Problem
from okrsheets.words.snapshot import Snapshot

MISSED = (*tables.THEME_FIELDS, *tables.PERIOD_FIELDS, "language", "locale")
"""The fields that are missed where they are gone; nobody can put back the others."""
MOST_PLACES = 50
"""Rows and columns of a block: a name may lead to a whole tab by now, of millions of cells."""


def period_of(reading: Reading, settings: Settings, kpis: Located) -> Period:
    """The period of the Theme tab, else the weeks that the KPIs have columns for. Raises PlanDamaged without either."""
    if settings.period:
        return settings.period
    mondays = sorted(day for day in kpis.days.values() if day.weekday() == 0)
    if not mondays:
        raise PlanDamaged(ref=reading.ref, what=say("the period"))
    return Period(mondays[0], min((mondays[-1] - mondays[0]).days // 7 + 1, LONGEST))


def read_theme(cells: Cells, settings: Settings) -> tuple[Theme, Mapping[str, Address]]:
    """The theme, and the cells that a person may fill."""
    areas = settings.fields.areas
    own = [field for field in tables.THEME_FIELDS if field in areas and field not in tables.BLOCKS]
    single = {field: areas[field].first for field in own}
    days_off = _spread(areas.get("days_off"))
    theme = Theme(
        title=cells.text(single.get("title")),
        north_star=cells.text(single.get("north_star")),
        why=cells.text(single.get("why")),
        revenue_goal=_figure(cells, single.get("revenue_goal")),
        price=_figure(cells, single.get("price")),
        capacity_per_week=_figure(cells, single.get("capacity_per_week")),
        days_off=_days_off(cells, days_off),
        agreements=tuple(filter(None, map(cells.text, _spread(areas.get("agreements"))))),
    )
    _report_settings(cells, settings)
    return theme, single | {_numbered(n): address for n, address in enumerate(days_off, 1)}


def own_cells(fields: Fields) -> Mapping[str, Address]:
    """The cells in which okrsheets keeps what it needs to know, found by their names or their labels."""
    own = tables.PERIOD_FIELDS + tables.SETTING_FIELDS
    return {field: address for field in own if (address := fields.at(field))}


def is_emptied(snapshot: Snapshot, reading: Reading) -> bool:
    """Whether all that okrsheets had put on the Theme tab for itself is gone."""
    return all(reading.at(address).kind is Kind.EMPTY for address in snapshot.settings.values())


def filled_tables(snapshot: Snapshot, reading: Reading) -> frozenset[str]:
    """The tables that had rows when the workbook was made; all of them where nobody knows any more."""
    address = snapshot.settings.get("filled")
    known = str(reading.at(address).value or "").split() if address else []
    return frozenset(known or (table.key for table in tables.TABLES))


def _report_settings(cells: Cells, settings: Settings) -> None:
    """Fields that cannot be found, and settings that are not what they must be."""
    fields = settings.fields
    for field in MISSED:
        if field not in fields.areas:
            cells.problems.append(_gone(settings, field))
    go_by_weeks = say("Correct it; until then okrsheets goes by the weeks of the KPIs.")
    go_by_language = say("Correct it; until then okrsheets reads numbers as in {locale}.", locale=settings.locale)
    as_typed = setting(cells.reading, fields, "locale") == settings.locale
    wanted: tuple[tuple[str, object, Message, Message], ...] = (
        ("start", settings.start, say("a Monday"), go_by_weeks),
        ("weeks", settings.weeks, say("a whole number from {low} to {high}", low=1, high=LONGEST), go_by_weeks),
        ("locale", as_typed, say("a language and a country, such as {example}", example="nl_NL"), go_by_language),
    )
    for field, good, expected, hint in wanted:
        address = fields.at(field)
        if address and not good:
            cells.wrong(address, expected, hint)


def _gone(settings: Settings, field: str) -> Problem:
    label, tab = settings.language.say(tables.LABELS[field]), settings.fields.tab
    put_back = say("Put it back, with its label before it.")
    if field in tables.THEME_FIELDS:
        put_back = say("Put it back, with its label before it; until then it counts as empty.")
    return Problem(Address(tab, 1, 1), "", say("the field {field} of the tab {tab}", field=label, tab=tab), put_back)


def _figure(cells: Cells, address: Address | None) -> float | None:
    return cells.within(address, 0, float("inf"), say("a number, 0 or more"))


def _days_off(cells: Cells, places: Sequence[Address]) -> tuple[date, ...]:
    return tuple(sorted({day for address in places if (day := cells.day(address))}))


def _numbered(n: int) -> str:
    return "days_off" if n == 1 else f"days_off.{n}"


def _spread(area: Area | None) -> tuple[Address, ...]:
    if area is None:
        return ()
    rows = range(area.top, min(area.bottom, area.top + MOST_PLACES) + 1)
    columns = range(area.left, min(area.right, area.left + MOST_PLACES) + 1)
    return tuple(Address(area.tab, row, column) for row in rows for column in columns)
