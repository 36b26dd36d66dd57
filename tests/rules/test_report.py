"""The whole report: a page of somebody's quarter, and laws that hold for every quarter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    AUTUMN,
    close,
    daily,
    day,
    days,
    done,
    english,
    flow,
    milestone,
    monthly,
    once,
    ratio,
    reach,
    stock,
    weekly,
    within,
    world,
)

from okrsheets.rules.report import compute, names_of
from okrsheets.words.message import Message, say
from okrsheets.words.plan import Objective, Plan, Pulse, Stage, Theme
from okrsheets.words.problem import Problem
from okrsheets.words.report import Report, Status, Tally, Verdict
from okrsheets.words.snapshot import Snapshot

TODAY = date(2026, 11, 23)


def trajectories() -> Snapshot:
    """Ten clients by invitation and call, eight weeks on, in the quarter of contract.md §4."""
    return world(
        period=AUTUMN,
        theme=Theme("Trajectories", revenue_goal=15000, price=1500),
        objectives=[
            Objective("O1", "Ten clients", key_results=(reach("KR1", 0, 10, "K3"), within("KR2", 30, 40, "K5"))),
            Objective("O2", "A page that sells", key_results=(milestone("KR3"), done("KR4"))),
        ],
        kpis=[flow("K1"), flow("K2"), flow("K3"), ratio("K4", "K3", "K2"), stock("K5")],
        funnel=[Stage("K1", 0.30, 1, planned_per_week=8), Stage("K2", 0.25, 1), Stage("K3")],
        actions=[
            daily("A1", feeds="K1", amount=2),
            weekly("A2"),
            once("A3", date(2026, 10, 16), key_result="KR3"),
            once("A4", date(2026, 12, 18), key_result="KR3"),
        ],
        values={
            "K2": [0, 3, 3, 3, 3, 3, 4, 5],
            "K3": [0, 0, 0, 1, 0, 1, 0, 1],
            "K5": [38, 35, 41, 40, 36, 39, 38, 40],
        },
        ticks={"A1": [box for n in range(1, 9) for box in days(n, 4, AUTUMN)], "A3": [date(2026, 10, 16)]},
    )


def test_a_page_of_a_quarter():
    report = compute(trajectories(), TODAY)
    clients, page = report.objectives
    assert (report.week, report.elapsed) == (9, pytest.approx(0.5816, abs=1e-4))
    assert [result.score for result in clients.key_results] == [0.3, pytest.approx(7 / 14)]
    assert clients.progress == pytest.approx(0.4)
    assert (clients.status, page.status) == (Status.OFF_TRACK, Status.OFF_TRACK)
    assert page.progress == 0.25
    assert report.execution.so_far == Tally(8 * 4 + 1, 8 * 5 + 8 + 1)
    assert report.execution.this_week == Tally(0, 6)
    assert [(step.entered, step.converted) for step in report.funnel.steps] == [(64 - 8, 24), (24 - 5, 3)]
    assert report.needed is not None
    assert report.needed.sales == 7
    assert [point.progress for point in report.weekly][:3] == [
        pytest.approx((0 + 1 / 14) / 2),
        pytest.approx((0 + 2 / 14) / 2),
        pytest.approx((0 + 2 / 14) / 2),
    ]
    assert len(report.weekly) == 9
    assert report.names["K1"] == "KPI K1"


def test_its_headline_answers_three_questions():
    report = compute(trajectories(), TODAY)
    where, doing, matters = report.headline
    assert english(where) == (
        "“A page that sells” stands at 25%, 58% was expected by now;"
        " from now on, 1.8 times the planned pace gets you there."
    )
    assert english(doing) == "You did 33 of 49 planned actions so far; this week: 0 of 6."
    assert report.needed is not None
    assert matters == report.needed.sentence


def test_the_headline_of_a_new_plan_and_of_a_finished_one():
    fresh = replace(trajectories(), check_ins=world().check_ins)
    assert (
        english(compute(fresh, AUTUMN.start).headline[0])
        == "Week 1 of 14 has begun; what you tick and type shows up here."
    )
    ended = [english(message) for message in compute(trajectories(), AUTUMN.end).headline]
    assert ended[0] == "The period is over: “Ten clients” ended at 40%."
    assert ended[1] == "You did 33 of 86 planned actions."


def test_problems_are_those_of_the_snapshot():
    problem = Problem(None, "about 12", say("a number"), say("Type a number."))
    assert compute(replace(trajectories(), problems=(problem,)), TODAY).problems == (problem,)


def test_an_empty_plan_has_a_report_as_well():
    report = compute(world(), day(3))
    assert (report.objectives, report.execution.so_far, report.needed) == ((), Tally(), None)
    assert report.funnel.bottleneck.verdict is Verdict.NO_FUNNEL
    assert len(report.headline) == 1


def test_names_by_id():
    plan = Plan(
        objectives=(Objective("O1", "", key_results=(reach("KR1", 0, 1),)),), kpis=(flow("K1"),), actions=(daily("A1"),)
    )
    assert names_of(plan) == {"O1": "O1", "KR1": "Reach KR1", "K1": "KPI K1", "A1": "Daily A1"}


# Laws

numbers = st.one_of(st.integers(0, 60).map(float), st.floats(-1e3, 1e3, width=32))
cells = st.lists(st.none() | numbers, max_size=13)
dates = st.dates(day(-1), day(16))
boxes = st.frozensets(dates, max_size=20)
stages = st.builds(
    Stage,
    kpi=st.just(""),
    plan_rate=st.none() | st.floats(0.01, 0.99),
    lag_weeks=st.integers(0, 4),
    in_flight=st.none() | st.integers(0, 9),
    planned_per_week=st.none() | st.integers(0, 20),
)


@st.composite
def worlds(draw: st.DrawFn) -> Snapshot:
    """A plan with something of everything, and any ledger."""
    funnel = [replace(draw(stages), kpi=id) for id in ("K1", "K2", "K3")]
    target = draw(st.none() | st.integers(-5, 40))
    return world(
        theme=Theme(
            revenue_goal=draw(st.none() | st.integers(0, 20000)),
            price=draw(st.none() | st.integers(1, 2000)),
            capacity_per_week=draw(st.none() | st.integers(0, 40)),
            days_off=tuple(draw(boxes)),
        ),
        objectives=[
            Objective("O1", "One", key_results=(reach("KR1", 0, target, "K3"), within("KR2", 3, 9, "K4", tolerance=2))),
            Objective("O2", "Two", key_results=(milestone("KR3"), done("KR4"), reach("KR5", 3, target, "K5"))),
        ],
        kpis=[flow("K1"), flow("K2"), flow("K3"), stock("K4", Pulse.MONTH), ratio("K5", "K3", "K2")],
        funnel=draw(st.sampled_from([[], funnel[1:], funnel])),
        actions=[
            daily("A1", draw(st.integers(0, 7)), feeds="K1"),
            weekly("A2"),
            monthly("A3"),
            once("A4", draw(st.none() | dates), key_result="KR3"),
        ],
        values={id: draw(cells) for id in ("K1", "K2", "K3", "K4")},
        current={"KR5": draw(numbers)},
        ticks={id: draw(boxes) for id in ("A1", "A2", "A3", "A4")},
        skips={"A1": draw(boxes)},
    )


def shares(report: Report) -> list[float | None]:
    results = [result for objective in report.objectives for result in objective.key_results]
    return [
        report.elapsed,
        report.execution.so_far.score,
        *(share for one in report.objectives for share in (one.progress, one.expected)),
        *(share for one in results for share in (one.score, one.expected, one.compliance, one.chance)),
        *(share for point in report.weekly for share in (point.progress, point.expected)),
    ]


@settings(max_examples=40, deadline=None)
@given(worlds(), dates)
def test_every_report_has_shares_and_words(snapshot, today):
    report = compute(snapshot, today)
    assert all(share is None or 0 <= share <= 1 for share in shares(report))
    assert 1 <= len(report.headline) <= 3
    assert all(isinstance(message, Message) and english(message) for message in report.headline)
    assert not [message for message in report.headline if re.search(r"[.?!] ", english(message))]


@settings(max_examples=20, deadline=None)
@given(worlds(), dates)
def test_the_same_day_gives_the_same_report(snapshot, today):
    assert compute(snapshot, today) == compute(replace(snapshot), today)


@settings(max_examples=20, deadline=None)
@given(worlds(), dates, st.integers())
def test_rows_may_be_sorted_any_way(snapshot, today, seed):
    """Sorting rows of objectives, KPIs and actions moves lines of the report, and changes none of its figures."""
    plan, shuffle = snapshot.plan, Random(seed).sample
    sorted_plan = replace(
        plan,
        objectives=tuple(shuffle(plan.objectives, len(plan.objectives))),
        kpis=tuple(shuffle(plan.kpis, len(plan.kpis))),
        actions=tuple(shuffle(plan.actions, len(plan.actions))),
    )
    one, other = compute(snapshot, today), compute(replace(snapshot, plan=sorted_plan), today)
    assert set(one.objectives) == set(other.objectives)
    assert set(one.execution.actions) == set(other.execution.actions)
    assert (one.execution.so_far, one.weekly, one.names) == (other.execution.so_far, other.weekly, other.names)
    assert (one.funnel.steps, one.funnel.bottleneck.verdict) == (other.funnel.steps, other.funnel.bottleneck.verdict)


@settings(max_examples=20, deadline=None)
@given(worlds(), st.integers(1, 12), cells)
def test_what_stands_in_later_weeks_changes_nothing(snapshot, week, later):
    today = close(week)
    ahead = world(values={"K3": [None] * week + later[: 13 - week]}).check_ins.values["K3"]
    kept = {week: value for week, value in snapshot.check_ins.values["K3"].items() if week.monday <= today}
    changed = [
        replace(snapshot, check_ins=replace(snapshot.check_ins, values={**snapshot.check_ins.values, "K3": k3}))
        for k3 in (kept, {**kept, **ahead})
    ]
    one, other = (compute(book, today) for book in changed)
    assert replace(one, snapshot=snapshot) == replace(other, snapshot=snapshot)
