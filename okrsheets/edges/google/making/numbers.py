"""The number formats of a description, which are Excel's, in Google's words."""

from __future__ import annotations

import re

from okrsheets.edges.google.wire.call import Json

LANGUAGE = re.compile(r"^\[\$-[0-9A-F]+\]")
"""Whose names of months: in Google that is the spreadsheet's locale."""
UNQUOTED = re.compile(r'"[^"]*"|[^\x00-\x7f]+')
"""A quoted text, or signs that Excel takes without quotes: `×`."""
DAY = re.compile("[dmy]")


def number_format(pattern: str | None) -> Json | None:
    """The NumberFormat of a pattern; None where the number is best left to Google.

    That is so for a tick, which the validation draws, and for a pattern with `General`, which Google does not know.
    """
    if pattern is None or "General" in pattern or "☑" in pattern:
        return None
    pattern = UNQUOTED.sub(_quoted, LANGUAGE.sub("", pattern))
    return {"type": _kind(pattern), "pattern": pattern}


def _quoted(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else f'"{found[0]}"'


def _kind(pattern: str) -> str:
    bare = re.sub('"[^"]*"', "", pattern)
    if "%" in bare:
        return "PERCENT"
    return "DATE" if DAY.search(bare) else "NUMBER"
