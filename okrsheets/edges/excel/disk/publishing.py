"""New bytes take the place of old ones: at once or not at all, and never over a save that nobody has looked at.

The new file and the workbook change places. Then what stood there is looked at: is it what was read, it may go; is it a
save of a person's that came in between, the two change places again. Until it was looked at it is never taken away, so
a run that is killed leaves it beside the workbook, and the next run gives it back (leftovers.py).
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import stat_result
from pathlib import Path

from okrsheets.edges.excel.disk.exchange import NO_WAY
from okrsheets.edges.excel.disk.files import NEW_FILE, Files
from okrsheets.edges.excel.disk.marks import aside, fingerprint, swapping, unfinished
from okrsheets.words.errors import Busy, ChangedMeanwhile, SetAside
from okrsheets.words.message import say

MOST_SAVES = 100
"""How many saves in a row, each within a millisecond of the last, are followed."""
SAVING = say("which is saving it")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was when it was looked at; `open`: a program had it open for writing."""

    data: bytes
    known: str
    identity: tuple[int, int]
    open: bool

    def is_just(self, known: str) -> bool:
        """Whether it holds these bytes, and nobody is about to change that."""
        return self.known == known and not self.open

    def is_again(self, other: Seen) -> bool:
        """Whether it is the same file, or the same bytes, as another time."""
        return self.identity == other.identity or self.known == other.known


class Publishing:
    """Writes to the place of one workbook. `keep_aside` takes an older save of a person's that has no other place."""

    def __init__(self, ref: str, path: Path, files: Files, keep_aside: Callable[[bytes], object]) -> None:
        self._ref = ref
        self.path = path
        self._files = files
        self._keep_aside = keep_aside

    def begin(self, data: bytes) -> None:
        """A new file where there is none. Raises FileExistsError where there is one by now."""
        with self._written(data, None) as part:
            self.move(part, self.path)
        self._settle()

    def replace(self, data: bytes, old: str, found: stat_result, check: Callable[[], None]) -> None:
        """The new bytes in the place of those whose fingerprint is `old`; `check` is the last moment for doubts.

        Raises ChangedMeanwhile or Busy where a person saved in between; then theirs is what stands there.
        """
        new = fingerprint(data)
        if new == old:
            return
        temporary = swapping(self.path, old, new)
        try:
            with self._written(data, found) as part:
                self.move(part, temporary)
            check()
            self._look_for_the_last_time(old)
            self._put(temporary, old, new)
        except BaseException:
            self._discard(temporary, old, new)
            self._discard(aside(temporary), old, new)
            raise
        self._settle()

    def look(self, path: Path) -> Seen:
        """What a file is now. Whoever has it open is asked for first: what they wrote before that is then seen."""
        open_elsewhere = self._files.being_written(path)
        found = self._files.stat(path)
        data = self._files.read(path)
        identity = (found.st_dev, found.st_ino) if found else (0, 0)
        return Seen(data, fingerprint(data), identity, open_elsewhere)

    def give_back(self, temporary: Path, seen: Seen | None, new: str) -> None:
        """Puts a person's save that stands under our name back in its place, where the bytes `new` stand now.

        Where a newer one of theirs stands there by now, that stays and the older one is kept elsewhere. `seen` is None
        where it could not be looked at. Raises SetAside where the save has to stay under our name for now.
        """
        try:
            try:
                self._change_back(temporary, seen, new)
            except OSError as fault:
                if fault.errno not in NO_WAY:
                    raise
                self._put_back_without_swap(temporary, new)
        except OSError as fault:
            raise SetAside(ref=self._ref, kept=str(temporary)) from fault

    @contextmanager
    def _written(self, data: bytes, found: stat_result | None) -> Iterator[Path]:
        """The new bytes, safe on the disk under a name that says that they are no workbook yet."""
        part = unfinished(self.path)
        try:
            self._files.write_new(part, data, stat.S_IMODE(found.st_mode) if found else NEW_FILE)
            if found:
                self._files.copy_rights(found, self.path, part)
            yield part
        except BaseException:
            with suppress(OSError):
                self._files.remove(part)
            raise

    def move(self, source: Path, target: Path) -> None:
        """To where nothing is; where the system cannot see to that, a look has to do."""
        try:
            self._files.place(source, target)
        except OSError as fault:
            if fault.errno not in NO_WAY:
                raise
            if self._linked(source, target):
                self._remove(source)
            elif self._files.stat(target):
                raise FileExistsError(target) from fault
            else:
                self._files.replace(source, target)

    def _look_for_the_last_time(self, old: str) -> None:
        last = self.look(self.path)
        if not last.is_just(old):
            raise self._somebody(last)

    def _put(self, temporary: Path, old: str, new: str) -> None:
        try:
            with self._busy_on_windows():
                self._files.exchange(temporary, self.path)
        except OSError as fault:
            if fault.errno not in NO_WAY:
                raise
            self._put_without_swap(temporary, old, new)
        else:
            self._judge(temporary, old, new)

    def _judge(self, displaced: Path, old: str, new: str) -> None:
        """What stood in the place is taken away if it is what was read, else it goes back."""
        try:
            seen = self.look(displaced)
        except OSError:
            self.give_back(displaced, None, new)
            raise
        if not seen.is_just(old):
            self.give_back(displaced, seen, new)
            raise self._somebody(seen)
        self._remove(displaced)

    def _change_back(self, temporary: Path, seen: Seen | None, new: str) -> None:
        """Changes places until what comes out is what was put in the time before: then nobody saved in between."""
        first, there = True, None
        for _ in range(MOST_SAVES):
            try:
                self._files.exchange(temporary, self.path)
            except FileNotFoundError:
                if self._moved_back(temporary):
                    return
                continue
            displaced = self.look(temporary)
            if first and displaced.is_just(new):
                self._remove(temporary)
                return
            if not first and (there is None or displaced.is_again(there)):
                self._clear(temporary, displaced)
                return
            first, there, seen = False, seen, displaced

    def _moved_back(self, temporary: Path) -> bool:
        """Where the person has taken the workbook away in between. False where they have put another there by now."""
        try:
            self.move(temporary, self.path)
        except FileExistsError:
            return False
        return True

    def _clear(self, temporary: Path, theirs: Seen) -> None:
        """An older save of a person's is kept elsewhere; while a program writes to it, it stays where it is."""
        if not theirs.open:
            self._keep_aside(theirs.data)
            self._remove(temporary)

    def _put_without_swap(self, temporary: Path, old: str, new: str) -> None:
        """For disks where files cannot change places: a second name keeps what is replaced, where there are such."""
        second = aside(temporary)
        linked = self._linked(self.path, second)
        self._look_for_the_last_time(old)
        with self._busy_on_windows():
            self._files.replace(temporary, self.path)
        if linked:
            self._judge(second, old, new)

    def _put_back_without_swap(self, second: Path, new: str) -> None:
        if self.look(self.path).is_just(new):
            self._files.replace(second, self.path)
        else:
            self._clear(second, self.look(second))

    @contextmanager
    def _busy_on_windows(self) -> Iterator[None]:
        """Windows lets nobody replace a file that a program has open."""
        try:
            yield
        except PermissionError as fault:
            if self._files.windows and fault.errno not in NO_WAY:
                raise Busy(ref=self._ref, holder=say("in another program")) from fault
            raise

    def _linked(self, path: Path, name: Path) -> bool:
        """Whether the file has the second name now; False where the disk has no such thing."""
        try:
            self._files.link(path, name)
        except OSError as fault:
            if fault.errno not in NO_WAY:
                raise
            return False
        return True

    def _somebody(self, seen: Seen) -> Busy | ChangedMeanwhile:
        return Busy(ref=self._ref, holder=SAVING) if seen.open else ChangedMeanwhile(ref=self._ref)

    def _discard(self, path: Path, old: str, new: str) -> None:
        """After a fault: takes a file of ours away if it holds what was read or made, and leaves it to the next run
        if it holds anything else."""
        with suppress(OSError):
            seen = self.look(path)
            if seen.is_just(old) or seen.is_just(new) or self.is_workbook(seen):
                self._files.remove(path)

    def is_workbook(self, seen: Seen) -> bool:
        """Whether it is a second name of the workbook itself."""
        found = self._files.stat(self.path)
        return found is not None and (found.st_dev, found.st_ino) == seen.identity

    def _remove(self, path: Path) -> None:
        """What has been looked at. What cannot be taken away now goes with the next run."""
        with suppress(OSError):
            self._files.remove(path)

    def _settle(self) -> None:
        with suppress(OSError):
            self._files.sync_folder(self.path.parent)
