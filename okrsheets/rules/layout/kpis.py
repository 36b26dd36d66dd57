"""The KPIs tab: a handful of numbers a week, and which of them form the funnel."""

from __future__ import annotations

from okrsheets.rules import tables
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.navigation import navigation
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.layout.table import TOP, heading_row, hint, open_table, written
from okrsheets.rules.tables import KPIS
from okrsheets.rules.typed import choices
from okrsheets.rules.units import counts_shares, is_money
from okrsheets.words.grid import Area, a1
from okrsheets.words.message import Language, keep
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import CheckIns, Kpi, KpiKind, Plan, Pulse, Stage
from okrsheets.words.workbook import Choice, Columns, Highlight, NumberHint, Page, Sparkline, Style, Tab, When, Written

FIRST_WEEK = len(KPIS.columns) + 1
WEEK_WIDTH = 7
FUNNEL = ("stage", "plan_rate", "lag_weeks", "in_flight", "planned_per_week")

STYLES = {
    "id": palette.HIDDEN_ID,
    "name": palette.FIELD_TEXT,
    "number": palette.CODE,
    "trend": palette.FIELD,
    "target": palette.FIELD_COUNT,
    "stage": palette.FIELD_WHOLE,
    "plan_rate": palette.FIELD_PERCENT,
    "lag_weeks": palette.FIELD_WHOLE,
    "in_flight": palette.FIELD_COUNT,
    "planned_per_week": palette.FIELD_COUNT,
    "kind": palette.FIELD,
    "cadence": palette.FIELD,
    "numerator": palette.FIELD_CODE,
    "denominator": palette.FIELD_CODE,
    "unit": palette.FIELD_CODE,
}
HINTS = {
    "stage": keep("1 for the first step of your funnel, then 2, 3, …; empty where it is no part of it."),
    "plan_rate": keep("How many of these reach the next stage, as you planned it: 30%."),
    "lag_weeks": keep("After how many weeks the next stage usually follows."),
    "in_flight": keep("How many are still under way; empty: okrsheets derives it."),
    "planned_per_week": keep("How many a week you plan for the first stage."),
    "kind": keep(
        "adds up: a number a week. latest counts: a level, such as followers. "
        "ratio: part of another KPI. average: a rate you enter."
    ),
    "cadence": keep("Enter it every week, or once a month."),
    "numerator": keep("For a ratio: the number of the KPI that is the part."),
    "denominator": keep("For a ratio: the number of the KPI it is a part of."),
}


def kpis_tab(plan: Plan, period: Period, check_ins: CheckIns, language: Language) -> tuple[Tab, dict[str, Area]]:
    """The tab and its defined names."""
    sketch = Sketch(language.say(KPIS.title), language)
    bottom = TOP + len(plan.kpis) + tables.SPARE_ROWS - 1
    last = FIRST_WEEK + period.weeks - 1
    open_table(sketch, KPIS, keep("Measure in moderation: a handful is enough."), fold=("kind", "unit"))
    navigation(sketch, row=1, first=4)
    heading_row(sketch, KPIS, TOP - 1, fine=FUNNEL)
    _weeks(sketch, period, last)
    stages = {stage.kpi: (n, stage) for n, stage in enumerate(plan.funnel, 1)}
    for row, kpi in enumerate(plan.kpis, TOP):
        _kpi(sketch, row, kpi, stages.get(kpi.id), len(plan.funnel), check_ins)
        _values(sketch, row, kpi, period, check_ins)
    for row in range(TOP + len(plan.kpis), bottom + 1):
        _row(sketch, row, {})
        sketch.fill(sketch.area(row, FIRST_WEEK, row, last), palette.FIELD_NUMBER)
    _mark_words(sketch, bottom, last)
    _name(sketch, bottom, last)
    _helps(sketch, plan, bottom)
    page = Page(area=sketch.area(1, 2, bottom, last))
    filtered = sketch.area(TOP - 1, 1, bottom, len(KPIS.columns))
    tab = sketch.tab(colour=palette.AMBER, frozen=(TOP, 3), page=page, selected=(TOP, FIRST_WEEK), filtered=filtered)
    return tab, sketch.names


def _weeks(sketch: Sketch, period: Period, last: int) -> None:
    sketch.fill(sketch.area(1, FIRST_WEEK, 2, last), palette.BAND)
    sketch.columns.append(Columns(FIRST_WEEK, last, WEEK_WIDTH))
    for column, week in enumerate(period, FIRST_WEEK):
        sketch.put(3, column, f"W{week.number:02d}", palette.WEEK_ABOVE)
        sketch.day(TOP - 1, column, week.monday, palette.WEEK_HEADING)
    sketch.heights[3] = 17
    headings = sketch.area(TOP - 1, FIRST_WEEK, TOP - 1, last)
    day = a1((TOP - 1, FIRST_WEEK))
    running = f"AND(TODAY()>={day},TODAY()<{day}+7)"
    sketch.add(Highlight(headings, When.FORMULA, running, palette.CLAY, palette.WHITE, bold=True))


def _kpi(sketch: Sketch, row: int, kpi: Kpi, stage: tuple[int, Stage] | None, stages: int, check_ins: CheckIns) -> None:
    language = sketch.language
    values: dict[str, Written] = {
        "id": kpi.id,
        "name": kpi.name,
        "target": kpi.target,
        "kind": language.say(choices.TEXTS[kpi.kind]),
        "cadence": language.say(choices.TEXTS[kpi.cadence]),
        "numerator": kpi.numerator,
        "denominator": kpi.denominator,
        "unit": kpi.unit or None,
    }
    if stage:
        values |= _step(*stage, stages)
    _row(sketch, row, values)
    if counts_shares(kpi):
        sketch.put(row, KPIS.position("target"), kpi.target, palette.FIELD_PERCENT)


def _step(number: int, stage: Stage, stages: int) -> dict[str, Written]:
    """A stage's own cells; from the last stage no step leaves, so it has no lag."""
    return {
        "stage": number,
        "plan_rate": stage.plan_rate,
        "lag_weeks": stage.lag_weeks if number < stages else None,
        "in_flight": stage.in_flight,
        "planned_per_week": stage.planned_per_week,
    }


def is_open(kpi: Kpi, week: Week) -> bool:
    """Whether a person enters this KPI's value in this week: a ratio is computed, a month has one week."""
    return kpi.kind is not KpiKind.RATIO and (kpi.cadence is Pulse.WEEK or week.closes_month)


def _style(kpi: Kpi) -> Style:
    """How its numbers look; only what is long by nature has marks between its thousands."""
    if counts_shares(kpi):
        return palette.FIELD_PERCENT
    return palette.FIELD_COUNT if is_money(kpi.unit) else palette.FIELD_NUMBER


def _values(sketch: Sketch, row: int, kpi: Kpi, period: Period, check_ins: CheckIns) -> None:
    values = check_ins.values.get(kpi.id, {})
    style = _style(kpi)
    for column, week in enumerate(period, FIRST_WEEK):
        sketch.put(row, column, values.get(week), style if is_open(kpi, week) else palette.FIELD_CLOSED)
    data = sketch.area(row, FIRST_WEEK, row, FIRST_WEEK + period.weeks - 1)
    sketch.add(Sparkline((row, KPIS.position("trend")), data, palette.TEAL))


def _mark_words(sketch: Sketch, bottom: int, last: int) -> None:
    """Words where a number belongs show before anybody syncs."""
    values = sketch.area(TOP, FIRST_WEEK, bottom, last)
    words = f"ISTEXT({a1((TOP, FIRST_WEEK))})"
    sketch.add(Highlight(values, When.FORMULA, words, palette.AMBER_SOFT, palette.AMBER))


def _row(sketch: Sketch, row: int, values: dict[str, Written]) -> None:
    for place, column in enumerate(KPIS.columns, 1):
        sketch.put(row, place, written(sketch, KPIS, column.key, row, values), STYLES[column.key])
    sketch.heights[row] = 22


def _name(sketch: Sketch, bottom: int, last: int) -> None:
    for column in KPIS.columns:
        place = KPIS.position(column.key)
        sketch.name(KPIS.name(column.key), sketch.area(TOP, place, bottom, place))
    sketch.name(KPIS.name("values"), sketch.area(TOP, FIRST_WEEK, bottom, last))
    sketch.name(KPIS.name("days"), sketch.area(TOP - 1, FIRST_WEEK, TOP - 1, last))


def _helps(sketch: Sketch, plan: Plan, bottom: int) -> None:
    codes = tuple(kpi.id for kpi in plan.kpis)
    options = {
        "kind": choices.words(KpiKind, sketch.language),
        "cadence": choices.words(Pulse, sketch.language),
        "numerator": codes,
        "denominator": codes,
    }
    for key, text in HINTS.items():
        place = KPIS.position(key)
        area = sketch.area(TOP, place, bottom, place)
        title, words = hint(sketch, KPIS, key, text)
        texts = options.get(key, ())
        sketch.add(Choice(area, texts, title, words) if texts else NumberHint(area, title=title, hint=words))
