"""Which sign-in counts, and who that is: the environment, the configuration, whoever signed in, this machine's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from okrsheets.edges.google.signing.identity import SCOPE, Identity, Way
from okrsheets.edges.google.signing.keys import read_key
from okrsheets.edges.google.signing.tokens import Token, Tokens
from okrsheets.edges.home import from_home
from okrsheets.words.errors import GoogleUnwell, KeyFileUnusable, NotSignedIn
from okrsheets.words.message import say

VARIABLE = "OKRSHEETS_GOOGLE_CREDENTIALS"
DEFAULT_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
PERSON = ("drive.file",)
WIDER = "spreadsheets"
ROBOT = (WIDER, "drive.metadata.readonly", "drive.file")
"""What `drive.file` alone shows a service account of what was shared with it, nobody could check yet."""
PRODUCT_NAME = Path("/sys/class/dmi/id/product_name")


class Found(Enum):
    """Where a sign-in comes from, the first that is there counts."""

    ENVIRONMENT = "environment"
    CONFIGURATION = "configuration"
    LOGIN = "login"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sign-in comes from, and its file; None where it has none, as on Google's own machines."""

    found: Found
    path: Path | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """Credentials of google-auth, and who that is. `expires`: when Google ends it by itself, None: not known."""

    source: Source
    identity: Identity
    credentials: Any
    expires: str | None = None

    def __repr__(self) -> str:
        return f"SignIn({self.source}, {self.identity})"


def source(environ: Mapping[str, str], configured: str | None, tokens: Tokens) -> Source:
    """The sign-in that counts (contract.md §6). Raises NotSignedIn where there is none."""
    if named := environ.get(VARIABLE):
        return Source(Found.ENVIRONMENT, from_home(named))
    if configured:
        return Source(Found.CONFIGURATION, Path(configured))
    if tokens.there:
        return Source(Found.LOGIN, tokens.path)
    if (path := default_file(environ)) is not None or on_googles_machine(environ):
        return Source(Found.DEFAULT, path)
    raise NotSignedIn


def default_file(environ: Mapping[str, str]) -> Path | None:
    """The file of the application default credentials, where there is one."""
    if named := environ.get(DEFAULT_VARIABLE):
        return from_home(named)
    path = gcloud_folder(environ) / "application_default_credentials.json"
    return path if path.exists() else None


def gcloud_folder(environ: Mapping[str, str]) -> Path:
    """Where gcloud keeps what it knows."""
    if named := environ.get("CLOUDSDK_CONFIG"):
        return Path(named)
    if sys.platform == "win32":
        return Path(environ.get("APPDATA", "")) / "gcloud"
    return Path(environ.get("HOME") or "~").expanduser() / ".config" / "gcloud"


def on_googles_machine(environ: Mapping[str, str]) -> bool:
    """Whether this is a machine of Google's cloud, which knows who it is. Asking it elsewhere takes seconds."""
    if environ.get("K_SERVICE"):
        return True
    try:
        return PRODUCT_NAME.read_text(encoding="utf-8").startswith("Google")
    except (OSError, ValueError):
        return False


def opened(source: Source, tokens: Tokens) -> SignIn:
    """The credentials of a source. Raises the errors of reading a key file or a sign-in."""
    if source.found is Found.LOGIN:
        token = tokens.load()
        if token is None:
            raise NotSignedIn
        return of_token(source, token)
    if source.path is None:
        return of_machine(source)
    return of_file(source, source.path)


def of_token(source: Source, token: Token) -> SignIn:
    """A person who signed in."""
    names = ("refresh_token", "client_id", "client_secret", "token_uri")
    content = {name: getattr(token, name) for name in names}
    return SignIn(source, Identity(Way.PERSON, token.who, token.scopes), user(content), token.expires)


def of_file(source: Source, path: Path) -> SignIn:
    """A key file: of a service account, of a person, or of another way that google-auth knows."""
    content = read_key(path)
    kind = content.get("type")
    try:
        if kind == "service_account":
            who = str(content.get("client_email", ""))
            return SignIn(source, Identity(Way.SERVICE_ACCOUNT, who, ROBOT), robot(content))
        if kind == "authorized_user":
            return SignIn(source, Identity(Way.DEFAULT, str(content.get("account", ""))), user(content))
        return SignIn(source, Identity(Way.DEFAULT), other(content))
    except Exception as error:  # google-auth raises what it happens to meet; its words may quote the key
        raise KeyFileUnusable(path=str(path), reason=say("{what} cannot be used", what=fault(error, kind))) from None


def fault(error: Exception, kind: object) -> str:
    """What kind of key it is, as far as can be said."""
    return str(kind) if kind else type(error).__name__


def robot(content: Mapping[str, Any]) -> Any:
    """A service account."""
    from google.oauth2.service_account import Credentials

    return Credentials.from_service_account_info(dict(content), scopes=long(ROBOT))  # type: ignore[no-untyped-call]


def user(content: Mapping[str, Any]) -> Any:
    """A person, by a refresh token; the scopes are those that it was given."""
    from google.oauth2.credentials import Credentials

    names = ("refresh_token", "client_id", "client_secret")
    own = {name: content[name] for name in names}
    uri = content.get("token_uri", "https://oauth2.googleapis.com/token")
    quota = content.get("quota_project_id")
    return Credentials(None, **own, token_uri=uri, quota_project_id=quota)  # type: ignore[no-untyped-call]


def other(content: Mapping[str, Any]) -> Any:
    """Workload identity. Raises ValueError for a kind that is not known here.

    google-auth's own loader of any kind asks for the project's name first, over the network.
    """
    if content.get("type") != "external_account":
        raise ValueError
    if str(content["credential_source"].get("environment_id", "")).startswith("aws"):
        from google.auth.aws import Credentials as OfAmazon

        return OfAmazon.from_info(dict(content), scopes=long(ROBOT))  # type: ignore[no-untyped-call]
    from google.auth.identity_pool import Credentials

    return Credentials.from_info(dict(content), scopes=long(ROBOT))  # type: ignore[no-untyped-call]


def of_machine(source: Source) -> SignIn:
    """The account of a machine of Google's cloud."""
    import google.auth
    from google.auth.exceptions import GoogleAuthError

    try:
        credentials, _ = google.auth.default(scopes=long(ROBOT))
    except GoogleAuthError as error:
        raise GoogleUnwell(reason=type(error).__name__) from None
    return SignIn(source, Identity(Way.DEFAULT), credentials)


def long(scopes: tuple[str, ...]) -> list[str]:
    """Scopes by their long names."""
    return [SCOPE + scope for scope in scopes]
