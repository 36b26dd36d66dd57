"""What a person may have meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from okrsheets.words.message import Message, say

FEW = 8


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like the given one, capitals aside; None where none comes near."""
    plain = {name.casefold(): name for name in known}
    close = get_close_matches(given.casefold(), plain, n=1)
    return plain[close[0]] if close else None


def no_such(name: str, known: Collection[str]) -> Message:
    """That there is nothing of this name, as part of a sentence, with the nearest there is or, of a few, all."""
    close = nearest(name, known)
    if close:
        return say("there is no {name}, the nearest is {nearest}", name=name, nearest=close)
    if 0 < len(known) <= FEW:
        return say("there is no {name}, only {known}", name=name, known=tuple(known))
    return say("there is no {name}", name=name)
