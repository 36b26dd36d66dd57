"""The example that runs through docs/how-okrsheets-computes.md is what okrsheets computes."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import close, daily, day, english, reach, weekly, within, world

from okrsheets.rules.plan_check.check import check
from okrsheets.rules.report import compute
from okrsheets.words.plan import Kpi, Stage, Theme
from okrsheets.words.report import Status

PAGE = (Path(__file__).parents[2] / "docs" / "how-okrsheets-computes.md").read_text(encoding="utf-8")

NOOR = world(
    theme=Theme(revenue_goal=15000, price=1500, capacity_per_week=20),
    key_results=[reach("KR1", 0, 10, "K3", weight=2), within("KR2", 3, None, "K2")],
    kpis=[Kpi("K1", "Invitations"), Kpi("K2", "Calls"), Kpi("K3", "Clients")],
    funnel=[Stage("K1", 0.30, 1, planned_per_week=17), Stage("K2", 0.25, 2), Stage("K3")],
    values={
        "K1": [17, 16, 18, 17, 15, 17, 18, 17],
        "K2": [0, 5, 5, 6, 5, 4, 5, 5],
        "K3": [0, 0, 0, 1, 0, 1, 0, 1],
    },
    actions=[daily("A1"), weekly("A2")],
    ticks={"A1": [day(w, d) for w in range(1, 9) for d in range(4)], "A2": [day(w, 4) for w in range(1, 8)]},
)
REPORT = compute(NOOR, close(8))


def test_progress_pace_and_execution() -> None:
    (objective,) = REPORT.objectives
    clients, calls = objective.key_results
    assert (clients.score, clients.expected, clients.required_pace) == pytest.approx((0.30, 0.50, 1.4))
    assert clients.status is Status.AT_RISK
    assert (calls.score, objective.progress) == pytest.approx((7 / 13, 0.3795), abs=1e-4)
    assert clients.chance == pytest.approx(0.04, abs=0.005)
    assert (REPORT.execution.so_far.done, REPORT.execution.so_far.due) == (39, 48)
    says("= **38%**", "**54%**", "**1.4 times the planned pace**", "**39 of 48**", "a chance of **4%**")


def test_the_funnel() -> None:
    funnel = REPORT.funnel
    first, second = funnel.steps
    assert funnel.activity is not None
    says(row("invitation → call", first.converted, first.entered, first.rate, first.plan_rate, first.low, first.high))
    says(row("call → client", second.converted, second.entered, second.rate, second.plan_rate, second.low, second.high))
    says(f"{funnel.activity.done:.0f} of {funnel.activity.planned:.0f} planned | {funnel.activity.probability:.0%} |")
    says(f"| invitation → call, 35 of 118 | {first.probability:.0%} |", f"3 of 25 | **{second.probability:.0%}** |")
    says(f"| nothing is behind | {funnel.none:.0%} |", english(funnel.bottleneck.sentence))
    says(f"would bring **{second.gain:.1f}** clients more. For the invitations it is {first.gain:.1f}.")


def test_what_is_needed() -> None:
    needed = REPORT.needed
    assert needed is not None
    says(f"**{needed.sales}** to go", f"| 50% | **{needed.n50}** |", f"| 80% | **{needed.n80}** |")
    says(f"= **{needed.usable_weeks}** weeks", f"**{needed.per_week} a week**")
    says(f"with 40 more invitations the chance is **{needed.chance_at_capacity:.0%}**")
    says(f"would be {7 / (35 / 118 * 3 / 25):.0f} at Noor's own rates")


def test_the_plan() -> None:
    outcome = check(NOOR.plan, NOOR.about.period)
    says(f"make {outcome.expected_results:.1f} clients, and the chance of 10 is **{outcome.chance:.0%}**")


def row(step: str, converted: float, entered: float, *shares: float | None) -> str:
    cells = [f"{converted:.0f}", f"{entered:.0f}", *(f"{share:.0%}" for share in shares if share is not None)]
    return f"| {step} | {' | '.join(cells)} |"


def says(*parts: str) -> None:
    for part in parts:
        assert part in PAGE, part
