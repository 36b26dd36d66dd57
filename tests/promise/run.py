"""Runs the machine for a number of steps."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.promise.machine import Promise

STEPS_A_STORY = 50


def run(steps: int, number: int, machine: type[Promise] = Promise, *, shrink: bool = True) -> int:
    """At least that many steps in stories of up to fifty, from a seed. Returns how many there were.

    Raises AssertionError, with the shortest story that could be found, where a promise was broken.
    """
    machine.steps = 0
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    while machine.steps < steps:
        stories = max(1, min(200, (steps - machine.steps) // STEPS_A_STORY))
        way = settings(
            max_examples=stories,
            stateful_step_count=STEPS_A_STORY,
            deadline=None,
            database=None,
            phases=phases,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(seed(number)(machine), settings=way)
        number += 1
    return machine.steps
