"""The feed as a service follows it: tokens that stay as long as a sheet does, pauses, bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from google_fake import GoogleFake, faults
from google_wire import Time, api_of

from okrsheets.edges.google.store.changes import Bookmark
from okrsheets.edges.google.store.feed import PAUSE, Feed, bookmark_in, text_of
from okrsheets.words.errors import GoogleBusy, GoogleUnwell, NotSignedIn

DAY = date(2026, 10, 1)


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


class Follower:
    """A service, of which only the feed is there."""

    def __init__(self, google: GoogleFake) -> None:
        self.google = google
        self.ids = [google.seed_values({"A": [[n]]}) for n in range(3)]
        self.now = 1000.0
        self.kept: dict[str, str] = dict.fromkeys(self.ids, "")
        self.restart("")

    def restart(self, bookmark: str) -> None:
        api = api_of(self.google, Time())
        self.feed = Feed(lambda: api, self.ids, lambda: self.now, bookmark)

    def round(self, due: list[str] | None = None, *, busy: str = "") -> list[str]:
        """Which of the due sheets have another token than the last time; they are read, and kept as far as not busy."""
        changed = []
        for id in self.ids if due is None else due:
            token = self.feed.token(id, DAY, self.kept[id])
            if token is not None and token != self.kept[id]:
                changed.append(id)
            if token is not None and id != busy:
                self.kept[id] = token
                self.feed.done(id)
        self.bookmark = self.feed.round_over()
        return changed


@pytest.fixture
def service(google: GoogleFake) -> Follower:
    return Follower(google)


def test_nobody_is_asked_before_somebody_wants_to_know(service: Follower, google: GoogleFake) -> None:
    assert (service.round([]), service.bookmark, service.feed.trouble) == ([], "", None)
    assert len(google.log) == 0


def test_a_token_stays_as_long_as_the_sheet_does(service: Follower, google: GoogleFake) -> None:
    assert service.round() == service.ids
    google.person(service.ids[1]).type("A!A1", "x")
    assert [service.round(), service.round()] == [[service.ids[1]], []]
    assert len(google.log) == 3


def test_what_was_not_done_is_changed_until_it_is(service: Follower, google: GoogleFake) -> None:
    service.round()
    google.person(service.ids[0]).type("A!A1", "x")
    assert service.round(busy=service.ids[0]) == [service.ids[0]]
    service.restart(service.bookmark)
    assert [service.round([]), service.round(service.ids[1:]), service.round()] == [[], [], [service.ids[0]]]
    assert service.round() == []


def test_a_round_that_was_cut_off_is_made_again(service: Follower, google: GoogleFake) -> None:
    service.round()
    before = service.bookmark
    google.person(service.ids[0]).type("A!A1", "x")
    assert service.feed.token(service.ids[0], DAY, service.kept[service.ids[0]]) != service.kept[service.ids[0]]
    service.restart(before)
    assert service.round() == [service.ids[0]]


def test_a_sheet_that_is_gone_counts_as_changed(service: Follower, google: GoogleFake) -> None:
    service.round()
    google.world.changed(google.file(service.ids[2]), removed=True)
    assert service.round(busy=service.ids[2]) == [service.ids[2]]
    assert service.round() == [service.ids[2]]


def test_what_another_sheet_or_another_version_left_is_read(service: Follower) -> None:
    service.round()
    one, two, _ = service.ids
    service.kept |= {one: service.kept[two], two: "0.0.0 " + service.kept[two]}
    assert service.round() == [one, two]


def test_after_trouble_nobody_asks_for_a_while(service: Follower, google: GoogleFake) -> None:
    service.round()
    google.fault(faults.server_error(503), times=None)
    assert (service.round(), type(service.feed.trouble)) == ([], GoogleUnwell)
    assert service.feed.obstacle is service.feed.trouble
    google.heal()
    google.person(service.ids[0]).type("A!A1", "x")
    service.now += PAUSE / 2
    calls = len(google.log)
    assert (service.round(), len(google.log)) == ([], calls)
    service.now += PAUSE / 2
    assert (service.round(), service.feed.trouble) == ([service.ids[0]], None)


def test_a_clock_that_was_set_back_makes_no_longer_pause(service: Follower) -> None:
    service.feed.pause(GoogleBusy(reason="quota"))
    service.now -= 3600
    assert service.round() == service.ids


def test_without_a_sign_in_every_sheet_stands_still(service: Follower) -> None:
    def nobody() -> None:
        raise NotSignedIn

    service.feed = Feed(nobody, service.ids, lambda: 0.0)  # type: ignore[arg-type]
    assert (service.round(), type(service.feed.obstacle)) == ([], NotSignedIn)


def test_a_feed_that_is_switched_off_is_no_obstacle(service: Follower, google: GoogleFake) -> None:
    google.disable("drive")
    assert (service.round(), service.feed.obstacle) == ([], None)
    assert service.feed.trouble is not None


@pytest.mark.parametrize("bookmark", [Bookmark("7", DAY), Bookmark("8", DAY + timedelta(days=1), frozenset("ab"))])
def test_a_bookmark_is_kept_as_a_text(bookmark: Bookmark) -> None:
    assert bookmark_in(text_of(bookmark)) == bookmark


@pytest.mark.parametrize("text", ["", "{", "7", "[1]", '["7", "yesterday", []]', '["7", 3, []]', "null"])
def test_what_is_no_bookmark_leads_to_a_sweep(text: str) -> None:
    assert bookmark_in(text) is None
