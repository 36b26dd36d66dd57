"""The weekly letter: true, short, warm, never shaming; and the boxes of the week with their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    FRIDAY,
    MONDAY,
    SPRING,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    average,
    close,
    daily,
    day,
    days,
    flow,
    monthly,
    once,
    ratio,
    stock,
    weekly,
    within,
    world,
)

from okrsheets.edges.languages import language
from okrsheets.rules.digest.boxes import open_boxes
from okrsheets.rules.digest.brought import planned_for_a_week
from okrsheets.rules.digest.digest import digest, weeks_of
from okrsheets.rules.digest.letter import BOX, LONGEST_LINE, letter, reminder, short
from okrsheets.rules.report import compute
from okrsheets.words.period import Week
from okrsheets.words.plan import Cadence, Kpi, KpiKind, Stage, Theme
from okrsheets.words.problem import Problem

ENGLISH = language("en")
A_SCREEN = 25
"""Lines of a phone, the subject included."""
SHAME = ("fail", "only", "behind", "should", "must", "missed", "disappoint", "bad", "sorry", "!!")


def contents(today, *, on=None, **ledger):
    return digest(compute(world(**ledger), today), on or today)


def letter_of(today, **ledger):
    return letter(contents(today, **ledger), ENGLISH)


def first_line(today, **ledger):
    return letter_of(today, **ledger).paragraphs[0][0]


def proposed(today, *actions, week=None, **ledger):
    found = open_boxes(world(actions=actions, **ledger), week or weeks_of(today)[1], today)
    return {boxes.action.id: (boxes.left, [(each - SPRING.start).days % 7 for each in boxes.days]) for boxes in found}


@pytest.mark.parametrize(("weekday", "behind"), [(MONDAY, 3), (WEDNESDAY, 3), (THURSDAY, 4), (FRIDAY, 4), (SUNDAY, 4)])
def test_a_letter_looks_back_on_the_week_that_is_nearly_or_just_over(weekday, behind):
    last, coming = weeks_of(day(4, weekday))
    assert (last, coming) == (Week.of(day(behind)), Week.of(day(behind + 1)))


A_GOOD_WEEK = {"actions": [daily("A1"), weekly("A2", 2)], "ticks": {"A1": days(3, 5), "A2": [day(3, 1)]}}


@pytest.mark.parametrize(
    ("today", "ledger", "said"),
    [
        (
            close(3),
            A_GOOD_WEEK,
            "You did 6 of 7 planned actions in week 3; “Daily A1” went best, 5 of 5.",
        ),
        (
            close(3),
            {"actions": [daily("A1")], "ticks": {"A1": days(3, 5)}},
            "You did all that you planned in week 3: 5 of 5. Well done!",
        ),
        (
            close(3),
            {"actions": [daily("A1")], "ticks": {"A1": days(3, 2)}},
            "You did 2 of 5 planned actions in week 3.",
        ),
        (
            close(3),
            {"actions": [daily("A1"), daily("A2", 2)], "ticks": {"A1": days(3, 5), "A2": days(3, 1)}},
            "You did 6 of 7 planned actions in week 3; “Daily A1” went best, 5 of 5.",
        ),
        (
            close(3),
            {"actions": [daily("A1")]},
            "No boxes ticked in week 3. Some weeks go like that; the next one is new.",
        ),
        (day(3, FRIDAY), {"actions": [daily("A1")]}, "No boxes ticked in week 3 yet, and there is still time."),
        (
            close(13),
            {"actions": [daily("A1")]},
            "No boxes ticked in week 13; what counts is the whole period.",
        ),
        (close(3), {}, "Week 3 was free: nothing was planned."),
        (close(0), {"actions": [daily("A1")]}, "Your plan is ready; the first week begins on Monday 30 March."),
        (day(1, TUESDAY), {"actions": [daily("A1")]}, "Your plan is ready, and its first week has begun."),
        (day(-4), {"actions": [daily("A1")]}, "The period starts on Mar 30, 2026; nothing is due yet."),
    ],
)
def test_what_was_done(today, ledger, said):
    assert first_line(today, **ledger) == said


def test_of_two_that_went_as_well_the_one_with_more_ticks_is_named():
    ledger = {
        "actions": [weekly("A1"), daily("A2"), daily("A3")],
        "ticks": {"A1": [day(3)], "A2": days(3, 5), "A3": days(3, 1)},
    }
    assert "“Daily A2” went best, 5 of 5" in first_line(close(3), **ledger)


def test_a_late_letter_is_about_the_week_it_was_meant_for():
    late = contents(day(4, THURSDAY), on=day(4, WEDNESDAY), **A_GOOD_WEEK)
    assert (late.behind, late.done.done) == (Week.of(day(3)), 6)


THREE = {
    "kpis": [flow("K1"), stock("K2"), average("K3")],
    "values": {"K1": [3, 4], "K2": [100, None], "K3": [2.5, 3.5]},
}


def test_what_the_week_brought_is_what_is_known():
    found = contents(close(2), **THREE)
    assert [(each.kpi.id, each.value, each.plan) for each in found.brought] == [("K1", 4, None), ("K3", 3.5, None)]


@pytest.mark.parametrize(
    ("kpi", "plan"),
    [
        (Kpi("K1", "Sent", target=130), 10),
        (Kpi("K1", "Followers", KpiKind.STOCK, target=130), None),
        (Kpi("K1", "Open rate", KpiKind.AVERAGE, target=0.4), 0.4),
        (Kpi("K1", "Rate", KpiKind.RATIO, numerator="K2", denominator="K3", target=0.3), 0.3),
        (Kpi("K1", "Sent"), None),
    ],
)
def test_what_is_planned_for_a_week(kpi, plan):
    assert planned_for_a_week(world(kpis=[kpi]), kpi) == plan


def test_the_volume_of_the_first_stage_is_planned_as_it_says():
    kpis = [Kpi("K1", "Sent", target=130), Kpi("K2", "Calls", target=26)]
    book = world(kpis=kpis, funnel=[Stage("K1", 0.3, planned_per_week=13), Stage("K2")])
    assert [planned_for_a_week(book, kpi) for kpi in kpis] == [13, 2]


def test_numbers_are_said_as_people_say_them():
    kpis = [Kpi("K1", "Revenue", unit="€", target=13000), flow("K2"), flow("K3"), ratio("K4", "K3", "K2")]
    values = {"K1": [1499.6], "K2": [12.25], "K3": [3]}
    _, brought, *_ = letter_of(close(1), kpis=kpis, values=values).paragraphs
    assert brought == (
        "What week 1 brought:",
        "- Revenue: € 1,500 (plan € 1,000)",
        "- KPI K2: 12.2",
        "- KPI K3: 3",
        "- KPI K4: 24%",
    )


def test_the_bottleneck_and_what_is_needed_come_in_the_report_s_own_words():
    ledger = {
        "kpis": [flow("K1"), flow("K2")],
        "funnel": [Stage("K1", 0.5, planned_per_week=10), Stage("K2")],
        "values": {"K1": [40, 40, 40], "K2": [2, 2, 2]},
        "theme": Theme(revenue_goal=20, price=1),
    }
    report = compute(world(**ledger), close(3))
    assert report.needed is not None
    assert digest(report, close(3)).matters == (report.funnel.bottleneck.sentence, report.needed.sentence)
    before = compute(world(**ledger), close(0))
    assert before.needed is not None
    assert digest(before, close(0)).matters == (before.needed.sentence,)


def test_poor_odds_are_not_counted_out_to_anybody():
    kpis, funnel = [flow("K1"), flow("K2")], [Stage("K1", 0.5), Stage("K2")]
    theme = Theme(revenue_goal=100, price=1, capacity_per_week=1)
    values = {"K1": [10] * 8, "K2": [1] * 8}
    report = compute(world(kpis=kpis, funnel=funnel, theme=theme, values=values), close(8))
    assert report.needed is not None
    assert report.needed.chance_at_capacity is not None
    assert report.needed.chance_at_capacity < 0.1
    _, needed = digest(report, close(8)).matters
    assert ENGLISH.say(needed).startswith("Your goal asks for more than fits")


@pytest.mark.parametrize(
    ("kpi", "value", "line"),
    [
        (Kpi("K1", "Sales", target=10), 0, "- Sales: 0"),
        (Kpi("K1", "Sales", target=10), 2, "- Sales: 2"),
        (Kpi("K1", "Sales", target=13), 2, "- Sales: 2 (plan 1)"),
        (Kpi("K1", "Revenue", unit="€", target=13000), 0, "- Revenue: € 0"),
        (Kpi("K1", "Open rate", KpiKind.AVERAGE, unit="%", target=0.4), 0.3, "- Open rate: 30% (plan 40%)"),
    ],
)
def test_a_plan_stands_beside_a_number_where_it_is_no_reproach(kpi, value, line):
    paragraphs = letter_of(close(1), kpis=[kpi], values={"K1": [value]}).paragraphs
    assert line in [each for paragraph in paragraphs for each in paragraph]


def test_the_last_letter_counts_all_that_was_done():
    ledger = {"actions": [daily("A1")], "ticks": {"A1": [each for week in range(1, 12) for each in days(week, 3)]}}
    assert letter_of(close(13), **ledger).paragraphs[0] == (
        "No boxes ticked in week 13; what counts is the whole period.",
        "Altogether you ticked 33 boxes in this period.",
    )
    late = letter(contents(day(14), on=close(13), **ledger), ENGLISH)
    assert late.subject == "2026-Q2: a look back"


def test_boxes_begin_today_where_the_week_has_begun():
    paragraphs = letter_of(day(3, WEDNESDAY), actions=[daily("A1")]).paragraphs
    assert "Your boxes from Wednesday 15 April on:" in [each for paragraph in paragraphs for each in paragraph]


def test_a_load_that_does_not_fit_is_no_alarm_in_week_one():
    kpis, funnel = [flow("K1"), flow("K2")], [Stage("K1", 0.01), Stage("K2")]
    theme = Theme(revenue_goal=500, price=1, capacity_per_week=1)
    report = compute(world(kpis=kpis, funnel=funnel, theme=theme), day(1))
    assert report.needed is not None
    assert report.needed.feasible is False
    assert digest(report, day(1)).matters == report.headline[:1]


def test_without_a_funnel_it_says_where_one_stands():
    book = world(key_results=[within("KR1", 1, 2)])
    report = compute(book, close(3))
    assert digest(report, close(3)).matters == report.headline[:1]


@pytest.mark.parametrize("today", [close(13), day(14, WEDNESDAY), day(20)])
def test_at_the_end_it_looks_back_and_asks_for_nothing(today):
    result = within("KR1", 1, 2, "K1")
    found = letter_of(
        today,
        actions=[daily("A1")],
        ticks={"A1": days(13, 3)},
        key_results=[result],
        kpis=[flow("K1")],
        values={"K1": [1]},
    )
    assert BOX not in found.body
    assert found.body.endswith("Take a moment to look back, and to be content with what is there.")
    assert "The period is over" in found.body


def test_a_daily_action_is_proposed_for_working_days_first():
    assert proposed(close(3), daily("A1", 5)) == {"A1": (5, [0, 1, 2, 3, 4])}
    assert proposed(close(3), daily("A1", 6)) == {"A1": (6, [0, 1, 2, 3, 4, 5])}


def test_what_is_done_is_not_asked_for_again():
    ticked = {"A1": days(4, 2), "A2": [day(4, 3)]}
    assert proposed(day(4, WEDNESDAY), daily("A1"), weekly("A2"), ticks=ticked) == {"A1": (3, [2, 3, 4])}


def test_a_day_that_has_passed_moves_to_one_that_is_left():
    assert proposed(day(4, WEDNESDAY), daily("A1"), weekly("A2", 2)) == {
        "A1": (5, [2, 3, 4, 5, 6]),
        "A2": (2, [2, 3]),
    }
    assert proposed(day(4, SUNDAY), daily("A1"), week=Week.of(day(4))) == {"A1": (5, [6])}


def test_days_off_and_skips_are_left_alone():
    theme = Theme(days_off=(day(4, 1),))
    assert proposed(close(3), daily("A1"), theme=theme, skips={"A1": [day(4, 0)]}) == {"A1": (3, [2, 3, 4])}


def test_a_monthly_action_comes_in_the_week_that_closes_the_month():
    closing = SPRING.month_weeks[0]
    before, after = closing.monday - timedelta(days=8), closing.monday - timedelta(days=1)
    assert proposed(before, monthly("A1")) == {}
    assert proposed(after, monthly("A1")) == {"A1": (1, [4])}


@pytest.mark.parametrize(
    ("due", "asked"),
    [(day(4, 2), {"A1": (1, [2])}), (day(2), {"A1": (1, [0])}), (day(6), {}), (None, {})],
)
def test_what_is_to_be_done_once_stays_open_until_it_is(due, asked):
    assert proposed(close(3), once("A1", due)) == asked
    assert proposed(close(3), once("A1", due), ticks={"A1": [day(4, 2)]}) == {}
    assert proposed(close(3), once("A1", due), skips={"A1": [day(4, 2)]}) == {}


def test_what_has_no_day_comes_in_the_last_week():
    assert proposed(close(12), once("A1")) == {"A1": (1, [4])}


def test_boxes_are_named_with_their_days_or_counted():
    found = letter_of(close(3), actions=[daily("A1"), weekly("A2", 2), weekly("A3", 5), once("A4", day(4, 3))])
    assert found.paragraphs[-2] == (
        "Your boxes from Monday 20 April on:",
        "☐ Daily A1: 5 times",
        "☐ Weekly A2: Tue and Thu",
        "☐ Weekly A3: 5 times",
        "☐ Once A4: Thu",
    )
    assert found.paragraphs[-1] == ("Have a good week!",)


def test_what_is_left_without_a_free_day_is_counted():
    theme = Theme(days_off=tuple(Week.of(day(4)).days[5:]))
    (boxes,) = open_boxes(world(actions=[daily("A1", 1)], theme=theme), Week.of(day(4)), day(4, 6))
    assert (boxes.left, boxes.days) == (1, ())
    found = letter_of(close(3), actions=[weekly("A1")], theme=Theme(days_off=Week.of(day(4)).days[5:]))
    assert "☐ Weekly A1: Fri" in found.body


def test_many_actions_are_counted():
    found = letter_of(close(3), actions=[daily(f"A{n}") for n in range(1, 10)])
    assert found.paragraphs[-2][-1] == "… and 3 more actions"


def test_cells_that_could_not_be_read_are_counted():
    from dataclasses import replace

    from okrsheets.words.message import say

    problems = (Problem(None, "about 12", say(""), say("")),) * 2
    report = compute(replace(world(actions=[daily("A1")]), problems=problems), close(3))
    found = letter(digest(report, close(3)), ENGLISH)
    assert found.paragraphs[-1] == ("2 cells could not be read; the Summary tells you which.", "Have a good week!")


def test_a_week_without_open_boxes_is_room():
    assert letter_of(close(3)).paragraphs[-1] == ("No open boxes in the week that comes: enjoy the room.",)
    assert letter_of(day(-9)).paragraphs[-1] == ("Have a good week!",)


def test_three_reminders_each_gentler():
    found = contents(close(5), actions=[daily("A1"), daily("A2")])
    letters = [reminder(found, number, day(3), ENGLISH) for number in (1, 2, 3)]
    assert [each.body.count(BOX) for each in letters] == [2, 1, 0]
    assert "since Monday 13 April" in letters[0].body
    assert "comes back by itself" in letters[2].body


def test_a_letter_has_a_subject_and_a_text():
    found = letter_of(close(3), theme=Theme("Ten clients"))
    assert found.subject == "Ten clients: week 3 of 13"
    assert found.text == f"{found.subject}\n\n{found.body}\n"
    assert letter_of(close(3)).subject == "2026-Q2: week 3 of 13"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\r\nb\x1b[31m \u2028c", "a b [31m c"), ("x" * 80, "x" * 59 + "…"), ("  a  ", "a"), ("x" * 60, "x" * 60)],
)
def test_a_title_is_one_short_line(text, shown):
    assert short(text) == shown


TITLES = st.text(max_size=200)
ACTIONS = st.lists(
    st.builds(
        lambda cadence, per_week, title, due: (cadence, per_week, title, due),
        st.sampled_from(Cadence),
        st.integers(1, 9),
        TITLES,
        st.none() | st.dates(date(2026, 3, 1), date(2026, 7, 30)),
    ),
    max_size=9,
)


@st.composite
def quarters(draw):
    """Somebody's quarter, with titles of any kind, ticks and skips anywhere and a handful of numbers."""
    from okrsheets.words.plan import Action

    actions = [
        Action(f"A{n}", title, cadence, per_week, due=due)
        for n, (cadence, per_week, title, due) in enumerate(draw(ACTIONS))
    ]
    boxes = st.sets(st.dates(SPRING.start, SPRING.end), max_size=30)
    kpis = [
        Kpi(f"K{n}", draw(TITLES), target=draw(st.none() | st.floats(0, 1e6))) for n in range(draw(st.integers(0, 8)))
    ]
    return world(
        theme=Theme(draw(TITLES), days_off=tuple(draw(boxes)), revenue_goal=100, price=1),
        actions=actions,
        kpis=kpis,
        funnel=[Stage(kpi.id, 0.5) for kpi in kpis[:3]] if len(kpis) > 1 else [],
        values={kpi.id: draw(st.lists(st.none() | st.floats(0, 1e6), max_size=13)) for kpi in kpis},
        ticks={action.id: draw(boxes) for action in actions},
        skips={action.id: draw(boxes) for action in actions},
    )


@settings(deadline=None)
@given(quarters(), st.dates(date(2026, 3, 1), date(2026, 7, 30)), st.sampled_from(["en", "nl"]))
def test_every_letter_fits_a_phone_and_shames_nobody(book, today, code):
    found = digest(compute(book, today), today)
    written = letter(found, language(code))
    lines = written.text.splitlines()
    assert len(lines) <= A_SCREEN
    assert all(len(line) <= LONGEST_LINE and line.isprintable() for line in lines)
    assert written.paragraphs[-1]
    plain = digest(
        compute(world(actions=book.plan.actions and [daily("A1")], ticks=book.check_ins.ticks), today), today
    )
    own_words = letter(plain, ENGLISH).text.lower()
    assert not [word for word in SHAME if word in own_words]


@settings(deadline=None)
@given(quarters(), st.dates(SPRING.start, SPRING.end))
def test_every_proposed_day_is_free_and_to_come(book, today):
    for week in (Week.of(today), weeks_of(today)[1]):
        for boxes in open_boxes(book, week, today):
            taken = {*book.check_ins.ticks[boxes.action.id], *book.check_ins.skips[boxes.action.id]}
            assert boxes.left > 0
            assert len(boxes.days) <= boxes.left
            assert list(boxes.days) == sorted(set(boxes.days))
            assert set(boxes.days) <= set(week.days) - taken - set(book.plan.theme.days_off)
            assert all(each >= today for each in boxes.days)
