"""What gives access to something, and what is shown in its place wherever somebody else's words are passed on."""

from __future__ import annotations

import re

HIDDEN = "…"
SECRETS = re.compile(
    r"ya29\.[\w.-]+"  # an access token of Google
    r"|(?<!\w)1//[\w-]+"  # a refresh token
    r"|(?<![\w/])4/[\w-]{8,}"  # a code that becomes one; no folder such as 2024
    r"|GOCSPX-[\w-]+"  # the secret of an OAuth client
    r"|eyJ[\w-]+\.[\w.-]+"  # a signed claim
    r"|(?i:bearer)\s+\S+"
    r"|-----BEGIN [^-]+-----.*?(?:-----END [^-]+-----|$)"  # a private key
    r"|(?<=://)[^/\s@:]*:[^/\s@]+(?=@)",  # a name and a password in an address
    re.DOTALL,
)


def masked(text: str) -> str:
    """The text without keys, tokens and passwords."""
    return SECRETS.sub(HIDDEN, text)
