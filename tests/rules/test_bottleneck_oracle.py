"""500 random funnels, from the workbook's counts to the Summary's figures, against scipy (method.md §8, §9)."""

from __future__ import annotations

from random import Random

import pytest
from funnels import TODAY, odds_by_scipy, random_funnel, settled, too_few_by_scipy
from scipy import stats

from okrsheets.rules.funnel.funnel import funnel_report
from okrsheets.rules.needed.needed import needed

BATCHES, A_BATCH = 20, 25
TOO_LARGE = 600
"""Count by count, scipy takes long for more first-step units than this: such a funnel is drawn again."""


@pytest.mark.parametrize("batch", range(BATCHES))
def test_probabilities_intervals_and_volumes(batch: int) -> None:
    random, judged = Random(batch), 0
    while judged < A_BATCH:
        counts, plans, waiting, goal = random_funnel(random)
        planned = random.choice((None, counts[0] / random.uniform(0.5, 1.3)))
        workbook = settled(counts, plans, planned=planned, in_flight=waiting, goal=counts[-1] + goal)
        figures = needed(workbook, TODAY)
        assert figures is not None
        if figures.n50 is None or figures.n80 is None or figures.n80 > TOO_LARGE:
            continue
        judged += 1
        shapes = [(4 * q + k, 4 * (1 - q) + n - k) for n, k, q in zip(counts, counts[1:], plans, strict=False)]
        funnel = funnel_report(workbook, TODAY)
        shares, none = odds_by_scipy(
            [(*ab, q) for ab, q in zip(shapes, plans, strict=True)], _attained(counts, planned)
        )
        assert [step.probability for step in funnel.steps] == pytest.approx(shares, abs=1e-3)
        behind = funnel.activity is not None and funnel.activity.attainment < 0.9
        assert funnel.none == pytest.approx(0 if behind else none, abs=1e-3)
        if funnel.activity is not None:
            assert funnel.activity.probability == pytest.approx(none if behind else 0, abs=1e-3)
        for step in funnel.steps:
            if step.entered:
                ends = stats.beta.ppf((0.1, 0.9), step.converted + 0.5, step.entered - step.converted + 0.5)
                assert (step.low, step.high) == pytest.approx(tuple(ends), abs=1e-4)
        volumes = [max(0, n) for n in (figures.n50 - 1, figures.n50, figures.n80 - 1, figures.n80)]
        below50, at50, below80, at80 = too_few_by_scipy(shapes, waiting, goal, volumes)
        assert at50 <= 0.5 + 1e-9
        assert at80 <= 0.2 + 1e-9
        assert below50 > 0.5 or figures.n50 == 0
        assert below80 > 0.2 or figures.n80 == 0


def _attained(counts: list[int], planned: float | None) -> float | None:
    return None if planned is None else counts[0] / planned
