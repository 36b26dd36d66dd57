"""When a workbook is due: in every zone, over every change of the clock, each slot once."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrsheets.edges.languages import language
from okrsheets.rules.due import NotASchedule, due, jitter, next_slot, read_interval, read_schedule, standing
from okrsheets.rules.due.patience import LONGEST_BUSY, rests_until
from okrsheets.rules.due.slots import previous_slot
from okrsheets.words.schedule import At, Due, Every, Schedule

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOTHING = timedelta()
WORDS = {
    "10 seconds": Every(timedelta(seconds=10)),
    "1 minute": Every(timedelta(minutes=1)),
    "15 minutes": Every(timedelta(minutes=15)),
    "every 2 hours": Every(timedelta(hours=2)),
    "day at 07:00": At(frozenset(range(7)), time(7)),
    "weekdays at 07:30": At(frozenset(range(5)), time(7, 30)),
    "Friday  at 16:00": At(frozenset({4}), time(16)),
    "sunday at 2:30": At(frozenset({6}), time(2, 30)),
}
SCHEDULES = st.sampled_from([read_schedule(text) for text in (*WORDS, "7 seconds", "day at 00:00", "day at 23:59")])
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 9)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001
OFFSETS = st.integers(0, 59).map(lambda seconds: timedelta(seconds=seconds))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("text", "schedule"), WORDS.items())
def test_schedules_are_written_as_people_say_them(text: str, schedule: Schedule) -> None:
    assert read_schedule(text) == schedule


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", " is not a schedule, such as 15 minutes, 2 hours, day at 07:00"),
        ("now and then", "now and then is not a schedule, such as"),
        ("0 minutes", "0 minutes is not between a second and a week"),
        ("200 hours", "200 hours is not between a second and a week"),
        ("5 minuts", "there is no minuts, the nearest is minutes"),
        ("fryday at 16:00", "there is no fryday, the nearest is friday"),
        ("xyz at 16:00", "there is no xyz"),
        ("day at 24:00", "24:00 is not a time of the day"),
        ("day at 07:60", "07:60 is not a time of the day"),
    ],
)
def test_a_schedule_that_is_none_says_what_is_wrong(text: str, reason: str) -> None:
    with pytest.raises(NotASchedule) as fault:
        read_schedule(text)
    assert reason in language("en").say(fault.value.reason)


@pytest.mark.parametrize(("text", "seconds"), [("10 seconds", 10), ("1 Minute", 60), ("2 hours", 7200)])
def test_lengths_of_time(text: str, seconds: int) -> None:
    assert read_interval(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["soon", "day at 07:00", "10", "-5 seconds"])
def test_what_is_no_length_of_time(text: str) -> None:
    with pytest.raises(NotASchedule):
        read_interval(text)


@pytest.mark.parametrize(
    ("text", "after", "slot"),
    [
        # Spring: 02:30 does not exist on 29 March 2026; 03:00 summer time is the first minute that does.
        ("day at 02:30", "2026-03-28T12:00", "2026-03-29T01:00"),
        ("day at 02:30", "2026-03-29T01:00", "2026-03-30T00:30"),
        # Autumn: 02:30 comes twice on 25 October 2026; the first one counts.
        ("day at 02:30", "2026-10-24T12:00", "2026-10-25T00:30"),
        ("day at 02:30", "2026-10-25T00:30", "2026-10-26T01:30"),
        ("weekdays at 07:30", "2026-11-20T12:00", "2026-11-23T06:30"),
        ("friday at 16:00", "2026-11-23T00:00", "2026-11-27T15:00"),
        # The last week of 2026 is week 53; new year's day is a Friday.
        ("friday at 16:00", "2026-12-26T00:00", "2027-01-01T15:00"),
        ("15 minutes", "2026-10-25T00:50", "2026-10-25T01:00"),
        ("15 minutes", "2026-10-25T01:00", "2026-10-25T01:15"),
    ],
)
def test_the_next_slot_in_amsterdam(text: str, after: str, slot: str) -> None:
    assert next_slot(read_schedule(text), utc(after), AMSTERDAM, NOTHING) == utc(slot)


@settings(deadline=None)
@given(SCHEDULES, MOMENTS, ZONES, OFFSETS)
@example(At(frozenset({6}), time(2, 30)), utc("2026-03-29T00:59:59"), AMSTERDAM, NOTHING)
def test_slots_follow_each_other_without_a_gap(
    schedule: Schedule, moment: datetime, zone: ZoneInfo, offset: timedelta
) -> None:
    before, after = previous_slot(schedule, moment, zone, offset), next_slot(schedule, moment, zone, offset)
    assert before <= moment < after
    assert next_slot(schedule, before, zone, offset) == after
    assert previous_slot(schedule, after, zone, offset) == after


@settings(max_examples=60, deadline=None)
@given(SCHEDULES, MOMENTS, ZONES, OFFSETS, st.lists(st.integers(1, 20_000), max_size=20))
def test_every_slot_runs_once_or_is_made_up(
    schedule: Schedule, start: datetime, zone: ZoneInfo, offset: timedelta, waits: list[int]
) -> None:
    """However long the machine sleeps between two looks at the clock."""
    last = previous_slot(schedule, start, zone, offset)
    expected, now, counted = last, start, 0
    for wait in waits:
        now += timedelta(seconds=wait)
        found = due(schedule, last, now, zone, offset)
        if found:
            assert last < found.slot <= now
            counted += 1 + found.missed
            last = found.slot
    if isinstance(schedule, Every):  # too many to go through one by one
        assert counted == (previous_slot(schedule, now, zone, offset) - expected) / schedule.interval
        return
    slots = 0
    while (expected := next_slot(schedule, expected, zone, offset)) <= now:
        slots += 1
    assert counted == slots


@given(SCHEDULES, MOMENTS, ZONES, OFFSETS)
def test_a_new_workbook_is_due_at_once(schedule: Schedule, now: datetime, zone: ZoneInfo, offset: timedelta) -> None:
    assert due(schedule, None, now, zone, offset) == Due(previous_slot(schedule, now, zone, offset))


@given(SCHEDULES, MOMENTS, ZONES, OFFSETS)
def test_a_clock_that_was_set_back_neither_repeats_nor_stops(
    schedule: Schedule, now: datetime, zone: ZoneInfo, offset: timedelta
) -> None:
    ahead = now + timedelta(days=9)
    assert due(schedule, ahead, now, zone, offset) is None
    last = standing(schedule, ahead, now, zone, offset)
    assert due(schedule, last, now, zone, offset) is None
    following = next_slot(schedule, now, zone, offset)
    assert due(schedule, last, following, zone, offset) == Due(following)


@given(st.text(max_size=20), SCHEDULES)
def test_jitter_is_small_and_the_same_every_time(name: str, schedule: Schedule) -> None:
    by = jitter(name, schedule)
    assert by == jitter(name, schedule)
    assert timedelta() <= by < timedelta(minutes=1)
    if isinstance(schedule, Every):
        assert by <= schedule.interval / 2


def test_a_thousand_workbooks_do_not_come_at_once() -> None:
    seconds = {jitter(f"client {n}", read_schedule("day at 07:00")) for n in range(1000)}
    assert len(seconds) == 60


@pytest.mark.parametrize(
    ("text", "failures", "rest"),
    [
        ("10 seconds", 1, timedelta(seconds=10)),
        ("10 seconds", 2, timedelta(seconds=20)),
        ("10 seconds", 4, timedelta(seconds=80)),
        ("10 seconds", 99, timedelta(hours=1)),
        ("15 minutes", 1, timedelta(minutes=1)),
        ("15 minutes", 3, timedelta(minutes=4)),
        ("2 hours", 9, timedelta(hours=1)),
        ("day at 07:00", 1, timedelta(minutes=1)),
        ("day at 07:00", 7, timedelta(hours=1)),
    ],
)
def test_what_keeps_failing_is_left_alone_longer_and_longer(text: str, failures: int, rest: timedelta) -> None:
    tried = utc("2026-11-23T12:00")
    assert rests_until(read_schedule(text), tried, failures) == tried + rest


def test_who_is_only_busy_is_left_alone_for_five_minutes_at_most() -> None:
    tried = utc("2026-11-23T12:00")
    assert rests_until(read_schedule("day at 07:00"), tried, 9, LONGEST_BUSY) == tried + timedelta(minutes=5)


def test_a_day_that_a_zone_left_out_comes_when_the_next_one_begins() -> None:
    """Samoa had no 30 December in 2011."""
    schedule, samoa = read_schedule("day at 07:00"), ZoneInfo("Pacific/Apia")
    first = next_slot(schedule, utc("2011-12-30T00:00"), samoa, NOTHING)
    assert (first, next_slot(schedule, first, samoa, NOTHING)) == (utc("2011-12-30T10:00"), utc("2011-12-30T17:00"))
