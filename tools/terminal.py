"""A terminal and a browser as somebody new sits before them, and pictures of both.

Used by tools/follow_guide.py.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from follow_guide import ROOT, Consent, Shown

if TYPE_CHECKING:
    from chromium import Page
    from google_fake import GoogleFake

WIDTH = 110
"""Of the terminal, in characters."""


@dataclass
class Album:
    """Pictures in a folder, numbered in the order in which they were taken."""

    folder: Path
    page: Page
    count: int = 0

    def take(self, name: str) -> None:
        """What the browser shows now."""
        self.count += 1
        words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
        self.page.picture(self.folder / f"{self.count:02d}-{words}.png")

    def take_terminal(self, title: str, shown: Shown) -> None:
        """A terminal, drawn as a page."""
        self.page.show(terminal_page(title, shown))
        self.take(f"{title} {shown.line}")


@dataclass
class Terminal:
    """A terminal on a computer of somebody's own, and the browser beside it."""

    name: str
    folder: Path
    google: GoogleFake
    album: Album
    language: str
    consent: Consent = field(default_factory=Consent)
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> Path:
        """Where the browser is told which page to open."""
        return self.folder / ".address"

    def environment(self) -> dict[str, str]:
        """A fresh home with nothing in it but the way to the stand-in."""
        browser = self.folder / ".browser"
        browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {shlex.quote(str(self.address))}\n')
        browser.chmod(0o700)
        return {
            "HOME": str(self.folder / "home"),
            "PATH": os.environ["PATH"],
            "LANG": f"{self.language}.UTF-8",
            "TERM": "xterm-256color",
            "COLUMNS": str(WIDTH),
            "BROWSER": f"{browser} %s",
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
            "OKRSHEETS_GOOGLE_ENDPOINT": self.google.base_url,
            **self.variables,
        }

    def type(self, line: str, *, hurry: bool = False) -> Shown:
        """As a person does: an `export` stays, `auth login` opens the browser."""
        words = shlex.split(line)
        if words[0] == "export":
            name, _, value = words[1].partition("=")
            self.variables[name] = value
            shown = Shown(line, 0, "")
        elif words[0] != "okrsheets":
            shown = Shown(line, subprocess.run(words, cwd=self.folder, check=False).returncode, "")
        else:
            shown = Shown(line, *self.ended(words, hurry))
        self.album.take_terminal(self.name, shown)
        return shown

    def ended(self, words: Sequence[str], hurry: bool) -> tuple[int, str]:
        """The exit code of a command and what it showed, with the visit to Google's page where it asks for one."""
        mine, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", HASTY if hurry else USUAL, *words[1:]],
            cwd=self.folder,
            env=self.environment(),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        text = b""
        while process.poll() is None or select.select([mine], [], [], 0.1)[0]:
            if self.address.exists():
                time.sleep(0.1)
                url = self.address.read_text()
                self.address.unlink()
                self.visit(url)
            with suppress(OSError):  # a terminal whose program ended cannot be read any more
                if select.select([mine], [], [], 0.1)[0]:
                    more = os.read(mine, 1 << 16)
                    text += more
                    if more:
                        continue
            if process.poll() is not None:
                break
        os.close(mine)
        return process.wait(), text.decode(errors="replace").replace("\r\n", "\n")

    def visit(self, url: str) -> None:
        """Google's page: tick, press, and look at where that leads."""
        page = self.album.page
        page.open(url)
        self.album.take(f"{self.name} consent")
        if not page.script("document.forms.length"):
            return
        boxes = page.script("[...document.querySelectorAll('input[type=checkbox]')].map(b => [b.value, b.checked])")
        for scope, ticked in boxes:
            left_open = any(scope.endswith(f"/{name}") for name in self.consent.leave_open)
            if ticked == left_open:
                page.click(f"input[value={scope!r}]")
        self.album.take(f"{self.name} consent ticked")
        page.click(f"button[value={self.consent.press}]", leads_on=True)
        self.album.take(f"{self.name} back at okrsheets")


USUAL = "from okrsheets.shell.main import main; main()"
HASTY = (
    "from okrsheets.edges.google.signing.loopback import Loopback; wait = Loopback.wait; "
    "Loopback.wait = lambda self, seconds: wait(self, 4); " + USUAL
)
"""Nobody comes back: who follows the guide does not wait for five minutes to see it."""


def terminal_page(title: str, shown: Shown) -> str:
    """A terminal as a page, in its own colours."""
    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    console.print(Text.from_ansi(shown.text), end="")
    body = console.export_html(theme=MONOKAI, inline_styles=True, code_format="{code}")
    mark = f"[exit code {shown.code}]" if shown.code else ""
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>body{{margin:0;background:#1d2326;color:#dfe6e8;
font:14px/1.45 monospace;padding:18px}}h1{{font:12px sans-serif;color:#8fa0a6;margin:0 0 12px}}pre{{margin:0;
white-space:pre-wrap;word-break:break-word;font:inherit}}b{{color:#8fd0c6}}i{{color:#e0a06f}}</style>
<h1>{escape(title)}</h1><pre><b>$ {escape(shown.line)}</b>
{body}</pre><pre><i>{mark}</i></pre>"""
