"""Plain calls of the fake over HTTP, with nothing between the test and the bytes."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from google_fake import GoogleFake

Json = dict[str, Any]


class Calls:
    """Asks one fake; an answer that is not 200 fails unless another status is expected."""

    def __init__(self, google: GoogleFake, token: str = "any") -> None:
        self.google, self.token = google, token

    def raw(self, verb: str, path: str, body: Any = None, form: Json | None = None) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection(urlsplit(self.google.base_url).netloc, timeout=20)
        sent = json.dumps(body) if body is not None else urlencode(form) if form is not None else None
        kind = "application/x-www-form-urlencoded" if form is not None else "application/json"
        try:
            connection.request(verb, path, sent, {"Authorization": f"Bearer {self.token}", "Content-Type": kind})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def ask(self, verb: str, path: str, body: Any = None, status: int = 200, **query: Any) -> Json:
        answer, raw = self.raw(verb, path + (f"?{urlencode(query, doseq=True)}" if query else ""), body)
        assert answer.status == status, raw.decode()
        return json.loads(raw) if raw else {}

    def create(self, body: Json) -> str:
        return str(self.ask("POST", "/v4/spreadsheets", body)["spreadsheetId"])

    def get(self, id: str, **query: Any) -> Json:
        return self.ask("GET", f"/v4/spreadsheets/{id}", **query)

    def batch(self, id: str, *requests: Json, status: int = 200, **more: Any) -> Json:
        return self.ask("POST", f"/v4/spreadsheets/{id}:batchUpdate", {"requests": list(requests), **more}, status)

    def values(self, id: str, range: str, **query: Any) -> list[list[Any]]:
        return self.ask("GET", f"/v4/spreadsheets/{id}/values/{quote(range, safe='')}", **query).get("values", [])

    def write(self, id: str, range: str, values: list[list[Any]], how: str = "RAW", status: int = 200) -> Json:
        path = f"/v4/spreadsheets/{id}/values/{quote(range, safe='')}"
        return self.ask("PUT", path, {"values": values}, status, valueInputOption=how)
