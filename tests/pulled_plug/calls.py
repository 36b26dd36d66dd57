"""What strace saw of a run: its system calls, each with its ordinal among those of its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .stage import WATCHED

LINE = re.compile(r"(?:(?P<process>\d+) +)?(?P<name>[a-z]\w*)\((?P<rest>.*)")
NAMED = re.compile("|".join(map(re.escape, WATCHED)))
FOR_MEMORY = frozenset(("brk", "mmap", "munmap", "mremap", "madvise", "mprotect", "futex"))
PIVOTAL = re.compile(r"rename(at2?)?|(sym)?link(at)?|unlink(at)?|f(data)?sync")
CHANGING = re.compile(
    rf"{PIVOTAL.pattern}|rmdir|mkdir(at)?|f?truncate|p?write(v|64)?|flock|f?chmod(at)?|[fl]?chown|[fl]?setxattr|utimensat"
)


@dataclass(frozen=True, slots=True)
class Call:
    """One system call. `ordinal` counts from 1, as strace's `when` does; `text` is what it was called with."""

    name: str
    ordinal: int
    text: str

    @property
    def address(self) -> tuple[str, int]:
        """What strace finds it by."""
        return self.name, self.ordinal

    @property
    def ours(self) -> bool:
        """Whether it is about the person's files or the state, not about the interpreter's own."""
        return bool(NAMED.search(self.text))

    @property
    def speaks(self) -> bool:
        """Whether it says something to the person."""
        return self.name.startswith("write") and self.text.startswith(("1<", "2<", "1,", "2,"))

    @property
    def changes(self) -> bool:
        """Whether it changes the person's files or the state."""
        return self.ours and bool(CHANGING.fullmatch(self.name) or "O_CREAT" in self.text)

    @property
    def pivotal(self) -> bool:
        """Whether all turns on it: a file has another name, or none, or is safe on the disk, once it is done."""
        return self.ours and bool(PIVOTAL.fullmatch(self.name))

    def __str__(self) -> str:
        return f"{self.name} #{self.ordinal} ({self.text[:110]})"


def calls(trace: str) -> list[Call]:
    """The calls of a trace in their order. Raises ValueError where more than one process or thread did them."""
    found = [match for match in map(LINE.fullmatch, trace.splitlines()) if match]
    if len({match["process"] for match in found}) > 1:
        raise ValueError("more than one process or thread: ordinals mean nothing")
    return list(_numbered(found))


def window(seen: Sequence[Call]) -> list[Call]:
    """The calls from the first one on that is about the person's files. Raises ValueError where there is none."""
    start = next((n for n, call in enumerate(seen) if call.ours), None)
    if start is None:
        raise ValueError("this run did not touch the workbook")
    return list(seen[start:])


def shape(seen: Iterable[Call]) -> list[tuple[str, str]]:
    """What two runs of the same must have in common: the calls and what they are about, without memory and chance."""
    return [(call.name, _about(call)) for call in seen if call.name not in FOR_MEMORY]


def _numbered(found: Iterable[re.Match[str]]) -> Iterator[Call]:
    counted: Counter[str] = Counter()
    for match in found:
        counted[match["name"]] += 1
        yield Call(match["name"], counted[match["name"]], match["rest"])


def _about(call: Call) -> str:
    """The paths of the person's files in a call, with what is drawn by lot or told by the clock made equal."""
    paths = re.findall(rf"(?:{NAMED.pattern})[^\">,]*", call.text)
    return " ".join(re.sub(r"[0-9a-f]{6,}|\d+", "N", path) for path in paths)
