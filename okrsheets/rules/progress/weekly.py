"""Progress and expected progress, week by week: the line of the Summary's chart (contract.md §4, `weekly`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum

from okrsheets.rules.progress.key_results import measure, measuring_kpi
from okrsheets.rules.progress.objectives import weighted_mean
from okrsheets.rules.progress.pace import expected_progress, lag_before
from okrsheets.words.period import Week
from okrsheets.words.plan import KeyResult
from okrsheets.words.report import WeekPoint
from okrsheets.words.snapshot import Snapshot


def weekly_points(snapshot: Snapshot, today: date) -> tuple[WeekPoint, ...]:
    """One point for each week of the period up to that of `today`, as at its close; none before the start.

    The plain mean of the objectives, each over the key results that a KPI measures: the others have no history.
    """
    return tuple(_point(snapshot, week, today) for week in snapshot.about.period if week.monday <= today)


def _point(snapshot: Snapshot, week: Week, today: date) -> WeekPoint:
    """The running week closes on its Sunday too, but boxes after `today` do not count in it."""
    objectives = _with_history(snapshot)
    by_then = min(week.sunday, today)
    return WeekPoint(
        week=week,
        progress=_mean([_progress(snapshot, results, by_then) for results in objectives]),
        expected=_mean([_expected(snapshot, results, week.sunday) for results in objectives]),
    )


def _with_history(snapshot: Snapshot) -> list[list[KeyResult]]:
    """By objective the key results that a KPI measures, without the objectives that have none."""
    plan = snapshot.plan
    objectives = ([kr for kr in one.key_results if measuring_kpi(plan, kr)] for one in plan.objectives)
    return [results for results in objectives if results]


def _progress(snapshot: Snapshot, results: Sequence[KeyResult], day: date) -> float | None:
    return weighted_mean((result.weight, measure(snapshot, result, day).score or 0.0) for result in results)


def _expected(snapshot: Snapshot, results: Sequence[KeyResult], day: date) -> float | None:
    period, plan = snapshot.about.period, snapshot.plan
    return weighted_mean(
        (result.weight, expected_progress(period, lag_before(plan, result), day)) for result in results
    )


def _mean(shares: Sequence[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return fsum(known) / len(known) if known else None
