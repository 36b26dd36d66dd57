"""What okrsheets computed from a snapshot on one day (method.md). Shares are 0 to 1; None is unknown, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from okrsheets.words.message import Message
from okrsheets.words.period import Week
from okrsheets.words.problem import Problem
from okrsheets.words.snapshot import Snapshot


class Status(Enum):
    """How a key result or an objective stands (method.md §5)."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    STALE = "stale"
    NO_DATA = "no_data"
    MISSED = "missed"


class Verdict(Enum):
    """What the funnel says about its weakest step (method.md §8). Abstaining is a verdict."""

    CLEAR = "clear"
    LIKELY = "likely"
    EITHER = "either"
    NONE = "none"
    NOT_ENOUGH_DATA = "not_enough_data"
    NO_REFERENCE = "no_reference"
    INCONSISTENT = "inconsistent"
    NO_FUNNEL = "no_funnel"


@dataclass(frozen=True, slots=True)
class KeyResultReport:
    """One key result: `raw` may be below 0 or above 1, `score` is what rolls up (method.md §3, §5, §6)."""

    id: str
    title: str
    current: float | None
    raw: float | None
    score: float | None
    expected: float
    required_pace: float | None
    status: Status
    in_band: bool | None = None
    compliance: float | None = None
    chance: float | None = None
    regressed: bool = False


@dataclass(frozen=True, slots=True)
class ObjectiveReport:
    """One objective: the weighted mean of its key results; `reported` of `of` have a value."""

    id: str
    title: str
    progress: float | None
    expected: float | None
    required_pace: float | None
    status: Status
    reported: int
    of: int
    key_results: tuple[KeyResultReport, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Done out of due, in ticks."""

    done: int = 0
    due: int = 0

    @property
    def score(self) -> float | None:
        """done / due, None where nothing was due."""
        return self.done / self.due if self.due else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.done + other.done, self.due + other.due)


@dataclass(frozen=True, slots=True)
class ActionReport:
    """One action: so far, and in the week of `today` (method.md §4)."""

    id: str
    title: str
    so_far: Tally
    this_week: Tally


@dataclass(frozen=True, slots=True)
class Execution:
    """What was done of what was planned: ticks, never results."""

    actions: tuple[ActionReport, ...]
    so_far: Tally
    this_week: Tally


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel: `converted` of `entered`, with its 80 % interval and the plan beside it (method.md §8)."""

    source: str
    target: str
    entered: float
    converted: float
    rate: float | None
    plan_rate: float | None
    low: float | None
    high: float | None
    probability: float | None = None
    gain: float | None = None

    @property
    def key(self) -> str:
        """`K1->K2`."""
        return f"{self.source}->{self.target}"


@dataclass(frozen=True, slots=True)
class Activity:
    """First-step volume against the volume that was planned up to now."""

    done: float
    planned: float
    attainment: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The verdict: `step` (and, for `either`, `also`) is a step's key or `activity`."""

    verdict: Verdict
    step: str | None = None
    also: str | None = None
    sentence: Message = Message("")


@dataclass(frozen=True, slots=True)
class FunnelReport:
    """The funnel from its first stage to its last; `none` is the probability that nothing lags behind plan."""

    steps: tuple[Step, ...]
    activity: Activity | None
    none: float | None
    bottleneck: Bottleneck


@dataclass(frozen=True, slots=True)
class Needed:
    """How many first-step units the goal still asks for (method.md §9). `basis`: `measured` or `plan`."""

    sales: int
    n50: int | None
    n80: int | None
    per_week: int | None
    basis: str
    usable_weeks: int
    capacity: float | None
    feasible: bool | None
    chance_at_capacity: float | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """Progress and expected progress at the close of one week, over what a KPI measures."""

    week: Week
    progress: float | None
    expected: float | None


class Severity(Enum):
    """How much a finding about the plan weighs; the gravest is the first."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the plan itself that its owner may want to change (method.md §7)."""

    rule: str
    severity: Severity
    item: str | None
    field: str | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """Whether the plan adds up: the expected results of its volume, the chance of the goal, the volume needed."""

    adds_up: bool
    findings: tuple[Finding, ...]
    expected_results: float | None
    chance: float | None
    needed: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of what the Summary shows."""

    snapshot: Snapshot
    today: date
    elapsed: float
    week: int
    objectives: tuple[ObjectiveReport, ...]
    execution: Execution
    funnel: FunnelReport
    needed: Needed | None
    weekly: tuple[WeekPoint, ...]
    headline: tuple[Message, ...]
    names: Mapping[str, str]
    """Titles by id, for the words of sentences: KPIs, key results, objectives and actions."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The cells that need a person."""
        return self.snapshot.problems
