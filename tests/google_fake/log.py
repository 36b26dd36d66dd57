"""The log: every request with its answer, in order."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One call; `fault` names what was made to go wrong, `carried_out` says whether the call took effect."""

    kinds: tuple[str, ...]
    method: str
    url: str
    request: Any
    status: int
    response: Any
    fault: str = ""
    carried_out: bool = True

    @property
    def id(self) -> str:
        """The method by its name in the discovery document."""
        return self.kinds[0]


@dataclass(slots=True)
class Log:
    """All calls so far."""

    entries: list[Entry] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self.entries))

    def __len__(self) -> int:
        return len(self.entries)

    def add(self, entry: Entry) -> None:
        """Keeps a call."""
        with self.arrived:
            self.entries.append(entry)
            self.arrived.notify_all()

    def count(self, kind: str = "*") -> int:
        """How many calls of a kind (read, write, create, drive, token …) or of a method there were."""
        return sum(kind == "*" or kind in entry.kinds for entry in self)

    def by_method(self) -> Counter[str]:
        """How often each method was called."""
        return Counter(entry.id for entry in self)

    def bodies(self) -> list[Any]:
        """What was sent, without what was empty."""
        return [entry.request for entry in self if entry.request is not None]

    def clear(self) -> None:
        """Forgets all calls."""
        self.entries.clear()

    def save(self, path: Path) -> None:
        """Writes the log as JSON lines of method, url, request, status and response."""
        names = ("method", "url", "request", "status", "response")
        lines = (json.dumps({name: getattr(entry, name) for name in names}, ensure_ascii=False) for entry in self)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
