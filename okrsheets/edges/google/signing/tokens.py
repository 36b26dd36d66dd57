"""The sign-in of a person between two runs: in a file for nobody else, its secret in the keyring if there is one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from okrsheets.edges.google.signing import keyrings
from okrsheets.edges.google.signing.keys import open_to_others, read_object, write_private
from okrsheets.edges.google.wire.endpoint import objection
from okrsheets.edges.reach import is_there
from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import KeyFileOpen, SignInDamaged, SignInNotKept
from okrsheets.words.message import Message, say

FILE = "token.json"
TEXTS = ("client_id", "client_secret", "token_uri", "who")
SERVICE = "okrsheets: Google"


@dataclass(frozen=True, slots=True)
class Token:
    """What lets okrsheets be somebody until they take it back.

    Scopes are short names. `expires`: ISO time at which Google ends it by itself, None where it does not.
    """

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    token_uri: str
    scopes: tuple[str, ...]
    who: str = ""
    expires: str | None = None


class Tokens:
    """The place of the sign-in in a folder of okrsheets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE

    @property
    def there(self) -> bool:
        """Whether somebody signed in."""
        return is_there(self.path)

    def load(self) -> Token | None:
        """The sign-in; None where nobody signed in. Raises SignInDamaged, KeyFileOpen, KeyringClosed."""
        if not self.there:
            return None
        content = read_object(self.path)
        if not isinstance(content, Message) and open_to_others(self.path):
            raise KeyFileOpen(path=str(self.path))
        token = content if isinstance(content, Message) else self._understood(content)
        if isinstance(token, Message):
            raise SignInDamaged(path=str(self.path), reason=token)
        return token

    def save(self, token: Token) -> None:
        """Keeps a sign-in in the place of the one before. Raises SignInNotKept."""
        content: dict[str, Any] = {name: getattr(token, name) for name in (*TEXTS, "expires")}
        content["scopes"] = list(token.scopes)
        name = self._name_in_keyring or secrets.token_hex(8)
        if keyrings.put(SERVICE, name, token.refresh_token):
            content["keyring"] = name
        else:
            content["refresh_token"] = token.refresh_token
        write_private(self.path, content)

    def remove(self) -> None:
        """Forgets the sign-in. Raises SignInNotKept where the file cannot be taken away."""
        if self._name_in_keyring:
            keyrings.drop(SERVICE, self._name_in_keyring)
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise SignInNotKept(path=str(self.path), reason=reason_of(error)) from None

    @property
    def _name_in_keyring(self) -> str:
        """Under which the secret is kept, '' for none: one name for each folder, for several may share a client."""
        content = read_object(self.path) if self.there else {}
        return "" if isinstance(content, Message) else str(content.get("keyring") or "")

    def _understood(self, content: Mapping[str, Any]) -> Token | Message:
        """The token in the file and the keyring, or what is wrong with it. Raises KeyringClosed."""
        scopes = content.get("scopes")
        for name in TEXTS:
            if not isinstance(content.get(name), str):
                return say("{name} is missing", name=name)
        if not isinstance(scopes, list) or objection(content["token_uri"]) is not None:
            return say("it is not as okrsheets wrote it")
        secret = content.get("refresh_token")
        if content.get("keyring"):
            secret = keyrings.get(SERVICE, str(content["keyring"]))
        if not isinstance(secret, str) or not secret:
            return say("{name} is missing", name="refresh_token")
        texts = {name: content[name] for name in TEXTS}
        return Token(refresh_token=secret, scopes=tuple(map(str, scopes)), expires=content.get("expires"), **texts)
