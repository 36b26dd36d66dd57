"""The way to Google's page: how to make a client once, and where to go each time."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from okrsheets.edges.google.signing.application import CLIENTS
from okrsheets.shell.screen import Screen
from okrsheets.words.message import say

if TYPE_CHECKING:
    from okrsheets.edges.google.signing.login import Invitation

CONSOLE = "https://console.cloud.google.com"
PROJECT = f"{CONSOLE}/projectcreate"
BOTH_INTERFACES = f"{CONSOLE}/flows/enableapi?apiid=sheets.googleapis.com,drive.googleapis.com"
CONSENT = f"{CONSOLE}/auth/branding"
AUDIENCE = f"{CONSOLE}/auth/audience"


@dataclass(frozen=True, slots=True)
class Inviting:
    """Opens the browser where there is one, and shows the address in any case."""

    screen: Screen
    environ: Mapping[str, str]
    browser: bool = True

    def __call__(self, invitation: Invitation) -> None:
        """Sends a person to Google's page."""
        import webbrowser

        opened = self.browser and has_browser(self.environ) and webbrowser.open(invitation.url)
        if opened:
            self.screen.warn(say("Your browser opens Google's page. If it does not, go to:"))
        else:
            self.screen.warn(say("Go to this address in your browser:"))
        self.screen.details(invitation.url)
        if not opened:
            there = say(
                "Is the browser on another computer? Then first type there: {command}", command=tunnel(invitation)
            )
            self.screen.warn(there)


def has_browser(environ: Mapping[str, str]) -> bool:
    """Whether a person sits before this computer and sees its windows."""
    if environ.get("BROWSER"):
        return True
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    return sys.platform in ("win32", "darwin") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def tunnel(invitation: Invitation) -> str:
    """The command that brings the browser of another computer back to this one."""
    import socket

    port = invitation.port
    return f"ssh -L {port}:127.0.0.1:{port} {user()}@{socket.gethostname()}"


def user() -> str:
    """The name with which one signs in to this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may have nobody by name
        return "USER"


def show_guide(screen: Screen) -> None:
    """From no project at all to a client, in four steps."""
    steps = (
        (say("1. Make a project, for example with the name okrsheets:"), PROJECT),
        (say("2. Switch on Google Sheets and Google Drive for it:"), BOTH_INTERFACES),
        (
            say("3. Fill in the consent screen (name, your e-mail address, External), then publish it under Audience:"),
            CONSENT,
        ),
        (say("4. Make a client of the type Desktop app, and download its JSON:"), f"{CLIENTS}/create"),
    )
    screen.warn(say("To sign in, Google wants you to have a client of your own. That costs nothing:"))
    for sentence, address in steps:
        screen.warn(sentence)
        screen.details(f"   {address}")
    screen.warn(say("Leave out publishing ({url}), and every sign-in ends after seven days.", url=AUDIENCE))
