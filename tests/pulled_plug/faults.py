"""What may go wrong at a system call: the plug is pulled, or the call fails with one of the errors it may give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from .calls import Call

KILL = "KILL"
MAY_GIVE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"open(at2?)?", ("ENOSPC", "EIO", "EACCES", "EMFILE", "EINTR")),
    (r"read|pread64|readv", ("EIO", "EINTR")),
    (r"write|pwrite64|writev", ("ENOSPC", "EIO", "EINTR")),
    (r"sendfile|copy_file_range|ftruncate|truncate|fallocate", ("ENOSPC", "EIO")),
    (r"fsync|fdatasync", ("ENOSPC", "EIO", "EINTR")),
    (r"close", ("ENOSPC", "EIO", "EINTR")),
    (r"renameat2", ("ENOSPC", "EIO", "EACCES", "EINVAL", "ENOSYS")),
    (r"rename(at)?", ("ENOSPC", "EIO", "EACCES", "EXDEV")),
    (r"link(at)?|symlink(at)?", ("ENOSPC", "EIO", "EACCES", "EPERM", "EXDEV")),
    (r"unlink(at)?|rmdir", ("EIO", "EACCES")),
    (r"stat|lstat|fstat|newfstatat|statx|statfs|fstatfs", ("EIO", "EACCES")),
    (r"access|faccessat2?|readlink(at)?", ("EIO", "EACCES")),
    (r"f?chmod(at)?|[fl]?chown|fchownat|utimensat", ("EIO", "EACCES", "EPERM")),
    (r"[fl]?setxattr", ("ENOSPC", "EIO", "EACCES", "EOPNOTSUPP")),
    (r"[fl]?(get|list|remove)xattr", ("EIO", "EACCES", "EOPNOTSUPP")),
    (r"mkdir(at)?", ("ENOSPC", "EIO", "EACCES")),
    (r"getdents64|lseek|getcwd", ("EIO",)),
    (r"flock", ("EIO", "EINTR", "ENOLCK", "EAGAIN")),
    (r"fcntl", ("EIO", "EMFILE", "EINTR")),
    (r"dup[23]?|pipe2?|socket", ("EMFILE",)),
    (r"mmap|mremap", ("ENOMEM",)),
)
"""By name, as a pattern: the errors of issue and manual page that okrsheets must live with. Not brk: it tells a failure
in a way of its own, and an error number in its place crashes any program."""
ERRNOS = tuple(dict.fromkeys(errno for _, given in MAY_GIVE for errno in given))


@dataclass(frozen=True, slots=True)
class Injection:
    """A fault at a call."""

    call: Call
    fault: str

    @property
    def options(self) -> tuple[str, ...]:
        """What to tell strace."""
        kind = "signal" if self.fault == KILL else "error"
        inject = f"inject={self.call.name}:{kind}={self.fault}:when={self.call.ordinal}"
        return "-e", f"trace={self.call.name}", "-e", inject

    @property
    def mark(self) -> str:
        """What strace tells when it was done, as a pattern of a line."""
        return r"killed by SIGKILL" if self.fault == KILL else rf"^(\d+ +)?{self.call.name}\(.*\(INJECTED\)$"

    def __str__(self) -> str:
        return f"{self.fault} at {self.call}"


def errnos(name: str) -> tuple[str, ...]:
    """The errors that a call of that name may give."""
    return next((given for pattern, given in MAY_GIVE if re.fullmatch(pattern, name)), ())


def injections(points: Iterable[Call], faults: Sequence[str]) -> list[Injection]:
    """Everything of `faults` that may go wrong at these calls, in their order."""
    return [Injection(call, fault) for call in points for fault in faults if fault in (KILL, *errnos(call.name))]


def sample(points: Sequence[Call], faults: Sequence[str], size: int) -> list[Injection]:
    """`size` injections, more where there are more pivotal calls: the plug and one error at each of these; the others
    are spread evenly over the whole window."""
    chosen = list(_at_the_pivots(points, faults))
    others = [each for each in injections(points, faults) if each not in set(chosen)]
    room = min(max(size - len(chosen), 0), len(others))
    return chosen + [others[(2 * n + 1) * len(others) // (2 * room)] for n in range(room)]


def _at_the_pivots(points: Sequence[Call], faults: Sequence[str]) -> Iterator[Injection]:
    """The errors take turns, so that each is tried somewhere."""
    turn = count()
    for call in points:
        errors = [errno for errno in errnos(call.name) if errno in faults]
        if call.pivotal and KILL in faults:
            yield Injection(call, KILL)
        if call.pivotal and errors:
            yield Injection(call, errors[next(turn) % len(errors)])
