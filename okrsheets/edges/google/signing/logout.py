"""Taking a sign-in back: Google forgets it, and so do we."""

from __future__ import annotations

from collections.abc import Callable

from okrsheets.edges.google.signing.tokens import Token, Tokens
from okrsheets.edges.google.wire.call import Json
from okrsheets.words.errors import GoogleError, NotSignedIn, TemporaryError

REVOKED = (200, 400)
"""400: it was no longer good, which is as well."""


def sign_out(tokens: Tokens, post: Callable[..., tuple[int, Json]]) -> bool:
    """Revokes the sign-in and removes it; False where only the latter could be done. `post` is that of TokenCalls.

    Raises NotSignedIn, and SignInNotKept where the file cannot be taken away.
    """
    if not tokens.there:
        raise NotSignedIn
    revoked = revoke(readable(tokens), post)
    tokens.remove()
    return revoked


def readable(tokens: Tokens) -> Token | None:
    """The sign-in, None where it cannot be read; also such a one is to go."""
    try:
        return tokens.load()
    except GoogleError:
        return None


def revoke(token: Token | None, post: Callable[..., tuple[int, Json]]) -> bool:
    """Whether Google forgot a sign-in."""
    if token is None:
        return False
    try:
        status, _ = post(revocation(token.token_uri), {"token": token.refresh_token})
    except (TemporaryError, GoogleError):
        return False
    return status in REVOKED


def revocation(token_uri: str) -> str:
    """The address to revoke at, beside the one that gives tokens."""
    return f"{token_uri.rpartition('/')[0]}/revoke"
