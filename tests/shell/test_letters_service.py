"""The letters of a service: real workbooks, a real history, and a server that really gets them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from letterbox import SECRET, Inbox, MailServer, listening
from okr import Okr

from okrsheets.edges.history import SqliteHistory
from okrsheets.shell.desk import Desk
from okrsheets.shell.keeping.keeper import Keeper
from okrsheets.shell.keeping.letters import Correspondent
from okrsheets.shell.keeping.log import LogFormat, ServiceLog
from okrsheets.shell.keeping.ticker import Clockwork

SUNDAY = datetime(2026, 11, 22, 17, tzinfo=UTC)
"""18:00 in Amsterdam."""
MINUTES, HOUR, WEEK = timedelta(minutes=2), timedelta(hours=1), timedelta(weeks=1)


class Service:
    """A service by a clock of our own."""

    def __init__(self, home: Path, demo: Path) -> None:
        self.file = home / "config.toml"
        self.state = home / "state"
        self.letters = home / "letters"
        self.demo = demo.resolve()
        self.now = SUNDAY - HOUR
        self.log = io.StringIO()
        self.ended = False
        self.keeper: Keeper | None = None

    def configure(self, digest: str, *names: str) -> None:
        tables = "".join(f"[[workbooks]]\nname = '{name}'\nworkbook = '{self.demo}'\n" for name in names or ("plan",))
        head = "language = 'en'\ntimezone = 'Europe/Amsterdam'\n"
        self.file.write_text(f"{head}[digest]\n{digest}\n{tables}", encoding="utf-8")

    def start(self) -> Keeper:
        desk = Desk(str(self.file))
        clockwork = Clockwork(lambda: self.now, lambda: self.now.timestamp(), lambda seconds: None)
        log = ServiceLog(desk.language, desk.zone, lambda: self.now, LogFormat.JSON, verbose=True, stream=self.log)
        return Keeper(desk, SqliteHistory(self.state), clockwork, log, lambda: self.ended)

    def tick_at(self, now: datetime) -> None:
        self.now = now
        self.keeper = self.keeper or self.start()
        self.keeper.tick()

    def told(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        return [line for line in lines if line["event"] == event]


@pytest.fixture
def service(home: Path, demo: Path) -> Service:
    return Service(home, demo)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with listening(Inbox()) as inbox:
        yield inbox


def test_a_letter_goes_once_a_week_to_every_place(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']\nfolder = 'letters'")
    for now in (SUNDAY - HOUR, SUNDAY - MINUTES):
        service.tick_at(now)
    assert (inbox.got, service.letters.exists()) == ([], False), "a new workbook waits for its first slot"
    for now in (SUNDAY + MINUTES, SUNDAY + HOUR, SUNDAY + 6 * 24 * HOUR):
        service.tick_at(now)
    (got,) = inbox.got
    assert "week 6" in got["title"]
    assert got["attachments"][0]["filename"] == "okrsheets-2026-W48.ics"
    text, calendar = service.letters / "plan 2026-W47.txt", service.letters / "plan 2026-W47.ics"
    assert text.read_text(encoding="utf-8").startswith(got["title"])
    assert len(icalendar.Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")) == 11
    service.tick_at(SUNDAY + WEEK + MINUTES)
    assert len(inbox.got) == 2
    assert [line["workbook"] for line in service.told("letter_sent")] == ["plan", "plan"]
    assert SECRET not in service.log.getvalue()


def test_a_restart_sends_nothing_again(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']")
    for now in (SUNDAY - HOUR, SUNDAY + MINUTES, SUNDAY + HOUR):
        service.tick_at(now)
        service.keeper = None
    assert len(inbox.got) == 1


def test_a_letter_by_e_mail(service: Service) -> None:
    with listening(MailServer()) as mail:
        service.configure(f"to = ['{mail.address('bo@example.org')}']")
        for now in (SUNDAY - HOUR, SUNDAY + MINUTES):
            service.tick_at(now)
    ((to, letter),) = mail.manners.got
    assert to == ["bo@example.org"]
    assert "week 6" in letter["subject"]
    assert [part.get_filename() for part in letter.iter_attachments()] == ["okrsheets-2026-W48.ics"]


def test_a_letter_that_fails_is_a_line_without_secrets_and_tried_again(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']")
    inbox.status = 503
    for now in (SUNDAY - HOUR, SUNDAY + MINUTES, SUNDAY + HOUR / 2):
        service.tick_at(now)
    (told,) = service.told("letter_failed")
    assert told["level"] == "warning"
    assert "json://… (the server said no, 503)" in told["message"]
    assert "tried again in an hour" in told["message"]
    inbox.status = 200
    service.tick_at(SUNDAY + HOUR + 2 * MINUTES)
    assert len(service.told("letter_sent")) == 1
    assert SECRET not in service.log.getvalue()


def test_a_letter_that_may_have_arrived_is_told_and_not_tried_again(service: Service) -> None:
    with listening(MailServer()) as mail:
        mail.manners.confirms = False
        service.configure(f"to = ['{mail.address('bo@example.org')}']")
        for now in (SUNDAY - HOUR, SUNDAY + MINUTES, SUNDAY + 2 * HOUR):
            service.tick_at(now)
    assert len(mail.manners.got) == 1
    (told,) = service.told("letter_failed")
    assert told["level"] == "error"
    assert "not sent a second time" in told["message"]


@pytest.mark.parametrize(
    ("digest", "said"),
    [
        ("to = ['nosuch://anna:s3cr3tk3y@host']", "nosuch://…"),
        ("folder = 'config.toml/letters'", "its folder is not there"),
    ],
)
def test_a_place_that_cannot_be_is_told(service: Service, digest: str, said: str) -> None:
    service.configure(digest)
    for now in (SUNDAY - HOUR, SUNDAY + MINUTES):
        service.tick_at(now)
    (told,) = service.told("letter_failed")
    assert said in told["message"]
    assert SECRET not in service.log.getvalue()


def test_a_workbook_that_cannot_be_read_keeps_no_other_from_its_letter(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']")
    with service.file.open("a", encoding="utf-8") as file:
        file.write("[[workbooks]]\nname = 'gone'\nworkbook = 'gone.xlsx'\n")
    for now in (SUNDAY - HOUR, SUNDAY + MINUTES):
        service.tick_at(now)
    assert len(inbox.got) == 1
    (told,) = service.told("letter_failed")
    assert told["workbook"] == "gone"
    assert "no letter yet" in told["message"]


def test_a_bug_about_one_workbook_keeps_no_other_from_its_letter(
    service: Service, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.configure(f"to = ['{inbox.address()}']", "one", "two")
    service.tick_at(SUNDAY - HOUR)
    place = Desk.configured_place
    monkeypatch.setattr(Desk, "configured_place", lambda desk, name: place(desk, name) if name == "two" else 1 / 0)
    service.tick_at(SUNDAY + MINUTES)
    assert len(inbox.got) == 1
    assert [line["workbook"] for line in service.told("letter_failed")] == ["one"]


def test_syncs_come_between_two_letters_and_an_end_is_heeded(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']", "one", "two", "three")
    desk, came = Desk(str(service.file)), list[str]()
    log = ServiceLog(desk.language, desk.zone, lambda: service.now, LogFormat.JSON, stream=service.log)
    clockwork = Clockwork(lambda: service.now, lambda: 0.0, lambda seconds: None)
    correspondent = Correspondent(SqliteHistory(service.state), clockwork, log, lambda: service.ended)
    correspondent.go_round(desk, lambda: came.append("sync"))

    def sync() -> None:
        came.append(f"sync after {len(inbox.got)}")
        service.ended = len(inbox.got) == 2

    service.now = SUNDAY + MINUTES
    correspondent.go_round(desk, sync)
    assert came == ["sync after 1", "sync after 2"]
    correspondent.go_round(desk, sync)
    assert len(inbox.got) == 2


def test_a_configuration_that_is_read_again_counts(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']\noff = true")
    service.tick_at(SUNDAY - HOUR)
    service.tick_at(SUNDAY + MINUTES)
    assert (inbox.got, service.told("letter_failed")) == ([], [])
    service.configure(f"to = ['{inbox.address()}']\nday = 'monday at 09:00'")
    assert service.keeper is not None
    service.keeper.reload()
    service.tick_at(SUNDAY + HOUR)
    service.tick_at(SUNDAY + 16 * HOUR)
    assert len(inbox.got) == 1


def test_a_plan_that_rests_gets_no_letter(service: Service, inbox: Inbox) -> None:
    service.configure(f"to = ['{inbox.address()}']")
    long_ago = SUNDAY - timedelta(days=7 * 20)
    service.tick_at(long_ago - HOUR)
    service.tick_at(long_ago + MINUTES)
    assert inbox.got == []
    assert len(service.told("letter_spared")) == 1


def test_a_trial_goes_at_once_and_counts_for_nothing(
    okr: Okr, service: Service, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.configure(f"to = ['{inbox.address()}']\nfolder = 'letters'")
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(service.state))
    answer = okr("digest", "--send", "--config", service.file, "--today", "2026-11-22")
    assert (answer.code, answer.err) == (0, "")
    assert "Sent as a trial to json://… and" in answer.out
    (got,) = inbox.got
    assert "week 6" in got["title"]
    assert got["title"].startswith("Proef: ") or got["title"].startswith("Trial: ")
    assert SqliteHistory(service.state).letters() == {}
    found = okr("digest", service.demo, "--send", "--config", service.file, "--today", "2026-11-22", "--json").json
    assert found["sent"] == ["json://…", str(service.letters / "okrsheets-demo 2026-W47.txt")]
    inbox.status = 403
    (service.letters / "plan 2026-W47.txt").unlink()
    answer = okr("digest", "plan", "--send", "--config", service.file, "--today", "2026-11-22")
    assert (answer.code, "others got it" in answer.err) == (0, True)


def test_a_trial_that_fails_says_why_and_one_without_an_address_where_to_name_it(
    okr: Okr, service: Service, inbox: Inbox
) -> None:
    service.configure(f"to = ['{inbox.address()}']")
    inbox.status = 401
    answer = okr("digest", "plan", "--send", "--config", service.file)
    assert (answer.code, "the server said no, 401" in answer.err) == (75, True)
    assert SECRET not in answer.err
    service.configure("")
    answer = okr("digest", "--send", "--config", service.file)
    assert answer.code == 2
    assert "[digest]" in answer.err
    assert okr("digest").code == 2


def test_status_tells_of_letters_where_somebody_wants_them(
    okr: Okr, service: Service, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(service.state))
    monkeypatch.setattr("okrsheets.shell.clock.now", lambda: service.now)
    service.configure(f"to = ['{inbox.address()}']")
    asked = ("status", "--config", service.file)

    def known() -> tuple[object, ...]:
        (found,) = okr(*asked, "--json").json
        return found["last_letter"], found["next_letter"][:13], found["letter_failed"] and found["letter_failed"][:13]

    assert known() == (None, "2026-11-22T17", None)
    assert "Last letter" in okr(*asked).out
    inbox.status = 500
    service.tick_at(SUNDAY - HOUR)
    service.tick_at(SUNDAY + MINUTES)
    assert known() == (None, "2026-11-22T18", "2026-11-22T17")
    assert "not delivered, again today 19:02" in okr(*asked).out
    inbox.status = 200
    service.tick_at(SUNDAY + 2 * HOUR)
    assert known() == ("2026-11-22T19:00:00Z", "2026-11-29T17", None)
    assert "just now" in okr(*asked).out
    history = SqliteHistory(service.state)
    history.keep_letters(
        *(type(each)(each.name, each.slot, each.sent, reminders=3) for each in history.letters().values())
    )
    assert okr(*asked, "--json").json[0]["next_letter"] is None
    assert "once the plan is touched" in okr(*asked).out
    assert max(map(len, okr(*asked).out.splitlines())) <= 80
    service.configure("")
    assert "Last letter" not in okr(*asked).out
