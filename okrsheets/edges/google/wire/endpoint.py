"""Where Google is: at its own address, or behind a gateway (contract.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from okrsheets.words.errors import BadEndpoint
from okrsheets.words.message import Message, say

VARIABLE = "OKRSHEETS_GOOGLE_ENDPOINT"
SHEETS = "https://sheets.googleapis.com"
DRIVE = "https://www.googleapis.com"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One base for both interfaces; '' is Google itself."""

    base: str = ""

    def address(self, url: str) -> str:
        """The address to call for one of Google's: scheme and host are replaced, the path stays."""
        for own in (SHEETS, DRIVE):
            if self.base and url.startswith(own + "/"):
                return self.base + url.removeprefix(own)
        return url

    @property
    def notice(self) -> Message | None:
        """What a person should know: that somebody stands between okrsheets and Google."""
        return say("Google Sheets is reached through {base}", base=self.base) if self.base else None


def endpoint(environ: Mapping[str, str], configured: str) -> Endpoint:
    """The endpoint of OKRSHEETS_GOOGLE_ENDPOINT, else the configured one, else Google. Raises BadEndpoint."""
    given = (environ.get(VARIABLE) or configured).strip().rstrip("/")
    if given:
        check(given)
    return Endpoint(given)


def check(address: str) -> None:
    """Raises BadEndpoint for an address to which a token would go in the clear, or that is none."""
    if (reason := objection(address)) is not None:
        raise BadEndpoint(given=shown(address), reason=reason)


def objection(address: str) -> Message | None:
    """What speaks against sending a token there: plain http to another computer, or no address at all."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return say("it is no address")
    if not host or parts.scheme not in ("http", "https"):
        return say("it is no address")
    if parts.query or parts.fragment or parts.username is not None:
        return say("an address without name, password and question mark is needed")
    if parts.scheme == "http" and not loopback(host):
        return say("without https anybody on the way could read along")
    return None


def loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def proxies(address: str) -> dict[str, str]:
    """What requests is told of proxies: to go around those of the environment on the way to this computer itself.

    A proxy is another computer, and what is said to this one in the clear is not for it.
    """
    host = urlsplit(address).hostname or ""
    return {"no_proxy": host} if loopback(host) else {}


def shown(address: str) -> str:
    """An address without what may be a password in it."""
    before, at, after = address.rpartition("@")
    return f"{before.partition('//')[0]}//…@{after}" if at else address
