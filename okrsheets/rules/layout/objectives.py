"""The Objectives tab: objectives, each followed by its key results."""

from __future__ import annotations

from okrsheets.rules import tables
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.navigation import navigation
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.layout.table import TOP, heading_row, hint, open_table, written
from okrsheets.rules.tables import OBJECTIVES
from okrsheets.rules.typed import choices
from okrsheets.rules.units import is_share
from okrsheets.words.grid import Area
from okrsheets.words.message import Language, keep
from okrsheets.words.plan import Ambition, CheckIns, KeyResult, KeyResultType, Objective, Plan
from okrsheets.words.workbook import Choice, Highlight, Page, Style, Tab, When, Written

AMOUNTS = ("baseline", "target", "current", "low", "high", "tolerance")
WRAPS_AT, NOTE_WRAPS_AT = 46, 36
FINE = ("tolerance", "ambition", "weight", "objective")
STYLES = {
    "id": palette.HIDDEN_ID,
    "title": palette.KEY_RESULT,
    "number": palette.CODE,
    "type": palette.FIELD_CODE,
    "kpi": palette.FIELD_CODE,
    "baseline": palette.FIELD_COUNT,
    "target": palette.FIELD_COUNT,
    "current": palette.FIELD_COUNT,
    "low": palette.FIELD_COUNT,
    "high": palette.FIELD_COUNT,
    "unit": palette.FIELD_CODE,
    "confidence": palette.FIELD_COUNT,
    "note": palette.FIELD_TEXT,
    "tolerance": palette.FIELD_COUNT,
    "ambition": palette.FIELD,
    "weight": palette.FIELD_COUNT,
    "objective": palette.FIELD,
}
HINTS = {
    "type": keep("reach: from baseline to target. within: between at least and at most. done: one tick."),
    "kpi": keep("The number of the KPI that measures this; empty: type the value under Now."),
    "current": keep("Only where no KPI measures it."),
    "confidence": keep("0 to 10: what you believe, apart from the figures."),
}


def objectives_tab(plan: Plan, check_ins: CheckIns, language: Language) -> tuple[Tab, dict[str, Area]]:
    """The tab and its defined names."""
    sketch = Sketch(language.say(OBJECTIVES.title), language)
    open_table(
        sketch, OBJECTIVES, keep("What do I want to reach, and how will I see it?"), fold=("tolerance", "weight")
    )
    navigation(sketch, row=1, first=4)
    heading_row(sketch, OBJECTIVES, TOP - 1, fine=FINE)
    row = TOP
    for objective in plan.objectives:
        _objective(sketch, row, objective)
        for place, result in enumerate(objective.key_results, row + 1):
            _key_result(sketch, place, result, objective, plan, check_ins)
        row += 1 + len(objective.key_results)
    bottom = row + tables.SPARE_ROWS - 1
    for spare in range(row, bottom + 1):
        _row(sketch, spare, {})
    for column in OBJECTIVES.columns:
        place = OBJECTIVES.position(column.key)
        sketch.name(OBJECTIVES.name(column.key), sketch.area(TOP, place, bottom, place))
    _helps(sketch, plan, bottom)
    page = Page(area=sketch.area(1, 2, bottom, OBJECTIVES.position("note")))
    filtered = sketch.area(TOP - 1, 1, bottom, len(OBJECTIVES.columns))
    return sketch.tab(
        colour=palette.CLAY, frozen=(TOP, 3), page=page, selected=(TOP, 2), filtered=filtered
    ), sketch.names


def _objective(sketch: Sketch, row: int, objective: Objective) -> None:
    values: dict[str, Written] = {
        "id": objective.id,
        "title": objective.title,
        "type": sketch.language.say(choices.OBJECTIVE),
        "weight": objective.weight,
    }
    for place, column in enumerate(OBJECTIVES.columns, 1):
        style = palette.OBJECTIVE_COUNT if column.key == "weight" else palette.OBJECTIVE
        if column.key in {"number", "type"}:
            style = palette.OBJECTIVE_CODE
        value = written(sketch, OBJECTIVES, column.key, row, values)
        sketch.put(row, place, value, palette.HIDDEN_ID if column.key == "id" else style)
    sketch.heights[row] = 38 if len(objective.title) > WRAPS_AT else 24


def _key_result(
    sketch: Sketch, row: int, result: KeyResult, objective: Objective, plan: Plan, check_ins: CheckIns
) -> None:
    language = sketch.language
    values: dict[str, Written] = {
        field: getattr(result, field) or None for field in ("id", "title", "kpi", "unit", "note")
    }
    values |= {
        field: getattr(result, field)
        for field in ("baseline", "target", "low", "high", "tolerance", "weight", "confidence")
    }
    values["type"] = language.say(choices.TEXTS[result.type])
    values["ambition"] = language.say(choices.TEXTS[result.ambition])
    values["objective"] = objective.id
    values["current"] = check_ins.current.get(result.id)
    styles: dict[str, Style] = {}
    if result.type is KeyResultType.DONE:
        values["current"], styles["current"] = check_ins.done.get(result.id, False), palette.BOX
    elif result.kpi or result.type is KeyResultType.MILESTONE:
        styles["current"] = palette.FIELD_CLOSED
    if is_share(result, plan):
        styles |= {field: palette.FIELD_PERCENT for field in AMOUNTS if field not in styles}
    _row(sketch, row, values, styles)


def _row(sketch: Sketch, row: int, values: dict[str, Written], styles: dict[str, Style] | None = None) -> None:
    for place, column in enumerate(OBJECTIVES.columns, 1):
        style = (styles or {}).get(column.key, STYLES[column.key])
        sketch.put(row, place, written(sketch, OBJECTIVES, column.key, row, values), style)
    long = len(str(values.get("title") or "")) > WRAPS_AT or len(str(values.get("note") or "")) > NOTE_WRAPS_AT
    sketch.heights[row] = 32 if long else 22


def _helps(sketch: Sketch, plan: Plan, bottom: int) -> None:
    language = sketch.language
    types = (language.say(choices.OBJECTIVE), *choices.words(KeyResultType, language))
    options = {
        "type": types,
        "kpi": tuple(kpi.id for kpi in plan.kpis),
        "ambition": choices.words(Ambition, language),
        "objective": tuple(objective.id for objective in plan.objectives),
    }
    for key, texts in options.items():
        place = OBJECTIVES.position(key)
        if texts:
            title, text = hint(sketch, OBJECTIVES, key, HINTS.get(key, ""))
            sketch.add(Choice(sketch.area(TOP, place, bottom, place), texts, title, text))
    place = OBJECTIVES.position("current")
    done = sketch.area(TOP, place, bottom, place)
    sketch.add(Highlight(done, When.FORMULA, f"ISLOGICAL({_cell(place)})*{_cell(place)}", fill=palette.GREEN_SOFT))


def _cell(place: int) -> str:
    return f"{chr(64 + place)}{TOP}"
