"""The contents of the weekly letter, from the report of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from okrsheets.rules.actions.execution import execution
from okrsheets.rules.digest.boxes import open_boxes
from okrsheets.rules.digest.brought import brought
from okrsheets.words.digest import Digest
from okrsheets.words.message import Message, say
from okrsheets.words.period import Period, Week
from okrsheets.words.report import ActionReport, Execution, Report, Tally, Verdict

LOOKS_BACK = timedelta(days=3)
"""Monday to Wednesday a letter looks back on the week before; from Thursday on, on the one that is nearly over."""

POOR_ODDS = 0.1
"""Of the goal, with as much as fits in a week. Below this a letter does not count them out to anybody."""


def digest(report: Report, day: date) -> Digest:
    """What a letter of `day` says. The report is as of that day, or as of a later one when the letter is late."""
    period = report.snapshot.about.period
    last, coming = (_within(period, week) for week in weeks_of(day))
    work = _execution(report, last)
    return Digest(
        report=report,
        behind=last,
        ahead=coming,
        done=work.this_week,
        best=best_of(work.actions),
        brought=brought(report.snapshot, last, report.today) if last else (),
        matters=what_matters(report, last, coming),
        boxes=open_boxes(report.snapshot, coming, report.today) if coming else (),
    )


def weeks_of(day: date) -> tuple[Week, Week]:
    """The week that a letter of `day` looks back on, and the one after it."""
    behind = Week.of(day - LOOKS_BACK)
    return behind, Week(behind.monday + timedelta(days=7))


def best_of(actions: Iterable[ActionReport]) -> ActionReport | None:
    """The action of which the largest part was done, of those the one with most ticks; None where nothing was."""
    done = (action for action in actions if action.this_week.done)
    return max(done, key=lambda action: (action.this_week.score or 0.0, action.this_week.done), default=None)


def what_matters(report: Report, last: Week | None, coming: Week | None) -> tuple[Message, ...]:
    """The bottleneck, and what is needed from here; where neither has a word to say, where one stands."""
    sentences = (*_bottleneck(report, last), *_needed(report)) if coming else ()
    return sentences or report.headline[:1]


def _bottleneck(report: Report, last: Week | None) -> Iterator[Message]:
    """Nothing before there is a week to look back on."""
    if last and report.funnel.bottleneck.verdict is not Verdict.NO_FUNNEL:
        yield report.funnel.bottleneck.sentence


def _needed(report: Report) -> Iterator[Message]:
    """In week 1 a plan that does not fit is for the plan check; later, poor odds are no news for a letter."""
    needed = report.needed
    if needed is None or (report.week == 1 and needed.feasible is False):
        return
    if needed.chance_at_capacity is not None and needed.chance_at_capacity < POOR_ODDS:
        yield say("Your goal asks for more than fits in the weeks that are left; the Summary shows what would help.")
    else:
        yield needed.sentence


def _execution(report: Report, week: Week | None) -> Execution:
    """What was done in the week, as far as it has come; nothing where the letter looks back on none."""
    if week is None:
        return Execution((), Tally(), Tally())
    return execution(report.snapshot, min(report.today, week.sunday))


def _within(period: Period, week: Week) -> Week | None:
    return week if week.monday in period else None
