"""Texts as a sheet stores them: `_xHHHH_` for what XML cannot hold, `&lt;` for what it means otherwise."""

from __future__ import annotations

import re

from okrsheets.edges.described import LONGEST_TEXT

ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
NEEDS_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
UNKNOWN_LETTER = "\ufffd"


def decoded(text: str) -> str:
    """The text that a person sees for a stored one, as far as a cell holds it.

    One text may stand in very many cells, and each is looked at: megabytes in each would take hours.
    """
    if "_x" not in text:
        return text[:LONGEST_TEXT]
    letters = ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return letters[:LONGEST_TEXT].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def encoded(text: str) -> str:
    """The stored text for one that a person is to see; a literal `_x0041_` stays literal."""
    return NEEDS_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def storable(text: str) -> str:
    """The text with a question mark for every half of a character pair that stands alone."""
    return LONE_SURROGATE.sub(UNKNOWN_LETTER, text)


def in_xml(text: str) -> str:
    """The text as XML content or in an attribute with double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
