"""A session whose every request is signed, with a token that is fresh."""

from __future__ import annotations

from typing import Any

from google.auth.exceptions import GoogleAuthError
from requests import PreparedRequest, Response, Session

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.signing.refreshing import TokenCalls, refused

UNAUTHORIZED = 401


class SignedSession(Session):
    """Signs with `credentials` of google-auth; asks for a token when there is none, or Google no longer takes it.

    google-auth has such a session of its own, but that one looks up more than a token, in a thread of its own, at
    addresses that a restricted host does not reach.
    """

    def __init__(self, credentials: Any, identity: Identity, tokens: TokenCalls) -> None:
        super().__init__()
        self._credentials, self._identity, self._tokens = credentials, identity, tokens
        self.auth = self._sign

    def request(self, *given: Any, **more: Any) -> Response:
        """A signed request. Raises also an error of okrsheets.words.errors, where no token can be had."""
        if not self._credentials.valid:
            self.refresh()
        answer = super().request(*given, **more)
        if answer.status_code != UNAUTHORIZED:
            return answer
        self.refresh()
        return super().request(*given, **more)

    def refresh(self) -> None:
        """A new token. Raises an error of okrsheets.words.errors."""
        try:
            self._credentials.refresh(self._tokens)
        except GoogleAuthError as error:
            raise refused(error, self._identity) from None

    def _sign(self, request: PreparedRequest) -> PreparedRequest:
        self._credentials.apply(request.headers)
        return request
