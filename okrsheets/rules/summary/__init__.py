"""The Summary as cells: what every cell of it is to hold, from a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okrsheets.rules.progress.kpi_values import weekly_values
from okrsheets.rules.progress.weekly import weekly_points
from okrsheets.rules.summary import places
from okrsheets.rules.summary.attention import attention_lines
from okrsheets.rules.summary.execution import execution_lines
from okrsheets.rules.summary.funnel import funnel_lines, needed_lines
from okrsheets.rules.summary.objectives import objective_lines
from okrsheets.rules.summary.sheet import EMPTY, SummaryLine, figure, sentences
from okrsheets.rules.tables import SUMMARY_TITLE
from okrsheets.words.errors import PlanDamaged, SummaryReshaped
from okrsheets.words.grid import Address, Area, Content, Value
from okrsheets.words.message import Language, Message, say, say_many
from okrsheets.words.report import Report

AS_OF = (2, places.TEXT)
MOST_CELLS = 10_000
"""Of one place of the Summary: six times the largest, for rows that people put in."""


def summarise(report: Report, language: Language) -> Mapping[Address, Content]:
    """What every cell of the Summary is to hold; cells without anything are named too, so that old words go.

    Raises PlanDamaged where the Summary tab is gone, or its places are by now where they cannot be,
    SummaryReshaped where a column was put in or something taken out.
    """
    areas = {name: _area(report, name) for name in places.NAMES}
    return {
        **_head(report, language, areas[places.HEAD_NAME]),
        **_lines(report, language, areas[places.LINES_NAME]),
        **_block(areas[places.WEEKLY_NAME], _weekly(report)),
        **_block(areas[places.STAGES_NAME], _stages(report)),
    }


def stamps(report: Report) -> frozenset[Address]:
    """The cells that only say when: a change of these alone is no change."""
    area = _area(report, places.HEAD_NAME)
    return frozenset({_at(area, *AS_OF)})


def lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The sections in their order, an empty line between them."""
    sections = (
        objective_lines(report, language),
        execution_lines(report, language),
        funnel_lines(report, language),
        needed_lines(report, language),
        attention_lines(report, language),
    )
    return tuple(line for section in sections if section for line in (*section, EMPTY))[:-1]


def fitted(written: tuple[SummaryLine, ...], room: int, language: Language) -> tuple[SummaryLine, ...]:
    """As many lines as there is room for; the last one says how many did not fit."""
    if len(written) <= room:
        return written + (EMPTY,) * (room - len(written))
    left = len(written) - room + 1
    more = say_many(
        "{count} more line does not fit here: okrsheets report shows it.",
        "{count} more lines do not fit here: okrsheets report shows them.",
        left,
    )
    return *written[: room - 1], *sentences(language, [more], places.Line.NOTE)[:1]


def _area(report: Report, name: str) -> Area:
    area = report.snapshot.summary.get(name)
    if area is None or not _is_ours(area, report):
        raise PlanDamaged(ref=report.snapshot.about.ref, what=_lost(report, name))
    if not _keeps_its_shape(name, area):
        raise SummaryReshaped(ref=report.snapshot.about.ref, where=f"{area.tab}!{area.a1}")
    return area


def _lost(report: Report, name: str) -> Message:
    """What is not there: one of the places by its name, or all of them, as where the tab was deleted."""
    if report.snapshot.summary:
        return say("the place of the Summary ({name})", name=name)
    return say("the tab “{tab}”, as okrsheets made it,", tab=say(SUMMARY_TITLE))


def _keeps_its_shape(name: str, area: Area) -> bool:
    """Rows that a person puts in are written over; a column would have every figure under another heading."""
    rows, columns = places.SHAPES[name]
    return area.bottom - area.top + 1 >= rows and area.right - area.left + 1 == columns


def _is_ours(area: Area, report: Report) -> bool:
    """Names follow cells that a person cuts and pastes: never into a tab with cells to fill in, nor into several."""
    snapshot = report.snapshot
    head = snapshot.summary.get(places.HEAD_NAME, area)
    theirs = {address.tab for cells in snapshot.cells.values() for address in cells.values()}
    small = (area.bottom - area.top + 1) * (area.right - area.left + 1) <= MOST_CELLS
    return area.tab == head.tab and area.tab not in theirs and small


def _at(area: Area, row: int, column: int) -> Address:
    return Address(area.tab, area.top + row - 1, area.left + column - 1)


def _head(report: Report, language: Language, area: Area) -> dict[Address, Content]:
    last = places.HEADLINES + places.HEADLINE_ROWS
    head: dict[tuple[int, int], Value] = {
        AS_OF: language.say(say("As of {today}", today=language.day(report.today, "EEEE d MMMM y"))),
        (2, places.OF): language.say(say("week {week} of {weeks}", week=report.week, weeks=_weeks(report))),
        (2, places.WORDS): language.say(_time_left(report)),
        (2, places.MARK): report.elapsed,
    }
    said: list[Message | None] = [*report.headline, None, None, None]
    for row, message in zip(range(places.HEADLINES, last), said, strict=False):
        head[row, places.TEXT] = language.say(message) if message else None
    return {_at(area, *spot): Content(figure(value)) for spot, value in {**_pushed_down(area), **head}.items()}


def _pushed_down(area: Area) -> dict[tuple[int, int], Value]:
    """Where words of last time may stand if somebody put rows into the head: all that is not written anew goes."""
    rows = area.bottom - area.top + 1
    grown = range(places.HEADLINES, rows + 1) if rows > places.SHAPES[places.HEAD_NAME][0] else ()
    return {(row, column): None for row in grown for column in (places.TEXT, places.OF, places.WORDS)}


def _weeks(report: Report) -> int:
    return report.snapshot.about.period.weeks


def _time_left(report: Report) -> Message:
    period = report.snapshot.about.period
    if report.today > period.end:
        return say("the period is over")
    if report.today < period.start:
        return say_many("starts in {count} day", "starts in {count} days", (period.start - report.today).days)
    if report.today == period.end:
        return say("the last day")
    return say_many("{count} day to go", "{count} days to go", (period.end - report.today).days)


def _lines(report: Report, language: Language, area: Area) -> dict[Address, Content]:
    room = area.bottom - area.top + 1
    contents = {}
    for row, line in enumerate(fitted(lines(report, language), room, language), 1):
        mark = line.kind.value if line.values else None
        contents[_at(area, row, places.MARK)] = Content(mark)
        for column in range(places.TEXT, places.HIGH + 1):
            contents[_at(area, row, column)] = line.content(column)
    return contents


def _weekly(report: Report) -> Iterator[tuple[Value, ...]]:
    """Week, progress so far and expected progress to the end, under the chart."""
    period = report.snapshot.about.period
    progress = {point.week: point.progress for point in report.weekly}
    expected = {point.week: point.expected for point in weekly_points(report.snapshot, period.end)}
    for week in period:
        yield f"W{week.number:02d}", progress.get(week), expected.get(week)


def _stages(report: Report) -> Iterator[tuple[Value, ...]]:
    """The stages of the funnel and how much has reached each."""
    for stage in report.snapshot.plan.funnel:
        yield report.names[stage.kpi], sum(weekly_values(report.snapshot, stage.kpi, report.today).values())


def _block(area: Area, rows: Iterator[tuple[Value, ...]]) -> dict[Address, Content]:
    """Rows of values from the top of an area; what is left of it is emptied."""
    written = list(rows)
    width = area.right - area.left + 1
    contents = {}
    for n in range(area.bottom - area.top + 1):
        values = written[n] if n < len(written) else (None,) * width
        for column, value in enumerate(values, 1):
            contents[_at(area, n + 1, column)] = Content(figure(value))
    return contents
