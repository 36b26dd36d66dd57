"""Am I doing what I planned? Ticks, counted and never judged."""

from __future__ import annotations

from okrsheets.rules.summary.places import COUNT, OF, SHARE, TEXT, WORDS, Line
from okrsheets.rules.summary.sheet import SummaryLine, headings, section
from okrsheets.words.grid import Value
from okrsheets.words.message import Language, keep, say
from okrsheets.words.report import Report, Tally

HEADINGS = {
    COUNT: keep("Done"),
    OF: keep("Planned"),
    SHARE: keep("Execution"),
    WORDS: keep("This week"),
}


def execution_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of actions: all together, then each."""
    execution = report.execution
    total = _line(Line.TOTAL, language.say(keep("All actions")), execution.so_far, execution.this_week, language)
    actions = (_line(Line.ROW, a.title, a.so_far, a.this_week, language) for a in execution.actions)
    title = section(language, keep("Am I doing what I planned?"))
    return title, headings(language, HEADINGS), total, *actions


def _line(kind: Line, title: str, so_far: Tally, this_week: Tally, language: Language) -> SummaryLine:
    week = say("{done} of {due} done", done=this_week.done, due=this_week.due)
    values: dict[int, Value] = {
        TEXT: title,
        COUNT: so_far.done,
        OF: so_far.due,
        SHARE: so_far.score,
        WORDS: language.say(week) if this_week.due else None,
    }
    return SummaryLine(kind, values)
