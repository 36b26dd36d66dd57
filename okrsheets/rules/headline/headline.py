"""The first lines of the Summary: where am I, am I doing what I planned, what matters from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okrsheets.rules.headline.where_am_i import where_am_i
from okrsheets.words.message import Message, say, say_many
from okrsheets.words.period import Period
from okrsheets.words.report import Execution, FunnelReport, Needed, ObjectiveReport, Tally, Verdict
from okrsheets.words.snapshot import Snapshot

SAYS_SOMETHING = (Verdict.INCONSISTENT, Verdict.CLEAR, Verdict.LIKELY, Verdict.EITHER)
"""Verdicts that come before what is needed from here."""


def headline(
    snapshot: Snapshot,
    today: date,
    objectives: Sequence[ObjectiveReport],
    execution: Execution,
    funnel: FunnelReport,
    needed: Needed | None,
) -> tuple[Message, ...]:
    """At most three sentences; a question without an answer yet is left out."""
    period = snapshot.about.period
    answers = (
        where_am_i(snapshot, today, objectives),
        am_i_doing_it(execution, over=period.elapsed(today) >= 1),
        what_matters_now(funnel, needed, period, today),
    )
    return tuple(answer for answer in answers if answer is not None)


def am_i_doing_it(execution: Execution, *, over: bool) -> Message | None:
    """Done of due, so far and this week; None where nothing is due, and in the end where nothing was ticked.

    A count of nothing only shames when there is no day left to do something about it.
    """
    so_far, now = execution.so_far, execution.this_week
    if not so_far.due:
        return say("This week: {done} of {due}.", done=now.done, due=now.due) if now.due else None
    if over:
        return _in_the_end(so_far)
    if not so_far.done:
        return _nothing_yet(now)
    if so_far.done == so_far.due:
        return say_many(
            "You did all that you planned so far: {done} of {count} action.",
            "You did all that you planned so far: {done} of {count} actions.",
            so_far.due,
            done=so_far.done,
        )
    if not now.due:
        return say("You did {done} of {due} planned actions so far.", done=so_far.done, due=so_far.due)
    return say(
        "You did {done} of {due} planned actions so far; this week: {now_done} of {now_due}.",
        done=so_far.done,
        due=so_far.due,
        now_done=now.done,
        now_due=now.due,
    )


def _in_the_end(so_far: Tally) -> Message | None:
    if not so_far.done:
        return None
    return say_many(
        "You did {done} of {count} planned action.",
        "You did {done} of {count} planned actions.",
        so_far.due,
        done=so_far.done,
    )


def _nothing_yet(now: Tally) -> Message:
    """No count of what was not done: what can be done now."""
    if not now.due:
        return say("Nothing has been ticked yet.")
    return say_many(
        "Nothing has been ticked yet; {count} action waits for you this week.",
        "Nothing has been ticked yet; {count} actions wait for you this week.",
        now.due,
    )


def what_matters_now(funnel: FunnelReport, needed: Needed | None, period: Period, today: date) -> Message | None:
    """The bottleneck where there is one, else what is needed from here, else what the funnel has to say.

    When the period is over there is nothing to wait for, and nothing to fill in: then it keeps silent.
    """
    bottleneck = funnel.bottleneck
    if bottleneck.verdict in SAYS_SOMETHING:
        return bottleneck.sentence
    if needed is not None and _is_for_now(needed, period, today):
        return needed.sentence
    asks_for_more = bottleneck.verdict in (Verdict.NOT_ENOUGH_DATA, Verdict.NO_REFERENCE)
    if bottleneck.verdict is Verdict.NO_FUNNEL or (asks_for_more and period.elapsed(today) >= 1):
        return None
    return bottleneck.sentence


def _is_for_now(needed: Needed, period: Period, today: date) -> bool:
    """Not when the period is over; in week 1 a plan that does not fit is for the plan check, not for an alarm."""
    if period.elapsed(today) >= 1:
        return False
    return period.week(today) > 1 or needed.feasible is not False
