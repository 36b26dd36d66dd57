"""Google's refusals, understood: one line of what happened and one of what to do (facts/google.md §7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.call import Call, Json
from okrsheets.edges.masking import masked
from okrsheets.words.errors import (
    ApiDisabled,
    DriveFull,
    MayNotEdit,
    NoStorage,
    NotSeen,
    NotSharedWith,
    OkrsheetsError,
    RequestRefused,
    ScopeMissing,
    SignInRefused,
)
from okrsheets.words.message import Fact, say

TITLES = {"sheets.googleapis.com": "Google Sheets API", "drive.googleapis.com": "Google Drive API"}
LIBRARY = "https://console.cloud.google.com/apis/library"
RATE_LIMITS = {"rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}
SWITCHED_OFF = {"accessNotConfigured", "SERVICE_DISABLED"}
TOO_FEW_SCOPES = {"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}
FULL = {"storageQuotaExceeded", "teamDriveFileLimitExceeded"}
LONGEST_REASON = 300


def quoted(text: str) -> str:
    """A text of somebody else without secrets in it, on one line and not too long."""
    return " ".join(masked(text).split())[:LONGEST_REASON]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What an answer other than 200 says: its status, its words, its reasons, and the details of some."""

    status: int
    message: str
    reasons: frozenset[str]
    details: Mapping[str, str]

    @property
    def asks_to_wait(self) -> bool:
        """Whether it is the quota of the minute."""
        return self.status == 429 or (self.status == 403 and bool(RATE_LIMITS & self.reasons))


def understood(status: int, body: Any) -> Refusal:
    """What the body of a refusal says, in the form of Sheets or of Drive; a page says nothing."""
    told = body.get("error") if isinstance(body, dict) else None
    error: Json = told if isinstance(told, dict) else {}
    infos = list(parts(error, "details"))
    reasons = {str(one["reason"]) for one in (*parts(error, "errors"), *infos) if one.get("reason")}
    details: dict[str, str] = {}
    for info in infos:
        known = info.get("metadata")
        details |= {str(name): str(text) for name, text in known.items()} if isinstance(known, dict) else {}
    return Refusal(status, quoted(str(error.get("message", ""))), frozenset(reasons), details)


def parts(error: Json, name: str) -> Iterator[Json]:
    """The objects in a list of an error, if it is one."""
    listed = error.get(name)
    yield from (one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict))


def lasting(refusal: Refusal, call: Call, identity: Identity) -> OkrsheetsError:
    """The error for a refusal that trying again does not change."""
    if refusal.status == 401:
        return SignInRefused(who=whoever(identity))
    if refusal.reasons & SWITCHED_OFF:
        return disabled(refusal, call)
    if refusal.reasons & FULL:
        return NoStorage(who=identity.who) if identity.is_robot else DriveFull()
    if refusal.reasons & TOO_FEW_SCOPES:
        return ScopeMissing(scopes=identity.scopes)
    if refusal.status in (403, 404) and call.file:
        return out_of_reach(refusal.status, call, identity)
    return RequestRefused(status=refusal.status, reason=refusal.message or str(refusal.status))


def disabled(refusal: Refusal, call: Call) -> ApiDisabled:
    """An interface that the project has not switched on, with the address where to do so."""
    usual = "sheets.googleapis.com" if "/v4/spreadsheets" in call.url else "drive.googleapis.com"
    service = refusal.details.get("service", usual)
    url = refusal.details.get("activationUrl", "")
    trusted = re.match(r"https://console\.(developers|cloud)\.google\.com/", url)
    return ApiDisabled(api=TITLES.get(service, service), url=url if trusted else f"{LIBRARY}/{usual}")


def out_of_reach(status: int, call: Call, identity: Identity) -> OkrsheetsError:
    """A sheet that is not there for whoever asks; Google does not say which of the reasons it is."""
    if identity.is_robot:
        return NotSharedWith(ref=call.ref, who=identity.who, status=status)
    if status == 404 and identity.sees_only_its_own:
        return NotSeen(ref=call.ref, status=status)
    return MayNotEdit(ref=call.ref, status=status)


def whoever(identity: Identity) -> Fact:
    """The account, or that it is not known."""
    return identity.who or say("an unknown account")
