"""method.md §3, §5: objectives from their key results."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import SPRING, close, day, done, flow, reach, within, world

from okrsheets.rules.progress.objectives import key_result_report, objective_reports, weighted_mean
from okrsheets.words.plan import Ambition, Objective, Stage
from okrsheets.words.report import Status

ASPIRATIONAL = Ambition.ASPIRATIONAL
WEEK_SIX = close(6)


def report(key_results, today=WEEK_SIX, **ledger):
    return objective_reports(world(key_results=key_results, **ledger), today)[0]


@pytest.mark.parametrize(("last", "reported"), [({"C": 0}, 3), ({}, 2)])
def test_the_roll_up_of_the_method(last, reported):
    """method.md §3: (w2,.4),(w1,1),(w1,0) → .45; the last one None instead of 0 → still .45, 2 of 3."""
    results = [reach("A", 0, 10, weight=2), reach("B", 0, 10), reach("C", 0, 10)]
    objective = report(results, current={"A": 4, "B": 10, **last})
    assert objective.progress == pytest.approx(0.45)
    assert (objective.reported, objective.of) == (reported, 3)
    assert (objective.id, objective.title) == ("O1", "Ten clients")


def test_an_objective_without_key_results_has_no_progress():
    objective = objective_reports(world(objectives=[Objective("O1", "Someday")]), close(3))[0]
    assert (objective.progress, objective.expected, objective.required_pace) == (None, None, None)
    assert (objective.status, objective.reported, objective.of) == (Status.NO_DATA, 0, 0)


def test_weights_that_add_up_to_nothing_give_no_progress():
    objective = report([reach("A", 0, 10, weight=0), reach("B", 0, 10, weight=-2)], current={"A": 4})
    assert (objective.progress, objective.required_pace) == (None, None)
    assert objective.status is Status.AT_RISK


def test_pace_of_an_objective_comes_from_progress_expected_and_goal_with_the_same_weights():
    """A goal of 1 and one of .7, weights 3 and 1; the second is a stage with 3 weeks of lag before it."""
    results = [reach("A", 0, 10, weight=3), reach("B", 0, 10, "K3", ambition=ASPIRATIONAL)]
    funnel = [Stage("K1", 0.3, 1), Stage("K2", 0.25, 2), Stage("K3")]
    objective = report(results, kpis=[flow("K3")], funnel=funnel, values={"K3": [2]}, current={"A": 4})
    progress, expected, goal = (3 * 0.4 + 0.2) / 4, (3 * 6 / 13 + 3 / 10) / 4, (3 + 0.7) / 4
    assert objective.progress == pytest.approx(progress)
    assert objective.expected == pytest.approx(expected)
    assert objective.required_pace == pytest.approx((goal - progress) / (goal * (1 - expected)))
    own = [(result.expected, result.required_pace) for result in objective.key_results]
    assert own == [pytest.approx((6 / 13, 0.6 / (1 - 6 / 13))), pytest.approx((0.3, (0.7 - 0.2) / (0.7 * 0.7)))]


def test_an_objective_has_the_status_of_its_weakest():
    results = [reach("A", 0, 10), reach("B", 0, 10), reach("C", 0, 10)]
    objective = report(results, current={"A": 10, "B": 1})
    assert [result.status for result in objective.key_results] == [
        Status.ACHIEVED,
        Status.OFF_TRACK,
        Status.NO_DATA,
    ]
    assert objective.status is Status.OFF_TRACK


def test_no_pace_once_the_period_is_over():
    objective = report([reach("A", 0, 10)], close(13), current={"A": 5})
    assert objective.required_pace is None
    assert objective.key_results[0].required_pace is None
    assert objective.expected == 1


def test_every_field_of_a_key_result_report():
    book = world(key_results=[reach("A", 0, 10, "K1")], kpis=[flow("K1")], values={"K1": [1, 0, 0, 1, 1, 1]})
    result = key_result_report(book, book.plan.key_results[0], close(6))
    assert (result.id, result.title, result.current, result.raw, result.score) == ("A", "Reach A", 4, 0.4, 0.4)
    assert result.expected == pytest.approx(6 / 13)
    assert result.required_pace == pytest.approx(1.1143, abs=1e-4)
    assert result.status is Status.AT_RISK
    assert result.chance == pytest.approx(0.3737, abs=1e-4)
    assert (result.in_band, result.compliance, result.regressed) == (None, None, False)


def test_a_regression_is_told():
    result = report([reach("A", 20, 50)], current={"A": 14}).key_results[0]
    assert (result.raw, result.score, result.regressed) == (-0.2, 0, True)


def test_a_kept_band_is_told():
    book = report([within("A", 1, 3, "K1")], kpis=[flow("K1")], values={"K1": [2, 5]}, today=close(2)).key_results[0]
    assert (book.in_band, book.compliance, book.current) == (False, 0.5, 7)


@pytest.mark.parametrize(
    ("parts", "mean"), [([(2, 0.4), (1, 1), (1, 0)], 0.45), ([], None), ([(0, 1)], None), ([(-1, 0), (1, 0.5)], 0.5)]
)
def test_weighted_mean(parts, mean):
    assert weighted_mean(parts) == (mean if mean is None else pytest.approx(mean))


ledger = st.fixed_dictionaries({"A": st.floats(-50, 50), "B": st.floats(-50, 50)}, optional={"C": st.floats(-50, 50)})


@given(ledger, st.tuples(st.floats(0, 9), st.floats(0, 9), st.floats(0, 9)), st.integers(-10, 110), st.integers())
def test_shares_stay_shares_and_rows_may_come_in_any_order(current, weights, offset, seed):
    results = [reach(id, 0, 10, weight=weight) for id, weight in zip("ABC", weights, strict=True)]
    results.append(done("D"))
    today = day(1, offset, SPRING)
    objective = report(results, today, current=current)
    for share in (objective.progress, objective.expected, *(result.score for result in objective.key_results)):
        assert share is None or 0 <= share <= 1
    shuffled = list(results)
    Random(seed).shuffle(shuffled)
    again = report(shuffled, today, current=current)
    assert replace(again, key_results=()) == replace(objective, key_results=())
    assert set(again.key_results) == set(objective.key_results)
