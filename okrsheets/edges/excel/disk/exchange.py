"""Two files change places in one step, as each system can: what stood there is never gone, even for a moment."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from okrsheets.edges.excel.disk.marks import aside

NO_WAY = frozenset(
    {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.EMLINK, errno.EXDEV}
)
"""What a system says that cannot do such a thing at all, or not on this disk. EPERM: a disk without links."""

AT_FOLDER = -100
LINUX_NO_REPLACE, LINUX_EXCHANGE = 1, 2
MAC_SWAP, MAC_EXCLUSIVE = 2, 4
WINDOWS_IGNORE_MERGE_ERRORS = 2
WINDOWS_MOVED_AWAY = 1177
"""ERROR_UNABLE_TO_MOVE_REPLACEMENT_2: the old file has its backup's name by now, the new one is not in its place."""
WINDOWS_FAULTS = {1: errno.ENOTSUP, 2: errno.ENOENT, 3: errno.ENOENT, 17: errno.EXDEV, 50: errno.ENOTSUP}
"""What Windows says, in the words of others. Everything else is told as: somebody has it open."""


def exchange(source: Path, target: Path, platform: str = sys.platform) -> None:
    """The files of two paths change places. Raises an OSError of NO_WAY where the system or the disk cannot."""
    if platform == "win32":
        windows_exchange(_kernel(), _last_error, source, target)
    elif platform == "darwin":
        mac_rename(_library(), source, target, MAC_SWAP)
    else:
        linux_rename(_library(), source, target, LINUX_EXCHANGE)


def place(source: Path, target: Path, platform: str = sys.platform) -> None:
    """Moves `source` to where nothing is. Raises FileExistsError, or an OSError of NO_WAY."""
    if platform == "win32":
        source.rename(target)
    elif platform == "darwin":
        mac_rename(_library(), source, target, MAC_EXCLUSIVE)
    else:
        linux_rename(_library(), source, target, LINUX_NO_REPLACE)


def linux_rename(library: Any, source: Path, target: Path, flags: int) -> None:
    """renameat2(2)."""
    if not hasattr(library, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    _check(library.renameat2(AT_FOLDER, os.fsencode(source), AT_FOLDER, os.fsencode(target), flags), source, target)


def mac_rename(library: Any, source: Path, target: Path, flags: int) -> None:
    """renamex_np(2) of macOS."""
    if not hasattr(library, "renamex_np"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    _check(library.renamex_np(os.fsencode(source), os.fsencode(target), flags), source, target)


def windows_exchange(kernel: Any, last_error: Callable[[], int], source: Path, target: Path) -> None:
    """ReplaceFileW with a backup name, which keeps the old file's rights; then the backup takes the other's name."""
    away = aside(source)
    if kernel.ReplaceFileW(str(target), str(source), str(away), WINDOWS_IGNORE_MERGE_ERRORS, None, None):
        away.rename(source)
        return
    fault = last_error()
    if fault == WINDOWS_MOVED_AWAY:
        away.rename(target)
    raise OSError(WINDOWS_FAULTS.get(fault, errno.EACCES), f"ReplaceFileW: {fault}", str(target))


def _check(result: int, source: Path, target: Path) -> None:
    if result:
        import ctypes

        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(source), None, str(target))


@cache
def _library() -> Any:
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


@cache
def _kernel() -> Any:
    import ctypes

    return ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]


def _last_error() -> int:
    """What ctypes kept right after the call; Windows, asked later, may tell of another one."""
    import ctypes

    return int(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]
