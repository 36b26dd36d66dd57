"""What a key result stands at: its value and its score, by type (method.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import fsum, inf

from okrsheets.rules.progress.kpi_values import current_value, last_reported, reporting_weeks, weekly_values
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Kpi, Plan
from okrsheets.words.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Measured:
    """Where a key result stands. `raw` may leave 0 to 1, `score` is what rolls up; None is unknown, never 0.

    `in_band` and `compliance` (0 to 1) belong to the type within, which has no `raw`.
    """

    current: float | None = None
    raw: float | None = None
    score: float | None = None
    in_band: bool | None = None
    compliance: float | None = None

    @property
    def regressed(self) -> bool:
        """Whether it moved away from its target, past its baseline."""
        return self.raw is not None and self.raw < 0


def measure(snapshot: Snapshot, key_result: KeyResult, day: date) -> Measured:
    """Where the key result stands at the close of `day` (method.md §3)."""
    if key_result.type is KeyResultType.MILESTONE:
        share = milestone_share(snapshot, key_result)
        return Measured(share, share, share)
    if key_result.type is KeyResultType.DONE:
        share = float(snapshot.check_ins.done.get(key_result.id, False))
        return Measured(share, share, share)
    current = value_of(snapshot, key_result, day)
    if key_result.type is KeyResultType.WITHIN:
        return _within(snapshot, key_result, current, day)
    raw = reached(key_result, current)
    return Measured(current, raw, None if raw is None else min(max(raw, 0.0), 1.0))


def value_of(snapshot: Snapshot, key_result: KeyResult, day: date) -> float | None:
    """The key result's value: its KPI's (method.md §2), without a KPI the number typed in its own cell."""
    kpi = measuring_kpi(snapshot.plan, key_result)
    return current_value(snapshot, kpi.id, day) if kpi else snapshot.check_ins.current.get(key_result.id)


def measuring_kpi(plan: Plan, key_result: KeyResult) -> Kpi | None:
    """The KPI that measures the key result; None where it is measured by a box, a milestone or a typed number."""
    by_number = key_result.type in (KeyResultType.REACH, KeyResultType.WITHIN)
    return plan.kpi(key_result.kpi) if by_number else None


def last_number(snapshot: Snapshot, key_result: KeyResult, day: date) -> Week | None:
    """The last week up to that of `day` in which its KPI has a value; None without a KPI or a value."""
    kpi = measuring_kpi(snapshot.plan, key_result)
    return last_reported(snapshot, kpi.id, day) if kpi else None


def reached(key_result: KeyResult, value: float | None) -> float | None:
    """raw = (x − b)/(t − b), in either direction. A missing baseline is 0.

    None without a value or a target, and where baseline and target are the same: the plan check reports that.
    """
    start = key_result.baseline or 0.0
    if value is None or key_result.target is None or key_result.target == start:
        return None
    return (value - start) / (key_result.target - start)


def closeness(key_result: KeyResult, value: float) -> float:
    """m: 1 inside the band of a within key result, falling to 0 at `tolerance` outside; without one, 0 at once."""
    low, high = _band(key_result)
    distance = max(low - value, value - high, 0.0)
    tolerance = key_result.tolerance or 0.0
    if distance == 0 or tolerance <= 0:
        return float(distance == 0)
    return max(0.0, 1 - distance / tolerance)


def milestones(plan: Plan, key_result: KeyResult) -> tuple[Action, ...]:
    """The once actions that name the key result; their `amount` is their weight."""
    return tuple(
        action for action in plan.actions if action.cadence is Cadence.ONCE and action.key_result == key_result.id
    )


def milestone_share(snapshot: Snapshot, key_result: KeyResult) -> float:
    """Σ wᵢ·doneᵢ / Σ wᵢ over its milestones, 0 to 1; 0 where there are none."""
    ticks = snapshot.check_ins.ticks
    weights = [
        (max(action.amount, 0.0), bool(ticks.get(action.id))) for action in milestones(snapshot.plan, key_result)
    ]
    whole = fsum(weight for weight, _ in weights)
    return fsum(weight for weight, done in weights if done) / whole if whole else 0.0


def _band(key_result: KeyResult) -> tuple[float, float]:
    return (
        -inf if key_result.low is None else key_result.low,
        inf if key_result.high is None else key_result.high,
    )


def _within(snapshot: Snapshot, key_result: KeyResult, current: float | None, day: date) -> Measured:
    if current is None or (key_result.low is None and key_result.high is None):
        return Measured(current)
    kpi = measuring_kpi(snapshot.plan, key_result)
    if kpi is None:
        return _within_by_hand(snapshot, key_result, current, day)
    marks = [closeness(key_result, value) for value in weekly_values(snapshot, kpi.id, day).values()]
    score = fsum(marks) / len(reporting_weeks(snapshot, kpi))
    return Measured(current, None, score, marks[-1] == 1, fsum(marks) / len(marks))


def _within_by_hand(snapshot: Snapshot, key_result: KeyResult, current: float, day: date) -> Measured:
    """A number typed beside the key result has no history: it speaks for the period so far."""
    mark = closeness(key_result, current)
    return Measured(current, None, mark * snapshot.about.period.elapsed(day), mark == 1, mark)
