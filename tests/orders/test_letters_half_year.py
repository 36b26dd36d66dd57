"""A half year of letters: whatever befalls clock, power, disk, mail and configuration, nobody is pestered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okrsheets.edges.languages import Languages
from okrsheets.orders.letters import LetterRounds, Subscription, Written
from okrsheets.orders.rounds import Watch
from okrsheets.orders.status import Mail, mail
from okrsheets.rules.due import read_schedule
from okrsheets.rules.report import compute
from okrsheets.words.digest import Correspondence, Letter
from okrsheets.words.errors import HistoryUnusable, NotDelivered, NotReadable, OkrsheetsError, PerhapsDelivered
from okrsheets.words.message import Message
from okrsheets.words.period import Period, Week
from okrsheets.words.plan import Action, CheckIns, Plan, Theme
from okrsheets.words.report import Report
from okrsheets.words.schedule import At
from okrsheets.words.snapshot import About, Snapshot

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)
START = datetime(2026, 9, 28, 5, tzinfo=UTC)
FIVE_DAYS = timedelta(days=5)
SUNDAY = datetime(2026, 10, 4, 16, tzinfo=UTC)
"""18:00 in Amsterdam: the slot of the first letter, but for the jitter."""
PERIOD = Period(date(2026, 9, 28), 26)
PLAN = Plan(Theme("Ten clients"), actions=(Action("A1", "Invite"),))


class Killed(BaseException):
    """The process is gone; what it had in memory is too."""


@dataclass
class Sent:
    """A letter that left: how much time had really passed, by how much the clock was set forward, what it was."""

    real: timedelta
    forward: timedelta
    reminders: int
    touches: int
    week: Week


@dataclass
class Life:
    """A service, whatever it depends on, and everything that befalls them."""

    now: datetime = START
    real: timedelta = timedelta()
    forward: timedelta = timedelta()
    kept: dict[str, Correspondence] = field(default_factory=dict)
    ticks: set[date] = field(default_factory=set)
    days: str = "sunday at 18:00"
    befalls: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    told: list[Written] = field(default_factory=list)
    read: int = 0
    touches: int = 0
    rounds: LetterRounds | None = None
    week: Week = Week.of(START.date())

    # as a clock, the memory of a service, the post office and a postman

    def letters(self) -> Mapping[str, Correspondence]:
        return dict(self.kept)

    def keep_letters(self, *known: Correspondence) -> None:
        if "full" in self.befalls:
            self.befalls.remove("full")
            raise HistoryUnusable(path="history", reason="the disk is full")
        self.kept |= {each.name: each for each in known}

    def place(self, name: str) -> str:
        return f"/{name}.xlsx"

    def report(self, name: str, today: date) -> Report:
        self.read += 1
        if "unreadable" in self.befalls:
            self.befalls.remove("unreadable")
            raise NotReadable(ref=name, reason="it is gone")
        if "bug" in self.befalls:
            self.befalls.remove("bug")
            raise RuntimeError("a bug")
        marks = CheckIns(ticks={"A1": frozenset(self.ticks)})
        return compute(Snapshot(About("memory", name, "en", "en_US", PERIOD), PLAN, marks), today)

    def postman(self, name: str, week: Week) -> Life:
        self.week = week
        return self

    def fault(self, error: Exception) -> OkrsheetsError:
        return error if isinstance(error, OkrsheetsError) else NotReadable(ref="plan", reason=str(error))

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        fate = next((each for each in self.befalls if each in ("fails", "perhaps", "killed")), None)
        if fate:
            self.befalls.remove(fate)
        if fate == "fails":
            raise NotDelivered(places=("json://…",))
        self.sent.append(
            Sent(self.real, self.forward, self.kept["plan"].reminders, self.touches, self.week),
        )
        if fate == "killed":
            raise Killed
        if fate == "perhaps":
            raise PerhapsDelivered(places=("json://…",))
        return ()

    # what befalls

    def subscription(self) -> Subscription:
        day = read_schedule(self.days)
        assert isinstance(day, At)
        return Subscription("plan", day)

    def start(self) -> LetterRounds:
        watch = Watch(lambda: self.now, ZONE)
        return LetterRounds([self.subscription()], self, self, watch, Languages())

    def tick(self) -> None:
        try:
            self.rounds = self.rounds or self.start()
            self.told += self.rounds.go_round()
        except Killed:
            self.rounds = None

    def pass_by(self, time: timedelta) -> None:
        self.now += time
        self.real += time
        self.tick()

    def awake(self, hours: int) -> None:
        """A look every hour; a tick between two looks would see the same."""
        for _ in range(hours):
            self.pass_by(HOUR)

    def set_clock(self, by: timedelta) -> None:
        self.now += by
        self.forward += max(by, timedelta())
        self.tick()

    def touch(self) -> None:
        day = self.now.astimezone(ZONE).date()
        if day in PERIOD and day not in self.ticks:
            self.ticks.add(day)
            self.touches += 1

    def move_to(self, day: str) -> None:
        self.days = day
        if self.rounds:
            self.rounds.rearrange([self.subscription()], self, Watch(lambda: self.now, ZONE))

    def restart(self) -> None:
        self.rounds = None
        self.tick()

    def befall(self, what: str) -> None:
        self.befalls.append(what)


DAYS = ("sunday at 18:00", "wednesday at 02:30", "friday at 16:00", "saturday at 23:59")
HAPPENINGS = st.one_of(
    st.tuples(st.just("awake"), st.integers(1, 24 * 21)),
    st.tuples(st.just("awake"), st.integers(1, 24 * 9)),
    st.tuples(st.just("asleep"), st.integers(1, 24 * 15)),
    st.tuples(st.just("clock"), st.integers(-24 * 20, 24 * 20)),
    st.tuples(st.just("clock"), st.integers(-50, 50)),
    st.tuples(st.sampled_from(["touch", "touch", "restart"]), st.none()),
    st.tuples(st.just("day"), st.sampled_from(DAYS)),
    st.tuples(st.just("befall"), st.sampled_from(["fails", "perhaps", "killed", "unreadable", "full"])),
)


def lived(happenings: list[tuple[str, object]]) -> Life:
    life = Life()
    life.tick()
    for kind, what in happenings:
        match what:
            case int(hours) if kind == "awake":
                life.awake(hours)
            case int(hours) if kind == "asleep":
                life.pass_by(hours * HOUR)
            case int(hours):
                life.set_clock(hours * HOUR)
            case str(what) if kind == "day":
                life.move_to(what)
            case str(what):
                life.befall(what)
            case _:
                life.touch() if kind == "touch" else life.restart()
    return life


@settings(deadline=None, max_examples=150)
@given(st.lists(HAPPENINGS, min_size=5, max_size=80))
def test_nobody_gets_two_letters_within_five_days(happenings: list[tuple[str, object]]) -> None:
    """Of a clock that is set forward nobody can tell that no time has passed; everything else is held."""
    sent = lived(happenings).sent
    for earlier, later in pairwise(sent):
        assert (later.real - earlier.real) + (later.forward - earlier.forward) >= FIVE_DAYS


@settings(deadline=None, max_examples=150)
@given(st.lists(HAPPENINGS, min_size=5, max_size=80))
def test_nobody_gets_four_reminders_and_whoever_touches_gets_a_letter(happenings: list[tuple[str, object]]) -> None:
    sent = lived(happenings).sent
    for earlier, later in pairwise(sent):
        assert 0 <= later.reminders <= 3
        assert later.reminders in (0, earlier.reminders + 1)
        if later.touches > earlier.touches:
            assert later.reminders == 0


def test_a_half_year_without_trouble_is_a_letter_a_week() -> None:
    life = Life()
    for _ in range(26 * 7):
        life.touch()
        life.awake(24)
    assert [each.reminders for each in life.sent] == [0] * 26
    assert len({each.week for each in life.sent}) == 26
    assert life.read == 26, "nothing is read where no slot has come"


def test_an_untouched_plan_gets_its_letters_three_reminders_and_silence_until_it_is_touched() -> None:
    life = Life()
    life.awake(24 * 7 * 12)
    assert [each.reminders for each in life.sent] == [0, 0, 1, 2, 3]
    life.touch()
    life.awake(24 * 7 * 3)
    assert [each.reminders for each in life.sent] == [0, 0, 1, 2, 3, 0, 0, 1]


def test_a_new_workbook_gets_its_first_letter_at_its_next_slot() -> None:
    life = Life(now=SUNDAY + HOUR)
    life.awake(24 * 7 - 2)
    assert (life.sent, life.read) == ([], 0)
    life.awake(3)
    assert len(life.sent) == 1


@pytest.mark.parametrize(("late", "comes"), [(timedelta(hours=47), True), (timedelta(hours=49), False)])
def test_a_letter_that_was_missed_comes_late_or_not_at_all(late: timedelta, comes: bool) -> None:
    life = Life()
    life.tick()
    life.pass_by(SUNDAY - START + late)
    assert bool(life.sent) is comes
    assert all(each.week == Week.of(SUNDAY.date()) for each in life.sent)


@pytest.mark.parametrize("what", ["fails", "unreadable", "full", "bug"])
def test_what_fails_is_tried_again_an_hour_later_as_long_as_it_is_fresh(what: str) -> None:
    life = Life()
    life.tick()
    life.befalls = [what] * 3
    life.pass_by(SUNDAY - START + HOUR / 2)
    life.pass_by(HOUR / 2)
    assert life.befalls == [what] * (1 if what == "full" else 2), (
        "the disk is asked twice: for the letter, and the fault"
    )
    for _ in range(6):
        life.pass_by(HOUR / 2)
    assert len(life.sent) == 1
    assert [bool(each.error) for each in life.told] == [True] * (2 if what == "full" else 3) + [False]
    life.awake(24 * 5)
    assert len(life.sent) == 1


def test_a_letter_that_may_have_arrived_does_not_go_again() -> None:
    life = Life(befalls=["perhaps"])
    life.awake(24 * 9)
    assert len(life.sent) == 1
    assert [type(each.error) for each in life.told] == [PerhapsDelivered]


def test_a_letter_is_lost_rather_than_sent_twice_where_the_process_is_killed() -> None:
    life = Life(befalls=["killed"])
    life.awake(24 * 9)
    assert len(life.sent) == 1
    life.touch()
    life.awake(24 * 7)
    assert len(life.sent) == 2


def test_a_clock_without_a_battery_sends_nothing_twice() -> None:
    """It starts somewhere in the past, and is set right a minute later."""
    life = Life()
    life.tick()
    life.pass_by(SUNDAY - START + HOUR)
    assert len(life.sent) == 1
    for _ in range(5):
        life.set_clock(timedelta(days=-4000))
        life.restart()
        life.set_clock(timedelta(days=4000))
        life.pass_by(HOUR)
    assert len(life.sent) == 1


def test_a_clock_that_was_set_forward_by_mistake_and_back_costs_one_letter() -> None:
    life = Life()
    life.tick()
    life.set_clock(SUNDAY - START + timedelta(days=14, hours=1))
    assert len(life.sent) == 1
    life.set_clock(-timedelta(days=14))
    life.touch()
    life.awake(24 * 5)
    assert len(life.sent) == 1, "nobody knows how long ago the last one was"
    life.awake(24 * 9)
    assert len(life.sent) == 2


def test_a_clock_that_was_a_year_ahead_costs_one_letter() -> None:
    life = Life(ticks={date(2026, 9, 28)})
    life.kept["plan"] = Correspondence("plan", START + timedelta(days=365), START + timedelta(days=365))
    life.awake(24 * 7)
    assert life.sent == []
    life.touch()
    life.awake(24 * 7)
    assert len(life.sent) == 1


def test_without_subscriptions_nothing_happens() -> None:
    life = Life()
    LetterRounds([], life, life, Watch(lambda: life.now, ZONE), Languages())
    assert (life.kept, life.read) == ({}, 0)


def status_of(life: Life, after: timedelta, **known: object) -> Mail:
    life.tick()
    remembered = replace(life.kept["plan"], **known)
    return mail(life.subscription(), remembered, SUNDAY + after, ZONE)


def test_status_says_when_the_last_went_and_the_next_is_due() -> None:
    life = Life()
    slot = SUNDAY + life.subscription().offset
    week = timedelta(weeks=1)
    assert mail(life.subscription(), None, SUNDAY + HOUR, ZONE) == Mail(None, slot + week)
    assert status_of(life, -HOUR) == Mail(None, slot)
    assert status_of(life, HOUR) == Mail(None, slot), "it has come and was not dealt with"
    assert status_of(life, HOUR, tried=slot) == Mail(None, slot + HOUR, slot)
    assert status_of(life, HOUR, slot=slot, sent=slot) == Mail(slot, slot + week)
    late = slot + week - FIVE_DAYS + HOUR
    assert status_of(life, 48 * HOUR, slot=slot, sent=late) == Mail(late, slot + week + HOUR)
    assert status_of(life, HOUR, slot=slot, sent=slot, reminders=3) == Mail(slot, slot + week, silent=True)
