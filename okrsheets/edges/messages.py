"""The weekly letter on its way: to messengers, and as files in a folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from okrsheets.edges.messengers import Answer, Messenger, Reached
from okrsheets.edges.refusals import reason_of
from okrsheets.words.digest import Letter
from okrsheets.words.errors import NotDelivered, PerhapsDelivered
from okrsheets.words.message import Message, say

NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What no file may have in its name on one system or another."""
LONGEST_NAME = 80


class Place(Protocol):
    """Where a letter may go; `to` names it without its secrets."""

    to: str

    def take(self, letter: Letter) -> Answer:
        """Whether the letter went there. Nothing is raised."""


class Post:
    """Brings a letter to every place. `name` is the workbook's, `label` that of the week (`2026-W47`).

    Raises NoMessenger without apprise, BadAddress for an address that it cannot read.
    """

    def __init__(self, addresses: Sequence[str], folder: str | None, name: str, label: str) -> None:
        places: list[Place] = [Messenger(address) for address in addresses]
        self._places = [*places, Folder(Path(folder), name, label)] if folder else places

    @property
    def to(self) -> tuple[str, ...]:
        """The places, without their secrets."""
        return tuple(place.to for place in self._places)

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        """One place that fails keeps no other from its letter.

        Raises NotDelivered where all of them failed, PerhapsDelivered where that is not certain.
        """
        found = [(place.to, place.take(letter)) for place in self._places]
        missed = [(to, answer) for to, answer in found if answer.reached is not Reached.YES]
        places = tuple(say("{to} ({why})", to=to, why=answer.why) for to, answer in missed)
        if len(missed) < len(found):
            return tuple(say("The letter did not reach {to}; others got it.", to=place) for place in places)
        if any(answer.reached is Reached.UNSURE for _, answer in missed):
            raise PerhapsDelivered(places=places)
        raise NotDelivered(places=places)


class Folder:
    """Lays letters into a folder: a text file a week and workbook, and the week's calendar beside it."""

    def __init__(self, folder: Path, name: str, label: str) -> None:
        self.file = folder / f"{safe_name(name)} {label}.txt"
        self.to = str(self.file)

    def take(self, letter: Letter) -> Answer:
        """A letter about the same week takes the place of the one that is there."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(letter.text, encoding="utf-8")
            if letter.calendar is not None:
                self.file.with_suffix(".ics").write_text(letter.calendar, encoding="utf-8", newline="")
        except OSError as fault:
            return Answer(Reached.NO, reason_of(fault))
        return Answer(Reached.YES)


def safe_name(name: str) -> str:
    """The name as part of a file's name, wherever the folder is synced to."""
    return NO_NAME.sub("-", name).strip(" .-")[:LONGEST_NAME] or "okrsheets"
