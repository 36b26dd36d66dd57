"""When to write: once a week, three reminders to a plan that nobody touches, then silence until somebody does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import SPRING, close, daily, day, days, flow, world

from okrsheets.edges.languages import Languages
from okrsheets.orders.digest import begun, post, slot_of
from okrsheets.rules.digest.reminders import APART, MOST_REMINDERS, Turn, mark_of, noted, quiet_since, turn
from okrsheets.rules.due import jitter, read_schedule
from okrsheets.rules.report import compute
from okrsheets.words.digest import Correspondence
from okrsheets.words.period import Week
from okrsheets.words.plan import CheckIns
from okrsheets.words.schedule import At

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)
START = datetime(2026, 3, 23, tzinfo=UTC)
"""A week before the period."""


def sunday() -> At:
    schedule = read_schedule("sunday at 18:00")
    assert isinstance(schedule, At)
    return schedule


JITTER = jitter("plan", sunday())


def known(**remembered):
    return Correspondence("plan", START, **remembered)


def book(*ticked, values=None):
    return world(actions=[daily("A1")], ticks={"A1": ticked}, kpis=[flow("K1")], values=values or {})


@pytest.mark.parametrize(
    ("today", "ticked", "expected"),
    [
        (close(0), (), Turn.DIGEST),
        (close(-1), (), Turn.SILENCE),
        (close(1), (), Turn.DIGEST),
        (close(2), (), Turn.DIGEST),
        (day(3), (), Turn.REMINDER),
        (close(3), days(1, 5), Turn.REMINDER),
        (close(3), days(3, 1), Turn.DIGEST),
        (close(3), days(4, 1), Turn.REMINDER),
        (close(13), days(13, 1), Turn.DIGEST),
        (close(14), days(13, 1), Turn.SILENCE),
    ],
)
def test_whose_turn_it_is(today, ticked, expected):
    assert turn(book(*ticked), known(), today) is expected


def test_a_number_is_a_sign_as_good_as_a_tick():
    assert quiet_since(book(values={"K1": [None, 4]}), known(), close(5)) == close(2)
    assert quiet_since(book(values={"K1": [None, 4]}), known(), day(2, 2)) == day(2, 2)


def test_after_three_reminders_there_is_silence_until_somebody_touches_it():
    plan = book(*days(1, 1))
    silent = noted(plan, known(), close(4))
    assert turn(plan, silent, close(4)) is Turn.REMINDER
    silent = Correspondence("plan", START, None, silent.mark, None, MOST_REMINDERS)
    assert turn(plan, silent, close(9)) is Turn.SILENCE
    touched = book(*days(1, 2))
    assert turn(touched, silent, close(9)) is Turn.DIGEST, "a box of an old week was ticked, today"
    after = noted(touched, silent, close(9))
    assert (after.touched, after.reminders) == (close(9), 0)
    assert noted(touched, after, close(10)) == after


def test_the_first_look_is_no_touch():
    assert noted(book(), known(), close(4)).touched is None


MONDAY_WEEK = Week.of(SPRING.start)
LEDGERS = [
    CheckIns(),
    CheckIns(values={"K1": {MONDAY_WEEK: 1.0}}),
    CheckIns(values={"K1": {MONDAY_WEEK: 2.0}}),
    CheckIns(values={"K2": {MONDAY_WEEK: 1.0}}),
    CheckIns(current={"KR1": 1.0}),
    CheckIns(done={"KR1": True}),
    CheckIns(ticks={"A1": frozenset({date(2026, 4, 1)})}),
    CheckIns(ticks={"A1": frozenset({date(2026, 4, 2)})}),
    CheckIns(skips={"A1": frozenset({date(2026, 4, 1)})}),
]


def test_every_touch_is_seen_and_an_open_box_is_none():
    assert len({mark_of(ledger) for ledger in LEDGERS}) == len(LEDGERS)
    assert mark_of(CheckIns(done={"KR1": False}, ticks={"A1": frozenset()})) == mark_of(CheckIns())


def test_order_is_no_touch():
    two = {"K1": {MONDAY_WEEK: 1.0}, "K2": {MONDAY_WEEK: 1.0}}
    turned = dict(reversed(list(two.items())))
    assert mark_of(CheckIns(values=two)) == mark_of(CheckIns(values=turned))


def lived(moments, ticked):
    """What was sent to somebody whose service looked at these moments, and who ticked on these days."""
    remembered, sent = begun("plan", START), []
    for now in moments:
        slot = slot_of(remembered, sunday(), JITTER, now, ZONE)
        if slot is not None:
            here = now.astimezone(ZONE).date()
            report = compute(book(*(each for each in ticked if each <= here)), here)
            answer = post(report, remembered, slot, now, ZONE, Languages(), "/plan.xlsx")
            remembered = answer.after
            if answer.letter:
                sent.append((now, remembered.reminders))
    return sent


GAPS = st.lists(st.integers(1, 20 * 24), min_size=1, max_size=120)
TICKED = st.sets(st.dates(SPRING.start, SPRING.end), max_size=8)


@settings(deadline=None)
@given(GAPS, TICKED)
def test_however_often_it_looks_nobody_gets_two_letters_a_week(gaps, ticked):
    moments = [START + HOUR * sum(gaps[: n + 1]) for n in range(len(gaps))]
    sent = lived(moments, ticked)
    assert all(later - earlier >= APART for (earlier, _), (later, _) in pairwise(sent))
    weeks = [Week.of((moment.astimezone(ZONE) - timedelta(days=2)).date()) for moment, _ in sent]
    assert len(sent) <= len({Week.of(moment.date()) for moment in moments}) + 1
    assert len(set(weeks)) >= len(weeks) - 1
    assert all(moment.astimezone(ZONE).weekday() in (6, 0, 1) for moment, _ in sent), "on its day, or soon after"


@settings(deadline=None)
@given(TICKED)
def test_three_reminders_in_a_row_and_never_a_fourth(ticked):
    sent = lived([START + HOUR * n for n in range(0, 24 * 7 * 18, 6)], ticked)
    reminders = [count for _, count in sent]
    assert max(reminders, default=0) <= MOST_REMINDERS
    for earlier, later in pairwise(reminders):
        assert later in (0, earlier + 1)


def test_a_plan_that_nobody_touches_gets_its_letters_and_falls_silent():
    sent = lived([START + HOUR * n for n in range(24 * 7 * 18)], set())
    assert [count for _, count in sent] == [0, 0, 0, 1, 2, 3]


def test_a_plan_in_use_gets_a_letter_every_sunday():
    ticked = {each for week in range(1, 14) for each in days(week, 1)}
    sent = lived([START + HOUR * n for n in range(24 * 7 * 18)], ticked)
    assert [count for _, count in sent] == [0] * 14
    assert [moment.astimezone(ZONE).weekday() for moment, _ in sent] == [6] * 14


def test_somebody_who_comes_back_gets_letters_again():
    sent = lived([START + HOUR * n for n in range(24 * 7 * 12)], {day(9)})
    assert [count for _, count in sent][:8] == [0, 0, 0, 1, 2, 3, 0, 0]


def test_a_letter_that_failed_is_tried_again_an_hour_later_and_not_the_whole_week():
    moment = datetime(2026, 4, 12, 17, 0, tzinfo=UTC)
    remembered = Correspondence("plan", moment - timedelta(days=7), tried=moment)
    for later, asks in ((HOUR / 2, False), (HOUR, True), (47 * HOUR, True), (49 * HOUR, False)):
        slot = slot_of(remembered, sunday(), JITTER, moment + later, ZONE)
        assert (slot is not None) is asks, later
    assert slot_of(remembered, sunday(), JITTER, moment - HOUR / 2, ZONE) is not None, "the clock was set back"
