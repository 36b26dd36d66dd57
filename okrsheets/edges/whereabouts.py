"""Where a workbook is, said in one way: by whatever name, path or address somebody means it, it is the same one."""

from __future__ import annotations

import os
from pathlib import Path

from okrsheets.edges.google.store.reference import address, is_google, sheet
from okrsheets.edges.home import from_home
from okrsheets.words.errors import NoGoogleSheet


def on_the_web(reference: str) -> bool:
    """Whether a reference is an address, or Google's short form of one, and no path."""
    return "://" in reference or is_google(reference)


def place(reference: str, folder: Path | None = None) -> str:
    """A path from the given folder, with `~` for the home; what is on the web stays as it is."""
    if on_the_web(reference):
        return reference
    path = from_home(reference)
    return str(folder / path) if folder else str(path)


def whereabouts(place: str) -> str:
    """The same text for every way to write one place: the address of a Google Sheet, the real path of a file."""
    if not on_the_web(place):
        return os.path.realpath(place)
    try:
        return address(sheet(place))
    except NoGoogleSheet:
        return place
