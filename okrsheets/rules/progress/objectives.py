"""Objectives and their key results, as they stand on a day (method.md §3, §5, §6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import fsum

from okrsheets.rules.progress.chance import chance_of
from okrsheets.rules.progress.key_results import measure
from okrsheets.rules.progress.pace import expected_progress, lag_before, required_pace
from okrsheets.rules.progress.status import status_of, weakest
from okrsheets.words.plan import KeyResult, Objective
from okrsheets.words.report import KeyResultReport, ObjectiveReport
from okrsheets.words.snapshot import Snapshot


def objective_reports(snapshot: Snapshot, today: date) -> tuple[ObjectiveReport, ...]:
    """All objectives of the plan, in its order."""
    return tuple(objective_report(snapshot, objective, today) for objective in snapshot.plan.objectives)


def objective_report(snapshot: Snapshot, objective: Objective, today: date) -> ObjectiveReport:
    """One objective: progress, expected progress and goal are means of its key results', by their weights."""
    results = objective.key_results
    reports = tuple(key_result_report(snapshot, result, today) for result in results)
    weights = [result.weight for result in results]
    progress = weighted_mean(zip(weights, (report.score or 0.0 for report in reports), strict=True))
    expected = weighted_mean(zip(weights, (report.expected for report in reports), strict=True))
    goal = weighted_mean(zip(weights, (result.ambition.goal for result in results), strict=True))
    return ObjectiveReport(
        id=objective.id,
        title=objective.title,
        progress=progress,
        expected=expected,
        required_pace=None if expected is None or goal is None else required_pace(progress, expected, goal),
        status=weakest(report.status for report in reports),
        reported=sum(report.score is not None for report in reports),
        of=len(reports),
        key_results=reports,
    )


def key_result_report(snapshot: Snapshot, key_result: KeyResult, today: date) -> KeyResultReport:
    """One key result: its value, score, pace, status and chance."""
    measured = measure(snapshot, key_result, today)
    expected = expected_progress(snapshot.about.period, lag_before(snapshot.plan, key_result), today)
    pace = required_pace(measured.score, expected, key_result.ambition.goal)
    return KeyResultReport(
        id=key_result.id,
        title=key_result.title,
        current=measured.current,
        raw=measured.raw,
        score=measured.score,
        expected=expected,
        required_pace=pace,
        status=status_of(snapshot, key_result, measured, pace, today),
        in_band=measured.in_band,
        compliance=measured.compliance,
        chance=chance_of(snapshot, key_result, today),
        regressed=measured.regressed,
    )


def weighted_mean(parts: Iterable[tuple[float, float]]) -> float | None:
    """Σ w·x / Σ w of (weight, value) pairs; a negative weight counts 0. None where the weights add up to nothing."""
    pairs = [(max(weight, 0.0), value) for weight, value in parts]
    whole = fsum(weight for weight, _ in pairs)
    return fsum(weight * value for weight, value in pairs) / whole if whole else None
