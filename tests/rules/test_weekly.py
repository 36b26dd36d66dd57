"""contract.md §4, `weekly`: progress week by week, as at each week's close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import SPRING, WEDNESDAY, close, daily, day, days, done, flow, milestone, once, reach, stock, world

from okrsheets.rules.progress.objectives import objective_reports
from okrsheets.rules.progress.weekly import weekly_points
from okrsheets.words.plan import Objective, Stage


def line(today, *objectives, **ledger):
    book = world(
        objectives=[Objective(f"O{n}", "", key_results=tuple(krs)) for n, krs in enumerate(objectives)], **ledger
    )
    return weekly_points(book, today)


def test_each_week_stands_as_at_its_close():
    points = line(day(3, WEDNESDAY), [reach("A", 0, 10, "K1")], kpis=[flow("K1")], values={"K1": [1, 2, 3, 4]})
    assert [str(point.week) for point in points] == ["2026-W14", "2026-W15", "2026-W16"]
    assert [point.progress for point in points] == [0.1, pytest.approx(0.3), 0.6]
    assert [point.expected for point in points] == [pytest.approx(n / 13) for n in (1, 2, 3)]


@pytest.mark.parametrize(("today", "points"), [(day(0), 0), (day(1), 1), (close(13), 13), (day(20), 13)])
def test_one_point_for_each_week_that_has_begun(today, points):
    assert len(line(today, [reach("A", 0, 10, "K1")], kpis=[flow("K1")])) == points


def test_a_plain_mean_of_objectives_over_what_a_kpi_measures():
    points = line(
        close(1),
        [reach("A", 0, 10, "K1", weight=3), reach("B", 0, 10, "K2"), done("C", weight=50), reach("D", 0, 10)],
        [reach("E", 0, 10, "K2")],
        [milestone("F")],
        [],
        kpis=[flow("K1"), stock("K2")],
        actions=[once("A1", key_result="F")],
        ticks={"A1": [day(1)]},
        values={"K1": [4], "K2": [8]},
        done={"C": True},
        current={"D": 10},
    )
    assert points[0].progress == pytest.approx(((3 * 0.4 + 0.8) / 4 + 0.8) / 2)


def test_no_value_yet_counts_nothing():
    assert line(close(1), [reach("A", 0, 10, "K1")], kpis=[flow("K1")])[0].progress == 0


def test_nothing_measured_has_no_line():
    points = line(close(2), [done("A"), reach("B", 0, 10, "K9")], current={"B": 5})
    assert [(point.progress, point.expected) for point in points] == [(None, None)] * 2


def test_weights_that_add_up_to_nothing_have_no_line():
    points = line(close(1), [reach("A", 0, 10, "K1", weight=0)], kpis=[flow("K1")])
    assert (points[0].progress, points[0].expected) == (None, None)


def test_lags_count_in_what_is_expected():
    points = line(
        close(4),
        [reach("A", 0, 10, "K2")],
        kpis=[flow("K1"), flow("K2")],
        funnel=[Stage("K1", 0.5, 3), Stage("K2")],
    )
    assert [point.expected for point in points] == [0, 0, 0, pytest.approx(0.1)]


def test_boxes_after_today_do_not_count():
    points = line(
        day(1, WEDNESDAY),
        [reach("A", 0, 10, "K1")],
        kpis=[flow("K1")],
        actions=[daily("A1", feeds="K1")],
        ticks={"A1": days(1, 5)},
    )
    assert points[0].progress == pytest.approx(0.3)


@given(st.lists(st.none() | st.floats(-5, 5), max_size=13), st.integers(1, 13))
def test_the_last_point_is_where_the_objective_stands_on_a_sunday(cells, week):
    book = world(key_results=[reach("A", 0, 10, "K1")], kpis=[flow("K1")], values={"K1": cells})
    point, objective = weekly_points(book, close(week))[-1], objective_reports(book, close(week))[0]
    assert (point.progress, point.expected) == (objective.progress, objective.expected)
    assert weekly_points(book, SPRING.end)[: week - 1] == weekly_points(book, close(week))[:-1]
