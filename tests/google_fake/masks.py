"""Field masks: `a,b(c,d/e),f.g` selects what is answered, and says what an update touches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .answers import Json

Tree = dict[str, "Tree"]


def tree(mask: str) -> Tree:
    """The mask as nested names; an empty tree stands for all that is below. ValueError for what is no mask."""
    tokens = re.findall(r"[\w*]+|[(),/.]", mask)
    if "".join(tokens) != re.sub(r"\s", "", mask) or not tokens:
        raise ValueError(f"{mask!r} is no field mask")
    rest = list(reversed(tokens))
    found = branch(rest)
    if rest:
        raise ValueError(f"{mask!r}: brackets do not match")
    return found


def branch(rest: list[str]) -> Tree:
    """One level of a mask, taken off the end of a reversed list of tokens."""
    found: Tree = {}
    here = found
    while rest and rest[-1] != ")":
        token = rest.pop()
        if token == ",":
            here = found
        elif token == "(":
            merge(here, branch(rest))
            if not rest:
                raise ValueError("brackets do not match")
            rest.pop()
        elif token not in "/.":
            here = here.setdefault(token, {})
    return found


def merge(into: Tree, more: Tree) -> None:
    """Adds names to a tree."""
    for name, inner in more.items():
        merge(into.setdefault(name, {}), inner)


def select(value: Any, wanted: Tree) -> Any:
    """The part of an answer that a mask names."""
    if not wanted or "*" in wanted:
        return value
    if isinstance(value, list):
        return [select(item, wanted) for item in value]
    if isinstance(value, dict):
        return {name: select(inner, wanted[name]) for name, inner in value.items() if name in wanted}
    return value


def paths(wanted: Tree) -> Iterator[tuple[str, ...]]:
    """The leaves of a mask, each as the names that lead there."""
    for name, inner in wanted.items():
        if inner:
            yield from ((name, *rest) for rest in paths(inner))
        else:
            yield (name,)


def covers(mask: str, *path: str) -> bool:
    """Whether a mask names a field, or one that it lies in."""
    wanted = tree(mask)
    for name in path:
        if "*" in wanted:
            return True
        if name not in wanted:
            return False
        wanted = wanted[name]
        if not wanted:
            return True
    return False


def update(target: Json, source: Json, mask: str) -> None:
    """Takes over what a mask names: what the source does not have is cleared in the target."""
    wanted = tree(mask)
    names = [(name,) for name in {*target, *source}] if "*" in wanted else list(paths(wanted))
    for path in names:
        for twin in twins(path):
            put(target, source, twin)


def twins(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A colour and its style are one thing with two names."""
    last = path[-1]
    if last.endswith("ColorStyle") or last == "colorStyle":
        return [path, (*path[:-1], last.removesuffix("Style"))]
    if last.endswith("Color") or last == "color":
        return [path, (*path[:-1], last + "Style")]
    return [path]


def put(target: Json, source: Json, path: tuple[str, ...]) -> None:
    """Copies one field, or clears it."""
    *outer, last = path
    for name in outer:
        source = source.get(name) or {}
        if name not in target and last not in source and not source:
            return
        target = target.setdefault(name, {})
    if last in source:
        target[last] = source[last]
    else:
        target.pop(last, None)
