"""From what is configured to the calls of Google, signed by whoever counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from okrsheets.edges.google.signing.credentials import PERSON, SignIn, long, opened, source
from okrsheets.edges.google.signing.tokens import Tokens
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.endpoint import Endpoint, endpoint
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.edges.google.wire.quota import Quota

if TYPE_CHECKING:
    from requests import Session

FOLDER = "google"
"""Of the state folder: the sign-in of a person, and the client it was made with."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Google for one account, and what a person may want to know about the way there."""

    api: GoogleApi
    sign_in: SignIn
    endpoint: Endpoint


def tokens_in(state: Path) -> Tokens:
    """The place of the sign-in in the state folder of okrsheets."""
    return Tokens(state / FOLDER)


def connect(
    environ: Mapping[str, str],
    state: Path,
    *,
    credentials: str | None = None,
    api_endpoint: str = "",
    patience: Patience | None = None,
    quota: Quota | None = None,
    timeouts: tuple[float, float] | None = None,
) -> Connection:
    """The connection that environment and configuration ask for. No call is made yet.

    Raises NotSignedIn, BadEndpoint, and what reading a key or a sign-in raises.
    """
    place = endpoint(environ, api_endpoint)
    tokens = tokens_in(state)
    sign_in = opened(source(environ, credentials, tokens), tokens)
    return Connection(api_of(sign_in, place, patience or Patience(), quota, timeouts), sign_in, place)


def api_of(
    sign_in: SignIn,
    place: Endpoint,
    patience: Patience,
    quota: Quota | None = None,
    timeouts: tuple[float, float] | None = None,
) -> GoogleApi:
    """The calls of somebody who signed in."""
    session = session_of(sign_in, patience)
    return GoogleApi(
        session, identity=sign_in.identity, endpoint=place, patience=patience, quota=quota, timeouts=timeouts
    )


def session_of(sign_in: SignIn, patience: Patience | None = None) -> Session:
    """A session that signs every call for somebody."""
    # requests and google-auth take a while to load.
    from okrsheets.edges.google.signing.refreshing import TokenCalls
    from okrsheets.edges.google.signing.session import SignedSession

    return SignedSession(sign_in.credentials, sign_in.identity, TokenCalls(patience or Patience()))


def narrowed(connection: Connection) -> GoogleApi | None:
    """A service account's calls with the scope of a person and no other; None for whoever chose their scopes."""
    sign_in = connection.sign_in
    if not sign_in.identity.is_robot:
        return None
    narrow = replace(sign_in, credentials=sign_in.credentials.with_scopes(long(PERSON)))
    narrow = replace(narrow, identity=replace(sign_in.identity, scopes=PERSON))
    return api_of(narrow, connection.endpoint, Patience())
