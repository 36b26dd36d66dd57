"""Who may sign in: service accounts, installed applications, people, and the tokens they were given."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from .answers import Answer, Json, token_error
from .clock import Clock
from .world import LETTERS, PERSON, Caller

AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3599
SKEW = 300
SEVEN_DAYS = 604799
"""Seconds after which Google ends what was given to an app in testing."""
PROJECT = "okrsheets-tests"


@cache
def key_pair() -> Any:
    """One RSA key for all service accounts of a test run; made here, kept nowhere."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token stands for, and until when."""

    caller: Caller
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A code from the consent page, waiting to be exchanged."""

    caller: Caller
    client: str
    redirect: str
    challenge: str
    offline: bool


@dataclass(slots=True)
class Accounts:
    """All that can be signed in with. `any_token` lets every bearer token pass as the robot.

    `testers` are the people who may sign in while the app's consent screen is in testing; None once it is published.
    """

    clock: Clock
    chance: Random
    any_token: bool = True
    person: str = PERSON
    testers: set[str] | None = None
    robots: set[str] = field(default_factory=set)
    clients: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)
    refreshing: dict[str, tuple[str, Caller]] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)

    def random(self, prefix: str, length: int = 40) -> str:
        """A secret of this fake."""
        return prefix + "".join(self.chance.choice(LETTERS) for _ in range(length))

    def token_for(self, caller: Caller) -> str:
        """A bearer token for an hour."""
        token = self.random("ya29.fake-")
        self.tokens[token] = Grant(caller, self.clock.now() + timedelta(seconds=LIFETIME))
        return token

    def refresh_token_for(self, client: str, caller: Caller) -> str:
        """A refresh token of an application."""
        token = self.random("1//fake-")
        self.refreshing[token] = (client, caller)
        return token

    def caller_of(self, token: str) -> Caller | None:
        """Who a bearer token stands for, None for one that is not, or no longer, good."""
        grant = self.tokens.get(token)
        if grant is None:
            return Caller() if self.any_token and token else None
        return grant.caller if grant.until is None or grant.until > self.clock.now() else None

    def revoke(self, token: str) -> Answer:
        """Takes a token back, and with a refresh token all that came from it."""
        gone = self.refreshing.pop(token, None)
        grant = self.tokens.pop(token, None)
        if gone is None and grant is None:
            return token_error("invalid_token", "Token expired or revoked")
        caller = gone[1] if gone is not None else grant.caller if grant is not None else None
        self.tokens = {name: kept for name, kept in self.tokens.items() if kept.caller != caller}
        self.refreshing = {name: kept for name, kept in self.refreshing.items() if kept[1] != caller}
        return Answer(200, {})

    def answer(self, form: dict[str, str]) -> Answer:
        """The token endpoint."""
        grants = {JWT_GRANT: self.for_robot, "refresh_token": self.refreshed, "authorization_code": self.exchanged}
        grant = grants.get(form.get("grant_type", ""))
        if grant is None:
            return token_error("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        return grant(form)

    def given(self, caller: Caller, **more: Any) -> Answer:
        """A new bearer token as the endpoint answers it."""
        body = {"access_token": self.token_for(caller), "expires_in": LIFETIME, "token_type": "Bearer"}
        return Answer(200, body | {"scope": " ".join(sorted(caller.scopes or ()))} | more)

    def for_robot(self, form: dict[str, str]) -> Answer:
        """A service account's signed claim."""
        try:
            head, claims, signed, signature = taken_apart(form.get("assertion", ""))
        except (ValueError, TypeError, KeyError):
            return token_error("invalid_request", "Bad Request")
        robot = str(claims.get("iss", ""))
        if robot not in self.robots and not self.any_token:
            return token_error("invalid_grant", "Invalid grant: account not found")
        if robot in self.robots and not (head.get("alg") == "RS256" and verified(signed, signature)):
            return token_error("invalid_grant", "Invalid JWT Signature.")
        if claims.get("aud") != AUDIENCE:
            return token_error("invalid_grant", "Invalid JWT: Failed audience check.")
        if not self.timely(claims):
            text = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
            return token_error("invalid_grant", text + " Check your iat and exp values in the JWT claim.")
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            return token_error("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return self.given(Caller(robot, scopes, app=robot))

    def timely(self, claims: Json) -> bool:
        """Whether a claim is of now, and for an hour at most."""
        now = self.clock.now().timestamp()
        made, until = float(claims.get("iat", 0)), float(claims.get("exp", 0))
        return made - SKEW <= now <= until + SKEW and until - made <= 3600

    def known_client(self, form: dict[str, str]) -> Answer | None:
        """The refusal of an application that is not known, or whose secret is wrong."""
        if self.clients.get(form.get("client_id", "")) == form.get("client_secret", ""):
            return None
        return token_error("invalid_client", "The OAuth client was not found.", 401)

    def refreshed(self, form: dict[str, str]) -> Answer:
        """A new bearer token for a refresh token."""
        if (refusal := self.known_client(form)) is not None:
            return refusal
        client, caller = self.refreshing.get(form.get("refresh_token", ""), ("", Caller()))
        if client != form["client_id"]:
            return token_error("invalid_grant", "Token has been expired or revoked.")
        return self.given(caller)

    def exchanged(self, form: dict[str, str]) -> Answer:
        """Tokens for a code from the consent page. A code is good once, and only with its verifier."""
        if (refusal := self.known_client(form)) is not None:
            return refusal
        code = self.codes.pop(form.get("code", ""), None)
        if code is None or code.client != form["client_id"]:
            return token_error("invalid_grant", "Malformed auth code.")
        if code.redirect != form.get("redirect_uri"):
            return token_error("redirect_uri_mismatch", "Bad Request")
        if code.challenge != challenge_of(form.get("code_verifier", "")):
            return token_error("invalid_grant", "Invalid code verifier.")
        more: Json = {"refresh_token": self.refresh_token_for(code.client, code.caller)} if code.offline else {}
        if self.testers is not None:
            more["refresh_token_expires_in"] = SEVEN_DAYS
        return self.given(code.caller, **more)

    def service_account(self, email: str, base_url: str) -> Json:
        """The key file of a new service account; its `token_uri` is this fake's."""
        from cryptography.hazmat.primitives import serialization as way

        self.robots.add(email)
        pem = key_pair().private_bytes(way.Encoding.PEM, way.PrivateFormat.PKCS8, way.NoEncryption()).decode()
        names = {"type": "service_account", "project_id": PROJECT, "private_key_id": "0" * 40, "private_key": pem}
        return names | {"client_email": email, "client_id": "1" * 21, "token_uri": f"{base_url}/token"}

    def client(self, base_url: str) -> Json:
        """The file of a new installed application; its addresses are this fake's."""
        id, secret = f"{self.random('', 12)}.apps.googleusercontent.com", self.random("GOCSPX-", 28)
        self.clients[id] = secret
        own = {"client_id": id, "client_secret": secret, "project_id": PROJECT, "redirect_uris": ["http://localhost"]}
        return {"installed": own | {"auth_uri": f"{base_url}/o/oauth2/v2/auth", "token_uri": f"{base_url}/token"}}


def taken_apart(assertion: str) -> tuple[Json, Json, bytes, bytes]:
    """Head, claims, signed part and signature of a JWT."""
    head, claims, signature = assertion.split(".")
    decoded = [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in (head, claims, signature)]
    return json.loads(decoded[0]), json.loads(decoded[1]), f"{head}.{claims}".encode(), decoded[2]


def verified(signed: bytes, signature: bytes) -> bool:
    """Whether this run's key made a signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        key_pair().public_key().verify(signature, signed, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636); '' stands for none."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() if verifier else ""


def save_private(path: Path, content: Json) -> Path:
    """Writes a secret so that only its owner reads it."""
    path.write_text(json.dumps(content), encoding="utf-8")
    path.chmod(0o600)
    return path
