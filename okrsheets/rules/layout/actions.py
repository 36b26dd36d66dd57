"""The Actions tab: one row an action, one box a day, and this week never more than a click away."""

from __future__ import annotations

from datetime import date

from okrsheets.rules import tables
from okrsheets.rules.actions.boxes import box_days
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.navigation import navigation
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.layout.table import heading_row, hint, open_table, written
from okrsheets.rules.tables import ACTIONS
from okrsheets.rules.typed import choices
from okrsheets.words.grid import Area, a1
from okrsheets.words.message import Language, keep
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import Action, Cadence, CheckIns, Plan
from okrsheets.words.workbook import Choice, Columns, Entry, Formula, Highlight, Link, Page, Tab, When, Written

FIRST_DAY = len(ACTIONS.columns) + 1
WEEK_WIDTH = 8
"""Seven days and the count of the week."""
STRIP_WIDTH, LINK_WIDTH = 7, 3
"""Links to weeks in a row of the strip, and the columns of days that each lies over."""
FIRST_ON_PAPER, WEEKS_ON_PAPER, SCALE = 3, 4, 73
"""Weeks on the first page, which has all columns, and on the others; the percentage at which so many fit."""
DAY_WIDTH, COUNT_WIDTH = 3.3, 4.2
SATURDAY = 5

STYLES = {
    "id": palette.HIDDEN_ID,
    "title": palette.FIELD_TEXT,
    "number": palette.CODE,
    "key_result": palette.FIELD_CODE,
    "cadence": palette.FIELD_CODE,
    "per_week": palette.FIELD_WHOLE,
    "feeds": palette.FIELD_CODE,
    "amount": palette.FIELD_CODE,
    "due": palette.FIELD_DAY,
}
HINTS = {
    "key_result": keep("The number of the key result that this action serves."),
    "cadence": keep("daily, weekly, monthly or once: one box each time."),
    "feeds": keep("Each tick adds to this KPI in weeks for which you enter no number yourself."),
}


def heading_of(period: Period) -> int:
    """The row of the headings: below the strip of links to the weeks, the weeks and their weekdays."""
    return 5 + max(2, -(-period.weeks // STRIP_WIDTH))


def day_column(period: Period, day: date) -> int:
    """The column of a day when the workbook is made."""
    week, place = divmod((day - period.start).days, 7)
    return FIRST_DAY + WEEK_WIDTH * week + place


def actions_tab(plan: Plan, period: Period, check_ins: CheckIns, language: Language) -> tuple[Tab, dict[str, Area]]:
    """The tab and its defined names."""
    sketch = Sketch(language.say(ACTIONS.title), language)
    heading = heading_of(period)
    top, bottom = heading + 1, heading + len(plan.actions) + tables.SPARE_ROWS
    question = keep("You control what you do. Tick it off: a small joy, every day.")
    open_table(sketch, ACTIONS, question, fold=("per_week", "due"))
    heading_row(sketch, ACTIONS, heading)
    _weeks(sketch, period, heading)
    navigation(sketch, row=1, first=FIRST_DAY, span=4)
    _ways(sketch, heading, day_column(period, period.end))
    for row, action in enumerate(plan.actions, top):
        _action(sketch, row, action, period, check_ins)
    for row in range(top + len(plan.actions), bottom + 1):
        _row(sketch, row, {})
        _days(sketch, row, period, {}, frozenset())
    _name(sketch, period, top, bottom)
    _helps(sketch, plan, top, bottom)
    _colours(sketch, period, heading, bottom)
    last = day_column(period, period.end) + 1
    page = Page(area=sketch.area(1, 2, bottom, last), repeat_columns=(1, 2), breaks=_breaks(period), scale=SCALE)
    filtered = sketch.area(heading, 1, bottom, len(ACTIONS.columns))
    tab = sketch.tab(colour=palette.GREEN, frozen=(top, 3), page=page, selected=(top, FIRST_DAY), filtered=filtered)
    return tab, sketch.names


def _breaks(period: Period) -> tuple[int, ...]:
    """The columns that begin a new page of paper: a week is never cut in two."""
    return tuple(FIRST_DAY + WEEK_WIDTH * n for n in range(FIRST_ON_PAPER, period.weeks, WEEKS_ON_PAPER))


def _weeks(sketch: Sketch, period: Period, heading: int) -> None:
    """The strip of links above, and over each week's boxes its number, weekdays and dates."""
    sketch.fill(sketch.area(1, FIRST_DAY, 2, day_column(period, period.end) + 1), palette.BAND)
    for n, week in enumerate(period):
        first = day_column(period, week.monday)
        _link(sketch, n, week, sketch.area(heading, first, heading, first + 6))
        _week_headings(sketch, week, first, heading)
        sketch.columns.append(Columns(first, first + 6, DAY_WIDTH, group=True))
        sketch.columns.append(Columns(first + 7, first + 7, COUNT_WIDTH))
    sketch.heights.update(dict.fromkeys(range(3, heading), 17))


def _link(sketch: Sketch, n: int, week: Week, days: Area) -> None:
    """To the headings of a week, so that its boxes are seen and not selected."""
    row, left = 3 + n // STRIP_WIDTH, FIRST_DAY + LINK_WIDTH * (n % STRIP_WIDTH)
    place = sketch.area(row, left, row, left + LINK_WIDTH - 1)
    sketch.wide(place, Link(days, _label(week)), palette.LINK)
    running = f"AND(TODAY()>={_day(week.monday)},TODAY()<={_day(week.sunday)})"
    sketch.add(Highlight(place, When.FORMULA, running, fill=palette.CLAY_SOFT, colour=palette.CLAY, bold=True))


def _ways(sketch: Sketch, heading: int, last: int) -> None:
    """In the column that never scrolls away: to today's boxes, and back to the strip of all weeks."""
    days = f"{a1((heading, FIRST_DAY))}:{a1((heading, last))}"
    tab = sketch.title.replace("'", "''")
    here = f"ADDRESS({heading},MATCH(TODAY(),{days},0)+{FIRST_DAY - 1},4)"
    today = "→ " + sketch.language.say(keep("Today"))
    link = f'IFERROR(HYPERLINK("#\'{tab}\'!"&{here},"{today}"),"")'
    sketch.put(3, 2, Formula(link, today), palette.WAY)
    weeks = Link(sketch.area(3, FIRST_DAY), "← " + sketch.language.say(keep("All weeks")))
    sketch.put(4, 2, weeks, palette.WAY)


def _week_headings(sketch: Sketch, week: Week, first: int, heading: int) -> None:
    language = sketch.language
    sketch.fill(sketch.area(heading - 2, first, heading - 2, first + 7), palette.WEEK_LABEL)
    label = f"{_label(week)} · {language.day(week.monday, 'd MMM')}"
    sketch.put(heading - 2, first, label, palette.WEEK_LABEL)
    for place, day in enumerate(week.days):
        sketch.put(heading - 1, first + place, language.day(day, "EEEEEE"), palette.WEEKDAY)
        sketch.put(heading, first + place, day, palette.DAY_HEADING)
    sketch.put(heading - 1, first + 7, None, palette.WEEKDAY)
    sketch.put(heading, first + 7, "✓", palette.DAY_HEADING)


def _action(sketch: Sketch, row: int, action: Action, period: Period, check_ins: CheckIns) -> None:
    values: dict[str, Written] = {
        "id": action.id,
        "title": action.title,
        "key_result": action.key_result,
        "cadence": sketch.language.say(choices.TEXTS[action.cadence]),
        "per_week": action.per_week if action.cadence in {Cadence.DAILY, Cadence.WEEKLY} else None,
        "feeds": action.feeds,
        "amount": action.amount,
        "due": action.due,
    }
    _row(sketch, row, values)
    filled: dict[date, Written] = dict.fromkeys(check_ins.ticks.get(action.id, ()), True)
    filled |= dict.fromkeys(check_ins.skips.get(action.id, ()), "-")
    _days(sketch, row, period, filled, box_days(action, period))


def _row(sketch: Sketch, row: int, values: dict[str, Written]) -> None:
    for place, column in enumerate(ACTIONS.columns, 1):
        sketch.put(row, place, written(sketch, ACTIONS, column.key, row, values), STYLES[column.key])
    sketch.heights[row] = 30 if values else 20


def _days(sketch: Sketch, row: int, period: Period, filled: dict[date, Written], boxes: frozenset[date]) -> None:
    for week in period:
        first = day_column(period, week.monday)
        for place, day in enumerate(week.days):
            box = palette.BOX_WEEKEND if place >= SATURDAY else palette.BOX
            empty = Entry(False, box) if day in boxes else Entry(None, palette.NO_BOX)
            # Where there is no box, a person types an x.
            done = True if day in boxes else "x"
            value = {True: done, "-": "-"}.get(filled.get(day, ""), empty.value)
            sketch.put(row, first + place, value, empty.style)
        days = f"{a1((row, first))}:{a1((row, first + 6))}"
        ticked = sum(1 for day in week.days if filled.get(day) is True)
        count = Formula(f'COUNTIF({days},TRUE)+COUNTIF({days},"x")', ticked)
        sketch.put(row, first + 7, count, palette.WEEK_COUNT)


def _name(sketch: Sketch, period: Period, top: int, bottom: int) -> None:
    for column in ACTIONS.columns:
        place = ACTIONS.position(column.key)
        sketch.name(ACTIONS.name(column.key), sketch.area(top, place, bottom, place))
    sketch.name(ACTIONS.name("ticks"), sketch.area(top, FIRST_DAY, bottom, day_column(period, period.end)))
    sketch.name(ACTIONS.name("days"), sketch.area(top - 1, FIRST_DAY, top - 1, day_column(period, period.end)))


def _helps(sketch: Sketch, plan: Plan, top: int, bottom: int) -> None:
    options = {
        "key_result": tuple(result.id for result in plan.key_results),
        "cadence": choices.words(Cadence, sketch.language),
        "feeds": tuple(kpi.id for kpi in plan.kpis),
    }
    for key, texts in options.items():
        place = ACTIONS.position(key)
        if texts:
            title, text = hint(sketch, ACTIONS, key, HINTS[key])
            sketch.add(Choice(sketch.area(top, place, bottom, place), texts, title, text))


def _colours(sketch: Sketch, period: Period, heading: int, bottom: int) -> None:
    """Today and days off, by the headings alone.

    LibreOffice 7.4 gives up printing when a rule looks at the boxes themselves, so a tick has no colour of its own.
    """
    last = day_column(period, period.end)
    boxes = sketch.area(heading + 1, FIRST_DAY, bottom, last)
    headings = sketch.area(heading, FIRST_DAY, heading, last)
    day = f"{a1((heading, FIRST_DAY))[:-1]}${heading}"
    off = f"AND(ISNUMBER({day}),COUNTIF({tables.theme_name('days_off')},{day})>0)"
    sketch.add(
        Highlight(headings, When.FORMULA, f"{day}=TODAY()", palette.CLAY, palette.WHITE, bold=True),
        Highlight(headings, When.FORMULA, off, palette.QUIET, palette.WHITE),
        Highlight(boxes, When.FORMULA, f"{day}=TODAY()", palette.CLAY_SOFT),
        Highlight(boxes, When.FORMULA, off, palette.GREY_SOFT),
    )


def _label(week: Week) -> str:
    return f"W{week.number:02d}"


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
