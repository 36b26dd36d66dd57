"""The Summary's first lines: true, short, counting, never shaming."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import SPRING, TUESDAY, WEDNESDAY, close, day, done, english, flow, reach, stock, within, world

from okrsheets.rules.headline.headline import am_i_doing_it, headline, what_matters_now
from okrsheets.rules.headline.where_am_i import where_am_i
from okrsheets.rules.progress.objectives import objective_reports
from okrsheets.words.message import say
from okrsheets.words.plan import Objective
from okrsheets.words.report import Bottleneck, Execution, FunnelReport, Needed, Tally, Verdict

ALARM = ("behind", "times", "first.", "only", "fail")


def where(today, *objectives, **ledger):
    book = world(objectives=[Objective(id, title, key_results=tuple(krs)) for id, title, krs in objectives], **ledger)
    return english(where_am_i(book, today, objective_reports(book, today)))


CLIENTS = ("O1", "Ten clients", [reach("KR1", 0, 10)])


@pytest.mark.parametrize(
    ("today", "value", "said"),
    [
        (day(0), None, "The period starts on 2026-03-30; nothing is due yet."),
        (day(1), None, "Week 1 of 13 has begun; what you tick and type shows up here."),
        (day(2), None, "No number has been entered yet; the first one shows you here where you stand."),
        (close(13), None, "The period is over and no number was entered, so there is nothing to say about progress."),
        (day(1), 0, "Week 1 of 13 has begun; what you tick and type shows up here."),
        (day(1), 1, "Week 1 of 13 has begun; “Ten clients” stands at 10%."),
        (close(6), 10, "All objectives are reached, in week 6 of 13."),
        (close(6), 5, "You are on track: “Ten clients” stands at 50%, 46% was expected by now."),
        (
            close(6),
            2,
            (
                "“Ten clients” stands at 20%, 46% was expected by now; "
                "from now on, 1.5 times the planned pace gets you there."
            ),
        ),
        (close(12), 2, "“Ten clients” stands at 20%, 92% was expected by now; look at “Reach KR1” first."),
        (close(13), 9, "The period is over: “Ten clients” ended at 90%."),
        (day(20), 10, "The period is over: you reached 1 of 1 key result, and “Ten clients” ended at 100%."),
    ],
)
def test_where_am_i(today, value, said):
    assert where(today, CLIENTS, current={} if value is None else {"KR1": value}) == said


@pytest.mark.parametrize("objectives", [[], [("O1", "Someday", [])]])
def test_without_key_results_it_asks_for_the_first(objectives):
    assert where(day(3), *objectives) == "No key result counts yet: with the first one this page starts to count."


def test_an_objective_whose_key_results_weigh_nothing_has_no_progress_to_speak_of():
    idle = ("O2", "Someday", [replace(reach("KR2", 0, 10), weight=0)])
    assert where(close(6), idle, current={"KR2": 1}).startswith("No key result counts yet")
    assert where(close(6), idle, CLIENTS, current={"KR1": 5, "KR2": 1}).startswith("You are on track: “Ten clients”")


def test_it_speaks_of_the_objective_that_asks_most():
    fitness = ("O2", "Fit", [reach("KR2", 0, 10)])
    said = where(close(6), CLIENTS, fitness, ("O3", "Someday", []), current={"KR1": 5, "KR2": 2})
    assert said.startswith("“Fit” stands at 20%")
    said = where(close(6), fitness, CLIENTS, current={"KR1": 1, "KR2": 2})
    assert said.startswith("“Ten clients” stands at 10%")


FIT = ("O2", "Fit", [reach("KR2", 0, 10)])


def test_one_that_is_reached_is_not_all():
    said = where(close(6), CLIENTS, FIT, current={"KR1": 10, "KR2": 5})
    assert said == "You are on track: “Fit” stands at 50%, 46% was expected by now."


def test_one_number_is_enough_to_speak():
    assert where(close(6), CLIENTS, FIT, current={"KR2": 6}).startswith("You are on track where there are numbers")


@pytest.mark.parametrize("objectives", [(CLIENTS, FIT), (FIT, CLIENTS)])
def test_in_week_one_and_in_the_end_it_speaks_of_the_one_that_came_furthest(objectives):
    current = {"KR1": 3, "KR2": 2}
    assert where(day(1), *objectives, current=current) == "Week 1 of 13 has begun; “Ten clients” stands at 30%."
    assert where(close(13), *objectives, current=current).endswith("“Ten clients” ended at 30%.")


@pytest.mark.parametrize(("pace", "said"), [(1.5, "1.5 times"), (2.9, "2.9 times"), (3.1, "look at “Reach KR1” first")])
def test_a_pace_is_said_where_it_helps(pace, said):
    value = 10 * (1 - pace * (1 - 10 / 13))
    assert said in where(close(10), CLIENTS, current={"KR1": value})


def test_a_band_that_is_not_kept_is_named_where_the_pace_is_no_help():
    objective = ("O1", "Balance", [within("KR1", 0, 40, "K1"), reach("KR2", 0, 10)])
    said = where(close(3), objective, kpis=[stock("K1")], values={"K1": [30, 50, 50]}, current={"KR2": 9})
    assert said == "“Balance” stands at 49%, as expected or better; look at “Keep KR1” first."


def test_a_number_that_is_missing_is_named():
    objective = ("O1", "Balance", [reach("KR1", 0, 10, "K1"), reach("KR2", 0, 10)])
    said = where(close(3), objective, kpis=[flow("K1")], current={"KR2": 9})
    assert said == "You are on track where there are numbers; “Reach KR1” has none yet."


def test_a_number_that_has_gone_quiet_is_named_with_its_week():
    objective = ("O1", "Balance", [reach("KR1", 0, 10, "K1"), done("KR2")])
    said = where(close(5), objective, kpis=[flow("K1")], values={"K1": [1, 9]}, done={"KR2": True})
    assert said.startswith("All")
    said = where(close(5), objective, kpis=[flow("K1")], values={"K1": [1, 7]}, done={"KR2": True})
    assert said == "“Balance” stands at 90%; the last number for “Reach KR1” is from the week of 2026-04-06."


def test_a_row_without_a_title_is_called_by_its_id():
    assert "“O1”" in where(close(6), ("O1", "", [reach("KR1", 0, 10)]), current={"KR1": 5})


@given(st.floats(-100, 100), st.integers(0, 6))
def test_week_one_never_alarms(value, weekday):
    period = type(SPRING)(SPRING.start, 2)
    said = where(day(1, weekday), CLIENTS, current={"KR1": value}, period=period)
    assert not any(word in said for word in ALARM)


def test_a_period_of_one_week_ends():
    period = type(SPRING)(SPRING.start, 1)
    assert where(close(1), CLIENTS, current={"KR1": 5}, period=period).startswith("The period is over")


@pytest.mark.parametrize(
    ("so_far", "now", "over", "said"),
    [
        (Tally(41, 53), Tally(5, 7), False, "You did 41 of 53 planned actions so far; this week: 5 of 7."),
        (Tally(41, 53), Tally(), False, "You did 41 of 53 planned actions so far."),
        (Tally(53, 53), Tally(5, 7), False, "You did all that you planned so far: 53 of 53 actions."),
        (Tally(1, 1), Tally(5, 7), False, "You did all that you planned so far: 1 of 1 action."),
        (Tally(41, 53), Tally(5, 7), True, "You did 41 of 53 planned actions."),
        (Tally(1, 1), Tally(), True, "You did 1 of 1 planned action."),
        (Tally(0, 53), Tally(), True, None),
        (Tally(0, 53), Tally(0, 7), False, "Nothing has been ticked yet; 7 actions wait for you this week."),
        (Tally(0, 5), Tally(0, 1), False, "Nothing has been ticked yet; 1 action waits for you this week."),
        (Tally(0, 53), Tally(), False, "Nothing has been ticked yet."),
        (Tally(), Tally(2, 7), False, "This week: 2 of 7."),
        (Tally(), Tally(), False, None),
        (Tally(), Tally(), True, None),
    ],
)
def test_am_i_doing_what_i_planned(so_far, now, over, said):
    message = am_i_doing_it(Execution((), so_far, now), over=over)
    assert (message and english(message)) == said


def funnel(verdict):
    return FunnelReport((), None, None, Bottleneck(verdict, sentence=say("The funnel says this.")))


def need(feasible=None):
    return Needed(7, 113, 206, 42, "measured", 5, None, feasible, None, say("You need 42 a week."))


FUNNEL, NEED = "The funnel says this.", "You need 42 a week."


@pytest.mark.parametrize(
    ("verdict", "needed", "today", "said"),
    [
        (Verdict.CLEAR, need(), day(5), FUNNEL),
        (Verdict.LIKELY, need(), day(5), FUNNEL),
        (Verdict.EITHER, need(), day(5), FUNNEL),
        (Verdict.INCONSISTENT, need(), day(5), FUNNEL),
        (Verdict.NONE, need(), day(5), NEED),
        (Verdict.NOT_ENOUGH_DATA, need(), day(1), NEED),
        (Verdict.NOT_ENOUGH_DATA, need(feasible=True), day(0), NEED),
        (Verdict.NOT_ENOUGH_DATA, need(feasible=False), day(1, TUESDAY), FUNNEL),
        (Verdict.NO_REFERENCE, need(feasible=False), day(2), NEED),
        (Verdict.NONE, None, day(5), FUNNEL),
        (Verdict.NONE, need(), close(13), FUNNEL),
        (Verdict.NOT_ENOUGH_DATA, need(), close(13), None),
        (Verdict.NO_REFERENCE, None, close(13), None),
        (Verdict.NO_REFERENCE, None, day(13), FUNNEL),
        (Verdict.NO_FUNNEL, None, day(5), None),
    ],
)
def test_what_matters_now(verdict, needed, today, said):
    message = what_matters_now(funnel(verdict), needed, SPRING, today)
    assert (message and english(message)) == said


def test_at_most_three_sentences_and_none_that_is_empty():
    book = world(key_results=[reach("KR1", 0, 10)], current={"KR1": 5})
    objectives = objective_reports(book, day(6, WEDNESDAY))
    some = headline(book, day(6), objectives, Execution((), Tally(1, 2), Tally()), funnel(Verdict.NONE), need())
    assert [english(message) for message in some] == [
        "You are on track: “Ten clients” stands at 50%, 42% was expected by now.",
        "You did 1 of 2 planned actions so far.",
        NEED,
    ]
    few = headline(book, day(6), objectives, Execution((), Tally(), Tally()), funnel(Verdict.NO_FUNNEL), None)
    assert len(few) == 1
