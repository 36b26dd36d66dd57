"""The keyring of this computer, where the keyring package is installed and one opens."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Any

from okrsheets.words.errors import KeyringClosed


def put(service: str, name: str, secret: str) -> bool:
    """Keeps a secret; False where there is no keyring, or none that gives back what it was given."""
    ring = keyring()
    if ring is None:
        return False
    try:
        ring.set_password(service, name, secret)
        return bool(ring.get_password(service, name) == secret)
    except Exception:  # a keyring fails in as many ways as there are desktops
        return False


def get(service: str, name: str) -> str | None:
    """A secret that was kept, None where it is gone. Raises KeyringClosed."""
    ring = keyring()
    if ring is None:
        raise KeyringClosed(reason="keyring")
    try:
        secret = ring.get_password(service, name)
    except Exception as error:
        raise KeyringClosed(reason=type(error).__name__) from None
    return None if secret is None else str(secret)


def drop(service: str, name: str) -> None:
    """Forgets a secret, if it can be reached."""
    with suppress(Exception):
        if (ring := keyring()) is not None:
            ring.delete_password(service, name)


def keyring() -> Any | None:
    """The keyring, None where it is not installed or this computer has none that is safe."""
    try:
        ring = import_module("keyring").get_keyring()
    except Exception:
        return None
    return ring if getattr(ring, "priority", 0) >= 1 else None
