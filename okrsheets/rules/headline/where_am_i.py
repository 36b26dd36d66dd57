"""The headline's first sentence: how far the objectives are beside what was expected (method.md §5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from okrsheets.rules.progress.key_results import last_number
from okrsheets.rules.progress.status import WEAKEST_FIRST
from okrsheets.words.message import Fact, Message, Percent, say, say_many
from okrsheets.words.period import Period
from okrsheets.words.report import KeyResultReport, ObjectiveReport, Status
from okrsheets.words.snapshot import Snapshot

PACE_WORTH_SAYING = (1.1, 3.0)
"""Below, one is on track; above, a number of times no longer helps."""


def where_am_i(snapshot: Snapshot, today: date, objectives: Sequence[ObjectiveReport]) -> Message:
    """Where the objective that asks most for attention stands; no alarm in week 1, no claim without numbers."""
    period = snapshot.about.period
    objectives = [objective for objective in objectives if objective.progress is not None]
    if today < period.start:
        return say("The period starts on {day}; nothing is due yet.", day=period.start)
    if not objectives:
        return say("No key result counts yet: with the first one this page starts to count.")
    if not any(objective.reported for objective in objectives):
        return _without_numbers(period, today)
    if period.elapsed(today) >= 1:
        return _in_the_end(objectives)
    if all(objective.status is Status.ACHIEVED for objective in objectives):
        week = period.week(today)
        return say("All objectives are reached, in week {week} of {weeks}.", week=week, weeks=period.weeks)
    return _in_week_one(period, objectives) if period.week(today) == 1 else _on_the_way(snapshot, today, objectives)


def _without_numbers(period: Period, today: date) -> Message:
    if period.elapsed(today) >= 1:
        return say("The period is over and no number was entered, so there is nothing to say about progress.")
    if period.week(today) == 1:
        return _fresh_start(period)
    return say("No number has been entered yet; the first one shows you here where you stand.")


def _in_the_end(objectives: Sequence[ObjectiveReport]) -> Message:
    """What was reached; where that is nothing yet, how far it came, for a count of nothing only shames."""
    statuses = [result.status for objective in objectives for result in objective.key_results]
    reached, standing = statuses.count(Status.ACHIEVED), _standing(_furthest(objectives))
    if not reached:
        return say("The period is over: “{objective}” ended at {progress}.", **standing)
    return say_many(
        "The period is over: you reached {reached} of {count} key result, and “{objective}” ended at {progress}.",
        "The period is over: you reached {reached} of {count} key results, and “{objective}” ended at {progress}.",
        len(statuses),
        reached=reached,
        **standing,
    )


def _in_week_one(period: Period, objectives: Sequence[ObjectiveReport]) -> Message:
    furthest = _furthest(objectives)
    if not furthest.progress:
        return _fresh_start(period)
    standing = _standing(furthest)
    return say("Week 1 of {weeks} has begun; “{objective}” stands at {progress}.", weeks=period.weeks, **standing)


def _fresh_start(period: Period) -> Message:
    return say("Week 1 of {weeks} has begun; what you tick and type shows up here.", weeks=period.weeks)


def _on_the_way(snapshot: Snapshot, today: date, objectives: Sequence[ObjectiveReport]) -> Message:
    objective = min(objectives, key=_urgency)
    result = min(objective.key_results, key=_urgency)
    facts = {**_standing(objective), "expected": Percent(objective.expected or 0.0)}
    asks = {"key_result": result.title or result.id}
    if objective.status in (Status.ON_TRACK, Status.ACHIEVED):
        return say("You are on track: “{objective}” stands at {progress}, {expected} was expected by now.", **facts)
    if objective.status is Status.NO_DATA:
        return say("You are on track where there are numbers; “{key_result}” has none yet.", **asks)
    if objective.status is Status.STALE:
        return _gone_quiet(snapshot, today, result.id, facts | asks)
    return _behind(objective.required_pace or 0.0, facts, asks)


def _gone_quiet(snapshot: Snapshot, today: date, id: str, facts: Mapping[str, Fact]) -> Message:
    weeks = (last_number(snapshot, result, today) for result in snapshot.plan.key_results if result.id == id)
    day = max(week.monday for week in weeks if week)
    return say(
        "“{objective}” stands at {progress}; the last number for “{key_result}” is from the week of {day}.",
        day=day,
        **facts,
    )


def _behind(pace: float, facts: Mapping[str, Fact], asks: Mapping[str, Fact]) -> Message:
    """The pace from here where that says enough, else the key result that asks for attention."""
    low, high = PACE_WORTH_SAYING
    if low < pace <= high:
        return say(
            "“{objective}” stands at {progress}, {expected} was expected by now; "
            "from now on, {pace} times the planned pace gets you there.",
            pace=round(pace, 1),
            **facts,
        )
    if pace <= 1:
        return say(
            "“{objective}” stands at {progress}, as expected or better; look at “{key_result}” first.", **facts, **asks
        )
    return say(
        "“{objective}” stands at {progress}, {expected} was expected by now; look at “{key_result}” first.",
        **facts,
        **asks,
    )


def _standing(objective: ObjectiveReport) -> dict[str, Fact]:
    return {"objective": objective.title or objective.id, "progress": Percent(objective.progress or 0.0)}


def _furthest(objectives: Sequence[ObjectiveReport]) -> ObjectiveReport:
    """Of those with a number the one with most progress."""
    known = (objective for objective in objectives if objective.reported)
    return max(known, key=lambda objective: objective.progress or 0.0)


def _urgency(item: ObjectiveReport | KeyResultReport) -> tuple[int, float]:
    """Sorts what asks most first: by status, then by the pace that is needed."""
    return WEAKEST_FIRST.index(item.status), -(item.required_pace or 0.0)
