"""The weekly letter on its way: to any messenger that apprise knows, or as a file in a folder.

Addresses of messengers hold passwords and keys, some of them in the place of a host. Of an address nothing but its
kind (`tgram://…`) is ever shown, and what apprise itself has to say is not passed on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from okrsheets.words.digest import Letter
from okrsheets.words.errors import BadAddress, NoMessenger, NotDelivered
from okrsheets.words.message import Message, say

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=:)")
NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What no file may have in its name on one system or another."""
LONGEST_NAME = 80


def masked(address: str) -> str:
    """Of what kind an address is, and nothing else of it."""
    scheme = SCHEME.match(address)
    return f"{scheme[0]}://…" if scheme else "…"


class Messengers:
    """Brings letters to every address. Raises NoMessenger without apprise, BadAddress for one that it cannot read."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._apprise = _apprise(addresses)
        self._lines = tuple((masked(address), self._line(address)) for address in addresses)

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        """One address that fails keeps no other from its letter. Raises NotDelivered where all of them fail."""
        unreached = tuple(to for to, line in self._lines if not self._went(line, letter))
        if unreached and len(unreached) == len(self._lines):
            raise NotDelivered(to=unreached, reason=say("no messenger took it"))
        return tuple(say("The letter did not reach {to}; others got it.", to=to) for to in unreached)

    def _line(self, address: str) -> Any:
        line = self._apprise.Apprise(asset=self._apprise.AppriseAsset(app_id="okrsheets"))
        if not line.add(address):
            raise BadAddress(to=masked(address))
        return line

    def _went(self, line: Any, letter: Letter) -> bool:
        try:
            return bool(
                line.notify(body=letter.body, title=letter.subject, body_format=self._apprise.NotifyFormat.TEXT)
            )
        except Exception:  # whatever one of a hundred messengers raises, the letter to the others goes on
            return False


class Folder:
    """Lays letters into a folder, a file each. `name` is the workbook's, `label` the week's (`2026-W47`)."""

    def __init__(self, folder: Path, name: str, label: str) -> None:
        self.file = folder / f"{safe_name(name)} {label}.txt"

    def bring(self, letter: Letter) -> tuple[Message, ...]:
        """A letter about the same week takes the place of the one that is there. Raises NotDelivered."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(letter.text, encoding="utf-8")
        except OSError as fault:
            reason = fault.strerror or type(fault).__name__
            raise NotDelivered(to=str(self.file), reason=reason) from None
        return ()


def safe_name(name: str) -> str:
    """The name as part of a file's name, wherever the folder is synced to."""
    return NO_NAME.sub("-", name).strip(" .-")[:LONGEST_NAME] or "okrsheets"


def _apprise(addresses: Sequence[str]) -> Any:
    """The library, told to keep to itself what it has to say of addresses."""
    try:
        import apprise
    except ImportError:
        raise NoMessenger(to=tuple(map(masked, addresses))) from None
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    return apprise
