"""The calls of Google, for somebody who looks for a bug."""

from __future__ import annotations

import logging
from collections.abc import Callable

LOG = "okrsheets.google"


class Overheard(logging.Handler):
    """Passes on what is logged: a line a call, without secrets."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        self._tell(record.getMessage())


def overhear(tell: Callable[[str], None]) -> None:
    """Tells each call from now on; whoever was told before is told no longer."""
    log = logging.getLogger(LOG)
    log.handlers = [Overheard(tell)]
    log.setLevel(logging.INFO)
