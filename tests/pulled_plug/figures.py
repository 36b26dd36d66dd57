"""What came of it, as a table: a line for each kind of call, and one for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from .calls import Call
from .faults import Injection
from .judge import Finding, Wrong

WIDTH = 16


def table(points: Sequence[Call], tried: Sequence[Injection], findings: Iterable[Finding]) -> str:
    """Points, injections and what was wrong, by the name of the call."""
    at = Counter(call.name for call in points)
    done = Counter(each.call.name for each in tried)
    bad = Counter((each.injection.call.name, each.wrong) for each in findings)
    lines = [
        _line(name, at[name], done[name], *(bad[name, wrong] for wrong in Wrong))
        for name in sorted(at, key=lambda name: (-at[name], name))
    ]
    total = _line("all", at.total(), done.total(), *(sum(bad[name, wrong] for name in at) for wrong in Wrong))
    head = _line("call", "points", "injections", *(wrong.value for wrong in Wrong))
    return "\n".join((head, *lines, total))


def _line(name: str, *figures: object) -> str:
    return f"{name:{WIDTH}}" + "".join(f"{figure!s:>14}" for figure in figures)
