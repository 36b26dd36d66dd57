"""Reading the KPIs tab: the numbers of every week, and which KPIs form the funnel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okrsheets.rules.readback.cells import Cells
from okrsheets.rules.readback.rows import Directory, Row
from okrsheets.rules.summary.places import STAGES
from okrsheets.words.grid import Address
from okrsheets.words.message import say
from okrsheets.words.period import LONGEST, Period, Week
from okrsheets.words.plan import Kpi, KpiKind, Pulse, Stage

LARGEST = 1e12
"""Nobody's week has more of anything."""
STEP_FIELDS = ("plan_rate", "lag_weeks", "in_flight", "planned_per_week")


@dataclass(frozen=True, slots=True)
class Kpis:
    """The tab as read: KPIs, funnel, values by week, and all addresses."""

    kpis: tuple[Kpi, ...]
    funnel: tuple[Stage, ...]
    values: Mapping[str, Mapping[Week, float]]
    cells: Mapping[str, Mapping[str, Address]]


def read_kpis(cells: Cells, rows: Sequence[Row], period: Period) -> Kpis:
    """KPIs in the order of their rows; the funnel in the order of its stage numbers."""
    directory = Directory.of(rows)
    read = [(row, _kpi(cells, row, directory)) for row in rows]
    places = {kpi.id: _places(row, kpi, period) for row, kpi in read}
    for row, kpi in read:
        _report_misplaced(cells, row, kpi, period)
    return Kpis(
        tuple(kpi for _, kpi in read),
        _funnel(cells, rows),
        {id: _values(cells, own) for id, own in places.items()},
        {row.id: _own_cells(row) | {str(week): at for week, at in places[row.id].items()} for row in rows},
    )


def _kpi(cells: Cells, row: Row, directory: Directory) -> Kpi:
    numerator, denominator = (directory.find(cells, row.at(field)) for field in ("numerator", "denominator"))
    return Kpi(
        id=row.id,
        name=row.title,
        kind=cells.choice(KpiKind, row.at("kind"), KpiKind.FLOW),
        cadence=cells.choice(Pulse, row.at("cadence"), Pulse.WEEK),
        numerator=numerator,
        denominator=denominator,
        target=cells.number(row.at("target")),
        unit=cells.text(row.at("unit")),
    )


def _funnel(cells: Cells, rows: Sequence[Row]) -> tuple[Stage, ...]:
    """The stages in order. Of two rows with the same number the topmost is the stage; the other is reported."""
    stages: dict[int, Stage] = {}
    for row in rows:
        number = cells.whole(row.at("stage"), 1, STAGES)
        if number in stages:
            cells.wrong(row.here("stage"), say("a stage number of its own"), say("Number the stages 1, 2, 3, …"))
        elif number is not None:
            stages[number] = _stage(cells, row)
    return tuple(stages[number] for number in sorted(stages))


def _stage(cells: Cells, row: Row) -> Stage:
    lag = cells.whole(row.at("lag_weeks"), 0, LONGEST)
    positive = say("a number, 0 or more")
    return Stage(
        kpi=row.id,
        plan_rate=cells.within(row.at("plan_rate"), 0, 1, say("a share from 0% to 100%")),
        lag_weeks=1 if lag is None else lag,
        in_flight=cells.within(row.at("in_flight"), 0, float("inf"), positive),
        planned_per_week=cells.within(row.at("planned_per_week"), 0, float("inf"), positive),
    )


def _places(row: Row, kpi: Kpi, period: Period) -> dict[Week, Address]:
    """The cells in which this KPI's values are entered: every week, or the month's week; none for a ratio."""
    if kpi.kind is KpiKind.RATIO:
        return {}
    return {
        Week(day): address
        for day, address in row.on()
        if day in period and day.weekday() == 0 and (kpi.cadence is Pulse.WEEK or Week(day).closes_month)
    }


def _values(cells: Cells, places: Mapping[Week, Address]) -> dict[Week, float]:
    believable = say("a number that can be counted")
    read = ((week, cells.within(address, -LARGEST, LARGEST, believable)) for week, address in places.items())
    return {week: value for week, value in read if value is not None}


def _report_misplaced(cells: Cells, row: Row, kpi: Kpi, period: Period) -> None:
    """A month's value in another week than its own, or one of a ratio, would be lost without a word."""
    open_cells = frozenset(_places(row, kpi, period).values())
    months = say("Enter the month's number in one of {weeks}.", weeks=tuple(map(str, period.month_weeks)))
    parts = say("This one is computed from two other KPIs: fill in those, and empty this cell.")
    for day, address in row.on():
        counts = day in period and day.weekday() == 0
        if counts and address not in open_cells and cells.is_meant(address):
            cells.wrong(address, say("an empty cell"), parts if kpi.kind is KpiKind.RATIO else months)


def _own_cells(row: Row) -> dict[str, Address]:
    fields = ("name", "target", *STEP_FIELDS)
    return {field: address for field in fields if (address := row.at(field))}
