"""What the command line answers, as tests of it speak of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """What went wrong, line by line."""
        return self.err.splitlines()


Okr = Callable[..., Answer]


class Shelf:
    """Workbooks that were made once; each test has its own copy."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, ...], bytes] = {}

    def copy(self, okr: Okr, path: Path, *arguments: str) -> Path:
        """The workbook that these arguments make at `path`."""
        if arguments not in self.made:
            assert okr(*arguments).code == 0
            self.made[arguments] = path.read_bytes()
        path.write_bytes(self.made[arguments])
        return path
