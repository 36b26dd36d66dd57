"""The calendar file: read back strictly by RFC 5545, by our own reader and by another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import WEDNESDAY, close, daily, day, days, reach, weekly, world

from okrsheets.edges.languages import language
from okrsheets.rules.digest.calendar import calendar, folded, text
from okrsheets.rules.digest.digest import digest
from okrsheets.rules.report import compute
from okrsheets.words.plan import Action, Cadence, Theme

ENGLISH = language("en")
NOW = datetime(2026, 4, 19, 18, 30, 15, tzinfo=UTC)
NAME = re.compile(r"([A-Z-]+)((?:;[A-Z]+=[A-Za-z0-9-]+)*):(.*)", re.DOTALL)
ONCE = ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "TRANSP")
HEAD = ("VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME")


def lines_of(file: str) -> list[str]:
    """The content lines, unfolded; every rule of RFC 5545 §3.1 about them is held."""
    assert file.endswith("\r\n")
    physical = file.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in physical)
    assert not any("\n" in line or "\r" in line for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            assert line
            lines.append(line)
    return lines


def value_of(escaped: str) -> str:
    """A TEXT value (§3.3.11). Raises AssertionError for what may not stand in one."""
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", escaped)
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", escaped)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], escaped)


def events_of(file: str) -> list[dict[str, str]]:
    """The events by the names of their properties."""
    lines = lines_of(file)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head = [NAME.fullmatch(line) for line in lines[1 : 1 + len(HEAD)]]
    assert tuple(found[1] for found in head if found) == HEAD
    events, current = [], None
    for line in lines[1 + len(HEAD) : -1]:
        found = NAME.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if (name, value) == ("BEGIN", "VEVENT"):
            assert current is None
            current = {}
        elif (name, value) == ("END", "VEVENT"):
            assert current is not None
            events.append(current)
            current = None
        else:
            assert current is not None
            assert name not in current
            assert parameters == (";VALUE=DATE" if name in ("DTSTART", "DTEND") else "")
            current[name] = value
    assert current is None
    return [checked(event) for event in events]


def checked(event: dict[str, str]) -> dict[str, str]:
    assert set(ONCE) <= set(event) <= {*ONCE, "DESCRIPTION"}
    assert re.fullmatch(r"[A-Za-z0-9_-]+@okrsheets", event["UID"])
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
    assert 0 <= int(event["SEQUENCE"]) < 2**31
    start, end = (date.fromisoformat(event[name]) for name in ("DTSTART", "DTEND"))
    assert end - start == timedelta(days=1)
    return event | {name: value_of(event[name]) for name in ("SUMMARY", "DESCRIPTION") if name in event}


def file_of(
    today: date, *, now: datetime = NOW, place: str = "/plans/plan.xlsx", code: str = "en", **ledger
) -> str | None:
    return calendar(digest(compute(world(**ledger), today), today), place, now, language(code))


def days_by_name(file: str) -> dict[str, str]:
    return {event["UID"]: event["DTSTART"] for event in events_of(file)}


PLAN = {"actions": [daily("A1"), weekly("A2", 2)], "theme": Theme("Ten clients")}


def test_every_open_box_is_an_all_day_event() -> None:
    events = events_of(file_of(close(3), **PLAN))
    assert [(event["SUMMARY"], event["DTSTART"]) for event in events] == [
        *(("Daily A1", f"{each:%Y%m%d}") for each in days(4, 5)),
        ("Weekly A2", "20260421"),
        ("Weekly A2", "20260423"),
    ]
    assert {event["TRANSP"] for event in events} == {"TRANSPARENT"}
    assert {event["DTSTAMP"] for event in events} == {"20260419T183015Z"}


def test_another_reader_sees_the_same() -> None:
    file = file_of(close(3), **PLAN)
    theirs = icalendar.Calendar.from_ical(file)
    ours = events_of(file)
    assert [str(event["UID"]) for event in theirs.walk("VEVENT")] == [event["UID"] for event in ours]
    assert theirs.walk("VEVENT")[0].decoded("DTSTART") == day(4)
    assert str(theirs["X-WR-CALNAME"]) == "Ten clients"
    assert theirs.walk("VEVENT")[0].errors == []


def test_an_event_says_what_it_is_for() -> None:
    actions = [Action("A1", "Invite", Cadence.WEEKLY, 1, "KR1"), Action("A2", "", Cadence.WEEKLY, 1, "KR9")]
    first, second = events_of(file_of(close(3), actions=actions, key_results=[reach("KR1", 0, 10)]))
    assert first["DESCRIPTION"] == "For: Reach KR1"
    assert "DESCRIPTION" not in second
    assert second["SUMMARY"] == "A2"


def test_importing_again_moves_what_was_not_done_and_leaves_the_rest() -> None:
    before = days_by_name(file_of(close(3), **PLAN))
    later = NOW + timedelta(days=3)
    missed = days_by_name(file_of(day(4, WEDNESDAY), now=later, **PLAN))
    assert set(missed) == set(before)
    assert sorted(missed.values()) != sorted(before.values())
    done = days_by_name(file_of(day(4, WEDNESDAY), now=later, **PLAN, ticks={"A1": days(4, 2), "A2": [day(4, 1)]}))
    assert set(done) < set(before)
    assert all(before[name] == on for name, on in done.items())


def test_what_is_to_be_done_once_moves_along_from_week_to_week() -> None:
    actions = [Action("A1", "Renew the site", Cadence.ONCE, 1, due=day(4, WEDNESDAY))]
    this, next_ = (days_by_name(file_of(close(week), actions=actions)) for week in (3, 4))
    assert (set(this), list(this.values()), list(next_.values())) == (set(next_), ["20260422"], ["20260427"])


def test_a_later_file_wins() -> None:
    first, second = (events_of(file_of(close(3), now=now, **PLAN)) for now in (NOW, NOW + timedelta(minutes=1)))
    assert int(first[0]["SEQUENCE"]) < int(second[0]["SEQUENCE"])
    assert file_of(close(3), now=datetime(1990, 1, 1, tzinfo=UTC), **PLAN) is not None


def test_two_plans_do_not_share_an_event() -> None:
    here, there = (set(days_by_name(file_of(close(3), place=place, **PLAN))) for place in ("/a.xlsx", "/b.xlsx"))
    assert not here & there


@pytest.mark.parametrize("today", [close(13), close(-4)])
def test_without_a_week_to_come_there_is_no_file(today: date) -> None:
    assert file_of(today, **PLAN) is None


def test_without_an_open_box_there_is_no_file() -> None:
    assert file_of(close(3)) is None


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=40), st.text(min_size=1, max_size=30))
def test_any_title_comes_back_as_it_was(title: str, theme: str, id: str) -> None:
    action = Action(id, title, Cadence.WEEKLY, 1)
    file = file_of(close(3), actions=[action], theme=Theme(theme))
    (event,) = events_of(file)
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", re.sub(r"\r\n|\r", "\n", title or id))
    assert event["SUMMARY"] == plain
    (theirs,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert theirs["UID"] == event["UID"]


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 5000])
@pytest.mark.parametrize("letter", ["a", "é", "☐", "🎯"])
def test_long_lines_are_folded_between_letters(letter: str, length: int) -> None:
    line = "SUMMARY:" + letter * length
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_text_is_escaped() -> None:
    assert text('a\\b;c,d\r\ne\nf\tg:h"i') == 'a\\\\b\\;c\\,d\\ne\\nf g:h"i'
