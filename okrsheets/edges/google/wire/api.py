"""The calls of Google that okrsheets makes. There are no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from okrsheets.edges.google.signing.identity import Identity
from okrsheets.edges.google.wire.call import Call, Json, Kind
from okrsheets.edges.google.wire.endpoint import DRIVE, SHEETS, Endpoint
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.edges.google.wire.quota import Quota
from okrsheets.words.errors import GoogleError, GoogleUnwell
from okrsheets.words.message import say

if TYPE_CHECKING:
    from requests import Session

    from okrsheets.edges.google.wire.client import SheetsClient

BOOKS = f"{SHEETS}/v4/spreadsheets"
FILES = f"{DRIVE}/drive/v3/files"
FEED = f"{DRIVE}/drive/v3/changes"
ABOUT = f"{DRIVE}/drive/v3/about"
EVERYWHERE = {"supportsAllDrives": "true"}
LISTED_EVERYWHERE = {**EVERYWHERE, "includeItemsFromAllDrives": "true"}
PAGE = "1000"
GONE = 404


@dataclass(frozen=True, slots=True)
class Changes:
    """What the feed tells since a token: files that changed, files that are gone or out of reach, the next token."""

    file_ids: tuple[str, ...]
    removed: tuple[str, ...]
    next_token: str


class GoogleApi:
    """Google as one account sees it.

    Every method raises a GoogleError where Google says no for good, and a TemporaryError where it may say yes later.
    A call that must not be made twice raises AnswerLost where nobody can know whether it was carried out.
    """

    def __init__(
        self,
        session: Session,
        *,
        identity: Identity | None = None,
        endpoint: Endpoint | None = None,
        patience: Patience | None = None,
        quota: Quota | None = None,
        timeouts: tuple[float, float] | None = None,
    ) -> None:
        self.identity = identity or Identity()
        self._session, self._endpoint = session, endpoint or Endpoint()
        self._patience, self._quota, self._timeouts = patience or Patience(), quota or Quota(), timeouts

    @property
    def calls(self) -> Counter[str]:
        """How often each method went over the wire, and each kind: read, write, drive. Every try counts."""
        return self._client.calls

    def get_spreadsheet(self, id: str, *, fields: str, ranges: Sequence[str] = ()) -> Json:
        """What `fields` names of a spreadsheet, of all of it or of some ranges."""
        params = {"fields": fields} | ({"ranges": list(ranges)} if ranges else {})
        return self._ask(Call("get_spreadsheet", Kind.READ, "GET", f"{BOOKS}/{safe(id)}", params, file=id))

    def batch_update(self, id: str, body: Json, *, repeatable: bool = True, fields: str | None = None) -> Json:
        """Changes a spreadsheet, all of it or nothing. `repeatable`: made twice it leaves what it leaves made once."""
        url, params = f"{BOOKS}/{safe(id)}:batchUpdate", {"fields": fields} if fields else {}
        return self._ask(Call("batch_update", Kind.WRITE, "POST", url, params, body, repeatable, id))

    def file(self, id: str, fields: str) -> Json:
        """What `fields` names of a file, such as `id,version`."""
        return self._ask(
            Call("file", Kind.DRIVE, "GET", f"{FILES}/{safe(id)}", {"fields": fields, **EVERYWHERE}, file=id)
        )

    def find_files(self, query: str, fields: str) -> list[Json]:
        """The files of a query of Drive, with what `fields` names of each."""
        params = {"q": query, "fields": f"nextPageToken,files({fields})", "pageSize": PAGE, **LISTED_EVERYWHERE}
        pages = self._pages(Call("find_files", Kind.DRIVE, "GET", FILES, params))
        return [file for page in pages for file in page.get("files", [])]

    def create_file(self, body: Json) -> Json:
        """Makes a file. Must not be made twice: put a stamp into its appProperties, and look for that first."""
        params = {"fields": "id,name,webViewLink", **EVERYWHERE}
        return self._ask(Call("create_file", Kind.DRIVE, "POST", FILES, params, body, repeatable=False))

    def update_file(self, id: str, body: Json) -> Json:
        """Changes what Drive keeps of a file: its name, its properties."""
        return self._ask(Call("update_file", Kind.DRIVE, "PATCH", f"{FILES}/{safe(id)}", EVERYWHERE, body, file=id))

    def delete_file(self, id: str) -> None:
        """Deletes a file for good. One that is not there, as after an answer that was lost, is as good as deleted."""
        try:
            self._client.ask(Call("delete_file", Kind.DRIVE, "DELETE", f"{FILES}/{safe(id)}", EVERYWHERE, file=id))
        except GoogleError as error:
            if error.facts.get("status") != GONE:
                raise

    def share(self, id: str, email: str, role: str = "writer") -> None:
        """Lets somebody else in. Said twice it is the same, and nobody gets a mail."""
        body = {"type": "user", "role": role, "emailAddress": email}
        params = {"sendNotificationEmail": "false", "fields": "id", **EVERYWHERE}
        self._ask(Call("share", Kind.DRIVE, "POST", f"{FILES}/{safe(id)}/permissions", params, body, file=id))

    def account(self) -> str:
        """The e-mail address of whoever asks."""
        user = self._ask(Call("account", Kind.DRIVE, "GET", ABOUT, {"fields": "user(emailAddress)"})).get("user", {})
        return held(user, "emailAddress")

    def start_page_token(self) -> str:
        """The token with which the feed tells what happens from now on."""
        call = Call("start_page_token", Kind.DRIVE, "GET", f"{FEED}/startPageToken", EVERYWHERE)
        return held(self._ask(call), "startPageToken")

    def changes(self, token: str) -> Changes:
        """All that the feed tells since a token, one call for every thousand files."""
        fields = "nextPageToken,newStartPageToken,changes(fileId,removed)"
        params = {"pageToken": token, "pageSize": PAGE, "fields": fields, "includeRemoved": "true"}
        pages = list(self._pages(Call("changes", Kind.DRIVE, "GET", FEED, {**params, **LISTED_EVERYWHERE})))
        told = [one for page in pages for one in page.get("changes", []) if one.get("fileId")]
        there = tuple(one["fileId"] for one in told if not one.get("removed"))
        gone = tuple(one["fileId"] for one in told if one.get("removed"))
        return Changes(there, gone, held(pages[-1], "newStartPageToken"))

    @cached_property
    def _client(self) -> SheetsClient:
        """The client, made when it is needed: gspread takes a while to load."""
        from okrsheets.edges.google.wire.client import TIMEOUTS, SheetsClient

        return SheetsClient(
            self._session,
            identity=self.identity,
            endpoint=self._endpoint,
            patience=self._patience,
            quota=self._quota,
            timeouts=self._timeouts or TIMEOUTS,
        )

    def _ask(self, call: Call) -> Json:
        """Makes a call that has an answer."""
        return self._client.ask(call) or {}

    def _pages(self, call: Call) -> Iterator[Json]:
        """The pages of a list, to the last."""
        page = self._ask(call)
        yield page
        while token := page.get("nextPageToken"):
            page = self._ask(replace(call, params={**call.params, "pageToken": token}))
            yield page


def held(answer: Json, name: str) -> str:
    """A text without which an answer is worth nothing. Raises GoogleUnwell where it is missing."""
    if not answer.get(name):
        raise GoogleUnwell(reason=say("its answer is not complete"))
    return str(answer[name])


def safe(id: str) -> str:
    """An id as part of an address: nothing in it leads elsewhere."""
    return quote(id, safe="")
