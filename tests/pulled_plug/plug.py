"""The scenes, the window of each, and every injection tried and judged."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import zip_longest

from .calls import FOR_MEMORY, Call, calls, window
from .faults import KILL, Injection
from .judge import Finding, Judge
from .runs import RECORD, NotInjected, Runs
from .stage import TODAY, WORKBOOK, Stage

EARLIER = [TODAY - timedelta(weeks=weeks) for weeks in range(6, 0, -1)]
"""Days of syncs before: more than there are backups kept."""


def first(stage: Stage, runs: Runs) -> None:
    """The first sync on this machine: no state directory, no backup."""
    stage.begin()


def after_many(stage: Stage, runs: Runs) -> None:
    """There are as many backups as are kept: the oldest goes."""
    stage.begin()
    synced(EARLIER, runs)
    stage.keep()


def after_plug(stage: Stage, runs: Runs) -> None:
    """The run before was killed just behind the swap: the next one finds what it left."""
    stage.begin()
    *before, last = EARLIER
    synced(before, runs)
    stage.keep()
    seen = window(calls(runs.run(on(last), RECORD).trace))
    swaps = [n for n, call in enumerate(seen) if call.name.startswith("rename") and WORKBOOK in call.text]
    stage.set_up()
    ran = runs.run(on(last), Injection(seen[swaps[-1] + 1], KILL).options)
    if not ran.killed or not stage.beside():
        raise ValueError(f"nothing was left behind: {ran}")
    stage.keep()


def synced(days: Iterable[date], runs: Runs) -> None:
    """A sync on each of the days. Raises ValueError where one goes wrong."""
    for day in days:
        ran = runs.run(on(day))
        if ran.code:
            raise ValueError(f"an earlier sync went wrong: {ran}")


def on(day: date) -> tuple[str, ...]:
    """The sync of a day."""
    return "sync", WORKBOOK, "--today", day.isoformat()


def no_swap(stage: Stage, runs: Runs) -> None:
    """As after many syncs, on a disk where files cannot change places."""
    after_many(stage, runs)


SCENES: Mapping[str, Callable[[Stage, Runs], None]] = {
    each.__name__: each for each in (first, after_many, after_plug, no_swap)
}
WHOLE = after_many.__name__
"""Where the interpreter's own calls are disturbed too: they are the same in every scene."""
ALWAYS: Mapping[str, tuple[str, ...]] = {"no_swap": ("-e", "trace=all", "-e", "inject=renameat2:error=ENOSYS")}
"""What is wrong with the disk in a scene, as options for strace."""


def points(stage: Stage, runs: Runs) -> list[Call]:
    """The calls of the window, the same in three runs. Raises ValueError where they are not.

    How often memory is asked for is a matter of chance: of these calls, those that every run does. A call that fails
    anyway in this scene is none to aim at.
    """
    seen = []
    for _ in range(3):
        stage.set_up()
        seen.append(window(runs.record()))
    for others in seen[1:]:
        for call, other in zip_longest(*(filter(is_certain, each) for each in (seen[0], others))):
            if call is None or other is None or call.address != other.address:
                raise ValueError(f"a run does not do the same each time, nothing to aim at: {call}, then {other}")
    everywhere = set.intersection(*({call.address for call in each} for each in seen))
    return [call for call in seen[0] if call.address in everywhere and not call.text.endswith("(INJECTED)")]


def is_certain(call: Call) -> bool:
    """Whether every run does this call."""
    return call.name not in FOR_MEMORY


def tried(chosen: Iterable[Injection], stage: Stage, runs: Runs, judge: Judge) -> Iterator[Finding]:
    """What was wrong after each injection, one after the other."""
    for injection in chosen:
        stage.set_up()
        with tolerated(injection):
            yield from judge.findings(injection, runs.disturbed(injection))


@contextmanager
def tolerated(injection: Injection) -> Iterator[None]:
    """Says so where a call for memory was not done this time; for any other call it is an error."""
    try:
        yield
    except NotInjected:
        if is_certain(injection.call):
            raise
        warnings.warn(f"not done this time: {injection}", stacklevel=2)
