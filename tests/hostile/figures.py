"""The figures of a campaign, as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .runner import Tried

MEGABYTE = 1024 * 1024
SHOWN = 8


@dataclass(slots=True)
class Figures:
    """Counts over all files, the slowest and the largest of them, and those with faults."""

    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    bad: list[Tried] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    largest: list[tuple[int, str]] = field(default_factory=list)

    def add(self, tried: Tried) -> None:
        """Counts a file."""
        file, trial = tried.file, tried.trial
        self.kinds[file.kind] += 1
        self.outcomes[trial.outcome] += 1
        self.written[file.kind] += trial.outcome in ("synced", "unchanged")
        self.slowest = sorted([*self.slowest, (trial.seconds, f"{trial.slowest} {file.title}")], reverse=True)[:SHOWN]
        self.largest = sorted([*self.largest, (trial.memory, file.title)], reverse=True)[:SHOWN]
        if trial.faults:
            self.bad.append(tried)

    def lines(self) -> Iterator[str]:
        """The table."""
        total = sum(self.kinds.values())
        yield f"{total} files, {len(self.bad)} with faults"
        yield "\nfiles   read and synced   kind"
        for kind, count in self.kinds.most_common():
            yield f"{count:5}   {self.written[kind]:15}   {kind}"
        yield "\nfiles   outcome of sync"
        for outcome, count in self.outcomes.most_common():
            yield f"{count:5}   {outcome}"
        yield "\nseconds of the processor, the slowest command"
        yield from (f"{seconds:7.2f}   {name}" for seconds, name in self.slowest)
        yield "\nMB, the most memory"
        yield from (f"{memory / MEGABYTE:7.0f}   {name}" for memory, name in self.largest)
        for tried in self.bad:
            yield f"\n{tried.file.title}: {'; '.join(tried.trial.faults)}"
