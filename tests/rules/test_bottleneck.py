"""The odds of being the bottleneck, and the verdict that two weeks must bear (method.md §8)."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.rules.funnel.attainment import DELTA, Odds, StepRate, gains, learn, plan_of, weakest
from okrsheets.rules.funnel.bottleneck import ACTIVITY, judge
from okrsheets.words.report import Verdict

Steps = list[tuple[float, int, int]]

COUNTS = st.integers(0, 3000).flatmap(lambda n: st.tuples(st.floats(0.0001, 0.9999), st.just(n), st.integers(0, n)))
STEPS = st.lists(COUNTS, min_size=1, max_size=4)
THREE_STEPS: Steps = [(0.35, 80, 16), (0.50, 16, 8), (0.30, 8, 1)]
ACTIVITIES = st.none() | st.floats(0, 2)


def rates(steps: Steps) -> list[StepRate]:
    return [learn(*step) for step in steps]


@pytest.mark.parametrize(
    ("id", "steps", "activity", "shares", "none", "gained"),
    [
        ("A", [(0.30, 60, 24), (0.25, 24, 3)], None, (0.0027, 0.8864), 0.1109, (0.0193, 4.3247)),
        ("B", [(0.30, 20, 4), (0.25, 4, 1)], None, (0.5380, 0.3370), 0.1250, None),
        ("C", [(0.30, 40, 5), (0.25, 5, 2)], None, (0.9193, 0.0690), 0.0117, (5.3073, 0.3540)),
        ("D", [(0.30, 100, 30), (0.25, 30, 8)], None, (0.1999, 0.2924), 0.5077, (0.4731, 0.6821)),
        ("E", [(0.30, 12, 4), (0.25, 4, 1)], 12 / 40, (0.0054, 0.0916), 0.0, None),
        ("G", THREE_STEPS, None, (0.4472, 0.0226, 0.5286), 0.0016, (1.3098, 0.1673, 1.3230)),
    ],
)
def test_the_vectors_of_method_8(
    id: str,
    steps: Steps,
    activity: float | None,
    shares: tuple[float, ...],
    none: float,
    gained: tuple[float, ...] | None,
) -> None:
    odds = weakest(rates(steps), activity)
    assert odds.steps == pytest.approx(shares, abs=6e-5), id
    assert odds.none == pytest.approx(none, abs=6e-5)
    assert odds.activity == (None if activity is None else pytest.approx(0.9030, abs=6e-5))
    if gained:
        assert gains(rates(steps)) == pytest.approx(gained, abs=6e-5)


@settings(max_examples=40, deadline=None)
@given(STEPS, ACTIVITIES)
def test_the_odds_are_shares_of_one(steps: Steps, activity: float | None) -> None:
    odds = weakest(rates(steps), activity)
    everything = (*odds.steps, odds.none, *([] if odds.activity is None else [odds.activity]))
    assert sum(everything) == pytest.approx(1, abs=1e-7)
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in everything)


@settings(max_examples=40, deadline=None)
@given(STEPS, ACTIVITIES)
def test_the_same_counts_give_the_same_odds(steps: Steps, activity: float | None) -> None:
    assert weakest(rates(steps), activity) == weakest(rates(steps), activity)


@settings(max_examples=40, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=3), ACTIVITIES)
def test_the_order_of_the_steps_does_not_matter(steps: Steps, activity: float | None) -> None:
    odds = weakest(rates(steps), activity)
    for order in permutations(range(len(steps))):
        other = weakest(rates([steps[i] for i in order]), activity)
        assert other.steps == pytest.approx([odds.steps[i] for i in order], abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(STEPS, ACTIVITIES, st.data())
def test_more_conversions_never_make_a_step_more_suspect(
    steps: Steps, activity: float | None, data: st.DataObject
) -> None:
    which = data.draw(st.integers(0, len(steps) - 1))
    plan, entered, converted = steps[which]
    more = data.draw(st.integers(converted, entered))
    better = [*steps[:which], (plan, entered, more), *steps[which + 1 :]]
    before, after = weakest(rates(steps), activity), weakest(rates(better), activity)
    assert after.steps[which] <= before.steps[which] + 1e-7
    assert after.none >= before.none - 1e-7


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_more_activity_never_makes_activity_more_suspect(steps: Steps) -> None:
    shares = [weakest(rates(steps), activity).activity for activity in (0.0, 0.2, 0.5, 0.8, 0.95, 1.5)]
    known = [share for share in shares if share is not None]
    assert known[0] == 1
    assert known[-2:] == [0, 0]
    assert all(more <= less + 1e-9 for less, more in pairwise(known))


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_activity_at_plan_changes_nothing_for_the_steps(steps: Steps) -> None:
    assert weakest(rates(steps), 1.0).steps == weakest(rates(steps), None).steps


def test_a_step_just_within_delta_of_plan_is_no_bottleneck() -> None:
    """With so many contacts the rate is all but known."""
    assert weakest([learn(0.5, 10_000_000, 4_520_000)], None).none > 0.999
    assert weakest([learn(0.5, 10_000_000, 4_480_000)], None).steps[0] > 0.999
    assert DELTA == 0.1


@pytest.mark.parametrize(("a", "other"), [(0.0004, 0.0004), (0.0004, 0.004), (0.02, 3.0), (1.0, 2.0), (30.0, 40.0)])
def test_where_the_answer_is_a_formula(a: float, other: float) -> None:
    """Beta(a, 1) has F(p) = p^a, so with both plans q the first share is c^a − a/(a + b)·c^(a + b), c = .9·q.

    With a of .0004 nearly all of it lies so close to 0 that no number can say so.
    """
    c = 0.9 * 0.5
    odds = weakest([StepRate(a, 1, 0.5), StepRate(other, 1, 0.5)], None)
    assert odds.steps[0] == pytest.approx(c**a - a / (a + other) * c ** (a + other), abs=1e-9)
    assert odds.none == pytest.approx((1 - c**a) * (1 - c**other), abs=1e-9)


def test_a_sharp_step_beside_a_vague_one() -> None:
    """100,000 contacts at .84 of plan against none at all: p ~ Beta(1, 3) is below .84 · .25 with 1 − .79³."""
    odds = weakest([learn(0.5, 100_000, 42_000), learn(0.25, 0, 0)], None)
    assert odds.steps[1] == pytest.approx(1 - 0.79**3, abs=1e-3)
    assert odds.none == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("rate", "plan"), [(0.3, 0.3), (1.0, 0.9999), (0.00001, 0.00001), (None, None), (0, None), (-0.1, None), (30, None)]
)
def test_a_plan_rate_to_compare_with(rate: float | None, plan: float | None) -> None:
    assert plan_of(rate) == plan


def test_a_plan_of_all_can_be_missed() -> None:
    odds = weakest([learn(0.9999, 20, 12), learn(0.25, 12, 3)], None)
    assert odds.steps[0] > 0.5


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_gains_are_never_negative_and_fall_with_more_conversions(steps: Steps) -> None:
    now = gains(rates(steps))
    assert all(gain >= 0 for gain in now)
    plan, entered, _ = steps[0]
    assert gains(rates([(plan, entered, entered), *steps[1:]]))[0] <= now[0] + 1e-9


def of(*steps: float, activity: float | None = None) -> Odds:
    return Odds(steps, activity, 1 - sum(steps) - (activity or 0))


@pytest.mark.parametrize(
    ("now", "before", "verdict", "named"),
    [
        (of(0.03, 0.92), of(0.05, 0.90), Verdict.CLEAR, (1,)),
        (of(0.03, 0.92), of(0.05, 0.89), Verdict.LIKELY, (1,)),
        (of(0.03, 0.85), of(0.05, 0.95), Verdict.LIKELY, (1,)),
        (of(0.03, 0.85), of(0.05, 0.80), Verdict.LIKELY, (1,)),
        (of(0.03, 0.85), of(0.05, 0.79), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.95, 0.01), of(0.01, 0.95), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.05, 0.05, activity=0.90), of(0.05, 0.03, activity=0.92), Verdict.CLEAR, (ACTIVITY,)),
        (of(0.90, 0.05, activity=0.05), of(0.92, 0.03, activity=0.05), Verdict.CLEAR, (0,)),
        (of(0.45, 0.02, 0.53), of(0.40, 0.05, 0.50), Verdict.EITHER, (0, 2)),
        (of(0.45, 0.02, 0.53), of(0.40, 0.11, 0.49), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.45, 0.53), of(0.45, 0.53), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.02, 0.53, activity=0.45), of(0.02, 0.53, activity=0.45), Verdict.EITHER, (ACTIVITY, 1)),
        (of(0.70, 0.21, 0.09), of(0.70, 0.05, 0.25), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.70, 0.22, 0.21), of(0.70, 0.21, 0.22), Verdict.EITHER, (0, 1)),
        (of(0.50, 0.45, 0.05), of(0.20, 0.75, 0.05), Verdict.EITHER, (0, 1)),
        (of(0.50, 0.45, 0.47), of(0.45, 0.50, 0.47), Verdict.EITHER, (0, 2)),
        (of(0.47, 0.47, 0.47), of(0.47, 0.47, 0.47), Verdict.EITHER, (0, 1)),
        (of(0.2, 0.3), of(0.3, 0.2), Verdict.NONE, ()),
        (of(0.2, 0.3), of(0.3, 0.3), Verdict.NOT_ENOUGH_DATA, ()),
        (of(0.91), of(0.91), Verdict.CLEAR, (0,)),
    ],
)
def test_a_verdict_must_hold_in_both_weeks(now: Odds, before: Odds, verdict: Verdict, named: tuple[int, ...]) -> None:
    judgement = judge(now, before)
    assert (judgement.verdict, judgement.named) == (verdict, named)


@settings(max_examples=300, deadline=None)
@given(STEPS, ACTIVITIES)
def test_no_probability_leaves_its_bounds_by_however_little(steps, activity):
    odds = weakest(rates(steps), activity)
    shares = [*odds.steps, odds.none, *([] if odds.activity is None else [odds.activity])]
    assert all(0 <= share <= 1 for share in shares)
    assert sum(shares) == pytest.approx(1, abs=1e-6)


def test_a_step_that_has_not_happened_yet_is_told_without_a_fault():
    # 60 and more at the start and nothing behind it: what is impossible came out as -4e-15.
    for entered in (105, 112, 120):
        odds = weakest(rates([(0.30, entered, 0), (0.25, 0, 0)]), 0.9)
        assert min(*odds.steps, odds.none, odds.activity or 0) >= 0
