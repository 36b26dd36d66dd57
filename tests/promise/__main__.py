"""`python -m tests.promise --steps 100000`: as many steps as asked for, and the figures."""

from __future__ import annotations

import argparse
import sys
import time

from tests.promise.run import run


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.promise", description=__doc__)
    asked.add_argument("--steps", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    begun = time.perf_counter()
    steps = run(given.steps, given.seed)
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{steps} steps, seed {given.seed}: 0 broken promises, {1000 * seconds / steps:.1f} ms a step\n")


main()
