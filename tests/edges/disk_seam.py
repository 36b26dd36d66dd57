"""The file system with something that happens at one operation, counted from 1 or named, and what may happen there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from okrsheets.edges.excel.disk.exchange import windows_exchange
from okrsheets.edges.excel.disk.files import Files

OPERATIONS = tuple(name for name, kind in vars(Files).items() if callable(kind) and not name.startswith("_"))


class Killed(BaseException):
    """kill -9: nothing is tidied up."""


class Seam(Files):
    """Calls `before` ahead of every operation. Never really waits, and knows what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def before(self, operation: str) -> None:
        """What happens just before an operation; may raise."""

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in OPERATIONS:
            return found

        def operation(*arguments: Any) -> Any:
            self.done.append(name)
            self.before(name)
            return found(*arguments)

        return operation

    def pause(self, seconds: float) -> None:
        """No test waits."""


class At(Seam):
    """Something that happens once, just before the n-th operation, or the first of a name."""

    def __init__(self, when: int | str, does: Callable[[], object]) -> None:
        super().__init__()
        self.when, self.does, self.happened = when, does, False

    def before(self, operation: str) -> None:
        if not self.happened and self.when in (operation, len(self.done)):
            self.happened = True
            self.does()


class Failing(At):
    """The n-th operation fails, and where the fault is `lasting` every one after it."""

    def __init__(self, when: int | str, code: int = errno.EIO, *, lasting: bool = False) -> None:
        super().__init__(when, self.fail)
        self.code, self.lasting = code, lasting

    def before(self, operation: str) -> None:
        if self.happened and self.lasting:
            self.fail()
        super().before(operation)

    def fail(self) -> None:
        raise OSError(self.code, os.strerror(self.code))


class Killing(At):
    """The run is killed at the n-th operation: nothing that it does afterwards reaches the disk."""

    def __init__(self, when: int | str) -> None:
        super().__init__(when, self.kill)

    def before(self, operation: str) -> None:
        if self.happened:
            self.kill()
        super().before(operation)

    def kill(self) -> None:
        raise Killed


# Other systems


class NoSwap(Seam):
    """A disk where two files cannot change places, such as one on the network."""

    def exchange(self, source: Path, target: Path) -> None:
        raise OSError(errno.EINVAL, "no such flag")

    def place(self, source: Path, target: Path) -> None:
        raise OSError(errno.EINVAL, "no such flag")


class NoLinks(NoSwap):
    """A disk that has no second names either, such as a USB stick."""

    def link(self, path: Path, name: Path) -> None:
        raise OSError(errno.EPERM, "no links here")


class Kernel:
    """ReplaceFileW as Windows documents it, on this system's files. Fails with the code it is given."""

    def __init__(self, fault: int = 0) -> None:
        self.fault = fault

    def ReplaceFileW(self, target: str, source: str, away: str, flags: int, *rest: None) -> int:  # noqa: N802
        if self.fault != 1177 and self.fault:
            return 0
        if not Path(target).exists():
            self.fault = 2
            return 0
        Path(target).rename(away)
        if self.fault:
            return 0
        Path(source).rename(target)
        return 1

    def GetLastError(self) -> int:  # noqa: N802
        return self.fault


class Windows(Seam):
    """Windows, where a swap is a replacement with a backup."""

    windows = True

    def exchange(self, source: Path, target: Path) -> None:
        kernel = Kernel()
        windows_exchange(kernel, kernel.GetLastError, source, target)


SYSTEMS: dict[str, type[Seam]] = {"swap": Seam, "no swap": NoSwap, "no links": NoLinks, "windows": Windows}


def on(system: type[Seam], kind: type[At], *arguments: Any, **named: Any) -> At:
    """Something that happens at an operation of that system."""
    mixed: type[At] = type(kind.__name__, (kind, system), {"windows": system.windows})
    return mixed(*arguments, **named)
