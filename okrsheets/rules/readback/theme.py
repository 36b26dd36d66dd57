"""Reading the Theme tab: the theme, and what okrsheets itself needs to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from okrsheets.rules import tables
from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.days import read_day
from okrsheets.rules.readback.locate import Located
from okrsheets.words.errors import NotOurs, PlanDamaged
from okrsheets.words.grid import SCHEMA, Address, Area, Kind, Reading
from okrsheets.words.message import Language, say
from okrsheets.words.period import LONGEST, Period
from okrsheets.words.plan import Theme
from okrsheets.words.snapshot import About


def read_about(reading: Reading, languages: Sequence[Language], kpis: Located) -> About:
    """Language, locale and period. What is gone from the Theme tab is told by the tabs and the headings of the KPIs."""
    language = _setting(reading, "language")
    code = language if language in {known.code for known in languages} else _language_of_tabs(reading, languages)
    usual = next(known.locale for known in languages if known.code == code)
    schema = _setting(reading, "schema")
    if schema.isdigit() and int(schema) > SCHEMA:
        raise NotOurs(ref=reading.ref, reason=say("it was made by a newer version of okrsheets"))
    return About(reading.kind, reading.ref, code, _setting(reading, "locale") or usual, read_period(reading, kpis))


def read_period(reading: Reading, kpis: Located) -> Period:
    """The period of the Theme tab, else the weeks that the KPIs have columns for. Raises PlanDamaged without either."""
    start_at, weeks_at = (reading.names.get(tables.setting_name(field)) for field in tables.PERIOD_FIELDS)
    start = read_day(reading.at(start_at.first), reading.epoch) if start_at else None
    weeks = reading.at(weeks_at.first).value if weeks_at else None
    if start and start.weekday() == 0 and isinstance(weeks, float) and 1 <= weeks <= LONGEST:
        return Period(start, int(weeks))
    mondays = sorted(day for day in kpis.days.values() if day.weekday() == 0)
    if not mondays:
        raise PlanDamaged(ref=reading.ref, what=say("the period"))
    return Period(mondays[0], min((mondays[-1] - mondays[0]).days // 7 + 1, LONGEST))


def read_theme(cells: Cells) -> tuple[Theme, Mapping[str, Address]]:
    """The theme, and the cells that a person may fill."""
    reading = cells.reading
    areas = {field: reading.names.get(tables.theme_name(field)) for field in tables.THEME_FIELDS}
    single = {field: area.first for field, area in areas.items() if area and field not in ("days_off", "agreements")}
    days_off = _spread(areas["days_off"])
    theme = Theme(
        title=cells.text(single.get("title")),
        north_star=cells.text(single.get("north_star")),
        why=cells.text(single.get("why")),
        revenue_goal=_figure(cells, single.get("revenue_goal")),
        price=_figure(cells, single.get("price")),
        capacity_per_week=_figure(cells, single.get("capacity_per_week")),
        days_off=_days_off(cells, days_off),
        agreements=tuple(filter(None, map(cells.text, _spread(areas["agreements"])))),
    )
    return theme, single | {_numbered(n): address for n, address in enumerate(days_off, 1)}


def is_emptied(reading: Reading) -> bool:
    """Whether all that okrsheets had put on the Theme tab for itself is gone."""
    areas = [reading.names.get(tables.setting_name(field)) for field in tables.PERIOD_FIELDS + tables.SETTING_FIELDS]
    return not any(area and reading.at(area.first).kind is not Kind.EMPTY for area in areas)


def _figure(cells: Cells, address: Address | None) -> float | None:
    return cells.within(address, 0, float("inf"), say("a number, 0 or more"))


def filled_tables(reading: Reading) -> frozenset[str]:
    """The tables that had rows when the workbook was made; all of them where nobody knows any more."""
    known = _setting(reading, "filled")
    return frozenset(known.split()) if known else frozenset(table.key for table in tables.TABLES)


def _days_off(cells: Cells, places: Sequence[Address]) -> tuple[date, ...]:
    return tuple(sorted({day for address in places if (day := cells.day(address))}))


def _numbered(n: int) -> str:
    return "days_off" if n == 1 else f"days_off.{n}"


def _spread(area: Area | None) -> tuple[Address, ...]:
    if area is None:
        return ()
    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
    return tuple(Address(area.tab, row, column) for row in rows for column in columns)


def _setting(reading: Reading, field: str) -> str:
    area = reading.names.get(tables.setting_name(field))
    value = reading.at(area.first).value if area else None
    return str(int(value)) if isinstance(value, float) else str(value or "").strip()


def _language_of_tabs(reading: Reading, languages: Sequence[Language]) -> str:
    """The language in which most tabs bear the titles that okrsheets gives them."""
    titles = {title.casefold() for title in reading.titles}

    def known(language: Language) -> int:
        return len(titles & {language.say(text).casefold() for text in tables.TITLES})

    return max(languages, key=known).code
