"""The OAuth client with which people sign in: the JSON file of a desktop app from Google's console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrsheets.edges.google.signing.keys import read_object, write_private
from okrsheets.edges.google.wire.endpoint import objection
from okrsheets.words.errors import ClientUnusable
from okrsheets.words.message import Message, say

CLIENTS = "https://console.cloud.google.com/auth/clients"
FILE = "client.json"
NEEDED = ("client_id", "client_secret", "auth_uri", "token_uri")


@dataclass(frozen=True, slots=True)
class Application:
    """An installed application as Google knows it."""

    id: str
    secret: str = field(repr=False)
    auth_uri: str
    token_uri: str


def read_application(path: Path) -> Application:
    """The client in a file. Raises ClientUnusable."""
    content = read_object(path)
    found = content if isinstance(content, Message) else understood(content)
    if isinstance(found, Message):
        raise ClientUnusable(path=str(path), reason=found, url=CLIENTS)
    return found


def understood(content: Mapping[str, Any]) -> Application | Message:
    """The client in the JSON of the console, or what it is instead."""
    if "web" in content:
        return say("it is one of the type Web application")
    if content.get("type") == "service_account":
        return say("it is the key of a service account; name it in google.credentials instead")
    own = content.get("installed")
    if not isinstance(own, dict):
        return say("it is something else")
    for name in NEEDED:
        if not isinstance(own.get(name), str) or not own[name]:
            return say("{name} is missing", name=name)
    for name in ("auth_uri", "token_uri"):
        if (reason := objection(own[name])) is not None:
            return say("{name}: {reason}", name=name, reason=reason)
    return Application(own["client_id"], own["client_secret"], own["auth_uri"], own["token_uri"])


def remembered(folder: Path) -> Application | None:
    """The client that was used last, None where there was none. Raises ClientUnusable."""
    path = folder / FILE
    return read_application(path) if path.exists() else None


def remember(folder: Path, client: Application) -> None:
    """Keeps the client for the next time. Raises SignInNotKept."""
    own = {"client_id": client.id, "client_secret": client.secret}
    write_private(folder / FILE, {"installed": own | {"auth_uri": client.auth_uri, "token_uri": client.token_uri}})
