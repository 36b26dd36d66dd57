"""`python -m tests.service_life --workbooks 50`: the half year with as many workbooks as asked for, and the figures."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.service_life.half_year import half_year

SCHEDULES = (
    *("day at 02:30", "3 hours", "weekdays at 07:30", "15 minutes", "friday at 16:00"),
    *("day at 03:00", "2 hours", "sunday at 02:00", "7 minutes", "day at 23:59"),
)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.service_life", description=__doc__)
    asked.add_argument("--workbooks", type=int, default=50)
    asked.add_argument("--seed", type=int, default=3)
    given = asked.parse_args()
    plans = {f"plan {n}": SCHEDULES[n % len(SCHEDULES)] for n in range(given.workbooks)}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OKRSHEETS_STATE_DIR"] = str(Path(folder) / "state")
        known = half_year(Path(folder), plans, given.seed)
    sys.stdout.write(
        f"{known.workbooks} workbooks, {known.ticks} ticks, {known.kills} kills, {known.edits} edits: every slot once, "
        f"{known.written} writes, none twice, memory x {known.growth:.3f}, {known.seconds:.0f} s\n"
    )


main()
