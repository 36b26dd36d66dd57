"""The consent page of an installed application: a form with a box for every scope."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlencode, urlsplit

from .accounts import Accounts, Code
from .answers import HTML_TYPE, Answer
from .world import SCOPE, Caller

PATH = "/o/oauth2/v2/auth"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
WORDS = {
    "drive.file": "See, edit, create, and delete only the specific Google Drive files you use with this app",
    "spreadsheets": "See, edit, create, and delete all your Google Sheets spreadsheets",
    "drive": "See, edit, create, and delete all of your Google Drive files",
    "drive.metadata.readonly": "See information about your Google Drive files",
}
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Sign in - Google Accounts</title>
<link rel="icon" href="data:,"><style>body{{font:16px sans-serif;max-width:34em;margin:3em auto;color:#202124}}
button{{font:inherit;padding:.5em 1.5em}}
label{{display:block;margin:.8em 0}}.quiet{{color:#5f6368}}</style>
<p class="quiet">Sign in with Google</p>{body}</html>"""
FORM = """<h1>okrsheets wants access to your Google Account</h1><p>{person}</p>
<p class="quiet">Google hasn’t verified this app. Continue only if you trust its developer.</p>
<form method="post" action="{action}"><p>Select what okrsheets can access</p>{boxes}
<p><button name="answer" value="cancel">Cancel</button> <button name="answer" value="continue">Continue</button></p>
</form>"""
BOX = '<label><input type="checkbox" name="scope" value="{scope}" {checked}> {words}</label>'
REFUSED = "<h1>Access blocked: authorization error</h1><p>{text}</p><p class='quiet'>Error {status}: {error}</p>"
TESTING = (
    "okrsheets has not completed the Google verification process. The app is currently being tested, and can only be "
    "accessed by developer-approved testers."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an application asks the person for."""

    client: str
    redirect: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    offline: bool


def page(text: str, status: int = 200) -> Answer:
    """A page for a person."""
    return Answer(status, PAGE.format(body=text), HTML_TYPE)


def blocked(error: str, text: str, status: int = 400) -> Answer:
    """The page that tells a person why not."""
    return page(REFUSED.format(error=error, text=escape(text), status=status), status)


def read_query(accounts: Accounts, query: str) -> Asked | Answer:
    """The wish of an application, or the page that refuses it."""
    asked = {name: texts[0] for name, texts in parse_qs(query).items()}
    if asked.get("client_id") not in accounts.clients:
        return blocked("invalid_client", "The OAuth client was not found.")
    if asked.get("response_type") != "code" or not asked.get("scope"):
        return blocked("invalid_request", "Required parameter is missing: response_type or scope")
    if urlsplit(asked.get("redirect_uri", "")).hostname not in LOOPBACK:
        return blocked("redirect_uri_mismatch", "The redirect URI is no loopback address.")
    if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
        return blocked("invalid_request", "A code challenge with S256 is required.")
    offline = asked.get("access_type") == "offline"
    scopes = tuple(asked["scope"].split())
    return Asked(
        asked["client_id"], asked["redirect_uri"], scopes, asked.get("state", ""), asked["code_challenge"], offline
    )


def show(accounts: Accounts, query: str) -> Answer:
    """The page with the boxes. One scope alone needs no box: to continue is to agree."""
    asked = read_query(accounts, query)
    if isinstance(asked, Answer):
        return asked
    if accounts.testers is not None and accounts.person not in accounts.testers:
        return blocked("access_denied", TESTING, 403)
    checked = "checked" if len(asked.scopes) == 1 else ""
    boxes = "".join(
        BOX.format(scope=escape(scope), checked=checked, words=WORDS.get(scope.removeprefix(SCOPE), escape(scope)))
        for scope in asked.scopes
    )
    action = escape(f"{PATH}?{query}")
    return page(FORM.format(person=escape(accounts.person), action=action, boxes=boxes))


def decide(accounts: Accounts, query: str, form: dict[str, list[str]]) -> Answer:
    """What the person pressed: back to the application with a code, or with a refusal."""
    asked = read_query(accounts, query)
    if isinstance(asked, Answer):
        return asked
    given = [scope for scope in asked.scopes if scope in form.get("scope", [])]
    back = {"state": asked.state} if asked.state else {}
    if form.get("answer") != ["continue"] or not given:
        return redirected(asked.redirect, {**back, "error": "access_denied"})
    caller = Caller(accounts.person, frozenset(given), asked.client)
    code = accounts.random("4/fake-")
    accounts.codes[code] = Code(caller, asked.client, asked.redirect, asked.challenge, asked.offline)
    return redirected(asked.redirect, {**back, "code": code, "scope": " ".join(given)})


def redirected(address: str, query: dict[str, str]) -> Answer:
    """Back to the application."""
    mark = "&" if urlsplit(address).query else "?"
    return Answer(302, "", HTML_TYPE, {"Location": address + mark + urlencode(query)})
