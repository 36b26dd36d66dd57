"""How tokens are asked for: google-auth does the signing, we do the calling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from google.auth.exceptions import GoogleAuthError, RefreshError
from requests import Response, Session
from requests.exceptions import RequestException

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.answers import PASSING, broken, parsed, retry_after
from okrsheets.edges.google.wire.endpoint import proxies
from okrsheets.edges.google.wire.patience import GaveUp, Patience, Trouble, Troubled
from okrsheets.edges.google.wire.refusals import quoted, understood, whoever
from okrsheets.words.errors import (
    ClientRefused,
    ClockOff,
    GoogleBusy,
    GoogleUnwell,
    KeyRefused,
    OkrsheetsError,
    ScopeMissing,
    SignInEnded,
    TemporaryError,
)
from okrsheets.words.message import Fact, say

FORM = "application/x-www-form-urlencoded"
TIMEOUTS = (5.0, 30.0)
LATER = {"internal_failure", "server_error", "temporarily_unavailable", "rate_limit_exceeded", "slow_down"}
CLIENT_FAULTS = {"invalid_client", "unauthorized_client", "deleted_client", "disabled_client", "org_internal"}
SKEWED = ("short-lived token", "iat and exp", "used too early")


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """An answer in the form that google-auth asks for. It may hold a token, so it does not show itself."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    def __repr__(self) -> str:
        return f"TokenAnswer({self.status})"


class TokenCalls:
    """Calls a token endpoint: bounded in time, patient. What google-auth knows as a transport."""

    def __init__(self, patience: Patience, timeouts: tuple[float, float] = TIMEOUTS) -> None:
        self._patience, self._timeouts = patience, timeouts

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: Any,
    ) -> TokenAnswer:
        """One answer that is no passing trouble. Raises GoogleBusy, GoogleUnwell, NotTrusted."""
        answer = self._answered(method, url, body, dict(headers or {}), repeatable=True)
        return TokenAnswer(answer.status_code, answer.headers, answer.content)

    def post(self, url: str, form: Mapping[str, str], *, repeatable: bool = True) -> tuple[int, dict[str, Any]]:
        """Status and JSON for a form; {} where the answer is none. Raises what calling raises."""
        body = urlencode(form).encode()
        answer = self._answered("POST", url, body, {"Content-Type": FORM}, repeatable=repeatable)
        content = parsed(answer)
        return answer.status_code, content if isinstance(content, dict) else {}

    def _answered(
        self, verb: str, url: str, body: bytes | None, headers: dict[str, str], *, repeatable: bool
    ) -> Response:
        try:
            return self._patience.see_through(lambda: self._once(verb, url, body, headers), repeatable=repeatable)
        except GaveUp as error:
            raise given_up(error.trouble) from None

    def _once(self, verb: str, url: str, body: bytes | None, headers: dict[str, str]) -> Response:
        with Session() as session:  # a token is asked for so seldom that no connection is kept for it
            try:
                answer = session.request(
                    verb,
                    url,
                    data=body,
                    headers=headers,
                    timeout=self._timeouts,
                    allow_redirects=False,
                    auth=unsigned,
                    proxies=proxies(url),
                )
            except RequestException as error:
                raise broken(error, url) from None
        if (trouble := trouble_in(answer)) is not None:
            raise Troubled(trouble)
        return answer


def unsigned(request: Any) -> Any:
    """Leaves a request as it is; without this, requests would take a password for the host from ~/.netrc."""
    return request


def trouble_in(answer: Response) -> Trouble | None:
    """What may pass, and what is no answer of a token endpoint at all."""
    content = parsed(answer)
    wait = retry_after(answer.headers)
    if understood(answer.status_code, content).asks_to_wait:
        return Trouble(say("too many sign-ins at once"), True, False, wait)
    later = isinstance(content, dict) and str(content.get("error")) in LATER
    if later or answer.status_code in PASSING:
        return Trouble(say("its sign-in answered {status}", status=answer.status_code), retry_after=wait)
    if answer.status_code < 400 and not isinstance(content, dict):
        return Trouble(say("the answer of its sign-in could not be read"))
    return None


def given_up(trouble: Trouble) -> TemporaryError:
    """The error for trouble that outlasted the patience."""
    return GoogleBusy(reason=trouble.reason) if trouble.asked_to_wait else GoogleUnwell(reason=trouble.reason)


def refused(error: GoogleAuthError, identity: Identity) -> OkrsheetsError:
    """The error for a token that google-auth did not get."""
    if not isinstance(error, RefreshError):
        return GoogleUnwell(reason=quoted(str(error)) or type(error).__name__)
    code, text = said(error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {})
    own = str(error.args[0])
    if not (code or text or own.lstrip().startswith(("<", "{"))):  # what somebody in between says explains nothing
        text = own
    return no_token(code, text, identity)


def said(content: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the words of a refusal, in the form of RFC 6749 or in that of Google's other interfaces."""
    error = content.get("error", "")
    if isinstance(error, dict):
        return str(error.get("status", "")), str(error.get("message", ""))
    return str(error), str(content.get("error_description", ""))


def no_token(code: str, text: str, identity: Identity) -> OkrsheetsError:
    """The error for what a token endpoint says: RFC 6749, section 5.2, and Google's own words."""
    reason: Fact = quoted(text or code) or say("the answer of its sign-in could not be read")
    if any(words in text for words in SKEWED):
        return ClockOff()
    if code in CLIENT_FAULTS:
        return ClientRefused(reason=reason)
    if code == "invalid_scope":
        return ScopeMissing(scopes=identity.scopes)
    if identity.is_robot:
        return KeyRefused(who=whoever(identity), reason=reason)
    return SignInEnded(reason=reason)
