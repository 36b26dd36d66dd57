"""Runs okrsheets up to its first workbook and waits there: each request forks it, and the fork goes on as usual.

    python -m pulled_plug.driver REQUESTS REPLIES OUT ERR PUBLISHER WARM ARGUMENT...

A cold one has loaded what the command has at that moment, so a fork does the same calls as the command. A warm one has
carried the command out once, and has everything loaded: its forks are faster, for runs that nobody disturbs.

It says when it is ready. Then a request is a line of JSON: the arguments of another command, or null to go on with the
one that was given. Two lines answer it: the process that waits for SIGUSR1 to begin, and at its end the status that the
system gave for it. What a fork says goes to the files OUT and ERR.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from okrsheets.shell.desk import Desk
from okrsheets.shell.main import main
from okrsheets.words.store import Store

from . import wrong

OUT_OF_THE_WAY = 100
"""Where our own handles lie, so that those of a run are numbered as ever."""
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")
PR_SET_PTRACER, ANYBODY = 0x59616D61, -1


def wait_at_first_workbook(requests: IO[str], replies: IO[str], said: tuple[str, str]) -> None:
    """Has the first use of a workbook wait for requests; in a fork the workbook is then opened as ever."""
    open_store = Desk.store

    def store(desk: Desk, reference: str) -> Store:
        put_in_place(open_store)
        other = fork_on_request(requests, replies, said)
        if other is not None:
            main(other)
        return open_store(desk, reference)

    put_in_place(store)


def put_in_place(store: Callable[[Desk, str], Store]) -> None:
    """Has this open the workbooks."""
    setattr(Desk, "store", store)  # noqa: B010 (to mypy a method is no variable)


def fork_on_request(requests: IO[str], replies: IO[str], said: tuple[str, str]) -> list[str] | None:
    """Returns in each fork only, with what was asked of it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    print("ready", file=replies, flush=True)
    for request in requests:
        process = os.fork()
        if process == 0:
            get_ready(said)
            asked: list[str] | None = json.loads(request)
            return asked
        print(process, file=replies, flush=True)
        print(os.waitpid(process, 0)[1], file=replies, flush=True)
    os._exit(0)


def get_ready(said: tuple[str, str]) -> None:
    """Lets strace come, sends what will be said to files, and waits for the signal."""
    if YAMA.exists() and YAMA.read_text().strip() != "0":
        import ctypes  # only here: a run that loads it itself shall be seen to do so

        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_long(ANYBODY), 0, 0, 0)
    for name, handle in zip(said, (1, 2), strict=True):
        opened = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, handle)
        os.close(opened)
    signal.sigwait({signal.SIGUSR1})


def moved_away(handle: int, mode: str) -> IO[str]:
    """A handle of ours as a file, out of the way."""
    moved = os.dup2(handle, OUT_OF_THE_WAY + handle, inheritable=False)
    os.close(handle)
    return os.fdopen(moved, mode)


if __name__ == "__main__":
    sys.path.remove(str(Path(__file__).parents[1]))  # the command does not look for modules there
    requests, replies, out, err, publisher, warm, *arguments = sys.argv[1:]
    wrong.PUBLISHERS[publisher]()
    if warm == "warm":
        with suppress(SystemExit):
            main(arguments)
    wait_at_first_workbook(moved_away(int(requests), "r"), moved_away(int(replies), "w"), (out, err))
    main(arguments)
