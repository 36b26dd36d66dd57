"""Where words, pictures of figures and JSON go: results to stdout, notes and faults to stderr."""

from __future__ import annotations

import json
import os
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Any, TextIO

from okrsheets.words.message import Language, Message, keep

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

FAULT = keep("Stopped")
BLOCKS = ("█", "░")
PLAIN_BLOCKS = ("#", ".")
CONTROLS = dict.fromkeys([*range(32), *range(127, 160), *range(0x2028, 0x202F), *range(0x2066, 0x206A)], " ")
"""A title from somebody's workbook may hold escape codes of a terminal, or letters that turn around or break what
follows; they are shown as blanks."""


def soften() -> None:
    """Lets a console that cannot show a character show `?` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def clean(text: str) -> str:
    """The text without control characters, on one line."""
    return text.translate(CONTROLS)


class Screen:
    """What a person sees, in their language. `quiet` leaves only faults and what was asked for, `verbose` says more."""

    def __init__(self, language: Language, *, quiet: bool = False, verbose: bool = False) -> None:
        self.language = language
        self.quiet = quiet
        self.verbose = verbose

    @cached_property
    def out(self) -> Console:
        """The console of results."""
        return console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """The console of notes and faults."""
        return console(sys.stderr)

    def show(self, *things: RenderableType) -> None:
        """What was asked for, without the blanks that fill up lines."""
        with self.out.capture() as held:
            self.out.print(*things, sep="\n")
        self.out.out("\n".join(line.rstrip() for line in held.get().splitlines()), highlight=False)

    def note(self, message: Message | str, *, indent: int = 0) -> None:
        """Something to know, one line on stdout; not said when quiet."""
        if not self.quiet:
            self.line(message, indent=indent)

    def line(self, message: Message | str, *, indent: int = 0) -> None:
        """One line on stdout."""
        self.text(self.language.say(message), indent=indent)

    def text(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """One line on stdout that is in a language already, such as a title."""
        self.out.print(" " * indent + clean(text), style=style, soft_wrap=True)

    def paragraph(self, text: str, style: str = "", *, indent: int = 0) -> None:
        """Sentences that are in a language already; a long one goes on in the next line, between two words."""
        from rich.padding import Padding
        from rich.text import Text

        self.show(Padding(Text(clean(text), style), (0, 0, 0, indent)))

    def fault(self, what: Message | str, advice: Message | str = "") -> None:
        """What happened, and what to do about it: two lines on stderr."""
        from rich.text import Text

        say = self.language.say
        self.err.print(Text.assemble((f"{say(FAULT)}: ", "bold red"), clean(say(what))), soft_wrap=True)
        if advice:
            self.err.print(Text(f"  {clean(say(advice))}"), soft_wrap=True)

    def warn(self, message: Message | str) -> None:
        """Something to know though nothing went wrong, one line on stderr."""
        from rich.text import Text

        self.err.print(Text(clean(self.language.say(message)), style="yellow"), soft_wrap=True)

    def details(self, text: str) -> None:
        """Lines for somebody who looks for a bug, on stderr."""
        self.err.print(text, style="dim", soft_wrap=True)

    def document(self, data: Any) -> None:
        """One JSON document, alone on stdout; what the console cannot show is escaped, never replaced."""
        try:
            sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=not is_utf8(sys.stdout)) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            forget(sys.stdout)

    def refuse(self, what: Message, advice: Message) -> None:
        """The JSON document of a command that could not be carried out."""
        say = self.language.say
        self.document({"error": f"{say(what)} {say(advice)}".strip()})

    def bar(self, share: float | None, width: int = 10) -> str:
        """A bar of `width` characters; an unknown share is an empty one."""
        full, rest = BLOCKS if self.fancy else PLAIN_BLOCKS
        filled = round(min(max(share or 0, 0), 1) * width)
        return full * filled + rest * (width - filled)

    @property
    def fancy(self) -> bool:
        """Whether the console can show more than letters."""
        return shows(sys.stdout, "".join(BLOCKS) + "→●")


def is_utf8(stream: TextIO) -> bool:
    """Whether a stream can take every character."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf8")


def shows(stream: TextIO, text: str) -> bool:
    """Whether a stream's encoding has these characters."""
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def console(stream: TextIO) -> Console:
    """A console that takes text as it is, and falls silent where nobody reads any more."""
    from rich.console import Console

    class Patient(Console):
        def on_broken_pipe(self) -> None:
            self.quiet = True
            forget(stream)

    return Patient(file=stream, markup=False, emoji=False, highlight=False)


def forget(stream: TextIO) -> None:
    """Sends what is still to be written to nowhere, so that closing the stream does not fail either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
