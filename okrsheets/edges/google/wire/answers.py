"""One try of a call, and what its answer means: good, worth another try, or a refusal that lasts."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from requests import Response, Session
from requests.exceptions import ConnectionError as Unconnected
from requests.exceptions import ConnectTimeout, ReadTimeout, RequestException, SSLError

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.call import Call, Json
from okrsheets.edges.google.wire.endpoint import Endpoint, proxies
from okrsheets.edges.google.wire.patience import Trouble, Troubled
from okrsheets.edges.google.wire.refusals import lasting, understood
from okrsheets.words.errors import NotTrusted
from okrsheets.words.message import Message, say

EMPTY = 204
PASSING = {408, 500, 502, 503, 504}
UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
NEVER_SENT = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError")


def once(
    session: Session, call: Call, endpoint: Endpoint, timeouts: tuple[float, float], identity: Identity
) -> Response:
    """Makes a call once. Raises Troubled for what may pass, an error of okrsheets.words.errors for what lasts."""
    address = endpoint.address(call.url)
    try:
        answer = session.request(
            call.verb,
            address,
            params=dict(call.params),
            json=call.body,
            timeout=timeouts,
            allow_redirects=False,
            proxies=proxies(address),
        )
    except RequestException as error:
        raise broken(error, address) from None
    check(answer, call, identity)
    return answer


def check(answer: Response, call: Call, identity: Identity) -> None:
    """Raises what `once` raises, for an answer that is not good."""
    status = answer.status_code
    if status < 300:
        json_of(answer)
        return
    refusal = understood(status, parsed(answer))
    if refusal.asks_to_wait:
        reason = say("the quota of this minute is used up")
        raise Troubled(Trouble(reason, True, False, retry_after(answer.headers)))
    if status in PASSING or status < 400:
        raise Troubled(Trouble(say("it answered {status}", status=status), retry_after=retry_after(answer.headers)))
    raise lasting(refusal, call, identity)


def json_of(answer: Response) -> Json | None:
    """The JSON of a good answer, None for one without. Raises Troubled for what is none, such as half of one."""
    if answer.status_code == EMPTY:
        return None
    body = parsed(answer)
    if not isinstance(body, dict):
        raise Troubled(Trouble(say("its answer could not be read")))
    return body


def parsed(answer: Response) -> Any:
    """The JSON of an answer, None where it is a page or torn."""
    try:
        return answer.json()
    except ValueError:
        return None


def broken(error: RequestException, address: str) -> Exception:
    """What a broken connection means: worth another try, unless somebody unknown answers in Google's place."""
    host = urlsplit(address).hostname or ""
    if isinstance(error, SSLError) and UNTRUSTED in str(error):
        return NotTrusted(host=host)
    return Troubled(Trouble(reason_of(error, host), perhaps_done=not never_sent(error)))


def reason_of(error: RequestException, host: str) -> Message:
    """A broken connection in words."""
    if never_sent(error):
        return say("there is no connection to {host}", host=host)
    if isinstance(error, ReadTimeout):
        return say("it did not answer in time")
    return say("the connection broke")


def never_sent(error: RequestException) -> bool:
    """Whether the call cannot have reached anybody."""
    if isinstance(error, ConnectTimeout):
        return True
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, Unconnected) and type(cause).__name__ in NEVER_SENT


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After header; one that is a date counts from the answer's own date."""
    given = headers.get("Retry-After", "").strip()
    if given.isdigit():
        return float(given)
    try:
        until, now = parsedate_to_datetime(given), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
