"""The demo: what a person sees within their first minute must hold on every day of the year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.edges import templates
from okrsheets.edges.languages import Languages, language
from okrsheets.edges.memory import MemoryStore
from okrsheets.orders import demo as demo_order
from okrsheets.orders.demo import BOXES, TEMPLATE, VALUES, demo, filled_in, period_around
from okrsheets.orders.inspect import inspect
from okrsheets.orders.sync import Outcome, SyncResult, sync
from okrsheets.words.errors import AlreadyThere
from okrsheets.words.report import Verdict

LANGUAGES = Languages()
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
TODAY = date(2026, 11, 23)


def made(store: MemoryStore, today: date = TODAY, code: str = "nl", *, force: bool = False) -> SyncResult:
    return demo(store, templates.load(TEMPLATE).plan(code), language(code), LANGUAGES, today, force=force)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_what_is_filled_in_belongs_to_the_plan(code: str) -> None:
    plan = templates.load(TEMPLATE).plan(code)
    assert set(VALUES) <= {kpi.id for kpi in plan.kpis}
    assert set(BOXES) == {action.id for action in plan.actions}
    assert demo_order.SLIP[0] in VALUES


@given(DAYS)
def test_today_is_in_the_seventh_of_thirteen_weeks(today: date) -> None:
    period = period_around(today)
    assert (period.week(today), period.weeks, today in period) == (7, 13, True)


@given(DAYS)
def test_nobody_ticks_a_box_of_tomorrow(today: date) -> None:
    filled = filled_in(period_around(today), today)
    days = [day for marks in (*filled.ticks.values(), *filled.skips.values()) for day in marks]
    assert days
    assert max(days) <= today
    assert all(week.sunday < today for values in filled.values.values() for week in values)


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("weekday", range(7))
def test_its_summary_names_the_weakest_step_on_every_day_of_the_week(weekday: int, code: str) -> None:
    store = MemoryStore("demo")
    result = made(store, TODAY + timedelta(days=weekday), code)
    assert result.outcome is Outcome.SYNCED
    assert result.report is not None
    bottleneck = result.report.funnel.bottleneck
    assert (bottleneck.verdict, bottleneck.step) in ((Verdict.LIKELY, "K2->K3"), (Verdict.CLEAR, "K2->K3"))
    assert result.report.execution.so_far.done < result.report.execution.so_far.due
    assert [len(each.ticks) for each in [inspect(store, LANGUAGES).check_ins]] == [4]


def test_one_cell_needs_a_person() -> None:
    store = MemoryStore("demo")
    made(store)
    (problem,) = inspect(store, LANGUAGES).problems
    assert problem.found == "ongeveer 12"
    assert problem.where == inspect(store, LANGUAGES).where("K1", str(list(period_around(TODAY))[4]))


def test_the_same_day_gives_the_same_workbook_and_it_is_synced() -> None:
    one, other = MemoryStore("demo"), MemoryStore("demo")
    made(one)
    made(other)
    assert one.read() == other.read()
    assert sync(one, TODAY, LANGUAGES).outcome is Outcome.UNCHANGED


def test_it_replaces_nothing_unasked() -> None:
    store = MemoryStore("demo")
    made(store)
    before = store.read()
    with pytest.raises(AlreadyThere):
        made(store)
    assert store.read() == before
    assert made(store, force=True).outcome is Outcome.SYNCED


@settings(max_examples=10, deadline=None)
@given(DAYS)
def test_it_works_on_any_day(today: date) -> None:
    assert made(MemoryStore("demo"), today).outcome is Outcome.SYNCED
