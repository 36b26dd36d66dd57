"""The operations of the file system that a workbook needs, one by one, so that each can be seen to fail."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

NEW_FILE = 0o666
"""The mode of a new file, before the system takes away what the person does not give to others."""


class Files:
    """The real file system. Every method does one thing and lets the system's OSError through."""

    windows = os.name == "nt"

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
        return [path.name for path in folder.iterdir()]

    def may_write(self, path: Path) -> bool:
        """Whether the file's own rights allow us to write it."""
        return os.access(path, os.W_OK)

    def write_new(self, path: Path, data: bytes, mode: int) -> None:
        """A new file, on the disk when this returns. Raises FileExistsError where there is one."""
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def copy_rights(self, known: os.stat_result, source: Path, target: Path) -> None:
        """Mode, owner and extended attributes of `source`; an owner or attribute that may not be set is let go."""
        target.chmod(stat.S_IMODE(known.st_mode))
        if self.windows:
            return
        with suppress(OSError):
            os.chown(target, known.st_uid, known.st_gid)
        if hasattr(os, "listxattr"):
            with suppress(OSError):
                for name in os.listxattr(source):
                    os.setxattr(target, name, os.getxattr(source, name))

    def replace(self, source: Path, target: Path) -> None:
        """Puts `source` in the place of `target`, at once."""
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
