"""Letters on their way: to a messenger that really listens, into a folder, and what is said when neither works."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from okrsheets.edges.languages import language
from okrsheets.edges.messages import Folder, Messengers, masked, safe_name
from okrsheets.words.digest import Letter
from okrsheets.words.errors import BadAddress, NoMessenger, NotDelivered, OkrsheetsError

LETTER = Letter("Ten <b>clients</b>: week 8 of 14", (("You did 5 of 7.",), ("☐ *Invite* _two_ [x](y)", "☐ Call")))
SECRET = "s3cr3tk3y"
ENGLISH = language("en")


class Inbox(HTTPServer):
    """Takes what apprise posts to json://, and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Reader)
        self.status = 200
        self.got: list[dict[str, Any]] = []

    def address(self, path: str = "") -> str:
        return f"json://anna:{SECRET}@127.0.0.1:{self.server_port}/{path}"


class Reader(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        inbox = self.server
        assert isinstance(inbox, Inbox)
        inbox.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(500 if self.path == "/broken" else inbox.status)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    server = Inbox()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def said(fault: OkrsheetsError) -> str:
    return f"{ENGLISH.say(fault.message)} {ENGLISH.say(fault.advice)}"


def test_a_letter_arrives_as_it_was_written(inbox: Inbox) -> None:
    assert Messengers([inbox.address()]).bring(LETTER) == ()
    (got,) = inbox.got
    assert (got["title"], got["message"]) == (LETTER.subject, LETTER.body)


def test_a_letter_in_an_e_mail_holds_no_markup_of_a_title() -> None:
    """E-mails are sent as HTML: a title with angle brackets is a text there too."""
    from apprise import NotifyFormat
    from apprise.conversion import convert_between

    shown = convert_between(NotifyFormat.TEXT, NotifyFormat.HTML, LETTER.subject)
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


def test_one_messenger_that_fails_keeps_no_other_from_its_letter(inbox: Inbox) -> None:
    warnings = Messengers([inbox.address("broken"), inbox.address()]).bring(LETTER)
    assert len(inbox.got) == 2
    assert [ENGLISH.say(each) for each in warnings] == ["The letter did not reach json://…; others got it."]


def test_where_all_fail_it_is_told(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    inbox.status = 403
    with caplog.at_level(logging.DEBUG), pytest.raises(NotDelivered) as caught:
        Messengers([inbox.address()]).bring(LETTER)
    assert SECRET not in said(caught.value)
    assert SECRET not in caplog.text


def test_nobody_listening_is_not_delivered() -> None:
    with pytest.raises(NotDelivered):
        Messengers([f"json://anna:{SECRET}@127.0.0.1:9/"]).bring(LETTER)


def test_a_messenger_that_breaks_is_one_that_failed(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    import apprise

    def broken(*anything: object, **more: object) -> bool:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(apprise.Apprise, "notify", broken)
    with pytest.raises(NotDelivered) as caught:
        Messengers([inbox.address()]).bring(LETTER)
    assert SECRET not in said(caught.value)


@pytest.mark.parametrize("address", ["nonsense", "nosuch://anna:s3cr3tk3y@host", "", "json://"])
def test_an_address_that_apprise_cannot_read_is_told_without_its_secrets(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(BadAddress) as caught:
        Messengers([address])
    assert SECRET not in said(caught.value)
    assert SECRET not in caplog.text


def test_without_apprise_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(NoMessenger) as caught:
        Messengers([f"tgram://{SECRET}/12315544/"])
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


def test_a_letter_in_a_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "letters", "trajecten", "2026-W47")
    assert folder.bring(LETTER) == ()
    (file,) = (tmp_path / "letters").iterdir()
    assert file.name == "trajecten 2026-W47.txt"
    assert file.read_text(encoding="utf-8") == LETTER.text
    folder.bring(Letter("Another", ()))
    assert len(list(file.parent.iterdir())) == 1


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(NotDelivered) as caught:
        Folder(tmp_path / "file", "plan", "2026-W47").bring(LETTER)
    assert "plan 2026-W47.txt" in said(caught.value)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/passwd", "etc-passwd"), ("a:b", "a-b"), ("", "okrsheets"), ("...", "okrsheets"), ("x" * 99, "x" * 80)],
)
def test_a_name_never_leads_out_of_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
