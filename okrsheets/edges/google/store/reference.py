"""What a person means by a Google Sheet: an address copied from the browser, or `google:` and an id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from okrsheets.edges.google.wire.call import SHEET_ADDRESS
from okrsheets.words.errors import NoGoogleFolder, NoGoogleSheet

HERE = "google"
"""Where a new sheet goes when nobody says where: one's own Drive."""
SHORT = "google:"
ID = re.compile(r"[A-Za-z0-9_-]+")
HOSTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "docs.google.com": re.compile(r"/(?:a/[^/]+/)?spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]+)(?:/.*)?"),
        "drive.google.com": re.compile(r"/drive/(?:u/\d+/)?folders/([A-Za-z0-9_-]+)/?"),
    }
)
"""The pages of a sheet and of a folder, whoever of several accounts looks at them."""
SHEETS, FOLDERS = HOSTS


def is_google(reference: str) -> bool:
    """Whether a reference means something at Google, well said or not."""
    return reference == HERE or reference.startswith(SHORT) or _host(reference) in HOSTS


def sheet(reference: str) -> str:
    """The id of the spreadsheet that is meant. Raises NoGoogleSheet."""
    found = _id(reference, SHEETS)
    if found is None:
        raise NoGoogleSheet(given=reference)
    return found


def folder(reference: str) -> str | None:
    """The id of the folder that is meant; None for `google`, one's own Drive. Raises NoGoogleFolder."""
    if reference == HERE:
        return None
    found = _id(reference, FOLDERS)
    if found is None:
        raise NoGoogleFolder(given=reference)
    return found


def address(id: str) -> str:
    """The address of a spreadsheet, as it is opened."""
    return SHEET_ADDRESS.format(id=id)


def _id(reference: str, host: str) -> str | None:
    if reference.startswith(SHORT):
        given = reference.removeprefix(SHORT)
        return given if ID.fullmatch(given) else None
    found = HOSTS[host].fullmatch(urlsplit(reference).path) if _host(reference) == host else None
    return found[1] if found else None


def _host(reference: str) -> str:
    """The host of an http address, '' of anything else."""
    try:
        parts = urlsplit(reference)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
