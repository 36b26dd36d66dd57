"""Arithmetic before wishes: what the planned volume brings at the plan rates, against the goal (method.md §7)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, fsum, prod

from okrsheets.rules.funnel.counts import total_lag
from okrsheets.rules.needed.goal import goal_of
from okrsheets.rules.needed.volume import EVEN, GOOD, LIMIT, smallest_volume
from okrsheets.rules.numbers.rounding import whole_down, whole_up
from okrsheets.rules.numbers.special_functions import incomplete_beta
from okrsheets.words.period import Period
from okrsheets.words.plan import Action, Cadence, Plan


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The planned first-step units of the whole period, what they bring, and what the goal asks for.

    `late` of the units come too late to count in the period. None is unknown: it takes a funnel, a volume, a plan rate
    for every step and a goal. `chance_on_time` leaves out what comes too late, `chance` does not.
    """

    volume: float | None = None
    late: float | None = None
    goal: float | None = None
    expected: float | None = None
    chance: float | None = None
    chance_on_time: float | None = None
    needed: int | None = None

    @property
    def adds_up(self) -> bool:
        """Whether nothing speaks against it: the chance is at least even, or unknown."""
        return self.chance is None or self.chance >= EVEN


def arithmetic(plan: Plan, period: Period) -> Arithmetic:
    """The plan in figures, with its rates as known. Nothing where there is no funnel of two stages or more."""
    volume, rate, goal = planned_volume(plan, period), overall_rate(plan), goal_of(plan)
    late = None if volume is None else volume * min(total_lag(plan.funnel), period.weeks) / period.weeks
    if volume is None or late is None or rate is None:
        return Arithmetic(volume, late, goal, needed=_needed(rate, goal))
    return Arithmetic(
        volume,
        late,
        goal,
        expected=volume * rate,
        chance=None if goal is None else chance_of_reaching(volume, rate, goal),
        chance_on_time=None if goal is None else chance_of_reaching(volume - late, rate, goal),
        needed=_needed(rate, goal),
    )


def planned_volume(plan: Plan, period: Period) -> float | None:
    """First-step units in the whole period: as planned a week, else what the actions that feed the first stage make.

    None where neither is above 0, and without a funnel.
    """
    if len(plan.funnel) < 2:
        return None
    first = plan.funnel[0]
    fed = fsum(_units(action, period) for action in plan.actions if action.feeds == first.kpi)
    volume = (first.planned_per_week or 0) * period.weeks or fed
    return volume if volume > 0 else None


def overall_rate(plan: Plan) -> float | None:
    """The product of the plan rates, 0 to 1; None where one is missing or is no rate."""
    rates = [stage.plan_rate for stage in plan.funnel[:-1]]
    known = [rate for rate in rates if rate is not None and 0 <= rate <= 1]
    return prod(known) if known and len(known) == len(rates) else None


def chance_of_reaching(volume: float, rate: float, goal: float) -> float:
    """P(X ≥ goal), X ~ Binomial(volume, rate): I_rate(goal, volume − goal + 1). Whole units, a whole goal."""
    units, wanted = whole_down(volume), whole_up(goal)
    if not 0 < wanted <= units:
        return float(wanted <= 0)
    return incomplete_beta(rate, wanted, units - wanted + 1)


def _needed(rate: float | None, goal: float | None) -> int | None:
    """First-step units for a good chance of the goal; None where unknown, above LIMIT, or at a rate of 0."""
    if not rate or goal is None:
        return None
    guess = ceil(min(goal / rate, LIMIT))
    return smallest_volume(lambda volume: 1 - chance_of_reaching(volume, rate, goal), GOOD, guess)


def _units(action: Action, period: Period) -> float:
    times = {Cadence.MONTHLY: len(period.month_weeks), Cadence.ONCE: 1}
    return action.amount * times.get(action.cadence, action.per_week * period.weeks)
