"""Who is signed in to Google: `auth status --json` and `auth login --json`."""

from __future__ import annotations

from okrsheets.edges.google.signing.checkup import Checkup
from okrsheets.edges.google.signing.credentials import SignIn
from okrsheets.shell.documents.outcomes import error
from okrsheets.shell.documents.values import Document
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Language


def signed_in(own: SignIn, found: Checkup, language: Language) -> Document:
    """Somebody, and which interfaces answer them."""
    return {
        "signed_in": True,
        "way": own.identity.way.value,
        "from": own.source.found.value,
        "file": str(own.source.path) if own.source.path else None,
        "who": found.who or own.identity.who or None,
        "scopes": list(own.identity.scopes),
        "expires": own.expires,
        "works": {"drive": found.drive is None, "sheets": found.sheets is None},
        "error": error(found.fault, language) if found.fault else None,
    }


def not_signed_in(fault: OkrsheetsError, language: Language) -> Document:
    """Nobody, or somebody whose key cannot be used."""
    unknown = dict.fromkeys(("way", "from", "file", "who", "scopes", "expires"))
    works = {"drive": False, "sheets": False}
    return {"signed_in": False} | unknown | {"works": works, "error": error(fault, language)}
