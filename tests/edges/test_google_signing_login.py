"""Signing in over Google's page and signing out again, with a browser that a test holds."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from google_browser import Browser
from google_fake import GoogleFake, faults
from google_wire import Time

from okrsheets.edges.google.signing.application import read_application
from okrsheets.edges.google.signing.login import Invitation, Wish, sign_in
from okrsheets.edges.google.signing.logout import sign_out
from okrsheets.edges.google.signing.loopback import Loopback
from okrsheets.edges.google.signing.refreshing import TokenCalls
from okrsheets.edges.google.signing.tokens import Token, Tokens
from okrsheets.words import errors
from okrsheets.words.message import Message

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(any_token=False, now=NOW) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def wish(google: GoogleFake, tmp_path: Path) -> Wish:
    client = read_application(google.client_file(tmp_path / "client.json"))
    return Wish(client, ("drive.file",), NOW.timestamp(), patience=20)


@pytest.fixture
def post() -> Callable[..., Any]:
    return TokenCalls(Time().patience()).post


def in_english(message: Message) -> str:
    return message.text.format(**message.facts)


def signed_in(wish: Wish, post: Callable[..., Any], browser: Browser) -> Token:
    def invite(invitation: Invitation) -> None:
        browser.open(invitation.url)

    return sign_in(wish, invite, in_english, post)


def test_a_person_says_yes(google: GoogleFake, wish: Wish, post: Callable[..., Any]) -> None:
    browser = Browser()
    token = signed_in(wish, post, browser)
    assert (token.scopes, token.client_id, token.expires) == (("drive.file",), wish.client.id, None)
    assert google.accounts.refreshing[token.refresh_token][1].email == "anna@example.com"
    assert browser.asked["code_challenge_method"] == "S256"
    assert browser.asked["access_type"] == "offline"
    assert browser.asked["scope"] == "https://www.googleapis.com/auth/drive.file"
    assert browser.asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert len(browser.asked["state"]) >= 32


def test_each_time_the_secrets_are_others(wish: Wish, post: Callable[..., Any]) -> None:
    first, second = Browser(), Browser()
    signed_in(wish, post, first)
    signed_in(wish, post, second)
    for name in ("state", "code_challenge"):
        assert first.asked[name] != second.asked[name]


def test_the_wider_scope_is_asked_for_beside_the_usual_one(wish: Wish, post: Callable[..., Any]) -> None:
    token = signed_in(replace(wish, scopes=("drive.file", "spreadsheets")), post, Browser())
    assert set(token.scopes) == {"drive.file", "spreadsheets"}


def test_a_box_that_was_left_open_is_named(wish: Wish, post: Callable[..., Any]) -> None:
    with pytest.raises(errors.ScopeMissing) as told:
        signed_in(replace(wish, scopes=("drive.file", "spreadsheets")), post, Browser(scopes=("spreadsheets",)))
    assert told.value.facts["scopes"] == ("drive.file",)


def test_a_person_says_no(google: GoogleFake, wish: Wish, post: Callable[..., Any]) -> None:
    with pytest.raises(errors.SignInDeclined) as told:
        signed_in(wish, post, Browser(answer="cancel"))
    assert told.value.facts["reason"] == "access_denied"
    assert google.log.count("token") == 0


def test_nobody_comes_back(wish: Wish, post: Callable[..., Any]) -> None:
    with pytest.raises(errors.SignInTimedOut):
        sign_in(replace(wish, patience=0.01), lambda invitation: None, in_english, post)


def test_a_visit_without_our_state_is_nobodys(wish: Wish, post: Callable[..., Any]) -> None:
    """A page of somebody else may send a browser to us with a code of its own."""
    statuses = []

    def strangers(invitation: Invitation) -> None:
        base = f"http://127.0.0.1:{invitation.port}/"
        queries = ("", "?code=4/evil", "?code=4/evil&state=guess", "?error=access_denied", "?state=")
        statuses.extend(requests.get(base + query, timeout=20).status_code for query in queries)
        Browser().open(invitation.url)

    token = sign_in(wish, strangers, in_english, post)
    assert statuses == [404] * 5
    assert token.refresh_token


def test_a_browser_that_opens_a_connection_and_says_nothing_is_in_nobodys_way(
    wish: Wish, post: Callable[..., Any]
) -> None:
    idle = []

    def speculative(invitation: Invitation) -> None:
        idle.append(socket.create_connection(("127.0.0.1", invitation.port)))
        Browser().open(invitation.url)

    assert sign_in(wish, speculative, in_english, post).refresh_token
    idle[0].close()


def test_the_page_of_the_way_back_thanks_and_holds_no_code() -> None:
    with Loopback("s1", in_english) as loopback:
        page = requests.get(f"{loopback.address}?state=s1&code=4/canary", timeout=20)
        assert "Thank you" in page.text
        assert "canary" not in page.text + repr(loopback.wait(1))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.token_refused("invalid_client", "Unauthorized"), errors.ClientRefused),
        (faults.token_refused(), errors.SignInEnded),
        (faults.lost_answer(), errors.GoogleUnwell),
        (faults.truncated(), errors.GoogleUnwell),
        (faults.server_error(503), errors.GoogleUnwell),
    ],
)
def test_a_code_is_not_tried_twice(
    google: GoogleFake, wish: Wish, post: Callable[..., Any], fault: faults.Fault, error: type[errors.OkrsheetsError]
) -> None:
    google.fault(fault, "token", times=None)
    with pytest.raises(error):
        signed_in(wish, post, Browser())
    assert google.log.count("token") == 1


def granting(**more: Any) -> Callable[..., Any]:
    given = {"access_token": "a", "refresh_token": "r", "scope": "https://www.googleapis.com/auth/drive.file", **more}
    return lambda url, form, repeatable: (200, given)


@pytest.mark.parametrize(
    ("seconds", "expires"), [(604799, "2026-11-30T07:59:59+00:00"), (0, None), ("x", None), (None, None)]
)
def test_an_app_in_testing_has_its_day(wish: Wish, seconds: Any, expires: str | None) -> None:
    token = signed_in(wish, granting(refresh_token_expires_in=seconds), Browser())
    assert token.expires == expires


def test_a_grant_without_a_lasting_token_is_none(wish: Wish) -> None:
    with pytest.raises(errors.SignInDeclined):
        signed_in(wish, granting(refresh_token=None), Browser())


def test_signing_out_takes_the_sign_in_back(
    google: GoogleFake, wish: Wish, post: Callable[..., Any], tmp_path: Path
) -> None:
    tokens = Tokens(tmp_path / "state")
    with pytest.raises(errors.NotSignedIn):
        sign_out(tokens, post)
    token = signed_in(wish, post, Browser())
    tokens.save(token)
    assert sign_out(tokens, post)
    assert (tokens.there, google.accounts.refreshing, google.log.count("revoke")) == (False, {}, 1)
    tokens.save(token)
    assert sign_out(tokens, post)
    assert not tokens.there


@pytest.mark.parametrize("fault", [faults.server_error(503), faults.reset(), faults.server_error(504)])
def test_without_google_the_sign_in_is_forgotten_all_the_same(
    google: GoogleFake, wish: Wish, post: Callable[..., Any], tmp_path: Path, fault: faults.Fault
) -> None:
    tokens = Tokens(tmp_path / "state")
    tokens.save(signed_in(wish, post, Browser()))
    google.fault(fault, "revoke", times=None)
    assert not sign_out(tokens, post)
    assert not tokens.there


def test_a_sign_in_that_cannot_be_read_can_still_be_removed(tmp_path: Path, post: Callable[..., Any]) -> None:
    tokens = Tokens(tmp_path)
    tokens.path.write_text("{")
    assert not sign_out(tokens, post)
    assert not tokens.there


def test_no_code_token_or_secret_in_the_log(
    google: GoogleFake, wish: Wish, post: Callable[..., Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "okrsheets")
    caplog.set_level(logging.DEBUG, "google")
    caplog.set_level(logging.DEBUG, "oauthlib")
    tokens = Tokens(tmp_path / "state")
    tokens.save(signed_in(wish, post, Browser()))
    sign_out(tokens, post)
    seen = [record.getMessage() + repr(record.__dict__) for record in caplog.records] + [repr(wish)]
    assert not [text for text in seen for secret in ("1//", "4/fake", "GOCSPX", "ya29") if secret in text]


def test_a_port_that_is_taken(wish: Wish, post: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(errors.PortTaken) as told:
            signed_in(replace(wish, port=port), post, Browser())
    assert (told.value.exit_code, told.value.facts["port"]) == (2, port)
