"""Whether a program has a file open for writing at this moment, where the system can tell.

Linux gives a read lease on a file only while nobody has it open for writing (fcntl(2)). Taken and given back at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
FAR = ("9p", "afs", "ceph", "cifs", "fuse", "gfs", "lustre", "nfs", "ocfs", "smb", "vboxsf", "virtiofs")
"""Disks of other machines and of programs give leases as they like: a refusal means nothing there."""


def being_written(path: Path) -> bool:
    """True where a program has the file open for writing; False where none has, or where nobody can tell."""
    if not sys.platform.startswith("linux"):
        return False
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        return _lease_refused(handle) and not is_far(os.fstat(handle).st_dev, _mounts())
    finally:
        os.close(handle)


def is_far(device: int, mounts: Iterable[str]) -> bool:
    """Whether a device, by the lines of mountinfo, is one whose leases mean nothing."""
    number = f"{os.major(device)}:{os.minor(device)}"
    kinds = (line.partition(" - ")[2] for line in mounts if line.split()[2] == number)
    return any(kind.startswith(FAR) for kind in kinds)


def _lease_refused(handle: int) -> bool:
    import fcntl

    with suppress(OSError):
        # Whoever opens the file in between has the system send us this signal; the usual one would end the process.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        try:
            fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            return True
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def _mounts() -> list[str]:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
