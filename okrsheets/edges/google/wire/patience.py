"""Which trouble is worth another try, and how long to wait for it (facts: quotas refill by the minute)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from okrsheets.words.message import Message

LONGEST = 64.0
"""Seconds between two tries at most, unless Google itself asks for more."""
DOUBLINGS = 6
DEADLINE = 60.0
"""Seconds after its beginning at which no further try of a call begins."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong in a way that may pass.

    `asked_to_wait`: Google set a pause; `perhaps_done`: it may have been carried out; `retry_after`: seconds.
    """

    reason: Message
    asked_to_wait: bool = False
    perhaps_done: bool = True
    retry_after: float | None = None


class Troubled(Exception):
    """A try that failed with a trouble."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.reason.text.format(**trouble.reason.facts))
        self.trouble = trouble


class GaveUp(Troubled):
    """The trouble outlasted the patience, or another try could do harm."""


def pause(tries: int, retry_after: float | None, chance: float) -> float:
    """Seconds to wait after so many failed tries: min(2ⁿ + chance, 64), n from 0, and no less than Google asks for."""
    own = min(2.0 ** min(tries - 1, DOUBLINGS) + chance, LONGEST)
    return own if retry_after is None else max(own, retry_after)


def worth_another_try(trouble: Trouble, repeatable: bool) -> bool:
    """Whether a second try can do no harm: the first was not carried out, or twice is the same as once."""
    return repeatable or not trouble.perhaps_done


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait. `clock` and `sleep` are in seconds, `chance` gives 0 to 1; `deadline` bounds one call."""

    deadline: float = DEADLINE
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def see_through(self, once: Callable[[], T], *, repeatable: bool = True) -> T:
        """Tries until it succeeds. Raises GaveUp, and at once whatever else `once` raises."""
        start = self.clock()
        for tries in count(1):
            try:
                return once()
            except Troubled as error:
                trouble = error.trouble
            wait = pause(tries, trouble.retry_after, self.chance())
            too_late = self.clock() + wait - start > self.deadline
            if too_late or not worth_another_try(trouble, repeatable):
                raise GaveUp(trouble)
            self.sleep(wait)
        raise AssertionError  # pragma: no cover
