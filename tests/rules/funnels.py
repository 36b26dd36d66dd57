"""Funnels for tests: counts that stand still for two weeks, and scipy's opinion on what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
from scipy import special, stats
from worlds import NO_THEME, close, world

from okrsheets.words.plan import Kpi, Stage, Theme
from okrsheets.words.snapshot import Snapshot

LOOK = 8
"""The week in which a settled funnel is looked at."""

TODAY = close(LOOK)


def settled(
    counts: Sequence[float],
    plans: Sequence[float | None],
    *,
    planned: float | None = None,
    in_flight: Sequence[float | None] = (),
    goal: float | None = None,
    theme: Theme = NO_THEME,
    lag: int = 1,
) -> Snapshot:
    """A funnel whose units went through long ago: the same counts this week and the week before, nobody on the way.

    `planned` is the first-step volume planned up to this week.
    """
    waiting = [*in_flight, *[None] * len(counts)]
    stages = [
        Stage(f"K{n + 1}", plan, lag, waiting[n], planned / LOOK if planned and n == 0 else None)
        for n, plan in enumerate([*plans, None])
    ]
    values = {f"K{n + 1}": [0.0] * n + [count] + [0.0] * (LOOK - n - 1) for n, count in enumerate(counts)}
    kpis = [
        Kpi(f"K{n + 1}", f"Stage {n + 1}", target=goal if n == len(counts) - 1 else None) for n in range(len(counts))
    ]
    return world(kpis=kpis, funnel=stages, values=values, theme=theme)


def random_funnel(random: Random) -> tuple[list[int], list[float], list[int], int]:
    """Counts, plan rates, in flight and results to go: one to four steps, on plan or off it, poor or rich in data."""
    steps = random.randint(1, 4)
    plans = [round(random.uniform(0.05, 0.95), 2) for _ in range(steps)]
    counts = [int(10 ** random.uniform(1.3, 3.3))]
    for plan in plans:
        rate = min(1.0, plan * random.choice((0.4, 0.7, 1, 1, 1.2)))
        counts.append(sum(random.random() < rate for _ in range(counts[-1])))
    return counts, plans, [random.choice((0, 0, 3, 20)) for _ in plans], random.choice((1, 2, 3, 5, 10, 20))


def odds_by_scipy(shapes: Sequence[tuple[float, float, float]], activity: float | None) -> tuple[list[float], float]:
    """Each step's probability, and Π [1 − F] at the end, as sums over a fine grid of attainments.

    A grid's cell counts with the distribution function's own difference, so only the others' change in it is lost.
    """
    end = 0.9 if activity is None else min(0.9, activity)
    grid = np.concatenate([[0.0], np.geomspace(1e-80, 1e-3 * end, 400), np.linspace(1e-3 * end, end, 2000)[1:]])
    below = [special.betainc(a, b, np.minimum(grid * plan, 1.0)) for a, b, plan in shapes]
    above = [1 - each for each in below]
    shares = []
    for i, own in enumerate(below):
        others = np.prod([each for j, each in enumerate(above) if j != i], axis=0) * np.ones_like(grid)
        shares.append(float(np.sum(np.diff(own) * (others[1:] + others[:-1]) / 2)))
    return shares, float(np.prod([each[-1] for each in above]))


def too_few_by_scipy(
    laws: Sequence[tuple[float, ...]], in_flight: Sequence[int], goal: int, volumes: Sequence[int]
) -> list[float]:
    """The chance of fewer than `goal` results for each of `volumes`, count by count. A law is (a, b) or (p,)."""
    entering = [max(volumes) + sum(in_flight[: step + 1]) for step in range(len(laws))]
    miss = (np.arange(entering[-1] + 1) < goal).astype(float)
    for step in range(len(laws) - 1, 0, -1):
        waiting, most = in_flight[step], entering[step - 1]
        table = chances(
            laws[step], np.arange(waiting, most + waiting + 1)[:, None], np.arange(most + waiting + 1)[None, :]
        )
        miss = table @ miss[: most + waiting + 1]
    entered = [volume + in_flight[0] for volume in volumes]
    return [float(chances(laws[0], n, np.arange(n + 1)) @ miss[: n + 1]) for n in entered]


def chances(law: tuple[float, ...], entered: np.ndarray | int, passed: np.ndarray) -> np.ndarray:
    """scipy's chance that so many pass."""
    if len(law) == 1:
        return stats.binom.pmf(passed, entered, law[0])
    a, b = law
    top = int(np.max(entered)) + 1
    whole, up, down, size = (special.gammaln(np.arange(top + 1) + shift) for shift in (1, a, b, a + b))
    left = entered - passed
    logs = whole[entered] - whole[passed] - whole[abs(left)] + up[passed] + down[abs(left)] - size[entered]
    return np.exp(np.where(left >= 0, logs - special.betaln(a, b), -np.inf))
