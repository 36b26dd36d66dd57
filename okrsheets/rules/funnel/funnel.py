"""Where does the funnel leak: k of n, rate and interval of each step, and the bottleneck (method.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okrsheets.rules.funnel.attainment import Odds, StepRate, gains, learn, plan_of, weakest
from okrsheets.rules.funnel.bottleneck import ACTIVITY, Judgement, judge
from okrsheets.rules.funnel.counts import Counts, History, history
from okrsheets.rules.funnel.sentences import bottleneck_sentence
from okrsheets.rules.numbers.rounding import NOISE
from okrsheets.rules.numbers.special_functions import inverse_incomplete_beta
from okrsheets.words.plan import Stage
from okrsheets.words.report import Activity, Bottleneck, FunnelReport, Step, Verdict
from okrsheets.words.snapshot import Snapshot

ACTIVITY_KEY = "activity"


@dataclass(frozen=True, slots=True)
class Look:
    """The funnel as of one week. `rates` and `odds` are None where nothing can be said about them."""

    counts: Counts
    rates: tuple[StepRate, ...] | None
    odds: Odds | None


def funnel_report(snapshot: Snapshot, today: date) -> FunnelReport:
    """Every step as of the last week with a funnel value, and the verdict. Fewer than two stages are no funnel.

    Probabilities are None where a plan rate is missing, where counts cannot be, and before the first value.
    """
    if len(snapshot.plan.funnel) < 2:
        return _report(snapshot, (), None, None, Judgement(Verdict.NO_FUNNEL))
    past = history(snapshot, today)
    now = look(past, past.week)
    none = now.odds.none if now.odds else None
    return _report(snapshot, _steps(past.stages, now), _activity(past.stages[0], now), none, _judgement(past, now))


def look(past: History, week: int) -> Look:
    """The funnel as of a week of the period; 0 is before the first, when there is nothing to say."""
    counts = past.at(week)
    rates = learned_rates(past.stages, counts)
    if rates is None or week == 0:
        return Look(counts, None, None)
    planned = _planned(past.stages[0], counts)
    return Look(counts, rates, weakest(rates, max(0.0, counts.done) / planned if planned else None))


def learned_rates(stages: Sequence[Stage], counts: Counts) -> tuple[StepRate, ...] | None:
    """What the counts say about the rate of every step; None where a plan rate is missing or counts cannot be."""
    plans = [plan_of(stage.plan_rate) for stage in stages[:-1]]
    if counts.impossible is not None or None in plans:
        return None
    steps = zip(plans, counts.entered, counts.converted, strict=True)
    return tuple(learn(plan, entered, converted) for plan, entered, converted in steps if plan is not None)


def jeffreys(entered: float, converted: float, chance: float) -> float | None:
    """The quantile of Beta(k + ½, n − k + ½): .1 and .9 bound the 80 % interval of method.md §8.

    None for n = 0 and for counts that cannot be.
    """
    if entered <= 0 or not 0 <= converted <= entered + NOISE:
        return None
    return inverse_incomplete_beta(chance, converted + 0.5, entered - converted + 0.5)


def _judgement(past: History, now: Look) -> Judgement:
    if now.counts.impossible is not None:
        return Judgement(Verdict.INCONSISTENT, (now.counts.impossible,))
    missing = [step for step, stage in enumerate(past.stages[:-1]) if plan_of(stage.plan_rate) is None]
    if missing:
        return Judgement(Verdict.NO_REFERENCE, (missing[0],))
    before = look(past, now.counts.week - 1).odds if now.counts.week > 1 else None
    return judge(now.odds, before) if now.odds and before else Judgement(Verdict.NOT_ENOUGH_DATA)


def _planned(first: Stage, counts: Counts) -> float | None:
    """The first-step volume planned up to the week of the counts; None where none is planned."""
    planned = (first.planned_per_week or 0) * counts.week
    return planned if planned > 0 else None


def _activity(first: Stage, now: Look) -> Activity | None:
    planned = _planned(first, now.counts)
    if planned is None:
        return None
    return Activity(now.counts.done, planned, now.counts.done / planned, now.odds.activity if now.odds else None)


def _steps(stages: Sequence[Stage], now: Look) -> tuple[Step, ...]:
    likely = now.odds.steps if now.odds else (None,) * (len(stages) - 1)
    gained = gains(now.rates) if now.rates else (None,) * (len(stages) - 1)
    return tuple(
        _step(stages[number], stages[number + 1].kpi, entered, converted, probability, gain)
        for number, (entered, converted, probability, gain) in enumerate(
            zip(now.counts.entered, now.counts.converted, likely, gained, strict=True)
        )
    )


def _step(
    source: Stage, target: str, entered: float, converted: float, probability: float | None, gain: float | None
) -> Step:
    return Step(
        source=source.kpi,
        target=target,
        entered=entered,
        converted=converted,
        rate=converted / entered if entered > 0 else None,
        plan_rate=source.plan_rate,
        low=jeffreys(entered, converted, 0.1),
        high=jeffreys(entered, converted, 0.9),
        probability=probability,
        gain=gain,
    )


def _report(
    snapshot: Snapshot,
    steps: tuple[Step, ...],
    activity: Activity | None,
    none: float | None,
    judgement: Judgement,
) -> FunnelReport:
    keys = [ACTIVITY_KEY if number == ACTIVITY else steps[number].key for number in judgement.named]
    step, also = [*keys, None, None][:2]
    sentence = bottleneck_sentence(snapshot.plan, steps, activity, judgement)
    return FunnelReport(steps, activity, none, Bottleneck(judgement.verdict, step, also, sentence))
