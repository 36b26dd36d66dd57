"""Signing in as a person: to Google's page in the browser, and back with a code (RFC 8252, RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from okrsheets.edges.google.signing.application import Application
from okrsheets.edges.google.signing.credentials import long
from okrsheets.edges.google.signing.identity import Identity, Way, short
from okrsheets.edges.google.signing.loopback import Loopback
from okrsheets.edges.google.signing.tokens import Token
from okrsheets.edges.google.wire.call import Json
from okrsheets.edges.google.wire.refusals import quoted
from okrsheets.words.errors import ScopeMissing, SignInDeclined, SignInTimedOut
from okrsheets.words.message import Message, say

PATIENCE = 300.0
"""Seconds that a person has for Google's page."""
OK = 200


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a person is to go, and the port on which we wait."""

    url: str
    port: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the client, the scopes by their short names, and when now is, in seconds since 1970."""

    client: Application
    scopes: tuple[str, ...]
    now: float
    port: int = 0
    patience: float = PATIENCE


def sign_in(
    wish: Wish,
    invite: Callable[[Invitation], None],
    speak: Callable[[Message], str],
    post: Callable[..., tuple[int, Json]],
) -> Token:
    """Sends a person to Google's page and waits. `speak` puts the page of the way back into a language.

    `post` is that of TokenCalls. Raises PortTaken, SignInTimedOut, SignInDeclined, ScopeMissing, and what that raises.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with Loopback(state, speak, wish.port) as loopback:
        invite(Invitation(address(wish, loopback.address, state, verifier), loopback.port))
        back = loopback.wait(wish.patience)
    if back is None:
        raise SignInTimedOut(minutes=round(wish.patience / 60))
    if not back.code:
        raise SignInDeclined(reason=quoted(back.error))
    return exchanged(wish, back.code, loopback.address, verifier, post)


def address(wish: Wish, redirect: str, state: str, verifier: str) -> str:
    """Google's page for this wish. A consent is asked for anew, for only then is there a refresh token."""
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "client_id": wish.client.id,
        "redirect_uri": redirect,
        "response_type": "code",
        "scope": " ".join(long(wish.scopes)),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    return f"{wish.client.auth_uri}?{urlencode(asked)}"


def exchanged(wish: Wish, code: str, redirect: str, verifier: str, post: Callable[..., tuple[int, Json]]) -> Token:
    """The token for a code; a code is good once, so this is not tried twice."""
    from okrsheets.edges.google.signing.refreshing import no_token, said

    client = wish.client
    form = {"client_id": client.id, "client_secret": client.secret, "code": code, "redirect_uri": redirect}
    form |= {"grant_type": "authorization_code", "code_verifier": verifier}
    status, given = post(client.token_uri, form, repeatable=False)
    if status != OK:
        identity = Identity(Way.PERSON, scopes=wish.scopes)
        code, text = said(given)
        raise no_token(code or str(status), text, identity)
    granted = tuple(short(scope) for scope in str(given.get("scope", "")).split())
    if missing := tuple(scope for scope in wish.scopes if scope not in granted):
        raise ScopeMissing(scopes=missing)
    if not given.get("refresh_token"):
        raise SignInDeclined(reason=say("it gave no lasting sign-in"))
    return Token(
        client.id, client.secret, str(given["refresh_token"]), client.token_uri, granted, "", expiry(given, wish)
    )


def expiry(given: Json, wish: Wish) -> str | None:
    """When Google ends the sign-in by itself, as it does after seven days for an app in testing; None: not said."""
    seconds = given.get("refresh_token_expires_in")
    if not isinstance(seconds, int) or seconds <= 0:
        return None
    return (datetime.fromtimestamp(wish.now, UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
