"""The formulas of a description, in English with commas, as every spreadsheet of Google reads them.

Google parses a formula in the spreadsheet's locale: with commas it fails in Dutch, `;` is understood everywhere.
TRUE and FALSE are called as functions, since a locale has words of its own for the constants.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from okrsheets.edges.described import EPOCH
from okrsheets.edges.google.making.places import Places, link_start

TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")|(?P<tab>'(?:[^']|'')*')|DATE\((?P<day>\d+,\d+,\d+)\)"""
    r"""|(?P<truth>\b(?:TRUE|FALSE)\b(?!\())|(?P<name>\b[A-Za-z_]\w*\b(?![(!]))|(?P<comma>,)"""
)
PLACE = re.compile(r"\"#'(?P<tab>(?:[^']|'')+)'!\"")
"""How Excel begins the address of a link into a tab."""


def formula(text: str, places: Places, indirect: Collection[str] = ()) -> str:
    """A formula with its `=`. `indirect` names stand within INDIRECT, as rules for colours need it."""

    def rewritten(token: re.Match[str]) -> str:
        if token["comma"]:
            return ";"
        if token["day"]:
            return str((date(*map(int, token["day"].split(","))) - EPOCH).days)
        if token["truth"]:
            return f"{token[0]}()"
        if token["name"] in indirect:
            return f'INDIRECT("{token[0]}")'
        return _link(token[0], places)

    return "=" + TOKEN.sub(rewritten, text.removeprefix("="))


def _link(text: str, places: Places) -> str:
    """The start of a link's address; any other text as it is."""
    found = PLACE.fullmatch(text)
    title = found["tab"].replace("''", "'") if found else ""
    return f'"{link_start(places.sheets[title])}"' if title in places.sheets else text
