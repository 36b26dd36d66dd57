"""`okrsheets auth`: who okrsheets is to Google."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from okrsheets.edges import state
from okrsheets.edges.google.signing import application
from okrsheets.edges.google.signing.application import Application
from okrsheets.edges.google.signing.checkup import Checkup, check_up
from okrsheets.edges.google.signing.connection import Connection, connect, tokens_in
from okrsheets.edges.google.signing.credentials import PERSON, VARIABLE, WIDER, Found
from okrsheets.edges.google.signing.logout import sign_out
from okrsheets.edges.google.wire.patience import Patience
from okrsheets.edges.home import from_home
from okrsheets.shell import clock, options
from okrsheets.shell.desk import Desk
from okrsheets.shell.documents.auth import not_signed_in, signed_in
from okrsheets.shell.faults import DONE
from okrsheets.shell.inviting import AUDIENCE, Inviting, show_guide
from okrsheets.words.errors import NoClient, NotSignedIn, OkrsheetsError, UsageError
from okrsheets.words.message import Message, keep, say

WHAT = keep("login, status or logout.")
CLIENT = keep("The JSON file of your OAuth client (a desktop app); it is remembered.")
SCOPE = keep("Ask for more than usual: to reach sheets that okrsheets did not make.")
BROWSER = keep("Open no browser, only show the address.")
PORT = keep("The port on which the browser comes back; else any that is free.")
CONNECTIONS = "https://myaccount.google.com/connections"
WAYS = {
    Found.ENVIRONMENT: keep("by {variable}: {path}"),
    Found.CONFIGURATION: keep("by the configuration: {path}"),
    Found.LOGIN: keep("by okrsheets auth login: {path}"),
    Found.DEFAULT: keep("by the application default credentials: {path}"),
}


class UnknownAuth(UsageError):
    text = keep("okrsheets auth cannot {what}.")
    remedy = keep("Use: okrsheets auth login, status or logout.")


class UnknownScope(UsageError):
    text = keep("{given} is not a scope that okrsheets asks for.")
    remedy = keep("Give {known}, or leave --scope out.")


def auth(
    what: Annotated[str, typer.Argument(metavar="[login|status|logout]", help=WHAT)] = "status",
    client: Annotated[str | None, typer.Option("--client", metavar="FILE", help=CLIENT)] = None,
    scope: Annotated[str | None, typer.Option("--scope", metavar=WIDER, help=SCOPE)] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=BROWSER)] = False,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=PORT)] = 0,
    json: options.Json = False,
    config: options.Config = None,
    verbose: options.Verbose = False,
    quiet: options.Quiet = False,
) -> int:
    """Signs in, says who is signed in, or signs out."""
    desk = Desk(config, verbose=verbose, quiet=quiet)
    if what == "login":
        return login(
            desk, client, scopes_of(scope), Inviting(desk.screen, os.environ, browser=not no_browser), port, json=json
        )
    if what == "logout":
        return logout(desk, json=json)
    if what != "status":
        raise UnknownAuth(what=what)
    return status(desk, json=json)


def scopes_of(scope: str | None) -> tuple[str, ...]:
    """What to ask for. Raises UnknownScope."""
    if scope not in (None, WIDER):
        raise UnknownScope(given=scope, known=WIDER)
    return (*PERSON, WIDER) if scope else PERSON


def login(desk: Desk, file: str | None, scopes: tuple[str, ...], invite: Inviting, port: int, *, json: bool) -> int:
    """Sends the person to Google's page, keeps the sign-in, and tries it."""
    # What speaks HTTP takes a while to load, and no other command needs it.
    from okrsheets.edges.google.signing.login import Wish, sign_in
    from okrsheets.edges.google.signing.refreshing import TokenCalls

    tokens = tokens_in(state.folder(os.environ))
    wish = Wish(client_of(desk, file, tokens.folder), scopes, clock.seconds(), port)
    application.remember(tokens.folder, wish.client)
    token = sign_in(wish, invite, desk.language.say, TokenCalls(Patience()).post)
    tokens.save(token)
    connection = connected(desk)
    found = check_up(connection.api)
    if connection.sign_in.source.found is Found.LOGIN:
        tokens.save(replace(token, who=found.who))
    else:
        desk.screen.warn(say("Your sign-in is kept, but another one counts:"))
    code = told(desk, connection, found, json=json)
    if code == DONE and not json:
        desk.screen.note(say("Now make a sheet, for example with: okrsheets new high-ticket google"))
    return code


def client_of(desk: Desk, file: str | None, folder: Path) -> Application:
    """The client of the file, else the one of the last time. Raises NoClient after having said how to make one."""
    if file is not None:
        return application.read_application(from_home(file))
    known = application.remembered(folder)
    if known is None:
        show_guide(desk.screen)
        raise NoClient
    return known


def status(desk: Desk, *, json: bool) -> int:
    """Who is signed in, which way, and whether it works."""
    try:
        connection = connected(desk)
    except OkrsheetsError as fault:
        if not json or fault.exit_code == UsageError.exit_code:
            raise
        desk.screen.document(not_signed_in(fault, desk.language))
        return fault.exit_code
    return told(desk, connection, check_up(connection.api), json=json)


def logout(desk: Desk, *, json: bool) -> int:
    """Takes the sign-in back at Google and here."""
    from okrsheets.edges.google.signing.refreshing import TokenCalls

    try:
        revoked = sign_out(tokens_in(state.folder(os.environ)), TokenCalls(Patience()).post)
    except NotSignedIn:
        revoked = True
        desk.screen.warn(say("Nobody was signed in."))
    else:
        desk.screen.warn(signed_out(revoked))
    if json:
        desk.screen.document({"revoked": revoked})
    return DONE


def signed_out(revoked: bool) -> Message:
    """What became of the sign-in."""
    if revoked:
        return say("You are signed out, and Google has forgotten the sign-in.")
    return say("You are signed out here. Google could not be told; take okrsheets out at {url}", url=CONNECTIONS)


def connected(desk: Desk) -> Connection:
    """Google as configured; a person is told who stands in between."""
    own = desk.configuration.google
    folder = state.folder(os.environ)
    connection = connect(os.environ, folder, credentials=own.credentials, api_endpoint=own.api_endpoint)
    if connection.endpoint.notice is not None:
        desk.screen.warn(connection.endpoint.notice)
    return connection


def told(desk: Desk, connection: Connection, found: Checkup, *, json: bool) -> int:
    """Says it, in words or as JSON; the exit code of what does not work."""
    if json:
        desk.screen.document(signed_in(connection.sign_in, found, desk.language))
    else:
        tell(desk, connection, found)
    return found.fault.exit_code if found.fault else DONE


def tell(desk: Desk, connection: Connection, found: Checkup) -> None:
    """Who, which way, what for, until when, and whether each interface answers."""
    own = connection.sign_in
    who = found.who or own.identity.who or say("an unknown account")
    path = str(own.source.path) if own.source.path else say("this machine")
    works = found.drive is None or found.sheets is None
    desk.screen.note(
        say("Signed in as {who}", who=who) if works else say("What counts is the sign-in of {who}", who=who)
    )
    desk.screen.note(Message(WAYS[own.source.found], {"variable": VARIABLE, "path": path}), indent=2)
    if own.identity.is_robot and works:
        desk.screen.note(say("to let it in, share a sheet with this address as Editor"), indent=2)
    if own.identity.scopes:
        desk.screen.note(say("with the scopes {scopes}", scopes=own.identity.scopes), indent=2)
    if own.expires:
        desk.screen.note(ends(own.expires), indent=2)
    for name, fault in (("Google Drive API", found.drive), ("Google Sheets API", found.sheets)):
        if fault is None:
            desk.screen.note(say("{api}: works", api=name), indent=2)
    for fault in dict.fromkeys((found.drive, found.sheets)):
        if fault is not None:
            desk.screen.fault(fault.message, fault.advice)


def ends(expires: str) -> Message:
    """When the sign-in ends by itself, and what to do about that."""
    day = datetime.fromisoformat(expires).date()
    return say("until {day}: your app is in testing; publish it at {url}", day=day, url=AUDIENCE)
