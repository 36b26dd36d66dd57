"""The funnel's verdicts in words: counts with every claim, and no claim where there is too little."""

from __future__ import annotations

from dataclasses import replace

import pytest
from funnels import TODAY, settled
from worlds import close, english, flow, world

from okrsheets.edges.languages import language
from okrsheets.rules.funnel.funnel import funnel_report
from okrsheets.rules.wording import name_of, percentage, tidy
from okrsheets.words.message import Percent, say
from okrsheets.words.plan import Kpi, Plan, Stage
from okrsheets.words.snapshot import Snapshot

HIGH_TICKET = ("Invitation", "Call", "Client")


def called(workbook: Snapshot, *names: str) -> Snapshot:
    kpis = tuple(replace(kpi, name=name) for kpi, name in zip(workbook.plan.kpis, names, strict=True))
    return replace(workbook, plan=replace(workbook.plan, kpis=kpis))


def sentence(workbook: Snapshot) -> str:
    return english(funnel_report(workbook, TODAY).bottleneck.sentence)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((60, 24, 3), "Bottleneck: from “Call” to “Client”, 3 of 24 (plan 25%), likely."),
        ((40, 5, 2), "Bottleneck: from “Invitation” to “Call”, 5 of 40 (plan 30%), very likely."),
        ((20, 4, 1), "Bottleneck: too little data yet, 1 of 4 from “Call” to “Client”."),
        ((100, 30, 8), "No bottleneck: every step goes about as planned; more of “Invitation” helps most now."),
        ((2, 0, 0), "Bottleneck: too little data yet, 0 of 0 from “Call” to “Client”."),
        ((0, 0, 0), "Bottleneck: no step can be seen yet; it takes the first weeks of numbers."),
        (
            (10, 11, 0),
            (
                "Please check from “Invitation” to “Call”: 11 of 10 cannot be right; "
                "is a number missing, or does this step take fewer weeks than its lag says?"
            ),
        ),
        ((20.5, 4.25, 1), "Bottleneck: too little data yet, 1 of 4.2 from “Call” to “Client”."),
    ],
)
def test_what_the_counts_say(counts: tuple[float, ...], words: str) -> None:
    assert sentence(called(settled(counts, (0.30, 0.25)), *HIGH_TICKET)) == words


def test_activity_as_the_bottleneck() -> None:
    stages = [Stage("K1", 0.30, 0, planned_per_week=5), Stage("K2", 0.25, 0), Stage("K3")]
    values = {"K1": [10, 0, 0, 0, 0, 0, 0, 2], "K2": [4], "K3": [1]}
    workbook = world(kpis=[flow("K1"), flow("K2"), flow("K3")], funnel=stages, values=values)
    assert sentence(called(workbook, *HIGH_TICKET)) == (
        "Bottleneck: the volume of “Invitation”, 12 of 40 planned, very likely."
    )


def test_a_step_stays_the_bottleneck_where_the_volume_is_as_planned() -> None:
    stages = [Stage("K1", 0.30, 0, planned_per_week=5), Stage("K2", 0.25, 0), Stage("K3")]
    values = {"K1": [10, 10, 10, 10], "K2": [5], "K3": [2]}
    workbook = world(kpis=[flow("K1"), flow("K2"), flow("K3")], funnel=stages, values=values)
    assert sentence(called(workbook, *HIGH_TICKET)) == (
        "Bottleneck: from “Invitation” to “Call”, 5 of 40 (plan 30%), likely."
    )


def test_either_of_two() -> None:
    workbook = called(settled((80, 16, 8, 1), (0.35, 0.50, 0.30)), "Post", *HIGH_TICKET)
    assert sentence(workbook) == (
        "Bottleneck: from “Post” to “Invitation”, 16 of 80 (plan 35%), or from “Call” to “Client”, 1 of 8 (plan 30%); "
        "time will tell which of the two."
    )


def test_a_missing_plan_rate() -> None:
    assert sentence(called(settled((60, 24, 3), (0.30, None)), *HIGH_TICKET)) == (
        "Bottleneck: fill in the plan rate from “Call” to “Client” to compare with; so far 3 of 24."
    )


def test_no_funnel() -> None:
    assert sentence(world()) == "This plan has no funnel, so there is no bottleneck to look for."


def test_a_kpi_without_a_name_is_called_by_its_id() -> None:
    plan = Plan(kpis=(Kpi("K1", ""), Kpi("K2", "Calls")))
    assert [name_of(plan, id) for id in ("K1", "K2", "K3")] == ["K1", "Calls", "K3"]


@pytest.mark.parametrize(("count", "shown"), [(3.0, "3"), (3.04, "3"), (3.25, "3.2"), (0.1 + 0.2, "0.3"), (-1, "-1")])
def test_counts_as_people_write_them(count: float, shown: str) -> None:
    assert str(tidy(count)) == shown


@pytest.mark.parametrize(
    ("share", "decimals"),
    [(0, 0), (1, 0), (0.25, 0), (0.05, 0), (0.025, 1), (0.0025, 2), (0.97, 1), (0.999, 2), (1.3, 0), (0.0001, 2)],
)
def test_percentages_have_as_many_decimals_as_it_takes(share: float, decimals: int) -> None:
    assert percentage(share) == Percent(share, decimals)


@pytest.mark.parametrize(
    ("share", "told"), [(1e-9, "0.01%"), (0.0004, "0.04%"), (0.9996, "99.96%"), (1 - 1e-9, "99.99%")]
)
def test_a_chance_is_never_said_to_be_none_or_all(share: float, told: str) -> None:
    assert language("en").say(say("{chance}", chance=percentage(share))) == told


def test_the_sentence_is_the_same_a_day_later() -> None:
    workbook = settled((60, 24, 3), (0.30, 0.25))
    assert funnel_report(workbook, close(8)) == funnel_report(workbook, close(13))
