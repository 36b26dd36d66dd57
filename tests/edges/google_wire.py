"""GoogleApi as tests hold it: against the fake, with a time that only passes when somebody sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests
from google_fake import GoogleFake

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.endpoint import Endpoint
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.edges.google.wire.quota import Quota


@dataclass
class Time:
    """Seconds that pass only by sleeping; nobody ever really waits."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, **more: Any) -> Patience:
        return Patience(sleep=self.sleep, clock=self.clock, chance=lambda: 0.5, **more)

    def quota(self, **more: Any) -> Quota:
        return Quota(sleep=self.sleep, clock=self.clock, **more)


def session(token: str = "any") -> requests.Session:
    """A session with a plain token."""
    made = requests.Session()
    made.trust_env = False
    made.headers["Authorization"] = f"Bearer {token}"
    return made


def api_of(google: GoogleFake, time: Time, *, token: str = "any", read: float = 20.0, **more: Any) -> GoogleApi:
    """The calls of one account, asked of the fake."""
    more = {"patience": time.patience(), "quota": time.quota(), "identity": Identity(), **more}
    return GoogleApi(session(token), endpoint=Endpoint(google.base_url), timeouts=(5.0, read), **more)
