"""The fault plan: which calls go wrong, and how."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from .answers import ERROR_INFO, HTML_TYPE, Answer, drive_error, sheets_error, token_error

SERVICES = {"sheets": "sheets.googleapis.com", "drive": "drive.googleapis.com"}
TITLES = {"sheets": "Google Sheets API", "drive": "Google Drive API"}
BAD_GATEWAY = """<!DOCTYPE html>
<html lang=en><meta charset=utf-8><title>Error 502 (Server Error)!!1</title>
<p><b>502.</b> <ins>That’s an error.</ins><p>The server encountered a temporary error and could not complete your
request.<p>Please try again in 30 seconds.</html>"""


class Wire(Enum):
    """What happens to the bytes of an answer."""

    WHOLE = "whole"
    RESET = "reset"
    HANG = "hang"
    SHORT = "short"
    CUT = "cut"
    DRIP = "drip"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to go wrong: an answer instead of the right one, trouble on the wire, or both.

    `applied` carries the call out all the same; the caller only does not hear of it.
    """

    name: str
    answer: Answer | None = None
    wire: Wire = Wire.WHOLE
    applied: bool = False
    seconds: float = 600.0


def too_many_requests(retry_after: int | None = None) -> Fault:
    """429 of Sheets, with or without the seconds to wait."""
    return Fault("429", over_quota("Read", "user", retry_after))


def over_quota(kind: str, per: str, retry_after: int | None = None) -> Answer:
    """The answer of Sheets to one request too many."""
    limit = f"{kind} requests per minute" + (" per user" if per == "user" else "")
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{limit}' of service "
        "'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    info = {"@type": ERROR_INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com"}
    answer = sheets_error(429, message, "RESOURCE_EXHAUSTED", [info])
    return replace(answer, headers={} if retry_after is None else {"Retry-After": str(retry_after)})


def rate_limited(reason: str = "userRateLimitExceeded") -> Fault:
    """403 of Drive that means: later. The other reason is rateLimitExceeded."""
    return Fault("403 rate", drive_error(403, reason, "User Rate Limit Exceeded", domain="usageLimits"))


def storage_full() -> Fault:
    """403 of Drive that no waiting helps."""
    text = "The user's Drive storage quota has been exceeded."
    return Fault("403 storage", drive_error(403, "storageQuotaExceeded", text, domain="usageLimits"))


def not_shared() -> Fault:
    """403 of Sheets for a file that is not shared."""
    return Fault("403 not shared", sheets_error(403, "The caller does not have permission"))


def api_disabled(interface: str = "sheets") -> Fault:
    """403 of a project whose interface is not switched on; `interface` is sheets or drive."""
    return Fault("403 disabled", service_disabled(interface))


def service_disabled(interface: str) -> Answer:
    """The answer of an interface that is not switched on, with the address where to do so."""
    service = SERVICES[interface]
    url = f"https://console.developers.google.com/apis/api/{service}/overview?project=123456789012"
    text = (
        f"{TITLES[interface]} has not been used in project 123456789012 before or it is disabled. Enable it by "
        f"visiting {url} then retry. If you enabled this API recently, wait a few minutes for the action to "
        "propagate to our systems and retry."
    )
    about = {"service": service, "activationUrl": url, "consumer": "projects/123456789012"}
    info = {"@type": ERROR_INFO, "reason": "SERVICE_DISABLED", "domain": "googleapis.com", "metadata": about}
    answer = sheets_error(403, text, details=[info])
    assert isinstance(answer.body, dict)
    if interface == "drive":
        reason = {"message": text, "domain": "usageLimits", "reason": "accessNotConfigured"}
        answer.body["error"]["errors"] = [reason]
    return answer


def unauthorized() -> Fault:
    """401."""
    return Fault("401", sheets_error(401, "Request had invalid authentication credentials."))


def missing() -> Fault:
    """404."""
    return Fault("404", sheets_error(404, "Requested entity was not found."))


def server_error(code: int = 500) -> Fault:
    """500, 502 or 503 with a JSON body."""
    names = {500: "INTERNAL", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "DEADLINE_EXCEEDED"}
    texts = {500: "Internal error encountered.", 503: "The service is currently unavailable."}
    return Fault(str(code), sheets_error(code, texts.get(code, "Try again later."), names[code]))


def bad_gateway_page() -> Fault:
    """502 with a page instead of JSON."""
    return Fault("502 page", Answer(502, BAD_GATEWAY, HTML_TYPE))


def wrong_type() -> Fault:
    """200 with a page instead of JSON, as a captive network gives."""
    return Fault("wrong type", Answer(200, "<html><body>Please sign in to this network.</body></html>", HTML_TYPE))


def reset(applied: bool = False) -> Fault:
    """The connection breaks before an answer; `applied` says whether the call was carried out."""
    return Fault("reset", wire=Wire.RESET, applied=applied)


def lost_answer() -> Fault:
    """Carried out, and the connection breaks."""
    return replace(reset(applied=True), name="lost answer")


def unavailable_but_applied() -> Fault:
    """Carried out, and answered 503."""
    return replace(server_error(503), name="503 applied", applied=True)


def hang(seconds: float = 600.0, applied: bool = False) -> Fault:
    """No answer for a while, then the connection breaks."""
    return Fault("hang", wire=Wire.HANG, seconds=seconds, applied=applied)


def truncated() -> Fault:
    """Carried out; the JSON stops in the middle, and HTTP calls that whole."""
    return Fault("truncated", wire=Wire.CUT, applied=True)


def short_body() -> Fault:
    """Carried out; fewer bytes than announced, then the connection closes."""
    return Fault("short body", wire=Wire.SHORT, applied=True)


def slow_drip(seconds: float = 0.05) -> Fault:
    """Carried out; the answer comes in small pieces, with a pause between them."""
    return Fault("slow drip", wire=Wire.DRIP, applied=True, seconds=seconds)


def token_refused(error: str = "invalid_grant", text: str = "Token has been expired or revoked.") -> Fault:
    """The token endpoint says no."""
    return Fault("token refused", token_error(error, text))


@dataclass(slots=True)
class Planned:
    """A fault with the calls that it meets: from the nth of a kind on, so many times, None for ever."""

    fault: Fault
    call: str
    nth: int
    times: int | None
    met: int = 0


@dataclass(slots=True)
class Plan:
    """All planned faults, and those that happened."""

    planned: list[Planned] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    def add(self, fault: Fault, call: str = "*", nth: int = 1, times: int | None = 1) -> None:
        """Plans a fault: `call` is a kind (read, write, create, token, drive …), a method's id, or `*` for any."""
        self.planned.append(Planned(fault, call, nth, times))

    def next_for(self, kinds: Iterable[str]) -> Fault | None:
        """The fault that meets this call; every plan for its kind counts it."""
        names, chosen = {*kinds, "*"}, None
        for plan in self.planned:
            if plan.call in names:
                plan.met += 1
                due = plan.nth <= plan.met and (plan.times is None or plan.met < plan.nth + plan.times)
                chosen = plan.fault if due and chosen is None else chosen
        if chosen is not None:
            self.happened[chosen.name] += 1
        return chosen

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.planned.clear()


def cut(raw: bytes) -> bytes:
    """The first half of a body; what is left of JSON does not parse."""
    half = raw[: max(1, len(raw) // 2)]
    try:
        json.loads(half)
    except ValueError:
        return half
    return b'{"'
