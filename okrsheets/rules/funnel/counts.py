"""The funnel in counts: who entered each step, who went on, and who is on the way, as of a week (method.md §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from okrsheets.rules.numbers.rounding import NOISE
from okrsheets.rules.progress.kpi_values import weekly_values
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import Pulse, Stage
from okrsheets.words.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of every step at the close of a week. `in_flight` entered too late to have gone on yet."""

    week: int
    entered: tuple[float, ...]
    converted: tuple[float, ...]
    in_flight: tuple[float, ...]
    done: float

    @property
    def impossible(self) -> int | None:
        """The first step at which more went on than entered, or a count is below 0; None where all can be."""
        pairs = enumerate(zip(self.entered, self.converted, strict=True))
        return next((step for step, (n, k) in pairs if k > n + NOISE or min(n, k) < -NOISE), None)


@dataclass(frozen=True, slots=True)
class History:
    """The counts of each stage, week by week of the period; `week` is the last week that can be looked at, 0 if none.

    A month's count is spread evenly over the weeks of its month, so that it compares with weekly ones; then no week
    after the last reported month can be looked at, for there the month's stage would seem to stand still.
    """

    stages: tuple[Stage, ...]
    weekly: tuple[tuple[float, ...], ...]
    week: int

    def at(self, week: int) -> Counts:
        """The counts as of the close of a week of the period, 0 for before the first."""
        steps = range(len(self.stages) - 1)
        matured = [max(0, week - _lag(stage)) for stage in self.stages]
        return Counts(
            week=week,
            entered=tuple(fsum(self.weekly[step][: matured[step]]) for step in steps),
            converted=tuple(fsum(self.weekly[step + 1][:week]) for step in steps),
            in_flight=tuple(fsum(self.weekly[step][matured[step] : week]) for step in steps),
            done=fsum(self.weekly[0][:week]),
        )


def history(snapshot: Snapshot, today: date) -> History:
    """The funnel's counts up to the week of `today`. A week without a value counts 0."""
    stages, period = snapshot.plan.funnel, snapshot.about.period
    reported = [weekly_values(snapshot, stage.kpi, today) for stage in stages]
    monthly = [_is_monthly(snapshot, stage) for stage in stages]
    weekly = tuple(_by_week(values, period, spread) for values, spread in zip(reported, monthly, strict=True))
    return History(stages, weekly, _last_week(reported, monthly, period))


def total_lag(stages: Sequence[Stage]) -> int:
    """Σ lag of the steps, in weeks: how long the first unit takes to the last stage."""
    return sum(_lag(stage) for stage in stages[:-1])


def _lag(stage: Stage) -> int:
    return max(0, stage.lag_weeks)


def _is_monthly(snapshot: Snapshot, stage: Stage) -> bool:
    kpi = snapshot.plan.kpi(stage.kpi)
    return kpi is not None and kpi.cadence is Pulse.MONTH


def _by_week(values: Mapping[Week, float], period: Period, spread: bool) -> tuple[float, ...]:
    if not spread:
        return tuple(values.get(week, 0.0) for week in period)
    by_month = {week.month: value for week, value in values.items()}
    months = [week.month for week in period]
    return tuple(by_month.get(month, 0.0) / months.count(month) for month in months)


def _last_week(reported: Sequence[Mapping[Week, float]], monthly: Sequence[bool], period: Period) -> int:
    """The number of the last week with a value, of the monthly stages where there are any."""
    looked_at = [values for values, is_monthly in zip(reported, monthly, strict=True) if is_monthly or not any(monthly)]
    last = max((max(values) for values in looked_at if values), default=None)
    return 0 if last is None else period.week(last.monday)
