"""The one client through which every call goes: patient, bounded in time, counted, told to the log.

gspread takes a while to load; import this module where it is needed, not where it might be.
"""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

from gspread.http_client import HTTPClient
from requests import Response, Session

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.answers import json_of, once
from okrsheets.edges.google.wire.call import Call, Json, Kind
from okrsheets.edges.google.wire.endpoint import Endpoint
from okrsheets.edges.google.wire.patience import GaveUp, Patience, Troubled
from okrsheets.edges.google.wire.quota import Quota
from okrsheets.edges.google.wire.refusals import quoted
from okrsheets.words.errors import AnswerLost, GoogleBusy, GoogleUnwell, TemporaryError

LOG = logging.getLogger("okrsheets.google")
TIMEOUTS = (5.0, 60.0)
"""Seconds to connect, and of silence before an answer counts as lost."""


class SheetsClient(HTTPClient):
    """gspread's client with our address, timeouts, patience, quota and counting."""

    timeout: tuple[float, float]

    def __init__(
        self,
        session: Session,
        *,
        identity: Identity,
        endpoint: Endpoint,
        patience: Patience,
        quota: Quota,
        timeouts: tuple[float, float] = TIMEOUTS,
    ) -> None:
        super().__init__(None, session)  # type: ignore[arg-type]  # the session signs; there is nothing else to do so
        self.identity, self.endpoint = identity, endpoint
        self.patience, self.quota = patience, quota
        self.timeout = timeouts
        self.calls: Counter[str] = Counter()

    def request(
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: Any = None,
        json: Any = None,
        files: Any = None,
        headers: Any = None,
    ) -> Response:
        """A call of gspread's own, which nothing in okrsheets makes; it is as careful as ours."""
        if data is not None or files is not None or headers is not None:
            raise NotImplementedError("okrsheets sends JSON only")
        repeatable = method.lower() in ("get", "put", "delete")
        kind = Kind.READ if method.lower() == "get" else Kind.WRITE
        return self.perform(Call(method.lower(), kind, method, endpoint, params or {}, json, repeatable))

    def ask(self, call: Call) -> Json | None:
        """Makes a call; its JSON, None where the answer is empty. Raises an error of okrsheets.words.errors."""
        return json_of(self.perform(call))

    def perform(self, call: Call) -> Response:
        """Makes a call as often as is worth it. Raises an error of okrsheets.words.errors."""
        try:
            return self.patience.see_through(lambda: self._tried(call), repeatable=call.repeatable)
        except GaveUp as error:
            raise given_up(error, call) from None

    def _tried(self, call: Call) -> Response:
        """One try, counted and told to the log."""
        self.quota.take(call.kind)
        self.calls[call.name] += 1
        self.calls[call.kind.value] += 1
        try:
            answer = once(self.session, call, self.endpoint, self.timeout, self.identity)
        except Troubled as error:
            LOG.info("%s %s: %s", call.name, call.file, quoted(str(error)))
            self.session.close()  # the next try begins on a connection of its own
            raise
        LOG.info("%s %s: %d, %d bytes", call.name, call.file, answer.status_code, len(answer.content))
        return answer


def given_up(error: GaveUp, call: Call) -> TemporaryError:
    """The error for trouble that outlasted the patience."""
    trouble = error.trouble
    if trouble.asked_to_wait:
        return GoogleBusy(reason=trouble.reason)
    if trouble.perhaps_done and not call.repeatable:
        return AnswerLost(reason=trouble.reason)
    return GoogleUnwell(reason=trouble.reason)
