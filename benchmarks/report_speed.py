"""How long the whole report takes, and how it grows with the counts: `python -m benchmarks.report_speed`.

Best of some runs in one process. The workbook is already read; computing is all that is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from okrsheets.edges import templates
from okrsheets.rules.funnel.funnel import funnel_report
from okrsheets.rules.needed.needed import needed
from okrsheets.rules.report import compute
from okrsheets.words.period import quarter
from okrsheets.words.plan import CheckIns, Kpi, Stage
from okrsheets.words.snapshot import About, Snapshot

PERIOD = quarter(2026, 4)
"""The longest quarter there is, 14 weeks."""

WEEK = 9
TODAY = PERIOD.start + timedelta(days=7 * WEEK - 1)
COUNTS = (50, 200, 1000, 5000, 20_000, 100_000)
RUNS = 7

THREE_STAGES = (0.30, 0.25)
FIVE_STAGES = (0.40, 0.50, 0.50, 0.20)


def main() -> None:
    """Prints milliseconds by the count of the first step."""
    print(f"period of {PERIOD.weeks} weeks, as of week {WEEK}, best of {RUNS} runs, milliseconds")
    for title, rates, behind in (
        ("high ticket, at plan", THREE_STAGES, 1.0),
        ("high ticket, the last step at a fifth of its plan", THREE_STAGES, 0.2),
        ("five stages, at plan", FIVE_STAGES, 1.0),
        ("five stages, the last step at a fifth of its plan", FIVE_STAGES, 0.2),
    ):
        print(f"\n{title}\n{'first step':>12}{'report':>9}{'funnel':>9}{'needed':>9}{'n80':>12}")
        for count in COUNTS:
            show(count, workbook(count, rates, behind))


def show(count: int, snapshot: Snapshot) -> None:
    """One line: the whole report, and of it the funnel and what is needed."""
    answer = needed(snapshot, TODAY)
    whole, leak, need = (best(work, snapshot) for work in (compute, funnel_report, needed))
    n80 = "–" if answer is None or answer.n80 is None else f"{answer.n80}"
    print(f"{count:>12}{whole:>9.1f}{leak:>9.1f}{need:>9.1f}{n80:>12}")


def best(work: Callable[[Snapshot, date], object], snapshot: Snapshot) -> float:
    """The shortest time in milliseconds."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work(snapshot, TODAY)
        times.append(time.perf_counter() - begin)
    return 1000 * min(times)


def workbook(count: int, rates: Sequence[float], behind: float) -> Snapshot:
    """The high-ticket plan with a funnel of these rates: `count` first-step units so far, the goal twice as far."""
    plan = templates.load("high-ticket").plan("en")
    flows = stage_counts(count, [*rates[:-1], rates[-1] * behind])
    stages = tuple(Stage(f"F{n}", rate, 1) for n, rate in enumerate([*rates, None]))
    kpis = tuple(Kpi(f"F{n}", f"Stage {n}") for n in range(len(stages)))
    goal = max(10.0, 2 * sum(stage_counts(count, rates)[-1]))
    plan = replace(
        plan,
        theme=replace(plan.theme, revenue_goal=goal, price=1),
        kpis=(*plan.kpis, *kpis),
        funnel=stages,
    )
    weeks = list(PERIOD)
    values = {kpi.id: dict(zip(weeks, flow, strict=False)) for kpi, flow in zip(kpis, flows, strict=True)}
    return Snapshot(About("memory", "benchmark", "en", "en_US", PERIOD), plan, CheckIns(values=values))


def stage_counts(count: int, rates: Sequence[float]) -> list[list[float]]:
    """Weekly counts of every stage: the first evenly, each next one a week later."""
    share = [count // WEEK + (week < count % WEEK) for week in range(WEEK)]
    flows = [[float(units) for units in share]]
    for rate in rates:
        before = flows[-1]
        cumulated = [int(rate * sum(before[:week])) for week in range(WEEK + 1)]
        flows.append([float(cumulated[week] - cumulated[max(0, week - 1)]) for week in range(WEEK)])
    return flows


if __name__ == "__main__":
    main()
