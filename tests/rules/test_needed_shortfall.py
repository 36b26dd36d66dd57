"""The chance that too few come through, and the smallest volume for a chance (method.md §9)."""

from __future__ import annotations

from itertools import pairwise
from math import prod

import pytest
from funnels import too_few_by_scipy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from okrsheets.rules.needed.passing import Fixed, Learned, Passing
from okrsheets.rules.needed.shortfall import Goal, through
from okrsheets.rules.needed.volume import LIMIT, smallest_volume
from okrsheets.rules.numbers.panels import SHORT, fit, longest, places

A = (Learned(4 * 0.30 + 24, 4 * 0.70 + 36), Learned(4 * 0.25 + 3, 4 * 0.75 + 21))
D = (Learned(4 * 0.30 + 30, 4 * 0.70 + 70), Learned(4 * 0.25 + 8, 4 * 0.75 + 22))
AS_PLANNED = (Fixed(0.30), Fixed(0.25))


def volumes(laws: tuple[Passing, ...], waiting: list[int], goal: int, *wanted: float) -> list[int | None]:
    steps = through(laws, waiting, goal)
    return [smallest_volume(steps.too_few, chance, goal) for chance in wanted]


@pytest.mark.parametrize(
    ("id", "laws", "waiting", "goal", "n50", "n80", "n90"),
    [
        ("R1", AS_PLANNED, [0, 0], 10, 129, 166, 187),
        ("R2", A, [0, 0], 10, 186, 314, 422),
        ("R3", A, [0, 6], 7, 113, 206, None),
        ("R4", D, [0, 0], 10, 126, 185, 227),
    ],
)
def test_the_vectors_of_method_9(
    id: str, laws: tuple[Passing, ...], waiting: list[int], goal: int, n50: int, n80: int, n90: int | None
) -> None:
    assert volumes(laws, waiting, goal, 0.5, 0.8) == [n50, n80], id
    if n90:
        assert volumes(laws, waiting, goal, 0.9) == [n90]


@pytest.mark.parametrize(
    ("laws", "waiting", "goal", "volume", "chance"),
    [
        (AS_PLANNED, [0, 0], 10, 165, 0.7992),
        (AS_PLANNED, [0, 0], 10, 166, 0.8051),
        (AS_PLANNED, [0, 0], 10, 134, 0.5534),
        (A, [0, 6], 7, 75, 0.2871),
    ],
)
def test_the_chances_of_method_9(
    laws: tuple[Passing, ...], waiting: list[int], goal: int, volume: int, chance: float
) -> None:
    assert 1 - through(laws, waiting, goal).too_few(volume) == pytest.approx(chance, abs=6e-5)


RICH = [(1600.0, 2404.0), (801.6, 800.4), (402.0, 402.0), (102.0, 302.0)]
POOR = [(21.2, 82.8), (7.0, 17.0), (2.2, 7.8), (1.2, 3.8)]
SURE = [(33.2, 0.8), (32.2, 1.8), (32.6, 0.4)]
RARE = [(2.08, 801.92), (1.2, 2.8)]


@pytest.mark.parametrize(
    ("laws", "waiting", "goal", "volume"),
    [
        (RICH, [500, 250, 150, 100], 130, 350),
        (RICH, [0, 0, 0, 0], 5, 210),
        (POOR, [5, 3, 2, 1], 2, 700),
        (POOR, [0, 0, 0, 0], 1, 30),
        (SURE, [5, 3, 2], 300, 340),
        (SURE, [0, 0, 0], 3, 3),
        (RARE, [0, 0], 1, 1500),
        ([(3.0, 1.0), *RARE], [0, 0, 0], 1, 900),
        ([(0.9,), (0.3,), (0.95,)], [5, 3, 3], 200, 760),
        ([(0.99,), (0.01,)], [0, 0], 9, 1000),
        ([(0.0004, 4.0), (4.0, 0.0004)], [0, 30], 1, 400),
    ],
)
def test_far_from_small_counts_it_is_still_scipys(
    laws: list[tuple[float, ...]], waiting: list[int], goal: int, volume: int
) -> None:
    """Where panels are long and taken at a few places only."""
    steps = through([Fixed(*law) if len(law) == 1 else Learned(*law) for law in laws], waiting, goal)
    (expected,) = too_few_by_scipy(laws, waiting, goal, [volume])
    assert steps.too_few(volume) == pytest.approx(expected, abs=2e-8)


@pytest.mark.parametrize(
    "law", [*A, Learned(0.0004, 4), Learned(4, 0.0004), Learned(5000, 95_000), Learned(1, 3), Fixed(0.02), Fixed(0.98)]
)
@pytest.mark.parametrize("entered", [0, 1, 7, 60, 5000, 100_000])
def test_one_step_is_scipys_beta_binomial(law: Passing, entered: int) -> None:
    by_scipy = stats.betabinom(entered, law.a, law.b) if isinstance(law, Learned) else stats.binom(entered, law.mean)
    for goal in sorted({0, 1, entered // 50, int(law.mean * entered), entered, entered + 1}):
        expected = by_scipy.cdf(goal - 1) if goal else 0.0
        assert through([law], [0], goal).too_few(entered) == pytest.approx(expected, abs=1e-7), goal


@pytest.mark.parametrize("law", [*A, Learned(0.5, 9), Learned(9, 0.5), Fixed(0.3), Fixed(0.99)])
def test_the_law_itself(law: Passing) -> None:
    """Its chances add up to 1 around its peak, with its mean and spread."""
    n = 200
    counts = list(range(n + 1))
    chances = law.chances(n, law.whole(n), counts, law.passed(counts))
    mean = sum(count * chance for count, chance in zip(counts, chances, strict=True))
    variance = sum((count - mean) ** 2 * chance for count, chance in zip(counts, chances, strict=True))
    assert sum(chances) == pytest.approx(1)
    assert mean == pytest.approx(n * law.mean)
    assert variance == pytest.approx(law.spread(n * law.mean) ** 2)
    assert chances[law.peak(n)] == pytest.approx(max(chances))


LEARNED = st.tuples(st.floats(0.01, 0.99), st.integers(0, 300)).flatmap(
    lambda step: st.integers(0, step[1]).map(lambda k: Learned(4 * step[0] + k, 4 * (1 - step[0]) + step[1] - k))
)
LAWS = st.lists(LEARNED | st.floats(0.01, 0.99).map(Fixed), min_size=1, max_size=4)
WAITING = st.lists(st.integers(0, 30), min_size=4, max_size=4)


@settings(max_examples=20, deadline=None)
@given(LAWS, WAITING, st.integers(1, 40), st.integers(0, 300))
def test_more_volume_never_lowers_the_chance(laws: list[Passing], waiting: list[int], goal: int, volume: int) -> None:
    steps = through(laws, waiting[: len(laws)], goal)
    misses = [steps.too_few(volume + more) for more in (0, 1, 2, 10, 100)]
    assert all(more <= less + 1e-8 for less, more in pairwise(misses))
    assert all(-1e-9 <= miss <= 1 + 1e-9 for miss in misses)


@settings(max_examples=20, deadline=None)
@given(LAWS, WAITING, st.integers(1, 40), st.integers(0, 20))
def test_more_to_go_never_needs_less(laws: list[Passing], waiting: list[int], goal: int, more: int) -> None:
    less_to_go, more_to_go = (volumes(tuple(laws), waiting[: len(laws)], g, 0.8)[0] for g in (goal, goal + more))
    assert more_to_go is None or (less_to_go is not None and less_to_go <= more_to_go)


@settings(max_examples=20, deadline=None)
@given(LAWS, WAITING, st.integers(1, 40), st.integers(0, 3))
def test_more_in_flight_never_needs_more(laws: list[Passing], waiting: list[int], goal: int, where: int) -> None:
    own = waiting[: len(laws)]
    fuller = [units + 5 * (step == where) for step, units in enumerate(own)]
    assert (volumes(tuple(laws), fuller, goal, 0.8)[0] or 0) <= (volumes(tuple(laws), own, goal, 0.8)[0] or LIMIT)


@settings(max_examples=20, deadline=None)
@given(LAWS, WAITING, st.integers(1, 40))
def test_a_better_chance_takes_no_less_and_a_goal_at_least_itself(
    laws: list[Passing], waiting: list[int], goal: int
) -> None:
    own = waiting[: len(laws)]
    n50, n80 = volumes(tuple(laws), own, goal, 0.5, 0.8)
    assert n80 is None or (n50 is not None and n50 <= n80)
    assert n50 is None or n50 >= goal - sum(own)


@given(st.integers(0, 5000), st.floats(0.01, 0.99), st.integers(1, 9000))
def test_the_guess_does_not_change_the_answer(answer: int, chance: float, guess: int) -> None:
    def too_few(volume: int) -> float:
        return 0.0 if volume >= answer else 1.0

    assert smallest_volume(too_few, chance, guess) == answer


def test_the_order_of_questions_does_not_change_the_answer() -> None:
    forwards, backwards = through(A, [3, 6], 7), through(A, [3, 6], 7)
    asked = (0, 10, 500, 75, 20_000)
    answers = {volume: forwards.too_few(volume) for volume in asked}
    assert {volume: backwards.too_few(volume) for volume in reversed(asked)} == pytest.approx(answers, abs=1e-12)


@pytest.mark.parametrize(
    ("laws", "goal"), [((Fixed(0.001), Fixed(0.001)), 10), ((Learned(0.08, 5003.92),), 10), ((Fixed(1e-300),), 1)]
)
def test_out_of_reach_is_none(laws: tuple[Passing, ...], goal: int) -> None:
    assert volumes(laws, [0] * len(laws), goal, 0.5, 0.8) == [None, None]


def test_what_only_just_reaches_is_no_out_of_reach() -> None:
    assert smallest_volume(lambda volume: float(volume < LIMIT), 0.8, 10) == LIMIT
    assert smallest_volume(lambda volume: float(volume < LIMIT), 0.8, 10 * LIMIT) == LIMIT


def test_nothing_to_go_needs_nothing() -> None:
    assert volumes(A, [0, 0], 0, 0.5, 0.8) == [0, 0]
    assert volumes((Fixed(0.5),), [40], 10, 0.8) == [0]


def test_an_even_chance_that_is_exact_counts() -> None:
    assert volumes((Fixed(0.5),), [0], 1, 0.5) == [1]


def test_a_goal_is_a_step_from_one_to_zero() -> None:
    assert [Goal(2).too_few(coming) for coming in (0, 1, 2, 3)] == [1, 1, 0, 0]


@given(st.floats(0, 1e6))
def test_panels_are_as_long_as_they_may_be(most: float) -> None:
    length = longest(most)
    assert length == SHORT or length <= most < 2 * length


@pytest.mark.parametrize("length", [1, SHORT, 2 * SHORT, 64 * SHORT])
def test_the_places_of_a_panel_stand_for_all_its_counts(length: int) -> None:
    offsets, weights = places(length)
    assert sum(weights) == pytest.approx(length)
    assert sum(w * o for w, o in zip(weights, offsets, strict=True)) == pytest.approx(length * (length - 1) / 2)


def test_a_panel_is_halved_until_it_follows_the_curve() -> None:
    def curve(count: int) -> float:
        return 1 / (1 + prod([1.25] * min(count - 150, 900))) if count > 150 else 1 - 1 / (1 + 1.25 ** (150 - count))

    panels = fit(0, 32 * SHORT, curve)
    assert len(panels) > 2
    assert [panel.start for panel in panels] == [0, *(panel.end for panel in panels[:-1])]
    for panel in panels:
        counts = range(panel.start, panel.end)
        assert panel.at(counts) == pytest.approx([curve(count) for count in counts], abs=1e-6)
