"""Letters by apprise, to any of its hundred messengers; and what is known of a letter that a messenger did not confirm.

Addresses of messengers hold passwords and keys, some of them in the place of a host. Of an address nothing but its
kind (`tgram://…`) is ever shown, and what apprise itself has to say is read here and not passed on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from threading import Thread
from typing import Any

from okrsheets.words.digest import Letter
from okrsheets.words.errors import BadAddress, NoMessenger
from okrsheets.words.message import Message, say

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=:)")
CONNECTS, ANSWERS = 10.0, 20.0
"""Seconds that a server has to take a connection and to answer, where the address says nothing about it."""
LONGEST = 30.0
"""Seconds that a letter to one address may take altogether."""
WITH_CALENDAR = frozenset(
    (
        *("apprise", "apprises", "form", "forms", "json", "jsons", "xml", "xmls", "discord", "tgram"),
        *("mailto", "mailtos", "azure", "brevo", "mailersend", "mailgun", "o365", "postmark", "resend"),
        *("sendgrid", "ses", "smtp2go", "sparkpost"),
    )
)
"""Kinds of addresses that take any file. Others take pictures only, and would refuse a letter with a calendar."""

SENT = re.compile(r"Sent ")
NEVER_CONNECTED = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|CertificateError|certificate verify failed"
    r"|[Cc]onnection refused|actively refused|getaddrinfo|[Nn]ame or service|[Nn]ame resolution|nodename nor servname"
    r"|[Nn]etwork is (?:unreachable|down)|[Nn]o route to host|[Hh]ost is (?:unreachable|down)"
)
"""What requests, smtplib and the system say where nothing can have left."""
NO_LOGIN, NOT_TAKEN = "Connection error while submitting email", "Sending email to"
"""An e-mail: its server was not reached or let nobody in; its server did not confirm it."""
SOME_REFUSED = re.compile(r"SMTP recipient .* was refused")
TROUBLE = re.compile(r"Socket Exception|Reason:|Exception")
REFUSAL = re.compile(r"\(([45]\d\d), b['\"]|\berror=([345]\d\d)\b")
"""A server's clear no, by SMTP or HTTP."""


class Reached(Enum):
    """Whether a letter went to one place. UNSURE: it may have, and must not go twice."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a letter in one place, and why it is not there."""

    reached: Reached
    why: Message | str = ""


def masked(address: str) -> str:
    """Of what kind an address is, and nothing else of it."""
    scheme = SCHEME.match(address)
    return f"{scheme[0]}://…" if scheme else "…"


class Messenger:
    """Brings letters to one address. Raises NoMessenger without apprise, BadAddress where apprise cannot read it."""

    def __init__(self, address: str) -> None:
        self.to = masked(address)
        self._apprise = _apprise(self.to)
        self._line = self._apprise.Apprise(asset=self._apprise.AppriseAsset(app_id="okrsheets"))
        if not self._line.add(address):
            raise BadAddress(to=self.to)
        self._with_calendar = self.to.partition(":")[0].lower() in WITH_CALENDAR
        _be_patient(self._line[0])

    def take(self, letter: Letter) -> Answer:
        """Whether the letter went there. It is given up after a while, and nothing is raised."""
        witness = Witness()
        found: list[bool] = []
        thread = Thread(target=lambda: found.append(self._went(letter)), daemon=True)
        with witness:
            thread.start()
            thread.join(LONGEST)
        if not found:
            return Answer(Reached.UNSURE, say("the server takes too long"))
        return Answer(Reached.YES) if found[0] else verdict(witness.lines, len(self._line[0]))

    def _went(self, letter: Letter) -> bool:
        try:
            text = self._apprise.NotifyFormat.TEXT
            return bool(
                self._line.notify(
                    body=letter.body, title=letter.subject, body_format=text, attach=self._enclosed(letter)
                )
            )
        except Exception as fault:  # whatever one of a hundred messengers raises, the letter to the others goes on
            logging.getLogger("apprise").debug("Exception: %s", fault)
            return False

    def _enclosed(self, letter: Letter) -> Any:
        if letter.calendar is None or not self._with_calendar:
            return None
        from apprise.attachment import memory

        enclosure: Any = memory.AttachMemory
        return enclosure(letter.calendar, name=letter.calendar_name, mimetype="text/calendar")


class Witness(logging.Filter):
    """Hears what apprise says while a letter is on its way, so that nobody else does."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps a line to itself."""
        self.lines.append(record.getMessage())
        return False

    def __enter__(self) -> Witness:
        log = logging.getLogger("apprise")
        log.addFilter(self)
        log.setLevel(logging.DEBUG)
        return self

    def __exit__(self, *fault: object) -> None:
        log = logging.getLogger("apprise")
        log.setLevel(logging.CRITICAL + 1)
        log.removeFilter(self)


def verdict(lines: Sequence[str], targets: int) -> Answer:
    """What became of a letter that was not confirmed, by what apprise said: NO only where nobody can have got it.

    An address with several `targets` may have reached some of them; an answer that was lost proves nothing.
    """
    if any(SENT.match(line) or SOME_REFUSED.search(line) for line in lines):
        return Answer(Reached.UNSURE, say("not all of its receivers were reached"))
    codes = [found[1] or found[2] for line in lines if (found := REFUSAL.search(line))]
    not_in = any(NO_LOGIN in line for line in lines) and not any(NOT_TAKEN in line for line in lines)
    if not not_in and any(map(_unexplained, lines)):
        return Answer(Reached.UNSURE, say("the server did not answer"))
    if codes:
        several = targets > 1 and not not_in
        return Answer(Reached.UNSURE if several else Reached.NO, say("the server said no, {code}", code=codes[0]))
    return Answer(Reached.NO, say("the server cannot be reached"))


def _unexplained(line: str) -> bool:
    """Trouble on the way, after which a letter may have arrived all the same."""
    return bool(TROUBLE.search(line)) and not (NEVER_CONNECTED.search(line) or REFUSAL.search(line))


def _be_patient(messenger: Any) -> None:
    """More seconds than apprise gives a server, unless the address names some."""
    usual = type(messenger)
    if messenger.socket_connect_timeout == usual.socket_connect_timeout:
        messenger.socket_connect_timeout = CONNECTS
    if messenger.socket_read_timeout == usual.socket_read_timeout:
        messenger.socket_read_timeout = ANSWERS


def _apprise(to: str) -> Any:
    """The library, told to keep to itself what it has to say of addresses."""
    try:
        import apprise
    except ImportError:
        raise NoMessenger(to=to) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise
