"""A text that may be shown to anybody: without addresses, ids and numbers by which somebody could be found."""

from __future__ import annotations

import re

from okrsheets.edges.google.wire.refusals import quoted

WHOSE = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"[\w-]+\.apps\.googleusercontent\.com"),
    re.compile(r"https://(?:docs|drive|console\.cloud|console\.developers)\.google\.com/\S+"),
    re.compile(r"\b[\w-]{25,}\b"),
    re.compile(r"\b\d{9,}\b"),
)
"""E-mail addresses, clients, addresses of sheets and projects, ids, numbers of projects."""


def discreet(text: str, *private: str) -> str:
    """The text with `…` for every secret, and for each of what is `private`."""
    told = quoted(text)
    for part in sorted(filter(None, private), key=len, reverse=True):
        told = told.replace(part, "…")
    for pattern in WHOSE:
        told = pattern.sub("…", told)
    return told
