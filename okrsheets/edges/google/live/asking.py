"""One call, and its answer as Google gave it: nothing is tried again, nothing explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from okrsheets.edges.google.live.discreet import discreet
from okrsheets.edges.google.live.verdicts import NotAsked
from okrsheets.edges.google.wire.call import Json
from okrsheets.edges.google.wire.endpoint import Endpoint
from okrsheets.edges.google.wire.refusals import understood
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import say

if TYPE_CHECKING:
    from requests import Session

TIMEOUTS = (5.0, 60.0)
GOOD = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, headers and JSON of an answer; {} where it is none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether it was done."""
        return self.status == GOOD

    @property
    def words(self) -> str:
        """What Google says, for anybody to read: `400: Invalid requests[0] …`."""
        refusal = understood(self.status, self.body)
        return discreet(f"{self.status}: {refusal.message or ', '.join(sorted(refusal.reasons))}")


class Asker:
    """Asks in the name of whoever signed the session."""

    def __init__(self, session: Session, endpoint: Endpoint) -> None:
        self._session, self._endpoint = session, endpoint

    def ask(self, verb: str, url: str, *, params: Mapping[str, str] | None = None, body: Any = None) -> Reply:
        """One call with JSON. Raises NotAsked where there is no answer at all."""
        return self._reply(verb, url, params=dict(params or {}), json=body)

    def upload(self, url: str, content: bytes, kind: str) -> Reply:
        """One call with bytes of a kind. Raises NotAsked where there is no answer at all."""
        return self._reply("POST", url, data=content, headers={"Content-Type": kind})

    def _reply(self, verb: str, url: str, **more: Any) -> Reply:
        from requests.exceptions import RequestException

        try:
            answer = self._session.request(
                verb, self._endpoint.address(url), timeout=TIMEOUTS, allow_redirects=False, **more
            )
        except RequestException as error:
            raise NotAsked(say("there was no answer ({reason})", reason=type(error).__name__)) from None
        except OkrsheetsError as fault:
            raise NotAsked(fault.message) from None
        return Reply(answer.status_code, answer.headers, _json(answer))


def _json(answer: Any) -> Json:
    """The JSON of an answer; {} of a refusal without. Raises NotAsked where it is not Google that answers."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) and answer.status_code == GOOD:
        raise NotAsked(say("its answer could not be read"))
    return body if isinstance(body, dict) else {}


def done(reply: Reply) -> Reply:
    """The same, for a call that only prepares a question. Raises NotAsked where it was not done."""
    if not reply.good:
        raise NotAsked(say("Google refused to prepare it ({said})", said=reply.words))
    return reply
