"""The operations of the file system that a workbook needs, one by one, so that each can be seen to fail."""

from __future__ import annotations

import errno
import math
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from okrsheets.edges import state

NEW_FILE = 0o666
"""The mode of a new file, before the system takes away what the person does not give to others."""
ANYBODY_WRITES = 0o222


class Files:
    """The real file system. Every method does one thing and lets the system's OSError through.

    `now` tells the seconds since 1970; without it no file is young.
    """

    windows = os.name == "nt"
    _now: Callable[[], float] | None = None

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        self._now = now

    def resolve(self, path: Path) -> Path:
        """The path behind all links, whether or not there is a file."""
        return Path(os.path.realpath(path))

    def stat(self, path: Path) -> os.stat_result | None:
        """What the system knows of the file; None where there is none."""
        try:
            return path.stat()
        except FileNotFoundError:
            return None

    def read(self, path: Path) -> bytes:
        """The bytes of the file."""
        return path.read_bytes()

    def names(self, folder: Path) -> list[str]:
        """The names of what stands in the folder."""
        return os.listdir(folder)  # noqa: PTH208 (paths cost more than the listing)

    def may_write(self, path: Path) -> bool:
        """Whether the file's own rights allow us to write it. What nobody may write was meant for root too."""
        return bool(path.stat().st_mode & ANYBODY_WRITES) and os.access(path, os.W_OK)

    def being_written(self, path: Path) -> bool:
        """Whether a program has the file open for writing; False also where the system cannot tell."""
        from okrsheets.edges.excel.disk import leases

        return leases.being_written(path)

    def age(self, path: Path) -> float:
        """Seconds since the file was saved, below zero for a clock that runs ahead of ours."""
        return self._now() - path.stat().st_mtime if self._now else math.inf

    def pause(self, seconds: float) -> None:
        """Lets others go on for a while."""
        time.sleep(seconds)

    def write_new(self, path: Path, data: bytes, mode: int) -> None:
        """A new file, on the disk when this returns. Raises FileExistsError where there is one."""
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            _sync(file.fileno())

    def copy_rights(self, known: os.stat_result, source: Path, target: Path) -> None:
        """Mode, owner and extended attributes of `source`; an owner or attribute that may not be set is let go."""
        target.chmod(stat.S_IMODE(known.st_mode))
        if self.windows:
            return
        with suppress(OSError):
            os.chown(target, known.st_uid, known.st_gid)
        for name in _attributes(source):
            with suppress(OSError):
                os.setxattr(target, name, os.getxattr(source, name))

    def exchange(self, source: Path, target: Path) -> None:
        """The two files change places, at once. Raises an OSError of NO_WAY where that cannot be done here."""
        # ctypes takes a while to load, and only a run that writes needs it.
        from okrsheets.edges.excel.disk.exchange import exchange

        exchange(source, target)

    def place(self, source: Path, target: Path) -> None:
        """Moves a file to where nothing is. Raises FileExistsError, or an OSError of NO_WAY as above."""
        from okrsheets.edges.excel.disk.exchange import place

        place(source, target)

    def link(self, path: Path, name: Path) -> None:
        """Gives the file a second name. Raises FileExistsError, or an OSError of NO_WAY as above."""
        name.hardlink_to(path)

    def replace(self, source: Path, target: Path) -> None:
        """Puts `source` in the place of `target`, at once; what stood there is gone."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Takes the file away."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """Has the folder's entries on the disk when it returns; Windows has no such call."""
        if self.windows:
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def make_folder(self, folder: Path) -> None:
        """The folder, and those above it that are missing, for nobody else to look into."""
        state.make(folder)

    def lock(self, path: Path) -> AbstractContextManager[object]:
        """Ours until the block ends. Raises BlockingIOError where another run has it."""
        from filelock import FileLock, Timeout

        lock = FileLock(path, mode=0o600)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from None
        except NotImplementedError as fault:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK)) from fault
        return _let_go_after(lock.release)


@contextmanager
def _let_go_after(release: Callable[[], None]) -> Iterator[None]:
    """What was done is done, whether or not the lock can be given back; it goes with the process at the latest."""
    try:
        yield
    finally:
        with suppress(OSError):
            release()


def _sync(handle: int) -> None:
    """On the disk itself: macOS needs to be told not to stop at the disk's own memory."""
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _attributes(path: Path) -> list[str]:
    """The names of a file's extended attributes; none where the system, or Python on it, knows of none."""
    try:
        return os.listxattr(path) if hasattr(os, "listxattr") else []
    except OSError:
        return []
