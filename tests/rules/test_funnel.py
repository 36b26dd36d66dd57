"""The funnel from a workbook's weeks: who entered, who went on, since when, and the verdict (method.md §8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from funnels import LOOK, TODAY, settled
from hypothesis import given
from hypothesis import strategies as st
from worlds import AUTUMN, SPRING, close, day, days, flow, world

from okrsheets.rules.funnel.funnel import funnel_report, jeffreys
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, CheckIns, Plan, Pulse, Stage
from okrsheets.words.report import FunnelReport, Verdict
from okrsheets.words.snapshot import Snapshot

STAGES = (Stage("K1", 0.30, 1), Stage("K2", 0.25, 2), Stage("K3"))
KPIS = (flow("K1"), flow("K2"), flow("K3"))


def counts(report: FunnelReport) -> list[tuple[float, float]]:
    return [(step.entered, step.converted) for step in report.steps]


@pytest.mark.parametrize(
    ("id", "stages", "plans", "verdict", "step", "also"),
    [
        ("A", (60, 24, 3), (0.30, 0.25), Verdict.LIKELY, "K2->K3", None),
        ("B", (20, 4, 1), (0.30, 0.25), Verdict.NOT_ENOUGH_DATA, None, None),
        ("C", (40, 5, 2), (0.30, 0.25), Verdict.CLEAR, "K1->K2", None),
        ("D", (100, 30, 8), (0.30, 0.25), Verdict.NONE, None, None),
        ("G", (80, 16, 8, 1), (0.35, 0.50, 0.30), Verdict.EITHER, "K1->K2", "K3->K4"),
    ],
)
def test_the_verdicts_of_method_8(
    id: str, stages: tuple[int, ...], plans: tuple[float, ...], verdict: Verdict, step: str | None, also: str | None
) -> None:
    report = funnel_report(settled(stages, plans), TODAY)
    bottleneck = report.bottleneck
    assert (bottleneck.verdict, bottleneck.step, bottleneck.also) == (verdict, step, also), id
    assert counts(report) == list(pairwise(stages))


def test_verdict_e_of_method_8() -> None:
    """12 of the 40 that were planned by week 8; a week earlier 10 of 35."""
    stages = [Stage("K1", 0.30, 0, planned_per_week=5), Stage("K2", 0.25, 0), Stage("K3")]
    values = {"K1": [10, 0, 0, 0, 0, 0, 0, 2], "K2": [4], "K3": [1]}
    report = funnel_report(world(kpis=KPIS, funnel=stages, values=values), close(8))
    assert (report.bottleneck.verdict, report.bottleneck.step) == (Verdict.CLEAR, "activity")
    assert report.activity is not None
    assert report.activity.probability == pytest.approx(0.9030, abs=6e-5)
    assert [step.probability for step in report.steps] == pytest.approx([0.0054, 0.0916], abs=6e-5)


@pytest.mark.parametrize(
    ("converted", "entered", "low", "high"),
    [(3, 24, 0.0604, 0.2325), (24, 60, 0.3222, 0.4825), (0, 15, 0.0005, 0.0849), (1, 4, 0.0753, 0.5685)],
)
def test_the_intervals_of_method_8(converted: int, entered: int, low: float, high: float) -> None:
    assert jeffreys(entered, converted, 0.1) == pytest.approx(low, abs=6e-5)
    assert jeffreys(entered, converted, 0.9) == pytest.approx(high, abs=6e-5)


@pytest.mark.parametrize(("entered", "converted"), [(0, 0), (0, 3), (-2, 0), (4, 5), (4, -1)])
def test_no_interval_without_contacts_or_with_impossible_counts(entered: float, converted: float) -> None:
    assert jeffreys(entered, converted, 0.1) is None


def test_a_step_counts_who_had_the_time_to_go_on() -> None:
    """K1 has a lag of 1 week, K2 of 2: as of week 4 the calls of weeks 1 and 2 could have led to a client."""
    values = {"K1": [10, 11, 12, 13], "K2": [1, 2, 3, 4], "K3": [0, 0, 1, 1]}
    report = funnel_report(world(kpis=KPIS, funnel=STAGES, values=values), close(4))
    assert counts(report) == [(33, 10), (3, 2)]
    assert [step.rate for step in report.steps] == pytest.approx([10 / 33, 2 / 3])
    assert [step.plan_rate for step in report.steps] == [0.30, 0.25]


def test_weeks_after_today_do_not_count_and_a_missing_week_counts_zero() -> None:
    values = {"K1": [10, None, 12, 13, 99], "K2": [1, 2, None, 4, 99], "K3": [0, 0, 1, None, 99]}
    workbook = world(kpis=KPIS, funnel=STAGES, values=values)
    assert counts(funnel_report(workbook, day(4))) == [(22, 7), (3, 1)]


def test_the_last_week_with_any_value_is_the_one_that_is_looked_at() -> None:
    """In week 6 nothing is typed after week 3: the counts are those of week 3, not of a standstill."""
    values = {"K1": [10, 10, 10], "K2": [3, 3, 3], "K3": [0, 0, 1]}
    workbook = world(kpis=KPIS, funnel=STAGES, values=values)
    assert funnel_report(workbook, close(6)) == funnel_report(workbook, close(3))
    assert counts(funnel_report(workbook, close(6))) == [(20, 9), (3, 1)]


def test_values_outside_of_the_period_do_not_count() -> None:
    inside = {Week(SPRING.start): 10.0}
    outside = {Week(SPRING.start - timedelta(days=7)): 50.0, Week(SPRING.end + timedelta(days=1)): 50.0}
    workbook = world(kpis=KPIS, funnel=STAGES)
    workbook = replace(workbook, check_ins=CheckIns(values={"K1": inside | outside}))
    report = funnel_report(workbook, date(2027, 1, 1))
    assert counts(report) == [(0, 0), (0, 0)]


def test_ticks_feed_the_first_step() -> None:
    doing = Action("A1", "Invite", feeds="K1", amount=4)
    workbook = world(
        kpis=KPIS, funnel=STAGES, actions=[doing], ticks={"A1": days(1, 5) + days(2, 3)}, values={"K2": [0, 4]}
    )
    assert counts(funnel_report(workbook, close(2)))[0] == (20, 4)


def test_typed_parts_and_corrections_add_up() -> None:
    values = {"K1": [0.1] * 3 + [0.0] * 5, "K2": [0, 0.4, -0.1, 0, 0, 0, 0, 0], "K3": [0.0] * 8}
    report = funnel_report(world(kpis=KPIS, funnel=STAGES, values=values), close(8))
    assert counts(report)[0] == (pytest.approx(0.3), pytest.approx(0.3))
    assert report.bottleneck.verdict is not Verdict.INCONSISTENT
    assert report.none is not None


def test_no_value_yet_pretends_nothing() -> None:
    report = funnel_report(world(kpis=KPIS, funnel=[replace(STAGES[0], planned_per_week=10), *STAGES[1:]]), close(5))
    assert report.bottleneck.verdict is Verdict.NOT_ENOUGH_DATA
    assert report.activity is None
    assert report.none is None
    assert [(s.entered, s.rate, s.low, s.high, s.probability, s.gain) for s in report.steps] == [(0, *[None] * 5)] * 2


def test_before_the_period_there_is_nothing_to_see() -> None:
    workbook = world(kpis=KPIS, funnel=STAGES, values={"K1": [10]})
    assert counts(funnel_report(workbook, SPRING.start - timedelta(days=3))) == [(0, 0), (0, 0)]


@pytest.mark.parametrize("stages", [(), STAGES[:1]])
def test_fewer_than_two_stages_are_no_funnel(stages: tuple[Stage, ...]) -> None:
    report = funnel_report(world(kpis=KPIS, funnel=stages, values={"K1": [5]}), close(2))
    assert (report.steps, report.activity, report.none) == ((), None, None)
    assert report.bottleneck.verdict is Verdict.NO_FUNNEL


def test_a_stage_whose_kpi_is_gone_is_an_empty_one() -> None:
    workbook = world(kpis=KPIS[:2], funnel=STAGES, values={"K1": [30] * 5, "K2": [3] * 5})
    assert counts(funnel_report(workbook, close(5))) == [(120, 15), (9, 0)]


@pytest.mark.parametrize(
    ("stages", "step"),
    [((10, 11, 2), "K1->K2"), ((10, 4, 5), "K2->K3"), ((10, -1, 0), "K1->K2"), ((-5, -5, 0), "K1->K2")],
)
def test_counts_that_cannot_be_are_named(stages: tuple[int, ...], step: str) -> None:
    report = funnel_report(settled(stages, (0.3, 0.25), planned=10), TODAY)
    assert (report.bottleneck.verdict, report.bottleneck.step) == (Verdict.INCONSISTENT, step)
    assert all(each.probability is None and each.gain is None for each in report.steps)
    assert report.none is None
    assert report.activity is not None
    assert report.activity.probability is None


def test_a_hair_of_rounding_is_not_impossible() -> None:
    """Three times 0.3 adds up to a little less than 0.9."""
    workbook = world(kpis=KPIS, funnel=[Stage("K1", 0.30, 0), Stage("K2")], values={"K1": [0.3] * 3, "K2": [0.9]})
    report = funnel_report(workbook, close(3))
    assert report.steps[0].entered < report.steps[0].converted
    assert report.bottleneck.verdict is not Verdict.INCONSISTENT


def test_in_a_week_before_the_lag_nobody_has_had_the_time() -> None:
    workbook = world(kpis=KPIS, funnel=[Stage("K1", 0.30, 3), Stage("K2")], values={"K1": [10]})
    assert counts(funnel_report(workbook, close(1))) == [(0, 0)]


def test_impossible_counts_come_before_a_missing_plan_rate() -> None:
    assert funnel_report(settled((10, 11, 2), (None, None)), TODAY).bottleneck.verdict is Verdict.INCONSISTENT


@pytest.mark.parametrize(
    ("plans", "step"), [((None, 0.25), "K1->K2"), ((0.3, None), "K2->K3"), ((0, 0.25), "K1->K2"), ((0.3, 30), "K2->K3")]
)
def test_without_a_plan_rate_there_is_no_reference(plans: tuple[float | None, ...], step: str) -> None:
    report = funnel_report(settled((60, 24, 3), plans), TODAY)
    assert (report.bottleneck.verdict, report.bottleneck.step) == (Verdict.NO_REFERENCE, step)
    assert report.steps[1].low == pytest.approx(0.0604, abs=6e-5)
    assert [each.probability for each in report.steps] == [None, None]


def test_a_plan_rate_of_all_can_be_compared_with() -> None:
    report = funnel_report(settled((60, 24, 6), (1.0, 0.25)), TODAY)
    assert (report.bottleneck.verdict, report.bottleneck.step) == (Verdict.CLEAR, "K1->K2")
    assert report.steps[0].plan_rate == 1.0


def test_one_week_alone_gives_no_verdict() -> None:
    """Lags of 0, so that all of week 1 counts: striking, but nothing came before it. In week 2 it did."""
    stages = [Stage("K1", 0.30, 0), Stage("K2", 0.25, 0), Stage("K3")]
    values = {"K1": [400, 0], "K2": [20, 0], "K3": [5, 0]}
    report = funnel_report(world(kpis=KPIS, funnel=stages, values=values), close(1))
    assert report.steps[0].probability == pytest.approx(1, abs=1e-3)
    assert report.bottleneck.verdict is Verdict.NOT_ENOUGH_DATA
    again = funnel_report(world(kpis=KPIS, funnel=stages, values=values), close(2))
    assert again.bottleneck.verdict is Verdict.CLEAR


def test_the_week_before_must_agree() -> None:
    """The calls of week 8 are typed late: as of week 7 the invitations seemed to lead nowhere, now they do."""
    values = {"K1": [10] * 6 + [0, 0], "K2": [1] * 7 + [14], "K3": [0, 0, 0, 0, 1, 0, 1, 0]}
    workbook = world(kpis=KPIS, funnel=STAGES, values=values)
    assert funnel_report(workbook, close(7)).bottleneck.verdict is Verdict.LIKELY
    assert funnel_report(workbook, close(8)).bottleneck.verdict is Verdict.NOT_ENOUGH_DATA


def test_impossible_counts_a_week_ago_are_no_second_opinion() -> None:
    values = {"K1": [40, 0, 0], "K2": [41, -36, 0]}
    workbook = world(kpis=KPIS, funnel=[STAGES[0], Stage("K2")], values=values)
    assert funnel_report(workbook, close(2)).bottleneck.verdict is Verdict.NOT_ENOUGH_DATA
    assert funnel_report(workbook, close(3)).bottleneck.verdict is Verdict.CLEAR


@pytest.mark.parametrize(("planned", "attainment"), [(40, 0.3), (10, 1.2), (12, 1.0)])
def test_activity_is_done_against_planned_so_far(planned: float, attainment: float) -> None:
    activity = funnel_report(settled((12, 4, 1), (0.3, 0.25), planned=planned), TODAY).activity
    assert activity is not None
    assert (activity.done, activity.planned) == (12, pytest.approx(planned))
    assert activity.attainment == pytest.approx(attainment)


@pytest.mark.parametrize("planned", [None, 0, -8])
def test_without_planned_volume_activity_is_no_candidate(planned: float | None) -> None:
    report = funnel_report(settled((12, 4, 1), (0.3, 0.25), planned=planned), TODAY)
    assert report.activity is None


def test_no_activity_at_all_is_the_bottleneck() -> None:
    report = funnel_report(settled((0, 0, 0), (0.3, 0.25), planned=40), TODAY)
    assert (report.bottleneck.verdict, report.bottleneck.step) == (Verdict.CLEAR, "activity")
    assert report.activity is not None
    assert report.activity.probability == 1


def test_a_month_is_spread_over_its_weeks() -> None:
    """AUTUMN's October is five weeks (W40 to W44), entered in the fifth. Lag 1: four fifths could have gone on."""
    monthly = [flow("K1"), flow("K2", Pulse.MONTH), flow("K3")]
    stages = [Stage("K1", 0.30, 1, planned_per_week=10), Stage("K2", 0.25, 1), Stage("K3")]
    values = {"K1": [10] * 7, "K2": [None] * 4 + [15], "K3": [0, 0, 1, 1, 1, 3, 3]}
    workbook = world(period=AUTUMN, kpis=monthly, funnel=stages, values=values)
    report = funnel_report(workbook, close(7, AUTUMN))
    assert counts(report) == [(40, 15), (pytest.approx(12), 3)]
    assert report.activity is not None
    assert report.activity.attainment == 1


def test_a_funnel_waits_for_the_first_month() -> None:
    """In week 4 the month's sales are still to come: that they are 0 so far says nothing."""
    monthly = [flow("K1"), flow("K2"), flow("K3", Pulse.MONTH)]
    values = {"K1": [20] * 4, "K2": [6] * 4}
    workbook = world(period=AUTUMN, kpis=monthly, funnel=STAGES, values=values)
    report = funnel_report(workbook, close(4, AUTUMN))
    assert report.bottleneck.verdict is Verdict.NOT_ENOUGH_DATA
    assert report.none is None


def test_a_negative_lag_is_none() -> None:
    stages = [Stage("K1", 0.3, -3), Stage("K2", 0.25, 0), Stage("K3")]
    values = {"K1": [10, 10], "K2": [3, 3], "K3": [1, 1]}
    assert counts(funnel_report(world(kpis=KPIS, funnel=stages, values=values), close(2))) == [(20, 6), (6, 2)]


@given(st.permutations(range(3)), st.permutations(range(LOOK)))
def test_the_order_of_rows_and_of_cells_does_not_matter(rows: list[int], cells: list[int]) -> None:
    workbook = settled((60, 24, 3), (0.30, 0.25), planned=70)
    plan = replace(workbook.plan, kpis=tuple(workbook.plan.kpis[row] for row in rows))
    weeks = list(SPRING)
    values = {kpi: {weeks[cell]: own[weeks[cell]] for cell in cells} for kpi, own in workbook.check_ins.values.items()}
    shuffled = replace(
        workbook, plan=plan, check_ins=CheckIns(values={f"K{row + 1}": values[f"K{row + 1}"] for row in rows})
    )
    assert funnel_report(shuffled, TODAY) == funnel_report(workbook, TODAY)


def test_language_and_kind_of_workbook_do_not_matter() -> None:
    workbook = settled((60, 24, 3), (0.30, 0.25))
    dutch = replace(workbook, about=replace(workbook.about, kind="google", language="nl", locale="nl_NL"))
    assert funnel_report(dutch, TODAY) == funnel_report(workbook, TODAY)


@given(st.lists(st.floats(-50, 5000), min_size=0, max_size=13), st.lists(st.floats(-5, 500), max_size=13), st.data())
def test_whatever_a_person_types_there_is_a_report(
    first: list[float], second: list[float], data: st.DataObject
) -> None:
    plan = data.draw(st.none() | st.floats(0, 1))
    stages = [Stage("K1", plan, data.draw(st.integers(0, 15))), Stage("K2")]
    workbook = world(kpis=KPIS, funnel=stages, values={"K1": first, "K2": second})
    report = funnel_report(workbook, close(data.draw(st.integers(1, 13))))
    shares = [report.none, *(step.probability for step in report.steps)]
    assert all(share is None for share in shares) or sum(filter(None, shares)) == pytest.approx(1, abs=1e-7)
    assert report.bottleneck.sentence.text


def test_the_plan_alone_decides_where_the_funnel_is() -> None:
    """A snapshot without any KPI in its plan still has an answer."""
    report = funnel_report(Snapshot(world().about, Plan(funnel=STAGES)), TODAY)
    assert counts(report) == [(0, 0), (0, 0)]
