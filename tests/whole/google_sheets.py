"""The stand-in for Google as tests of the whole product use it: no waiting, no quota of the minute."""

from __future__ import annotations

import requests
from google_fake import PERSON, GoogleFake

from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.endpoint import Endpoint
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.edges.google.wire.quota import Quota
from okrsheets.edges.languages import Languages
from okrsheets.rules.readback import known_titles

TITLES = known_titles(Languages().all)


def api_of(google: GoogleFake, who: str = PERSON) -> GoogleApi:
    """The calls of somebody."""
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {google.token(who)}"
    patience = Patience(sleep=lambda _: None)
    return GoogleApi(session, endpoint=Endpoint(google.base_url), patience=patience, quota=Quota(per_minute=10**9))


def store_in(google: GoogleFake, id: str | None = None) -> GoogleStore:
    """A spreadsheet, or a place for a new one."""
    return GoogleStore(api_of(google), id, TITLES)
