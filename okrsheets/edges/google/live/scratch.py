"""Scratch sheets: made for one question or two, stamped, and taken away again whatever happens."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.edges.google.store.creating import SPREADSHEET
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.words.errors import GoogleError, OkrsheetsError

NAME = "okrsheets live check"
STAMP = ("okrsheets_live", "scratch")
"""The property of a file by which a later run takes away what one that was killed left."""
OURS = f"appProperties has {{ key='{STAMP[0]}' and value='{STAMP[1]}' }} and trashed = false"


class Scratch:
    """Sheets that this run made, in a folder or in one's own Drive; `stamp` is of this run only.

    `known` are all that there ever were, `ids` those that are still there.
    """

    def __init__(self, api: GoogleApi, stamp: str, folder: str | None = None) -> None:
        self._api, self._stamp, self.folder = api, stamp, folder
        self.ids: list[str] = []
        self.known: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What all of them are called: who finds one knows what it is, and no other file bears it."""
        return f"{NAME} {self._stamp}"

    def make(self) -> str:
        """The id of a new and empty one. Raises what Google refuses."""
        where = {"parents": [self.folder]} if self.folder else {}
        body = {"name": self.name, "mimeType": SPREADSHEET, "appProperties": dict([STAMP]), **where}
        return self.adopt(str(self._api.create_file(body)["id"]), stamped=True)

    def adopt(self, id: str, *, stamped: bool = False) -> str:
        """Takes care of one that was made by another call."""
        self.ids.append(id)
        self.known += (id,)
        if not stamped:
            self._api.update_file(id, {"appProperties": dict([STAMP])})
        return id

    def remove(self) -> tuple[str, ...]:
        """Takes all of them away, also those of which nobody heard whether they were made; the ids of what stays.

        What an earlier run left goes as well.
        """
        for id in dict.fromkeys([*self.ids, *self._found()]):
            if _removed(self._api, id) and id in self.ids:
                self.ids.remove(id)
        return tuple(self.ids)

    def _found(self) -> Iterator[str]:
        """The files that bear the name of this run, or the stamp of any; both have our name."""
        for query in (f"name = '{self.name}' and trashed = false", OURS):
            try:
                found = self._api.find_files(query, "id,name")
            except OkrsheetsError:
                continue
            yield from (str(file["id"]) for file in found if str(file.get("name", "")).startswith(NAME))


def _removed(api: GoogleApi, id: str) -> bool:
    """Deletes it; in a shared drive only its managers may, and others throw it into the bin."""
    try:
        api.delete_file(id)
    except GoogleError:
        try:
            api.update_file(id, {"trashed": True})
        except OkrsheetsError:
            return False
    except OkrsheetsError:
        return False
    return True
