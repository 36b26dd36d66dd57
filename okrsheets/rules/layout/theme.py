"""The Theme tab: what the quarter is about, its few numbers, days off, agreements and the review."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.rules import tables
from okrsheets.rules.called import called
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.navigation import navigation
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.tables import ACTIONS, KPIS, OBJECTIVES
from okrsheets.words.grid import SCHEMA, Area
from okrsheets.words.message import Language, keep, say
from okrsheets.words.period import Period
from okrsheets.words.plan import Plan, Theme
from okrsheets.words.workbook import NumberHint, Page, Style, Tab, Written

LABELS, FIRST, LAST, PANEL = 2, 3, 6, 8
WIDTHS = (2, 27, 17, 17, 17, 17, 3, 58)

TEXTS = (
    ("title", keep("One theme a quarter gives focus."), 30.0),
    ("north_star", keep("The dream that this quarter is a step towards."), 48.0),
    ("why", keep("Read this when it gets hard."), 48.0),
)
FIGURES = (
    ("revenue_goal", keep("for this period")),
    ("price", keep("goal and price say how many sales you need")),
    ("capacity_per_week", keep("of the first step of your funnel; empty: no limit")),
)
REVIEW = (
    keep("What went well?"),
    keep("What did I learn?"),
    keep("What do I let go of?"),
    keep("What do I take with me?"),
)
STEPS = (
    keep("1. Write down your theme and your North Star."),
    keep("2. Link results to your objectives, and actions to those results. The examples are there to be changed."),
    keep("3. Tick off your actions, every day. Those you control."),
    keep("4. Enter a handful of numbers once a week. Measuring is knowing, but measure in moderation."),
    keep(
        "5. Close the file and run okrsheets sync: the Summary shows where you are, where it leaks and what is needed."
    ),
    keep("Put a - in a box that you skip on purpose, and list your days off on this tab: neither counts against you."),
)


def theme_tab(plan: Plan, period: Period, language: Language) -> tuple[Tab, dict[str, Area]]:
    """The tab and its defined names."""
    theme = plan.theme
    sketch = Sketch(language.say(tables.THEME_TITLE), language)
    sketch.widths(WIDTHS)
    _title(sketch, period)
    _texts(sketch, theme)
    _figures(sketch, theme)
    row = _days_off(sketch, theme, top=13)
    row = _agreements(sketch, theme, top=row + 1)
    row = _review(sketch, top=row + 1)
    page = Page(landscape=False, area=sketch.area(1, 1, row - 1, LAST))
    _settings(sketch, plan, period, top=row + 1)
    _how_it_works(sketch)
    return sketch.tab(colour=palette.TEAL, frozen=(3, 1), page=page, selected=(4, FIRST)), sketch.names


def _title(sketch: Sketch, period: Period) -> None:
    language = sketch.language
    sketch.fill(sketch.area(1, 1, 2, PANEL), palette.BAND)
    sketch.put(1, LABELS, language.say(keep("Quarter theme")), palette.TITLE)
    span = say(
        "{label}: {start} to {end}, {weeks} weeks",
        label=called(period),
        start=period.start,
        end=period.end,
        weeks=period.weeks,
    )
    sketch.put(1, LAST, language.say(span), palette.TITLE_SIDE)
    navigation(sketch, row=2, first=LABELS)
    sketch.heights.update({1: 34, 2: 20})


def _texts(sketch: Sketch, theme: Theme) -> None:
    for row, (field, tip, height) in enumerate(TEXTS, 4):
        label = tables.LABELS[field]
        sketch.say(row, LABELS, label, palette.LABEL)
        style = palette.FIELD_BIG if field == "title" else palette.FIELD_TEXT
        sketch.wide(sketch.area(row, FIRST, row, LAST), getattr(theme, field) or None, style)
        sketch.name(tables.theme_name(field), sketch.area(row, FIRST))
        sketch.add(NumberHint(sketch.area(row, FIRST), title=_short(sketch, label), hint=sketch.language.say(tip)))
        sketch.heights[row] = height


def _figures(sketch: Sketch, theme: Theme) -> None:
    _section(sketch, 8, keep("The numbers"))
    for row, (field, tip) in enumerate(FIGURES, 9):
        sketch.say(row, LABELS, tables.LABELS[field], palette.LABEL)
        sketch.put(row, FIRST, getattr(theme, field), palette.FIELD_COUNT)
        sketch.say(row, FIRST + 1, tip, palette.HINT)
        sketch.name(tables.theme_name(field), sketch.area(row, FIRST))


def _days_off(sketch: Sketch, theme: Theme, top: int) -> int:
    _section(sketch, top, tables.LABELS["days_off"])
    height, width = tables.BLOCKS["days_off"]
    area = sketch.area(top + 1, FIRST, top + height, FIRST + width - 1)
    tip = _say(sketch, keep("Holidays and rest belong here too"))
    sketch.wide(sketch.area(top + 1, LABELS, top + height, LABELS), tip, palette.HINT_WRAPPED)
    for n, day in enumerate(theme.days_off[: width * height]):
        sketch.day(area.top + n // width, FIRST + n % width, day, palette.FIELD_DAY)
    sketch.fill(area, palette.in_language(palette.FIELD_DAY, sketch.language.code))
    sketch.name(tables.theme_name("days_off"), area)
    sketch.add(NumberHint(area, day=True, title=_short(sketch, keep("Day off")), hint=_say(sketch, keep("One date."))))
    return area.bottom + 1


def _agreements(sketch: Sketch, theme: Theme, top: int) -> int:
    _section(sketch, top, tables.LABELS["agreements"])
    height, _ = tables.BLOCKS["agreements"]
    for n in range(height):
        row = top + 1 + n
        sketch.put(row, LABELS, n + 1, palette.NUMBERING)
        text = theme.agreements[n] if n < len(theme.agreements) else None
        sketch.wide(sketch.area(row, FIRST, row, LAST), text, palette.FIELD_TEXT)
        sketch.heights[row] = 18
    bottom = top + height
    sketch.name(tables.theme_name("agreements"), sketch.area(top + 1, FIRST, bottom, FIRST))
    return bottom + 1


def _review(sketch: Sketch, top: int) -> int:
    _section(sketch, top, keep("Looking back on the quarter"))
    for row, question in enumerate(REVIEW, top + 1):
        sketch.say(row, LABELS, question, palette.LABEL)
        sketch.wide(sketch.area(row, FIRST, row, LAST), None, palette.FIELD_TEXT)
        sketch.heights[row] = 40
    return top + len(REVIEW) + 1


def _settings(sketch: Sketch, plan: Plan, period: Period, top: int) -> None:
    """What okrsheets itself needs to know, where a person can see it and need not touch it; off the printed page."""
    language = sketch.language
    values: dict[str, Written] = {
        "start": period.start,
        "weeks": period.weeks,
        "language": language.code,
        "locale": language.locale,
        "schema": SCHEMA,
        "filled": " ".join(_filled(plan)) or "-",
    }
    sketch.say(top, LABELS, keep("For okrsheets: leave as it is"), palette.SETTING)
    for row, (field, value) in enumerate(values.items(), top + 1):
        sketch.say(row, LABELS, tables.LABELS[field], palette.SETTING)
        if field == "start":
            sketch.day(row, FIRST, value, palette.SETTING_DAY)
        else:
            sketch.put(row, FIRST, value, palette.SETTING_VALUE)
        sketch.name(tables.setting_name(field), sketch.area(row, FIRST))


def _filled(plan: Plan) -> Iterator[str]:
    """The tables that have rows from the start: one of these without rows has met with an accident."""
    rows = {OBJECTIVES.key: plan.objectives, ACTIONS.key: plan.actions, KPIS.key: plan.kpis}
    return (key for key, content in rows.items() if content)


def _how_it_works(sketch: Sketch) -> None:
    sketch.say(4, PANEL, keep("How this works"), palette.SECTION)
    steps = "\n\n".join(sketch.language.say(step) for step in STEPS)
    sketch.wide(sketch.area(5, PANEL, 17, PANEL), steps, Style(wrap=True, top=True))


def _section(sketch: Sketch, row: int, text: str) -> None:
    sketch.say(row, LABELS, text, palette.SECTION)
    sketch.fill(sketch.area(row, LABELS, row, LAST), palette.SECTION)
    sketch.heights[row] = 22


def _say(sketch: Sketch, text: str) -> str:
    return sketch.language.say(text)


def _short(sketch: Sketch, text: str) -> str:
    """Excel shows at most 32 characters of a hint's title."""
    return sketch.language.say(text)[:32]
