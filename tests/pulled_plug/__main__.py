"""`python -m tests.pulled_plug --all`: every fault at every call of a sync on the person's files and the state, in each
scene; in one of them at every other call too, those of the interpreter itself. Takes the better part of an hour.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from .calls import Call
from .faults import ERRNOS, KILL, Injection, injections, sample
from .figures import table
from .judge import Finding, Judge
from .plug import ALWAYS, SCENES, WHOLE, points, tried
from .runs import Forked
from .stage import Stage
from .wrong import PUBLISHERS

SIZE = 60


def main() -> int:
    """Prints the figures of each scene and every finding; 1 where there is one."""
    asked = arguments()
    found = 0
    for scene in asked.scene:
        with tempfile.TemporaryDirectory() as folder:
            found += played(scene, Path(folder), asked)
    return int(found > 0)


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.pulled_plug", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every fault at every call")
    parser.add_argument("--sample", type=int, default=SIZE, metavar="N", help=f"about N injections (default {SIZE})")
    parser.add_argument("--kill", action="store_true", help="pull the plug; with --errno only where this is given too")
    parser.add_argument("--errno", nargs="+", choices=ERRNOS, default=[], metavar="NAME", help=" ".join(ERRNOS))
    parser.add_argument("--ours", action="store_true", help="only at calls on the person's files and the state")
    parser.add_argument("--scene", nargs="+", choices=SCENES, default=list(SCENES), help="how things stand before")
    parser.add_argument("--publisher", choices=PUBLISHERS, default="as_it_is", help="another one is wrong on purpose")
    return parser.parse_args()


def played(scene: str, folder: Path, asked: argparse.Namespace) -> int:
    """How many findings there are in a scene; prints them as they come, and the table at the end."""
    stage, start = Stage(folder), time.monotonic()
    always = ALWAYS.get(scene, ())
    with Forked(stage, asked.publisher, always=always) as runs, Forked(stage, warm=True) as others:
        SCENES[scene](stage, runs)
        judge = Judge(stage, others)
        only_ours = asked.ours or (asked.all and scene != WHOLE)
        window = [call for call in points(stage, runs) if call.ours or not only_ours]
        chosen = plan(window, asked)
        print(f"\n{scene}: {len(window)} calls in the window, {len(chosen)} injections", flush=True)
        findings = list(shown(tried(chosen, stage, runs, judge)))
    print(table(window, chosen, findings))
    print(f"{time.monotonic() - start:.0f} s", flush=True)
    return len(findings)


def plan(window: list[Call], asked: argparse.Namespace) -> list[Injection]:
    """The injections that were asked for: the plug and all errors where neither is named."""
    faults = [*[KILL] * asked.kill, *asked.errno] or [KILL, *ERRNOS]
    return injections(window, faults) if asked.all else sample(window, faults, asked.sample)


def shown(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each said as soon as it is there."""
    for finding in findings:
        print(finding, flush=True)
        yield finding


if __name__ == "__main__":
    sys.exit(main())
