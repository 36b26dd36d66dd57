"""Letters on their way: to messengers that really listen, into a folder, and what is said when neither works."""

from __future__ import annotations

import base64
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from letterbox import SECRET, Inbox, MailServer, listening

from okrsheets.edges import messengers
from okrsheets.edges.languages import language
from okrsheets.edges.messages import Folder, Post, safe_name
from okrsheets.edges.messengers import Messenger, Reached, masked, verdict
from okrsheets.words.digest import Letter
from okrsheets.words.errors import BadAddress, NoMessenger, NotDelivered, OkrsheetsError, PerhapsDelivered

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:één\r\nEND:VCALENDAR\r\n"
LETTER = Letter(
    "Ten <b>clients</b>: week 8 of 14", (("You did 5 of 7.",), ("☐ *Invite* _two_ [x](y)", "☐ Call")), CALENDAR
)
ENGLISH = language("en")


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with listening(Inbox()) as inbox:
        yield inbox


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with listening(MailServer()) as server:
        yield server


def said(fault: OkrsheetsError) -> str:
    return f"{ENGLISH.say(fault.message)} {ENGLISH.say(fault.advice)}"


def post(*addresses: str, folder: str | None = None) -> Post:
    return Post(addresses, folder, "plan", "2026-W47")


def test_a_letter_arrives_as_it_was_written_with_its_calendar(inbox: Inbox) -> None:
    assert post(inbox.address()).bring(LETTER) == ()
    (got,) = inbox.got
    assert (got["title"], got["message"]) == (LETTER.subject, LETTER.body)
    (file,) = got["attachments"]
    assert (file["filename"], file["mimetype"]) == ("okrsheets.ics", "text/calendar")
    assert base64.b64decode(file["base64"]).decode() == CALENDAR


def test_a_letter_by_e_mail(mail: MailServer) -> None:
    """What a title holds is no markup there, and the calendar is a file that can be opened."""
    assert post(mail.address("bo@example.org")).bring(LETTER) == ()
    ((to, got),) = mail.manners.got
    assert (to, got["subject"]) == (["bo@example.org"], LETTER.subject)
    text = got.get_body(("html", "plain"))
    assert text is not None
    assert "☐ *Invite* _two_ [x](y)" in text.get_content()
    (file,) = (part for part in got.iter_attachments() if part.get_filename())
    assert (file.get_filename(), file.get_content_type()) == ("okrsheets.ics", "text/calendar")
    found = file.get_payload(decode=True)
    assert isinstance(found, bytes)
    assert found.decode() == CALENDAR


def test_a_letter_without_a_calendar_has_no_enclosure(inbox: Inbox) -> None:
    assert post(inbox.address()).bring(Letter("Hello", (("You",),))) == ()
    assert inbox.got[0]["attachments"] == []


def test_a_messenger_that_takes_pictures_only_gets_no_calendar() -> None:
    assert Messenger("pover://user@token")._enclosed(LETTER) is None
    assert Messenger("tgram://123456789:abcdefg_hijklmnop/12315544/")._enclosed(LETTER) is not None


def test_one_place_that_fails_keeps_no_other_from_its_letter(inbox: Inbox, tmp_path: Path) -> None:
    warnings = post(inbox.address("broken"), inbox.address(), folder=str(tmp_path)).bring(LETTER)
    assert len(inbox.got) == 2
    assert len(list(tmp_path.iterdir())) == 2
    assert [ENGLISH.say(each) for each in warnings] == [
        "The letter did not reach json://… (the server said no, 500); others got it."
    ]


@pytest.mark.parametrize(
    ("status", "why"), [(403, "the server said no, 403"), (503, "the server said no, 503"), (301, "said no, 301")]
)
def test_a_letter_that_is_refused_has_not_arrived(inbox: Inbox, status: int, why: str) -> None:
    inbox.status = status
    with pytest.raises(NotDelivered) as caught:
        post(inbox.address(query="?redirect=no")).bring(LETTER)
    assert why in said(caught.value)


def test_a_server_that_is_not_there_has_no_letter() -> None:
    mail = f"mailto://anna:{SECRET}@127.0.0.1:9?mode=insecure&from=a@example.org&to=b@example.org"
    for address in (f"json://anna:{SECRET}@127.0.0.1:9/", mail):
        with pytest.raises(NotDelivered) as caught:
            post(address).bring(LETTER)
        assert "the server cannot be reached" in said(caught.value)


def test_an_answer_that_does_not_come_proves_nothing(inbox: Inbox, mail: MailServer) -> None:
    """The letter is there, and whoever sent it does not know: it must not go again."""
    inbox.before_answer = lambda: (_ for _ in ()).throw(ConnectionAbortedError)
    mail.manners.confirms = False
    inbox.handle_error = lambda *_: None  # type: ignore[method-assign]
    for address in (inbox.address(), mail.address("bo@example.org")):
        with pytest.raises(PerhapsDelivered) as caught:
            post(address).bring(LETTER)
        assert "not sent a second time" in said(caught.value)
    assert (len(inbox.got), len(mail.manners.got)) == (1, 1)


def test_a_server_that_never_ends_is_left(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    end = Event()
    inbox.before_answer = lambda: end.wait(10)
    monkeypatch.setattr(messengers, "LONGEST", 0.2)
    try:
        with pytest.raises(PerhapsDelivered):
            post(inbox.address()).bring(LETTER)
    finally:
        end.set()


def test_a_mail_server_that_knows_neither_password_nor_receiver_says_no(mail: MailServer) -> None:
    mail.manners.refuses = ("bo@",)
    with pytest.raises(NotDelivered) as caught:
        post(mail.address("bo@example.org")).bring(LETTER)
    assert "the server said no, 550" in said(caught.value)
    mail.manners.lets_in = False
    with pytest.raises(NotDelivered) as caught:
        post(mail.address("cy@example.org")).bring(LETTER)
    assert "the server said no, 535" in said(caught.value)
    assert mail.manners.got == []


def test_where_one_of_several_receivers_got_it_it_does_not_go_again(mail: MailServer) -> None:
    mail.manners.refuses = ("bo@",)
    with pytest.raises(PerhapsDelivered) as caught:
        post(mail.address("bo@example.org", "cy@example.org")).bring(LETTER)
    assert "not all of its receivers were reached" in said(caught.value)
    assert [to for to, _ in mail.manners.got] == [["cy@example.org"]]


CONNECTION = "Socket Exception: HTTPConnectionPool(host='x', port=80): Max retries exceeded"


@pytest.mark.parametrize(
    ("lines", "targets", "reached"),
    [
        ([], 1, Reached.NO),
        ([f"{CONNECTION} (Caused by NameResolutionError)"], 3, Reached.NO),
        ([f"{CONNECTION} (Caused by ConnectTimeoutError)"], 1, Reached.NO),
        ([f"{CONNECTION} (Caused by ReadTimeoutError)"], 1, Reached.UNSURE),
        (["Failed to send JSON POST notification: error=500."], 1, Reached.NO),
        (["Failed to send JSON POST notification: error=500."], 2, Reached.UNSURE),
        (["Sent JSON POST notification.", f"{CONNECTION} (Caused by NameResolutionError)"], 2, Reached.UNSURE),
        (["SMTP recipient b@c.de was refused: 550 b'no'"], 1, Reached.UNSURE),
        (["Socket Exception: timed out"], 1, Reached.UNSURE),
        (['Connection error while submitting email to "x"', "Socket Exception: timed out"], 1, Reached.NO),
        (["Connection error while submitting email to x. Reason: (535, b'no')"], 2, Reached.NO),
        (["Sending email to \"b\" failed. Reason: (550, b'no')"], 1, Reached.NO),
        (
            ['Sending email to "b" failed.', 'Connection error while submitting email to "x"', "Exception: x"],
            1,
            "unsure",
        ),
    ],
)
def test_what_apprise_says_proves_this(lines: list[str], targets: int, reached: Reached | str) -> None:
    assert verdict(lines, targets).reached is Reached(reached)


def test_no_secret_is_ever_said(
    inbox: Inbox, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    inbox.status = 403
    with caplog.at_level(logging.DEBUG), pytest.raises(NotDelivered) as caught:
        post(inbox.address(), f"json://anna:{SECRET}@127.0.0.1:9/{SECRET}").bring(LETTER)
    assert SECRET not in said(caught.value) + caplog.text + "".join(capfd.readouterr())


def test_a_messenger_that_breaks_proves_nothing(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    def broken(*anything: object, **more: object) -> bool:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    with pytest.raises(PerhapsDelivered) as caught:
        post(inbox.address()).bring(LETTER)
    assert SECRET not in said(caught.value)


@pytest.mark.parametrize("address", ["nonsense", "nosuch://anna:s3cr3tk3y@host", "", "json://"])
def test_an_address_that_apprise_cannot_read_is_told_without_its_secrets(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(BadAddress) as caught:
        post(address)
    assert SECRET not in said(caught.value)
    assert SECRET not in caplog.text


def test_a_server_has_more_time_than_apprise_gives_unless_the_address_says_so() -> None:
    assert Messenger("json://host")._line[0].request_timeout == (10, 20)
    assert Messenger("json://host?cto=3&rto=5")._line[0].request_timeout == (3, 5)


def test_without_apprise_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NoMessenger) as caught:
        post(f"tgram://{SECRET}/12315544/")
    assert said(caught.value) == (
        "Letters to tgram://… need apprise, which is not installed here. "
        "Install it with: pip install 'okrsheets[messages]', or name a folder in digest.folder."
    )


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("mailto://anna:s3cr3tk3y@example.org?to=bo@example.org", "mailto://…"),
        ("tgram://s3cr3tk3y/12315544/", "tgram://…"),
        ("https://hooks.slack.com/services/s3cr3tk3y", "https://…"),
        ("s3cr3tk3y", "…"),
        ("", "…"),
    ],
)
def test_of_an_address_only_its_kind_is_shown(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_a_letter_in_a_folder_with_its_calendar_beside_it(tmp_path: Path) -> None:
    way = Post((), str(tmp_path / "letters"), "trajecten", "2026-W47")
    assert way.bring(LETTER) == ()
    letter, calendar = sorted((tmp_path / "letters").iterdir(), reverse=True)
    assert (letter.name, calendar.name) == ("trajecten 2026-W47.txt", "trajecten 2026-W47.ics")
    assert letter.read_text(encoding="utf-8") == LETTER.text
    assert calendar.read_bytes().decode() == CALENDAR
    way.bring(Letter("Another", ()))
    assert letter.read_text(encoding="utf-8") == "Another\n\n\n"
    assert len(list(letter.parent.iterdir())) == 2
    assert way.to == (str(letter),)


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(NotDelivered) as caught:
        post(folder=str(tmp_path / "file")).bring(LETTER)
    assert "plan 2026-W47.txt (" in said(caught.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "etc-passwd"), ("a:b", "a-b"), ("", "okrsheets"), ("...", "okrsheets"), ("x" * 99, "x" * 80)],
)
def test_a_name_never_leads_out_of_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert Folder(Path("letters"), name, "2026-W47").file.parent == Path("letters")
