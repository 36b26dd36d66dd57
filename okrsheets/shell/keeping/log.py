"""What a service says while it runs, on stderr: lines for people, or JSON lines for programs. No secret is among it."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, tzinfo
from enum import Enum, StrEnum
from typing import TextIO

from okrsheets.edges.masking import masked
from okrsheets.shell.screen import clean
from okrsheets.words.message import Language, Message


class Level(Enum):
    """How much somebody should care."""

    DETAIL = "debug"
    NOTE = "info"
    WARNING = "warning"
    FAULT = "error"


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


class ServiceLog:
    """One line a happening. `quiet` leaves warnings and faults, `verbose` adds details."""

    def __init__(
        self,
        language: Language,
        zone: tzinfo,
        now: Callable[[], datetime],
        form: LogFormat = LogFormat.TEXT,
        *,
        quiet: bool = False,
        verbose: bool = False,
        stream: TextIO | None = None,
    ) -> None:
        self.language = language
        self.zone = zone
        self._now = now
        self._form = form
        self._left_out = {Level.DETAIL, Level.NOTE} if quiet else set() if verbose else {Level.DETAIL}
        self._stream = stream

    def tell(self, event: str, message: Message, level: Level = Level.NOTE, **facts: str | float | None) -> None:
        """A happening by its name, in words, and facts for programs. Nobody reading any more is no fault."""
        if level in self._left_out:
            return
        words = masked(clean(self.language.say(message)))
        line = self._json(event, level, words, facts) if self._form is LogFormat.JSON else self._text(words)
        self._write(line)

    def trace(self, fault: Exception) -> None:
        """Where a bug was met, for whoever wants to see details."""
        if fault.__cause__ is None or Level.DETAIL in self._left_out:
            return
        text = masked("".join(traceback.format_exception(fault.__cause__)))
        self._write(self._json("traceback", Level.DETAIL, text, {}) if self._form is LogFormat.JSON else text.rstrip())

    def _write(self, line: str) -> None:
        stream = self._stream or sys.stderr
        with suppress(OSError):
            stream.write(line + "\n")
            stream.flush()

    def _text(self, words: str) -> str:
        return f"{self._now().astimezone(self.zone):%Y-%m-%d %H:%M:%S} {words}"

    def _json(self, event: str, level: Level, words: str, facts: dict[str, str | float | None]) -> str:
        told = {name: masked(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        moment = self._now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return json.dumps({"time": moment, "level": level.value, "event": event, **told, "message": words})
