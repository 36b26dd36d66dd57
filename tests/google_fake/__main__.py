"""`python -m tests.google_fake --port N`: the stand-in, until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path

from . import GoogleFake, Quotas, as_google


def main() -> None:
    """Serves on a port; every bearer token passes."""
    ask = argparse.ArgumentParser(prog="python -m tests.google_fake", description=main.__doc__)
    ask.add_argument("--port", type=int, default=0, help="0: any free port")
    ask.add_argument("--quotas", action="store_true", help="60 reads and 60 writes a minute, as Google")
    ask.add_argument("--log", type=Path, help="where to write the log as JSON lines at the end")
    asked = ask.parse_args()
    done = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: done.set())
    with GoogleFake(asked.port, quotas=as_google() if asked.quotas else Quotas()) as google:
        print(google.base_url, flush=True)
        done.wait()
        if asked.log:
            google.log.save(asked.log)


if __name__ == "__main__":
    main()
