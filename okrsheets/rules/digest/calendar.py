"""The open boxes of a week as a calendar file (RFC 5545), so that they can be planned where the appointments are.

All-day events: Google Calendar and Outlook import no to-dos (VTODO), and a day needs no time zone. The events do not
block time. Importing again moves and renames the events of before, since each keeps its name (UID). What was done in
the meantime is not cancelled: some calendars take such an event away, others show one that was never there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from okrsheets.words.digest import Digest, OpenBoxes
from okrsheets.words.message import Language, say
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Cadence

PRODUCT = "-//okrsheets//okrsheets//EN"
LONGEST_LINE = 75
"""Octets, without the end of the line (RFC 5545 §3.1)."""
EPOCH = datetime(2020, 1, 6, tzinfo=UTC)
"""Versions of an event are counted in minutes from here, so that a later file is always the newer one."""
NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""Control characters but the end of a line: none of them may stand in a text (RFC 5545 §3.3.11)."""


def calendar(digest: Digest, workbook: str, now: datetime, language: Language) -> str | None:
    """The file's text, None where nothing is open. `workbook` tells one plan's events from another's: its full place.

    `now` is when the file is made; a later one wins over an earlier one.
    """
    if digest.ahead is None or not digest.boxes:
        return None
    week, owner = digest.ahead, sha256(workbook.encode()).hexdigest()[:16]
    events = (
        line
        for boxes in digest.boxes
        for number, day in enumerate(boxes.days, _first_number(boxes))
        for line in _event(boxes, digest, day, f"{_name(boxes.action, week, number)}-{owner}", now, language)
    )
    return _file(_calendar(digest, week, events))


def _name(action: Action, week: Week, number: int) -> str:
    """Of a box, the same in every file. What is to be done once moves along from week to week."""
    slug = _slug(action.id)
    return f"{slug}-once" if action.cadence is Cadence.ONCE else f"{slug}-{week}-{number}"


def _first_number(boxes: OpenBoxes) -> int:
    """The last box of a week always has the same number, however many are done: it is the one that moves last."""
    return boxes.action.per_week - boxes.left + 1


def _calendar(digest: Digest, week: Week, events: Iterator[str]) -> Iterator[str]:
    theme = digest.report.snapshot.plan.theme.title or "okrsheets"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{text(theme)}"
    yield from events
    yield "END:VCALENDAR"


def _event(boxes: OpenBoxes, digest: Digest, day: date, uid: str, now: datetime, language: Language) -> Iterator[str]:
    stamp = now.astimezone(UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@okrsheets"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(0, (stamp - EPOCH) // timedelta(minutes=1))}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(boxes.action.title or boxes.action.id)}"
    yield from _purpose(boxes, digest, language)
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _purpose(boxes: OpenBoxes, digest: Digest, language: Language) -> Iterator[str]:
    result = digest.report.names.get(boxes.action.key_result or "")
    if result:
        purpose = say("For: {key_result}", key_result=result)
        yield f"DESCRIPTION:{text(language.say(purpose))}"


def text(value: str) -> str:
    """A text as a value (RFC 5545 §3.3.11)."""
    escaped = re.sub(r"([\\;,])", r"\\\1", value)
    return NO_TEXT.sub(" ", re.sub(r"\r\n|\r|\n", r"\\n", escaped))


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends within a character."""
    pieces, room = [""], LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(" ")
            room = LONGEST_LINE - 1
        pieces[-1] += character
        room -= size
    return "\r\n".join(pieces)


def _file(lines: Sequence[str] | Iterator[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _slug(id: str) -> str:
    """An id with nothing in it but what every calendar takes; ids made from titles may hold anything."""
    return id if re.fullmatch(r"[A-Za-z0-9_]{1,40}", id) else sha256(id.encode()).hexdigest()[:16]
