"""One word for how a key result stands, and an objective by its weakest (method.md §5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from okrsheets.rules.progress.key_results import Measured, last_number, measuring_kpi
from okrsheets.rules.progress.kpi_values import pulse
from okrsheets.rules.progress.pace import A_HAIR, at_least
from okrsheets.words.plan import KeyResult, KeyResultType, Pulse
from okrsheets.words.report import Status
from okrsheets.words.snapshot import Snapshot

WEAKEST_FIRST = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.STALE,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.ON_TRACK,
    Status.ACHIEVED,
)

FRESH_DAYS = {Pulse.WEEK: 10, Pulse.MONTH: 41}
"""How many days after the Sunday of its week a KPI's last value still speaks for today."""


def weakest(statuses: Iterable[Status]) -> Status:
    """The status that asks most for attention; no data where there are none."""
    return min(statuses, key=WEAKEST_FIRST.index, default=Status.NO_DATA)


def status_of(snapshot: Snapshot, key_result: KeyResult, measured: Measured, pace: float | None, today: date) -> Status:
    """The key result's status: the first that applies of method.md §5. `pace` is its required pace, None at the end."""
    if _is_achieved(key_result, measured):
        return Status.ACHIEVED
    if snapshot.about.period.elapsed(today) >= 1:
        return _in_the_end(key_result, measured)
    if measured.score is None:
        return Status.NO_DATA
    if is_stale(snapshot, key_result, today):
        return Status.STALE
    if measured.compliance is not None:
        return _by_compliance(measured.compliance)
    return _by_pace(pace or 0.0)


def is_stale(snapshot: Snapshot, key_result: KeyResult, today: date) -> bool:
    """Whether the last value of its KPI is too old: over 10 days, monthly 41, from the Sunday of its week."""
    kpi = measuring_kpi(snapshot.plan, key_result)
    week = last_number(snapshot, key_result, today)
    if kpi is None or week is None:
        return False
    return (today - week.sunday).days > FRESH_DAYS[pulse(snapshot.plan, kpi)]


def _is_achieved(key_result: KeyResult, measured: Measured) -> bool:
    if key_result.type is KeyResultType.WITHIN or measured.score is None:
        return False
    return at_least(measured.score, key_result.ambition.goal)


def _in_the_end(key_result: KeyResult, measured: Measured) -> Status:
    """Where the period is over. For a within key result that was kept, this is where it is achieved."""
    if key_result.type is KeyResultType.WITHIN:
        return _graded(measured.compliance or 0.0, (0.9, Status.ACHIEVED), (0.75, Status.AT_RISK), Status.MISSED)
    goal = key_result.ambition.goal
    return _graded(measured.score or 0.0, (0.7 * goal, Status.ON_TRACK), (0.4 * goal, Status.AT_RISK), Status.MISSED)


def _by_compliance(compliance: float) -> Status:
    return _graded(compliance, (0.9, Status.ON_TRACK), (0.75, Status.AT_RISK), Status.OFF_TRACK)


def _by_pace(pace: float) -> Status:
    if pace <= 1.10 + A_HAIR:
        return Status.ON_TRACK
    return Status.AT_RISK if pace <= 1.40 + A_HAIR else Status.OFF_TRACK


def _graded(value: float, good: tuple[float, Status], fair: tuple[float, Status], poor: Status) -> Status:
    for bound, status in (good, fair):
        if at_least(value, bound):
            return status
    return poor
