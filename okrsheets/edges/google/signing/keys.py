"""Files with secrets in them: read only where nobody else can, written so that nobody else will."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from okrsheets.edges import state
from okrsheets.edges.google.wire.endpoint import objection
from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import ClientAsKey, KeyFileOpen, KeyFileUnusable, SignInNotKept
from okrsheets.words.message import Message, say

OTHERS = stat.S_IRWXG | stat.S_IRWXO
SECRETS = ("private_key", "refresh_token", "client_secret")
ONLY_OURS = 0o600
WINDOWS = os.name == "nt"


def read_key(path: Path) -> Mapping[str, Any]:
    """The JSON of a key file. Raises KeyFileUnusable for what is none, KeyFileOpen for one that others can read."""
    content = read_object(path)
    if isinstance(content, Message):
        raise KeyFileUnusable(path=str(path), reason=content)
    if "installed" in content or "web" in content:
        raise ClientAsKey(path=str(path))
    if any(name in content for name in SECRETS) and open_to_others(path):
        raise KeyFileOpen(path=str(path))
    reason = objection(str(content["token_uri"])) if "token_uri" in content else None
    if reason is not None:
        raise KeyFileUnusable(path=str(path), reason=say("token_uri: {reason}", reason=reason))
    return content


def read_object(path: Path) -> dict[str, Any] | Message:
    """The JSON object in a file, or why there is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return say("it is not there")
    except OSError as error:
        return say("it cannot be read ({reason})", reason=reason_of(error))
    except ValueError:
        return say("it holds no JSON")
    return content if isinstance(content, dict) else say("it holds no JSON object")


def open_to_others(path: Path) -> bool:
    """Whether somebody else on this computer can read the file. Windows keeps such rights elsewhere."""
    return not WINDOWS and bool(path.stat().st_mode & OTHERS)


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Puts the JSON in the file's place, at once, for its owner only; so is the folder. Raises SignInNotKept."""
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        make_private(path.parent)
        with open(beside, "x", encoding="utf-8", opener=private) as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise SignInNotKept(path=str(path), reason=reason_of(error)) from None
    finally:
        with suppress(OSError):
            beside.unlink()


def make_private(folder: Path) -> None:
    """The folder, for nobody else to look into, also where it is there already. Raises OSError."""
    state.make(folder)
    if not WINDOWS:
        folder.chmod(state.ONLY_OURS)


def private(name: str, flags: int) -> int:
    """Opens a new file that only its owner can read."""
    return os.open(name, flags, ONLY_OURS)
