"""A request as the interfaces see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .answers import Json
from .world import Caller


@dataclass(slots=True)
class Request:
    """A method with what the path names, the query, the body and who asks."""

    method: str
    named: dict[str, str]
    query: dict[str, list[str]] = field(default_factory=dict)
    body: Any = None
    caller: Caller = field(default_factory=Caller)

    def first(self, name: str) -> str:
        """A parameter of the query, '' without it."""
        return self.query.get(name, [""])[0]

    def options(self) -> Json:
        """The query with one text for each name."""
        return {name: texts[0] for name, texts in self.query.items()}
