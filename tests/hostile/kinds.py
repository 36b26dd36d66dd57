"""Which hostile files there are, and the n-th one of a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from .archives import HEAVY_TRICKS, TRICKS, entries_of
from .bases import (
    BOOK,
    BOOK_RELATIONS,
    PRODUCTS,
    SHAPES,
    STRINGS,
    Parts,
    as_lived_in,
    product,
    shaped,
    sheets_of,
    zipped,
)
from .bombs import BOMBS
from .markup import WHOLE, damaged, spoiled
from .packages import CHANGES
from .plans import HABITS, HEAVY_HABITS
from .typing_in import opened

FAST = 1


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file to try: which one of the seed, of which kind, how it was made, and its bytes."""

    number: int
    kind: str
    how: str
    data: bytes

    @property
    def title(self) -> str:
        """What it is called in the figures."""
        return f"{self.number} {self.kind} ({self.how})"


def _good(chance: Random) -> Parts:
    return dict(shaped(chance.randrange(len(PRODUCTS)), chance.randrange(len(SHAPES))))


def _made(chance: Random) -> Parts:
    return dict(product(*chance.choice(PRODUCTS)))


def spoiled_bytes(chance: Random) -> tuple[str, bytes]:
    """A good file after an accident."""
    data = zipped(_good(chance), FAST)
    for _ in range(chance.choice((1, 1, 3))):
        data = damaged(data, chance)
    return "damaged", data


def spoiled_markup(chance: Random) -> tuple[str, bytes]:
    """A sound archive, in which the XML of one part or several is not as it should be."""
    parts = _good(chance)
    wanted = [name for name in (BOOK, BOOK, BOOK_RELATIONS, STRINGS, "_rels/.rels", "xl/styles.xml") if name in parts]
    names = [chance.choice((*wanted, *sheets_of(parts), *sheets_of(parts), *sorted(parts)))]
    names += [chance.choice(sheets_of(parts))] if chance.random() < 0.2 else []
    for name in names:
        change = spoiled if chance.random() < 0.85 else chance.choice(WHOLE)
        parts[name] = change(parts[name], chance)
    return " ".join(name.rpartition("/")[2] for name in names), zipped(parts, FAST)


def spoiled_package(chance: Random) -> tuple[str, bytes]:
    """Sound parts that do not hang together."""
    parts, said = _good(chance), []
    for _ in range(chance.choice((1, 1, 2))):
        change = chance.choice(CHANGES)
        try:
            change(parts, chance)
        except LookupError:
            if not said:
                raise
            break  # the first took away what the second would change
        said.append(change.__name__)
    return " ".join(said), zipped(parts, FAST)


def strange_archive(chance: Random) -> tuple[str, bytes]:
    """Good parts in an archive that lies."""
    trick = chance.choice(TRICKS)
    return trick.__name__, trick(entries_of(_good(chance)), chance)


def hostile_plan(chance: Random) -> tuple[str, bytes]:
    """A sound file with an absurd plan."""
    plan, said = opened(_made(chance)), []
    for _ in range(chance.choice((1, 1, 2, 3))):
        habit = chance.choice(HABITS)
        habit(plan, chance)
        said.append(habit.__name__)
    return " ".join(said), zipped(plan.saved(), FAST)


def bomb(chance: Random) -> tuple[str, bytes]:
    """A small file that asks for much memory or time."""
    sort = chance.randrange(len(HEAVY_TRICKS) + len(HEAVY_HABITS) + len(BOMBS))
    if sort < len(HEAVY_TRICKS):
        trick = HEAVY_TRICKS[sort]
        return trick.__name__, trick(entries_of(_good(chance)), chance)
    if sort < len(HEAVY_TRICKS) + len(HEAVY_HABITS):
        plan, habit = opened(_made(chance)), HEAVY_HABITS[sort - len(HEAVY_TRICKS)]
        habit(plan, chance)
        return habit.__name__, zipped(plan.saved(), FAST)
    parts, change = as_lived_in(_made(chance)), chance.choice(BOMBS)
    change(parts, chance)
    return change.__name__, zipped(parts, chance.choice((0, FAST, 9)))


def no_workbook(chance: Random) -> tuple[str, bytes]:
    """Something else altogether."""
    signs = (
        b"",
        b"PK\3\4",
        b"PK\5\6" + bytes(18),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7",
        b"<html>",
        b"\x1f\x8b",
    )
    body = (
        b"",
        bytes(5000),
        chance.randbytes(5000),
        b"a;b;c\r\n" * 900,
        b"\xef\xbb\xbftext",
        "ü".encode("latin-1") * 90,
    )
    return "no workbook", chance.choice(signs) + chance.choice(body)


KINDS: Mapping[Callable[[Random], tuple[str, bytes]], int] = {
    spoiled_markup: 34,
    hostile_plan: 24,
    spoiled_package: 18,
    strange_archive: 13,
    spoiled_bytes: 6,
    bomb: 4,
    no_workbook: 1,
}
"""Each with its part in a hundred."""


def hostile_file(seed: int, number: int) -> HostileFile:
    """The file with this number: always the same one."""
    chance = Random(f"{seed}:{number}")
    (kind,) = chance.choices(tuple(KINDS), tuple(KINDS.values()))
    how, data = kind(chance)
    return HostileFile(number, kind.__name__, how, data)
