"""What goes back to the client: an answer, or a refusal in the words of Sheets or of Drive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

JSON_TYPE = "application/json; charset=UTF-8"
HTML_TYPE = "text/html; charset=utf-8"
NAMES = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and headers. A body is JSON, text or nothing."""

    status: int = 200
    body: Json | str | None = None
    content_type: str = JSON_TYPE
    headers: dict[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """The body as it goes over the wire."""
        if self.body is None:
            return b""
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return text.encode()


class Refused(Exception):
    """A request that is not carried out, with its answer."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.body)
        self.answer = answer


class Invalid(Exception):
    """Part of a batch that cannot be done; whoever runs the batch says which part."""


def sheets_error(code: int, message: str, name: str = "", details: list[Json] | None = None) -> Answer:
    """An error as the Sheets interface words it."""
    error: Json = {"code": code, "message": message, "status": name or NAMES[code]}
    return Answer(code, {"error": error | ({"details": details} if details else {})})


def drive_error(code: int, reason: str, message: str, domain: str = "global", **more: str) -> Answer:
    """An error as the Drive interface words it: the reason is what tells one 403 from another."""
    one = {"message": message, "domain": domain, "reason": reason, **more}
    return Answer(code, {"error": {"code": code, "message": message, "errors": [one]}})


def invalid(message: str) -> Refused:
    """400 of the Sheets interface."""
    return Refused(sheets_error(400, message))


def entity_not_found() -> Refused:
    """404 of the Sheets interface."""
    return Refused(sheets_error(404, "Requested entity was not found."))


def no_permission() -> Refused:
    """403 of the Sheets interface for a file that is not shared."""
    return Refused(sheets_error(403, "The caller does not have permission"))


def file_not_found(id: str) -> Refused:
    """404 of the Drive interface, also for a file that is not shared."""
    place = {"locationType": "parameter", "location": "fileId"}
    return Refused(drive_error(404, "notFound", f"File not found: {id}.", **place))


def unauthenticated() -> Refused:
    """401 of both interfaces."""
    message = (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return Refused(sheets_error(401, message))


def token_error(error: str, description: str, status: int = 400) -> Answer:
    """An error of the token endpoint (RFC 6749, section 5.2)."""
    return Answer(status, {"error": error, "error_description": description})
