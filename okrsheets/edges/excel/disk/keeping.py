"""What okrsheets keeps of one workbook in its own folder: a lock while it writes, and backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from okrsheets.edges.excel.disk.backups import Backup, Backups, key_of
from okrsheets.edges.excel.disk.files import NEW_FILE, Files
from okrsheets.edges.excel.disk.marks import fingerprint, kept_beside
from okrsheets.edges.refusals import reason_of
from okrsheets.words.errors import Busy, NothingToUndo, StateUnusable
from okrsheets.words.message import say


class Keeping:
    """For the workbook at `path`, which no link leads away from. Without a `state` folder there is neither lock nor
    backup. Raises StateUnusable where the folder cannot be used."""

    def __init__(self, ref: str, path: Path, state: Path | None, files: Files) -> None:
        self._ref = ref
        self._path = path
        self._state = state
        self._files = files
        self._backups = Backups(state, path, files) if state else None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other run of okrsheets writes to the workbook until the block ends. Raises Busy where one does."""
        if self._state is None:
            yield
            return
        try:
            with self._in_state():
                folder = self._state / "locks"
                self._files.make_folder(folder)
                lock = self._files.lock(folder / f"{key_of(self._path)}.lock")
        except BlockingIOError as fault:
            raise Busy(ref=self._ref, holder=say("another okrsheets")) from fault
        with lock:
            yield

    def keep(self, data: bytes, new: str) -> None:
        """A backup of the bytes over which those of the fingerprint `new` are about to be written."""
        if self._backups:
            with self._in_state():
                self._backups.keep(data, new)

    def keep_aside(self, data: bytes) -> Path:
        """A person's save that has no other place. Returns where it is; lets OSError through."""
        if self._backups:
            return self._backups.keep_aside(data)
        beside = kept_beside(self._path, fingerprint(data))
        self._files.write_new(beside, data, NEW_FILE)
        return beside

    def thin_out(self) -> None:
        """Takes away backups that are too old; another time, where that cannot be done now."""
        if self._backups:
            with suppress(OSError):
                self._backups.thin_out()

    def wrote(self, known: str) -> bool:
        """Whether the bytes of that fingerprint are what okrsheets wrote."""
        if self._backups is None:
            return False
        with self._in_state():
            return any(backup.gave_way_to(known) for backup in self._backups.of_syncs())

    def before(self, known: str) -> tuple[Backup, bytes] | None:
        """What stood there before the last sync, now that the bytes of the fingerprint `known` do.

        None where these are it: an undo was stopped when it was all but done. Raises NothingToUndo.
        """
        if self._backups is None:
            raise NothingToUndo(ref=self._ref)
        with self._in_state():
            for backup in self._backups.of_syncs():
                data = None if backup.holds(known) else self._backups.read(backup)
                if data is not None:
                    return backup, data
                self._backups.drop(backup.path)
                if backup.holds(known) and backup.is_being_undone:
                    return None
        raise NothingToUndo(ref=self._ref)

    @contextmanager
    def undoing(self, backup: Backup) -> Iterator[None]:
        """Puts the backup back in the block; then it is a backup no more, and the one before it is the last."""
        if self._backups is None:
            raise NothingToUndo(ref=self._ref)
        with self._in_state():
            path = self._backups.begin_undo(backup)
        yield
        with suppress(OSError):
            self._backups.drop(path)

    @contextmanager
    def _in_state(self) -> Iterator[None]:
        try:
            yield
        except BlockingIOError:
            raise
        except OSError as fault:
            raise StateUnusable(ref=self._ref, folder=str(self._state), reason=reason_of(fault)) from fault
