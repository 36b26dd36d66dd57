"""How often the verdict is wrong, and how often it finds what is: `python -m benchmarks.calibration`.

Simulates quarters of 13 weeks with the true rates known, asks for the verdict after each week as the Summary does, and
counts. Then the same for what is needed: how often the volume for an 80 % chance reaches its goal.
Prints Markdown; docs/how-okrsheets-computes.md holds what it printed. The same seed gives the same tables.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import sqrt
from random import Random

from okrsheets.rules.funnel.funnel import funnel_report
from okrsheets.rules.needed.needed import needed
from okrsheets.words.period import quarter
from okrsheets.words.plan import CheckIns, Kpi, Plan, Stage
from okrsheets.words.report import Verdict
from okrsheets.words.snapshot import About, Snapshot

PERIOD = quarter(2026, 2)
PLAN = (0.30, 0.25)
LAGS = (1, 2)
"""Weeks from invitation to call and from call to client; in the simulation each takes exactly so long."""

AT_ONCE = (0, 0)

ASKED = 6
"""The week in which is asked what is needed."""

FOUND = (Verdict.CLEAR, Verdict.LIKELY)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is really so: first-step units a week, done and planned, and the true rates. `wrong` is what is behind."""

    title: str
    done: int
    planned: int
    rates: tuple[float, float]
    wrong: str | None = None
    lags: tuple[int, int] = LAGS


TRUTHS = tuple(
    truth
    for volume, lags in ((6, AT_ONCE), (6, LAGS), (17, LAGS))
    for truth in (
        Truth("nothing is wrong", volume, volume, PLAN, None, lags),
        Truth("replies at half", volume, volume, (0.15, 0.25), "K1->K2", lags),
        Truth("closing at half", volume, volume, (0.30, 0.125), "K2->K3", lags),
        Truth("half the volume is done", volume // 2, volume, PLAN, "activity", lags),
    )
)


def main() -> None:
    """Prints the seed and the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=1000, help="simulated quarters for each line")
    asked.add_argument("--seed", type=int, default=20260330)
    given = asked.parse_args()
    print(f"Seed {given.seed}, {given.runs} quarters a line, ± {margin(given.runs):.0f} points at most.\n")
    for line in verdicts(given.runs, given.seed):
        print(line)
    print()
    for line in promises(given.runs, given.seed):
        print(line)


def margin(runs: int) -> float:
    """Two standard errors of a share of one half, in points."""
    return 100 / sqrt(runs)


def verdicts(runs: int, seed: int) -> Iterator[str]:
    """The table of verdicts, in percent of the quarters."""
    yield "| units a week | lags | what is really so | " + " | ".join(COLUMNS.values()) + " |"
    yield "|---" * (3 + len(COLUMNS)) + "|"
    for number, truth in enumerate(TRUTHS):
        random, seen = Random(seed + number), Counter[str]()
        for _ in range(runs):
            seen.update(one_quarter(truth, random))
        nothing = ("–" if truth.wrong is None and column.endswith("right") else None for column in COLUMNS)
        shares = (none or f"{100 * seen[column] / runs:.0f}%" for none, column in zip(nothing, COLUMNS, strict=True))
        lags = " and ".join(map(str, truth.lags))
        yield f"| {truth.planned} | {lags} | {truth.title} | " + " | ".join(shares) + " |"


COLUMNS = {
    "right": "right step named some time",
    "wrong": "wrong one",
    "clear right": "right, “very likely”",
    "clear wrong": "wrong one",
    "end right": "right in week 13",
    "end wrong": "wrong one",
}
"""What is counted, and how the table calls it."""


def one_quarter(truth: Truth, random: Random) -> set[str]:
    """What was named at least once in the quarter's 13 looks, and what stood there at the end."""
    workbook, seen = simulate(truth, random), set[str]()
    for week in range(1, PERIOD.weeks + 1):
        bottleneck = funnel_report(workbook, PERIOD.start + timedelta(days=7 * week - 1)).bottleneck
        if bottleneck.verdict in FOUND:
            named = "right" if bottleneck.step == truth.wrong else "wrong"
            seen.add(named)
            if bottleneck.verdict is Verdict.CLEAR:
                seen.add(f"clear {named}")
            if week == PERIOD.weeks:
                seen.add(f"end {named}")
    return seen


def simulate(truth: Truth, random: Random) -> Snapshot:
    """A quarter's weekly counts: each unit goes on or not by itself, exactly its lag later."""
    weeks = PERIOD.weeks
    first = [truth.done] * weeks
    second = [passed(random, n, truth.rates[0]) for n in delayed(first, truth.lags[0])]
    third = [passed(random, n, truth.rates[1]) for n in delayed(second, truth.lags[1])]
    return workbook([first, second, third], truth.planned, truth.lags)


def delayed(flow: Sequence[int], lag: int) -> list[int]:
    return [0] * lag + list(flow[: len(flow) - lag])


def passed(random: Random, entered: int, rate: float) -> int:
    return sum(random.random() < rate for _ in range(entered))


def workbook(
    flows: Sequence[Sequence[int]], planned: float, lags: tuple[int, int], target: float | None = None
) -> Snapshot:
    """The counts as a person types them."""
    stages = [Stage(f"K{n}", rate, lag) for n, (rate, lag) in enumerate(zip(PLAN, lags, strict=True), 1)]
    kpis = [Kpi(f"K{n}", f"Stage {n}", target=target if n == len(flows) else None) for n in range(1, len(flows) + 1)]
    plan = Plan(kpis=tuple(kpis), funnel=(replace(stages[0], planned_per_week=planned), *stages[1:], Stage("K3")))
    values = {
        kpi.id: {week: float(count) for week, count in zip(PERIOD, flow, strict=False)}
        for kpi, flow in zip(kpis, flows, strict=True)
    }
    return Snapshot(About("memory", "simulation", "en", "en_US", PERIOD), plan, CheckIns(values=values))


def promises(runs: int, seed: int) -> Iterator[str]:
    """Whether the volumes keep their promise: the true rates are drawn as the prior has them, the volume is asked for
    in week 6, sent, and everybody on the way is waited for. A volume of 0 promises nothing and is left out."""
    yield "| units a week | goal | goals reached with the volume for 50% | with that for 80% |"
    yield "|---|---|---|---|"
    for number, (volume, goal) in enumerate(((6, 5), (17, 10), (50, 25))):
        random, kept, asked = Random(seed + 100 + number), Counter[int](), Counter[int]()
        while min(asked[50], asked[80]) < runs:
            for chance, reached in one_promise(volume, goal, random).items():
                asked[chance] += 1
                kept[chance] += reached
        shares = (f"{100 * kept[chance] / asked[chance]:.0f}%" for chance in (50, 80))
        yield f"| {volume} | {goal} | " + " | ".join(shares) + " |"


def one_promise(volume: int, goal: int, random: Random) -> dict[int, bool]:
    """By chance in percent, whether its volume would have reached the goal; only where a volume was named."""
    first, second = (random.betavariate(4 * plan, 4 * (1 - plan)) for plan in PLAN)
    snapshot = simulate(Truth("", volume, volume, (first, second)), random)
    so_far = [[int(count) for count in flow.values()][:ASKED] for flow in snapshot.check_ins.values.values()]
    answer = needed(workbook(so_far, volume, LAGS, goal), PERIOD.start + timedelta(days=7 * ASKED - 1))
    if answer is None:
        return {}
    waiting = [sum(flow[ASKED - lag :]) for flow, lag in zip(so_far, LAGS, strict=False)]
    return {
        chance: passed(random, passed(random, units + waiting[0], first) + waiting[1], second) >= answer.sales
        for chance, units in ((50, answer.n50), (80, answer.n80))
        if units
    }


if __name__ == "__main__":
    main()
