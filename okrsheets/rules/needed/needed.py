"""How much of the first step does the goal still ask for, for a stated chance (method.md §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil, fsum, prod

from okrsheets.rules.funnel.attainment import HIGHEST_PLAN, LOWEST_PLAN, StepRate, plan_of
from okrsheets.rules.funnel.counts import Counts, history, total_lag
from okrsheets.rules.funnel.funnel import learned_rates
from okrsheets.rules.needed.goal import goal_of
from okrsheets.rules.needed.passing import Fixed, Learned, Passing
from okrsheets.rules.needed.sentences import needed_sentence
from okrsheets.rules.needed.shortfall import Step, through
from okrsheets.rules.needed.volume import EVEN, GOOD, LIMIT, smallest_volume
from okrsheets.rules.numbers.rounding import whole_down, whole_up
from okrsheets.rules.progress.kpi_values import weekly_values
from okrsheets.words.message import Message
from okrsheets.words.plan import Stage
from okrsheets.words.report import Needed
from okrsheets.words.snapshot import Snapshot

ENOUGH_DATA = 20
"""First-step units that have had their time; from here on the measured rates count."""
MOST_UNITS = 10**7
"""In flight, at capacity, or known of a step: nobody has more, and the chances of more have no digits left."""


def needed(snapshot: Snapshot, today: date) -> Needed | None:
    """What the goal still asks for as of `today`; None where there is no goal or no funnel.

    `n50` and `n80` are None where a plan rate is missing, and where even volume.LIMIT units would not do.
    """
    plan = snapshot.plan
    goal = goal_of(plan)
    if goal is None:
        return None
    reached = fsum(weekly_values(snapshot, plan.funnel[-1].kpi, today).values())
    figures = _figures(snapshot, today, max(0, whole_up(goal - reached)))
    over = snapshot.about.period.elapsed(today) >= 1
    return replace(figures, sentence=needed_sentence(plan, figures, goal, reached, over=over))


def laws_of(stages: Sequence[Stage], counts: Counts) -> tuple[tuple[Passing, ...], str]:
    """How units pass each step, and the basis: `measured`, or `plan` while fewer than ENOUGH_DATA have had their time
    and where counts cannot be. Empty where a plan rate is missing."""
    learned = learned_rates(stages, counts)
    if learned and counts.entered[0] >= ENOUGH_DATA:
        return tuple(map(_law, learned)), "measured"
    plans = [plan for stage in stages[:-1] if (plan := plan_of(stage.plan_rate)) is not None]
    return (tuple(map(Fixed, plans)) if len(plans) == len(stages) - 1 else ()), "plan"


def _law(rate: StepRate) -> Passing:
    """A rate that was learned from more than MOST_UNITS is as good as known."""
    if rate.a + rate.b <= MOST_UNITS:
        return Learned(rate.a, rate.b)
    return Fixed(min(max(rate.mean, LOWEST_PLAN), HIGHEST_PLAN))


def in_flight(stages: Sequence[Stage], counts: Counts) -> tuple[int, ...]:
    """Whole units that wait before each step: as typed, else what entered too late to have gone on yet."""
    waiting = (
        entered_late if stage.in_flight is None else stage.in_flight
        for stage, entered_late in zip(stages[:-1], counts.in_flight, strict=True)
    )
    return tuple(whole_units(units) for units in waiting)


def whole_units(units: float) -> int:
    """Whole units, at most MOST_UNITS: so that a sum over them ends, and its chance is on the careful side."""
    return whole_down(min(max(0.0, units), MOST_UNITS))


def _figures(snapshot: Snapshot, today: date, sales: int) -> Needed:
    past, period = history(snapshot, today), snapshot.about.period
    counts = past.at(past.week)
    laws, basis = laws_of(past.stages, counts)
    steps = through(laws, in_flight(past.stages, counts), sales) if laws else None
    n50, n80 = _volumes(steps, sales / prod(law.mean for law in laws)) if steps else (None, None)
    usable = max(0, period.weeks - period.week(today) - total_lag(past.stages))
    capacity = snapshot.plan.theme.capacity_per_week
    feasible = _is_feasible(n80, usable, capacity)
    chance = None
    if steps and feasible is False:
        over = period.elapsed(today) >= 1
        chance = 0.0 if over else 1 - steps.too_few(whole_units((capacity or 0.0) * usable))
    return Needed(sales, n50, n80, _per_week(n80, usable), basis, usable, capacity, feasible, chance, Message(""))


def _volumes(steps: Step, guess: float) -> tuple[int | None, int | None]:
    """First-step units for an even and for a good chance; None where even LIMIT units would not do."""
    even = smallest_volume(steps.too_few, EVEN, ceil(min(guess, LIMIT)))
    return even, None if even is None else smallest_volume(steps.too_few, GOOD, even)


def _per_week(volume: int | None, usable: int) -> int | None:
    """None where no week is left in which new units count."""
    if not volume:
        return volume
    return ceil(volume / usable) if usable else None


def _is_feasible(volume: int | None, usable: int, capacity: float | None) -> bool | None:
    """False without a usable week or above capacity, None where no capacity is known; needing nothing is feasible."""
    if volume == 0:
        return True
    if usable == 0:
        return False
    if capacity is None:
        return None
    per_week = _per_week(volume, usable)
    return per_week is not None and per_week <= capacity
