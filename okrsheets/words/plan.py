"""The plan: from North Star to daily actions, as its owner wrote it down. Field names are the contract's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from okrsheets.words.period import Week

WORKING_DAYS = 5
"""Monday to Friday."""


class KeyResultType(Enum):
    """How a key result is measured (method.md §3)."""

    REACH = "reach"
    WITHIN = "within"
    MILESTONE = "milestone"
    DONE = "done"


class Ambition(Enum):
    """Committed: 1.0 is the goal. Aspirational: .7 is."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"

    @property
    def goal(self) -> float:
        """G of method.md §5: the score that counts as reached."""
        return 0.7 if self is Ambition.ASPIRATIONAL else 1.0


class KpiKind(Enum):
    """How the weekly values of a KPI become one (method.md §2)."""

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"
    AVERAGE = "average"


class Pulse(Enum):
    """How often a KPI is entered."""

    WEEK = "week"
    MONTH = "month"


class Cadence(Enum):
    """How often an action comes back."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ONCE = "once"

    @property
    def quota(self) -> int:
        """Ticks a week where nobody says how many: every working day of a daily action, else one (method.md §4)."""
        return WORKING_DAYS if self is Cadence.DAILY else 1


@dataclass(frozen=True, slots=True)
class Theme:
    """What the quarter is about. Money in the workbook's own currency, capacity in first-step units a week."""

    title: str = ""
    north_star: str = ""
    why: str = ""
    revenue_goal: float | None = None
    price: float | None = None
    capacity_per_week: float | None = None
    days_off: tuple[date, ...] = ()
    agreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A measurable result that says whether its objective is reached.

    `kpi` is the id of the KPI that measures it; without one, its value is typed in its own cell.
    `tolerance` (within) is how far outside the band the score falls to 0. `confidence` is 0 to 10, a belief.
    """

    id: str
    title: str
    type: KeyResultType = KeyResultType.REACH
    ambition: Ambition = Ambition.COMMITTED
    baseline: float | None = None
    target: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    unit: str = ""
    weight: float = 1
    kpi: str | None = None
    confidence: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be reached, and the key results that show it."""

    id: str
    title: str
    weight: float = 1
    key_results: tuple[KeyResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """One number a week or a month. A ratio has no cells of its own: it is numerator / denominator."""

    id: str
    name: str
    kind: KpiKind = KpiKind.FLOW
    cadence: Pulse = Pulse.WEEK
    numerator: str | None = None
    denominator: str | None = None
    target: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A KPI as a stage of the funnel. Rate (0 to 1), lag (weeks) and in flight (units) are those of the step
    that leaves from it; the last stage has none. `planned_per_week` is the volume planned for the first."""

    kpi: str
    plan_rate: float | None = None
    lag_weeks: int = 1
    in_flight: float | None = None
    planned_per_week: float | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be ticked off. `per_week` is the weekly quota; each tick may add `amount` to KPI `feeds`."""

    id: str
    title: str
    cadence: Cadence = Cadence.DAILY
    per_week: int = 5
    key_result: str | None = None
    feeds: str | None = None
    amount: float = 1
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Theme, objectives, KPIs, funnel and actions: what a template gives and a workbook holds."""

    theme: Theme = Theme()
    objectives: tuple[Objective, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    funnel: tuple[Stage, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def key_results(self) -> tuple[KeyResult, ...]:
        """The key results of all objectives, in order."""
        return tuple(result for objective in self.objectives for result in objective.key_results)

    def kpi(self, id: str | None) -> Kpi | None:
        """The KPI with this id, None where there is none."""
        return next((kpi for kpi in self.kpis if kpi.id == id), None)


@dataclass(frozen=True, slots=True)
class CheckIns:
    """What a person filled in while the period ran: values by KPI and week, ticks and skips by action."""

    values: Mapping[str, Mapping[Week, float]] = field(default_factory=dict)
    current: Mapping[str, float] = field(default_factory=dict)
    done: Mapping[str, bool] = field(default_factory=dict)
    ticks: Mapping[str, frozenset[date]] = field(default_factory=dict)
    skips: Mapping[str, frozenset[date]] = field(default_factory=dict)
