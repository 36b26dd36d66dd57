"""The signals that a service listens to: end, and read the configuration again."""

from __future__ import annotations

import select
import signal
import socket
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any

END = ("SIGTERM", "SIGINT", "SIGBREAK")
RELOAD = "SIGHUP"


class Signals:
    """Listens while its block lasts. What is under way goes on; whoever asks is told between two steps.

    A second SIGINT is for the impatient: it interrupts at once, as it does everywhere else.
    """

    def __init__(self) -> None:
        self.ended = False
        self._reload = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Signals:
        # A byte in here ends a wait at once; an Event could be set while its own lock is held, and never return.
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        self._fd_before = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for name in (*END, RELOAD):
            if hasattr(signal, name):
                number = getattr(signal, name)
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        self._woken.close()
        self._waker.close()

    def wait(self, seconds: float) -> None:
        """Rests for so long, or until a signal comes."""
        if not self.ended:
            select.select([self._woken], [], [], seconds)
        with suppress(BlockingIOError):
            self._woken.recv(4096)

    def reload_asked(self) -> bool:
        """Whether somebody wants the configuration to be read again; once for each time."""
        asked, self._reload = self._reload, False
        return asked

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if number == getattr(signal, RELOAD, None):
            self._reload = True
            return
        self.ended = True
        if number == signal.SIGINT:
            signal.signal(number, signal.default_int_handler)
