"""The rounds: what is looked at, what is read, what is written down and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from okrsheets.orders.rounds import UNKNOWN, Appointment, Attended, Rounds, Watch, rest_of
from okrsheets.orders.rounds.notebook import MOST_HELD, Notebook
from okrsheets.orders.sync import Outcome, SyncResult
from okrsheets.rules.due import read_schedule
from okrsheets.words.errors import Busy, HistoryUnusable, NotFound
from okrsheets.words.history import Run, Standing

NOON = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Memory:
    """A history that counts its writes."""

    known: dict[str, Standing] = field(default_factory=dict)
    kept: dict[tuple[str, datetime], Run] = field(default_factory=dict)
    writes: int = 0
    marked: str = ""
    full: bool = False

    def standings(self) -> Mapping[str, Standing]:
        return dict(self.known)

    def bookmark(self) -> str:
        return self.marked

    def runs(self, name: str) -> Sequence[Run]:
        return [run for run in self.kept.values() if run.name == name]

    def keep(self, standings: Sequence[Standing], runs: Sequence[Run], bookmark: str | None = None) -> None:
        if self.full:
            raise HistoryUnusable(path="state", reason="the disk is full")
        self.writes += 1
        self.known |= {standing.name: standing for standing in standings}
        self.kept |= {(run.name, run.slot): run for run in runs}
        self.marked = self.marked if bookmark is None else bookmark


class Shelf:
    """Workbooks whose tokens and outcomes are said beforehand."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.bookmark = ""
        self.read: Counter[str] = Counter()
        self.asked: list[tuple[str, str]] = []
        self.rounds = 0

    def token(self, name: str, today: date, before: str) -> str:
        self.asked.append((name, before))
        return self.tokens.get(name, "as ever")

    def sync(self, name: str, today: date) -> SyncResult:
        self.read[name] += 1
        outcome = self.outcomes.get(name, Outcome.UNCHANGED)
        errors = {Outcome.BUSY: Busy(ref=name, holder="Anna"), Outcome.FAILED: NotFound(ref=name)}
        return SyncResult(name, outcome, error=errors.get(outcome))

    def round_over(self) -> str:
        self.rounds += 1
        return self.bookmark


class Service:
    """Rounds over some workbooks, every hour or as said, by a clock that is turned by hand."""

    def __init__(self, **schedules: str) -> None:
        self.now = NOON
        self.history, self.shelf = Memory(), Shelf()
        self.appointments = [Appointment(name, read_schedule(text)) for name, text in schedules.items()]
        self.restart()

    def restart(self) -> None:
        self.watch = Watch(lambda: self.now, UTC)
        self.rounds = Rounds(self.appointments, self.history, self.shelf, self.watch, lambda message: message.text)

    def after(self, time: timedelta) -> list[Attended]:
        self.now += time
        return list(self.rounds.go_round())

    def read_after(self, time: timedelta) -> int:
        """How many workbooks were read."""
        return sum(done.result is not None for done in self.after(time))


@pytest.fixture
def one() -> Service:
    """One workbook every hour, which was read once."""
    service = Service(plan="1 hour")
    assert service.read_after(timedelta()) == 1
    return service


def test_what_is_unchanged_is_not_read(one: Service) -> None:
    assert [one.read_after(HOUR) for _ in range(5)] == [0] * 5
    assert one.rounds.standings["plan"].synced == one.now


def test_nothing_is_asked_between_two_slots(one: Service) -> None:
    asked = len(one.shelf.asked)
    assert (one.after(30 * MINUTE), len(one.shelf.asked), one.rounds.awaited()) == ([], asked, False)


def test_what_changed_is_read_and_once_more_after_a_write_of_ours(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "new", Outcome.SYNCED
    assert one.read_after(HOUR) == 1
    one.shelf.outcomes.clear()
    assert [one.read_after(HOUR), one.read_after(HOUR)] == [1, 0]


def test_on_another_day_everything_is_read(one: Service) -> None:
    assert [one.read_after(11 * HOUR), one.read_after(HOUR), one.read_after(HOUR)] == [0, 1, 0]


def test_where_nobody_can_tell_it_is_read(one: Service) -> None:
    one.shelf.tokens["plan"] = UNKNOWN
    assert [one.read_after(HOUR), one.read_after(HOUR)] == [1, 1]


def test_the_token_of_today_is_handed_back(one: Service) -> None:
    one.after(HOUR)
    one.after(24 * HOUR)
    assert one.shelf.asked == [("plan", ""), ("plan", "as ever"), ("plan", "")]


def test_who_asks_for_the_rest_of_one_that_is_well_hears_of_none(one: Service) -> None:
    assert rest_of(one.appointments[0], one.rounds.standings["plan"]) is None


def test_what_fails_is_left_alone_longer_and_longer(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "broken", Outcome.FAILED
    tries = [n for n in range(1, 301) if one.read_after(MINUTE)]
    assert tries[:7] == [56, 57, 59, 63, 71, 87, 119]
    assert all(60 <= later - earlier <= 64 for earlier, later in pairwise(tries[6:]))
    assert one.rounds.standings["plan"].failures == len(tries)


def test_a_change_of_what_fails_ends_its_rest(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "broken", Outcome.FAILED
    for _ in range(60):
        one.after(MINUTE)
    one.shelf.tokens["plan"] = "mended"
    one.shelf.outcomes.clear()
    assert one.read_after(MINUTE) == 1
    assert one.rounds.standings["plan"].error is None


def test_who_is_busy_is_asked_again_within_five_minutes(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "open", Outcome.BUSY
    tries = [n for n in range(1, 200) if one.read_after(MINUTE)]
    assert max(later - earlier for earlier, later in pairwise(tries)) <= 5


def test_what_is_again_as_it_was_need_not_be_read(one: Service) -> None:
    """A file that was gone for a while, a Google that did not answer: it is up to date with the token it had."""
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "gone", Outcome.FAILED
    one.after(HOUR)
    failed = one.rounds.standings["plan"]
    one.shelf.tokens.clear()
    (done,) = one.after(MINUTE)
    assert (done.result, done.standing.outcome, done.standing.failures) == (None, "unchanged", 0)
    assert (done.standing.slot, done.standing.error) == (failed.slot, None)
    assert done.run is not None
    assert (done.run.slot, done.run.missed) == (failed.slot, 0)


def test_one_that_was_never_well_is_read_until_it_is() -> None:
    service = Service(plan="1 hour")
    service.shelf.outcomes["plan"] = Outcome.FAILED
    service.after(timedelta())
    assert service.rounds.standings["plan"].token == UNKNOWN
    service.restart()
    service.shelf.outcomes.clear()
    assert service.read_after(MINUTE) == 1


def test_a_new_process_tries_at_once_what_failed(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "broken", Outcome.FAILED
    for _ in range(80):
        one.after(MINUTE)
    one.restart()
    assert one.read_after(timedelta()) == 1


def test_slots_that_nobody_saw_are_made_up_by_one_run(one: Service) -> None:
    (done,) = one.after(5 * HOUR)
    assert (done.due.missed, done.result) == (4, None)
    assert done.run is not None
    assert (done.run.missed, done.run.outcome) == (4, "unchanged")


def test_one_that_fails_stops_no_other() -> None:
    service = Service(bad="1 hour", good="1 hour")
    service.shelf.outcomes["bad"] = Outcome.FAILED
    outcomes = {done.standing.name: done.standing.outcome for done in service.after(timedelta())}
    assert outcomes == {"bad": "failed", "good": "unchanged"}


def test_an_error_is_kept_in_words(one: Service) -> None:
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "broken", Outcome.FAILED
    one.after(HOUR)
    assert "is not there" in str(one.history.known["plan"].error)


def test_a_write_is_written_down_at_once_and_a_failure_at_the_end_of_the_round() -> None:
    service = Service(first="1 hour", second="1 hour", third="1 hour")
    service.shelf.outcomes = {"first": Outcome.FAILED, "second": Outcome.SYNCED}
    writes = [service.history.writes for _ in service.rounds.go_round()]
    assert (writes, service.history.writes) == ([0, 1, 1], 1)
    service.restart()
    service.shelf.outcomes = {"third": Outcome.FAILED}
    service.shelf.tokens["third"] = "broken"
    service.after(HOUR)
    assert service.history.known["third"].outcome == "failed"


def test_what_is_unchanged_is_written_down_once_a_minute() -> None:
    service = Service(plan="2 seconds")
    service.after(timedelta())
    for _ in range(600):
        service.after(timedelta(seconds=1))
    assert 8 <= service.history.writes <= 10
    service.rounds.keep()
    assert service.history.known["plan"].slot == service.rounds.standings["plan"].slot


def test_a_bookmark_is_written_down_when_its_round_is_over() -> None:
    service = Service(first="1 hour", second="1 hour")
    service.shelf.outcomes = {"first": Outcome.SYNCED}
    service.shelf.bookmark = "page 2"
    marks = [service.history.marked for _ in service.rounds.go_round()]
    assert (marks, service.history.marked, service.shelf.rounds) == (["", ""], "", 1)
    service.after(2 * MINUTE)
    assert service.history.marked == "page 2"
    writes = service.history.writes
    service.after(2 * MINUTE)
    assert service.history.writes == writes


def test_a_round_that_is_broken_off_is_over_too() -> None:
    service = Service(first="1 hour", second="1 hour")
    round = service.rounds.go_round()
    next(round)
    round.close()  # type: ignore[attr-defined]
    assert service.shelf.rounds == 1
    assert [done.standing.name for done in service.after(MINUTE)] == ["second"]


def test_what_cannot_be_written_is_held(one: Service) -> None:
    one.history.full = True
    one.shelf.tokens["plan"], one.shelf.outcomes["plan"] = "new", Outcome.SYNCED
    (done,) = one.after(3 * HOUR)
    assert one.rounds.trouble is not None
    one.history.full = False
    one.after(2 * MINUTE)
    assert (one.rounds.trouble, one.history.runs("plan")[-1]) == (None, done.run)


def test_of_what_is_held_the_oldest_is_forgotten() -> None:
    history = Memory(full=True)
    notebook = Notebook(history, NOON)
    for n in range(MOST_HELD + 5):
        moment = NOON + n * HOUR
        notebook.note(Standing("plan", moment, "synced"), Run("plan", moment, moment, 0.0, "synced"))
    history.full = False
    notebook.keep(NOON)
    assert len(history.kept) == MOST_HELD
    assert min(slot for _, slot in history.kept) == NOON + 5 * HOUR


def test_another_attempt_in_a_slot_keeps_what_it_made_up() -> None:
    history = Memory(full=True)
    notebook = Notebook(history, NOON)
    notebook.note(Standing("plan", NOON, "failed"), Run("plan", NOON, NOON, 0.0, "failed", "Oh.", 3))
    notebook.keep(NOON)
    notebook.note(Standing("plan", NOON, "synced"), Run("plan", NOON, NOON + MINUTE, 0.0, "synced"))
    history.full = False
    notebook.keep(NOON)
    (run,) = history.kept.values()
    assert (run.outcome, run.missed, run.error) == ("synced", 3, None)


def test_after_the_clock_was_set_back_the_slots_come_again(one: Service) -> None:
    one.after(5 * HOUR)
    assert one.after(-3 * HOUR) == []
    assert [len(one.after(HOUR)) for _ in range(3)] == [1, 1, 1]


def test_other_appointments_go_on_with_what_is_known(one: Service) -> None:
    one.appointments = [Appointment(name, read_schedule("1 hour")) for name in ("plan", "new")]
    one.rounds.rearrange(one.appointments, one.shelf, one.watch)
    assert [done.standing.name for done in one.after(MINUTE)] == ["new"]


def test_what_was_not_configured_for_a_while_is_read(one: Service) -> None:
    """Nobody followed it meanwhile."""
    for names in (("other",), ("plan", "other")):
        appointments = [Appointment(name, read_schedule("1 hour")) for name in names]
        one.rounds.rearrange(appointments, one.shelf, one.watch)
        one.after(MINUTE)
    one.shelf.read.clear()
    one.after(HOUR)
    assert one.shelf.read == {"plan": 1}
