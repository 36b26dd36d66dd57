"""`python -m tests.hostile --count 10000`: tries so many files and prints the figures. Exit 1 where one has a fault."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .figures import Figures
from .runner import tried

FOUND = Path(tempfile.gettempdir(), "okrsheets-hostile")


def main() -> int:
    """Tries the files, keeps the bad ones, prints what came of them."""
    asked = arguments()
    figures, numbers = Figures(), asked.only or range(asked.first, asked.first + asked.count)
    for one in tried(asked.seed, numbers):
        figures.add(one)
        if one.trial.faults:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{asked.seed}-{one.file.number}.xlsx").write_bytes(one.file.data)
            print(
                f"{one.file.number} {one.file.kind} ({one.file.how}): {one.trial.faults}", file=sys.stderr, flush=True
            )
    print("\n".join(figures.lines()))
    return 1 if figures.bad else 0


def arguments() -> argparse.Namespace:
    """How many, from which seed, and where to keep those with faults."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of single files")
    parser.add_argument(
        "--keep",
        type=Path,
        default=FOUND,
        help="a folder for the files with faults",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
