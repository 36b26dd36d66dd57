"""The Summary tab as it is made: places, looks and charts. What stands in it is computed by `rules/summary`.

Sections follow one another without gaps, so a cell cannot know beforehand whether it will be a heading or a figure:
a hidden first column says what each line is, and the looks depend on that.
"""

from __future__ import annotations

from dataclasses import replace

from okrsheets.rules import tables
from okrsheets.rules.layout import palette
from okrsheets.rules.layout.navigation import navigation
from okrsheets.rules.layout.sketch import Sketch
from okrsheets.rules.summary import places
from okrsheets.rules.summary.places import Line
from okrsheets.words.grid import Area
from okrsheets.words.message import Language, keep
from okrsheets.words.report import Status
from okrsheets.words.workbook import Align, Bar, Chart, ChartKind, Columns, Highlight, Page, Series, Style, Tab, When

WIDTHS = (54, 15, 13, 13, 12, 12, 30, 10, 11, 3)
CHARTS_END = places.CHARTS + places.CHART_ROWS - 1
BAR_END = 1.6
"""What fills a bar's cell: all done leaves room for the figure beside the bar."""
BEFORE_FIRST_SYNC = keep("Fill in, tick off, and run okrsheets sync on this workbook: then this page comes to life.")

RIGHT = Style(align=Align.RIGHT, indent=1)
STYLES = {
    places.MARK: Style(colour=palette.WHITE, size=6),
    places.TEXT: Style(indent=1),
    places.COUNT: replace(RIGHT, number=palette.COUNT),
    places.OF: replace(RIGHT, number=palette.COUNT),
    places.SHARE: replace(RIGHT, number=palette.PERCENT),
    places.PLAN: replace(RIGHT, number=palette.PERCENT),
    places.PACE: replace(RIGHT, number=palette.PACE),
    places.WORDS: Style(align=Align.LEFT, indent=1),
    places.LOW: replace(RIGHT, number=palette.PERCENT),
    places.HIGH: replace(RIGHT, number=palette.PERCENT),
}
STATUS_COLOURS = (
    ((Status.ACHIEVED, Status.ON_TRACK), palette.GREEN, palette.GREEN_SOFT),
    ((Status.AT_RISK, Status.STALE), palette.AMBER, palette.AMBER_SOFT),
    ((Status.OFF_TRACK, Status.MISSED), palette.CLAY, palette.CLAY_SOFT),
    ((Status.NO_DATA,), palette.QUIET, palette.GREY_SOFT),
)


def summary_tab(weeks: int, stages: int, language: Language) -> tuple[Tab, dict[str, Area]]:
    """The tab and its defined names; the charts show so many weeks and stages of the funnel, where there is one."""
    sketch = Sketch(language.say(tables.SUMMARY_TITLE), language)
    sketch.columns.append(Columns(places.MARK, places.MARK, 3, hidden=True))
    sketch.widths(WIDTHS, places.TEXT)
    sketch.widths((9, 11, 11, 3, 24, 11), places.SIDE)
    _head(sketch)
    _progress_chart(sketch, weeks, right=places.OF if stages else places.HIGH)
    if stages:
        _funnel_chart(sketch, stages)
    _lines(sketch)
    _colours(sketch)
    _side(sketch)
    page = Page(landscape=False, area=sketch.area(1, 2, places.PRINTED, places.HIGH))
    tab = sketch.tab(colour=palette.INK, frozen=(places.HEADLINES, 1), page=page, selected=(places.HEADLINES, 2))
    return tab, sketch.names


def _head(sketch: Sketch) -> None:
    right = places.HIGH
    sketch.fill(sketch.area(1, 1, 2, right), palette.BAND)
    sketch.put(1, 2, sketch.title, palette.TITLE)
    navigation(sketch, row=1, first=places.COUNT)
    sketch.put(2, places.TEXT, None, palette.BAND_NOTE)
    sketch.wide(sketch.area(2, places.OF, 2, places.PACE), None, palette.BAND)
    sketch.wide(sketch.area(2, places.WORDS, 2, right), None, palette.ELAPSED)
    for n in range(places.HEADLINE_ROWS):
        row = places.HEADLINES + n
        text = sketch.language.say(BEFORE_FIRST_SYNC) if n == 0 else None
        sketch.wide(sketch.area(row, places.TEXT, row, right), text, palette.HEADLINE)
        sketch.heights[row] = 31
    sketch.put(places.SEEN_ROW, places.MARK, None, STYLES[places.MARK])
    sketch.heights.update({1: 34, 2: 20})


def _progress_chart(sketch: Sketch, weeks: int, right: int) -> None:
    """Beside what was expected; without a funnel it has the whole width, for an empty box tells nothing."""
    language = sketch.language
    week, done, pace = (sketch.area(places.SIDE_TOP, c, places.SIDE_TOP + weeks - 1, c) for c in places.WEEKLY)
    progress = Series(language.say(keep("Progress")), week, done, palette.TEAL)
    expected = Series(language.say(keep("Expected")), week, pace, palette.CLAY, dashed=True)
    area = sketch.area(places.CHARTS, places.TEXT, CHARTS_END, right)
    title = language.say(keep("Progress against plan"))
    sketch.add(Chart(ChartKind.LINE, title, area, (progress, expected), percent=True))


def _funnel_chart(sketch: Sketch, stages: int) -> None:
    language = sketch.language
    stage, count = (sketch.area(places.SIDE_TOP, c, places.SIDE_TOP + stages - 1, c) for c in places.FUNNEL)
    counts = Series(language.say(keep("So far")), stage, count, palette.TEAL)
    area = sketch.area(places.CHARTS, places.SHARE, CHARTS_END, places.HIGH)
    sketch.add(Chart(ChartKind.BAR, language.say(keep("My funnel so far")), area, (counts,)))


def _lines(sketch: Sketch) -> None:
    for row in range(places.LINES, places.LINES + places.LINE_ROWS):
        sketch.heights[row] = 17
        for column, style in STYLES.items():
            sketch.put(row, column, None, style)


def _colours(sketch: Sketch) -> None:
    last = places.LINES + places.LINE_ROWS - 1
    lines = sketch.area(places.LINES, places.TEXT, last, places.HIGH)
    words = sketch.area(places.LINES, places.WORDS, last, places.WORDS)

    def line(kind: Line) -> Highlight:
        return Highlight(lines, When.FORMULA, f'$A{places.LINES}="{kind.value}"')

    sketch.add(Bar(sketch.area(places.LINES, places.SHARE, last, places.SHARE), palette.BAR, BAR_END))
    for statuses, colour, fill in STATUS_COLOURS:
        for status in statuses:
            sketch.add(Highlight(words, When.BEGINS_WITH, places.SYMBOLS[status], fill, colour, bold=True))
    sketch.add(
        replace(line(Line.SECTION), colour=palette.TEAL, bold=True, line=palette.TEAL),
        replace(line(Line.HEADING), fill=palette.INK, colour=palette.WHITE, bold=True),
        replace(line(Line.OBJECTIVE), fill=palette.TEAL_SOFT, bold=True),
        replace(line(Line.TOTAL), fill=palette.TEAL_SOFT, bold=True),
        replace(line(Line.SENTENCE), fill=palette.SAND, line=palette.LINE),
        replace(line(Line.PROBLEM), colour=palette.CLAY, line=palette.LINE),
        replace(line(Line.ROW), line=palette.LINE),
        replace(line(Line.NOTE), colour=palette.QUIET, italic=True),
    )


def _side(sketch: Sketch) -> None:
    """The figures under the charts, off the printed page."""
    for column, text in places.SIDE_HEADINGS.items():
        sketch.say(places.SIDE_TOP - 1, column, text, palette.SIDE_HEADING)
    made = places.as_made(sketch.title)
    weekly, stages = made[places.WEEKLY_NAME], made[places.STAGES_NAME]
    sketch.fill(sketch.area(weekly.top, weekly.left, weekly.bottom, weekly.left), palette.SIDE)
    sketch.fill(weekly, palette.SIDE_SHARE)
    sketch.fill(stages, palette.SIDE)
    for name, area in made.items():
        sketch.name(name, area)
