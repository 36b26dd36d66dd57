"""A fresh clone installs what developing needs, also with the pip that comes with Python 3.11."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parent.parent / "requirements-dev.lock"


def wanted_extras() -> Iterator[tuple[str, str]]:
    """Package and extra, as the installed packages ask for them of each other."""
    for text in (text for package in distributions() for text in package.requires or ()):
        wish = Requirement(text)
        if wish.marker is None or wish.marker.evaluate({"extra": ""}):
            yield from ((canonicalize_name(wish.name), extra) for extra in wish.extras)


def test_what_is_wanted_with_an_extra_is_pinned_with_it() -> None:
    """Else pip 23 takes the newest release for it, and refuses that for want of a hash as soon as there is one."""
    pinned = re.findall(r"^([\w.-]+)(?:\[([\w,-]+)\])?==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    extras = {name: names.split(",") for name, names in pinned}

    missing = {(name, extra) for name, extra in wanted_extras() if extra not in extras.get(name, [extra])}

    assert not missing
