"""The disk around the workbook, on which anything may happen between two operations."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from okrsheets.edges.excel.disk.files import Files


class Killed(BaseException):
    """kill -9: whoever is killed does nothing more."""


class Watched(Files):
    """The real file system, with `before` called ahead of each operation."""

    def before(self, operation: str) -> None:
        """What happens between two operations."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or name == "before" or not callable(found) or not hasattr(Files, name):
            return found

        def watched(*arguments: Any, **named: Any) -> Any:
            self.before(name)
            return found(*arguments, **named)

        return watched


class At(Watched):
    """Something that happens at one operation, counted from 0."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at, self.count, self.happened = at, 0, False

    def before(self, operation: str) -> None:
        self.count += 1
        if self.count - 1 == self.at:
            self.happened = True
            self.happens(operation)
        elif self.happened:
            self.afterwards(operation)

    def happens(self, operation: str) -> None:
        """At that operation."""

    def afterwards(self, operation: str) -> None:
        """At every later one."""


class Faulty(At):
    """The system refuses one operation, or every one from there on."""

    def __init__(self, at: int, error: str, *, lasting: bool) -> None:
        super().__init__(at)
        self.error, self.lasting = getattr(errno, error), lasting

    def happens(self, operation: str) -> None:
        raise OSError(self.error, os.strerror(self.error))

    def afterwards(self, operation: str) -> None:
        if self.lasting:
            self.happens(operation)


class Killing(At):
    """The process is gone: no operation after that one either, whatever tidies up."""

    def happens(self, operation: str) -> None:
        raise Killed

    afterwards = happens


class Meanwhile(At):
    """Somebody does something just then."""

    def __init__(self, at: int, what: Callable[[], object]) -> None:
        super().__init__(at)
        self.what = what

    def happens(self, operation: str) -> None:
        self.what()


class World:
    """A folder with one workbook, and a state directory elsewhere."""

    def __init__(self, root: Path) -> None:
        self.folder = root
        self.path = root / "plans" / "plan.xlsx"
        self.state = root / "state"
        self.path.parent.mkdir()

    def means(self, files: object | None) -> dict[str, Any]:
        """What a store is given besides its path."""
        return {"files": files or Files(), "state": self.state}

    def saves(self, data: bytes, *, in_place: bool) -> None:
        """As Excel saves (a new file takes the place of the old), or as simple programs do."""
        if in_place:
            self.path.write_bytes(data)
            return
        new = self.path.with_name("1A2B3C4D.tmp")
        new.write_bytes(data)
        new.replace(self.path)

    faulty = staticmethod(Faulty)
    killing = staticmethod(Killing)
    meanwhile = staticmethod(Meanwhile)
