"""A person saves at any moment of a sync, in any way that programs save: their last save is always in the file."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from itertools import count
from pathlib import Path

import pytest
from disk_seam import At, Killed, Seam, Windows, on
from excel_files import change, plan_workbook

from okrsheets.edges.excel.disk.files import Files
from okrsheets.edges.excel.making.builder import build
from okrsheets.edges.excel.patching.patch import patched
from okrsheets.edges.excel.reading.parts import Book
from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.errors import OkrsheetsError, TemporaryError
from okrsheets.words.grid import Address
from okrsheets.words.workbook import Entry

TYPED = Address("KPI's", 9, 9)
WRITTEN = Address("Overzicht", 3, 2)
Engine = Callable[[Path, Files], None]
Save = Callable[[Path, float], None]


@pytest.fixture(autouse=True)
def fast_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@cache
def saved_with(value: float) -> bytes:
    """The workbook as the person saves it with this number typed in."""
    book = Book(build(plan_workbook(B3=Entry("old"))))
    return patched(book, [change(TYPED.spot, value, tab=TYPED.tab)])


def save_by_rename(path: Path, value: float) -> None:
    """As Excel does: a new file takes the place of the old one."""
    new = path.with_name("A1B2C3D4")
    new.write_bytes(saved_with(value))
    new.replace(path)


def save_in_place(path: Path, value: float) -> None:
    path.write_bytes(saved_with(value))


def save_by_deletion(path: Path, value: float) -> None:
    """As some programs do: the old file is taken away before the new one comes."""
    path.unlink()
    path.write_bytes(saved_with(value))


SAVES = {"rename": save_by_rename, "in place": save_in_place, "deletion": save_by_deletion}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.xlsx").write_bytes(saved_with(0))
    return folder / "plan.xlsx"


def okrsheets(path: Path, files: Files) -> None:
    """A sync as it is: the time of day on the Summary, so that there is always something to write."""
    store = ExcelStore(path, files=files, state=path.parent.parent / "state")
    store.tidy()
    store.write([change(WRITTEN.spot, "new")], store.read())


def cells(path: Path) -> tuple[object, object]:
    reading = ExcelStore(path).read()
    return reading.at(TYPED).value, reading.at(WRITTEN).value


def beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()} - {path.name}


def attempt(engine: Engine, path: Path, files: Files) -> OkrsheetsError | None:
    try:
        engine(path, files)
    except OkrsheetsError as fault:
        return fault
    return None


def a_save_at_every_operation(engine: Engine, path: Path, system: type[Seam], save: Save) -> None:
    """Raises AssertionError where a save is not in the file at the end."""
    for n in count(1):
        path.write_bytes(saved_with(0))
        files = on(system, At, n, partial(save, path, n))
        fault = attempt(engine, path, files)
        if not files.happened:
            assert fault is None
            assert n > 10
            return
        where = f"{n}: {files.done[n - 1]}"
        assert fault is None or isinstance(fault, TemporaryError), where
        assert cells(path)[0] == n, where
        assert attempt(engine, path, Seam()) is None, where
        assert cells(path) == (n, "new"), where
        assert beside(path) == set(), where


@pytest.mark.parametrize("system", [Seam, Windows])
@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES)
def test_a_save_at_any_moment_is_in_the_file(path: Path, system: type[Seam], save: Save) -> None:
    a_save_at_every_operation(okrsheets, path, system, save)


def test_two_saves_at_any_two_moments(path: Path) -> None:
    """The second comes while the first is being given back."""
    runs = 0
    for first in count(1):
        for later in range(first, first + 9):
            path.write_bytes(saved_with(0))
            files = Twice(first, partial(save_by_rename, path, 1), later, partial(save_by_rename, path, 2))
            attempt(okrsheets, path, files)
            if not files.happened:
                assert runs > 50
                return
            runs += 1
            last = 2 if files.came else 1
            assert cells(path)[0] == last, (first, later, files.done)


class Twice(At):
    """Two things that happen at two moments, or at one after the other."""

    def __init__(self, when: int, does: Callable[[], object], later: int, then: Callable[[], object]) -> None:
        super().__init__(when, does)
        self.later, self.then, self.came = later, then, False

    def before(self, operation: str) -> None:
        super().before(operation)
        if len(self.done) == self.later and not self.came:
            self.came = True
            self.then()


class Script(Seam):
    """What the person does before the n-th operation of a name. `busy`: they go on writing to what is set aside."""

    def __init__(self, script: dict[tuple[str, int], Callable[[], object]], *, busy: bool = False) -> None:
        super().__init__()
        self.script, self.busy = script, busy

    def before(self, operation: str) -> None:
        self.script.get((operation, self.done.count(operation)), lambda: None)()

    def being_written(self, path: Path) -> bool:
        return self.busy and self.done.count("exchange") == 3 and path.name.startswith(".~")


def kept_aside(path: Path) -> list[Path]:
    return list((path.parent.parent / "state").rglob("*-kept-*"))


def test_a_workbook_that_is_taken_away_while_a_save_is_given_back(path: Path) -> None:
    files = Script({("exchange", 1): partial(save_by_rename, path, 1), ("exchange", 2): path.unlink})
    assert isinstance(attempt(okrsheets, path, files), TemporaryError)
    assert cells(path)[0] == 1
    assert beside(path) == set()


def test_another_workbook_in_its_place_while_a_save_is_given_back(path: Path) -> None:
    """The newest stays there, the older is kept."""
    files = Script(
        {
            ("exchange", 1): partial(save_by_rename, path, 1),
            ("exchange", 2): path.unlink,
            ("place", 2): partial(save_by_rename, path, 2),
        }
    )
    assert isinstance(attempt(okrsheets, path, files), TemporaryError)
    assert cells(path)[0] == 2
    assert [cells(kept)[0] for kept in kept_aside(path)] == [1]
    assert beside(path) == set()


def test_an_older_save_that_is_still_written_to_is_not_taken_away(path: Path) -> None:
    saves = {("exchange", n): partial(save_by_rename, path, n) for n in (1, 2)}
    assert isinstance(attempt(okrsheets, path, Script(saves, busy=True)), TemporaryError)
    assert cells(path)[0] == 2
    (left,) = beside(path)
    assert cells(path.with_name(left))[0] == 1


def test_whoever_saves_faster_than_can_be_followed_loses_nothing(path: Path) -> None:
    """The system of a person who saves at each of our steps: the last two saves are both there."""
    saves = {("exchange", n): partial(save_by_rename, path, n) for n in range(1, 1000)}
    files = Script(saves)
    assert isinstance(attempt(okrsheets, path, files), TemporaryError)
    last = files.done.count("exchange")
    (left,) = beside(path)
    assert {cells(path)[0], cells(path.with_name(left))[0]} == {last, last - 1}


# A program that has the file open


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux tells who has a file open")
def test_a_program_that_opens_the_file_and_writes_later_is_waited_for(path: Path) -> None:
    """From the n-th operation on it has the file open; it writes some operations later, or when the sync is over."""
    for n in count(1):
        for length in (1, 3, 1000):
            path.write_bytes(saved_with(0))
            files = Slow(path, n, n + length)
            attempt(okrsheets, path, files)
            if not files.happened:
                assert n > 10
                return
            files.write()
            assert cells(path)[0] == n, (n, length, files.done)
            assert attempt(okrsheets, path, Seam()) is None
            assert cells(path) == (n, "new")
            assert beside(path) == set()


class Slow(At):
    """A program that opens the file at one operation, and writes it at a later one."""

    def __init__(self, path: Path, when: int, later: int) -> None:
        super().__init__(when, self.open)
        self.path, self.later, self.handle = path, later, -1

    def before(self, operation: str) -> None:
        super().before(operation)
        if len(self.done) >= self.later:
            self.write()

    def open(self) -> None:
        self.handle = os.open(self.path, os.O_RDWR)

    def write(self) -> None:
        if self.handle >= 0:
            data = saved_with(int(self.when))
            os.pwrite(self.handle, data, 0)
            os.ftruncate(self.handle, len(data))
            os.close(self.handle)
            self.handle = -1


# A save, and some operations later the end


class Interrupted(Seam):
    """The person saves just before the two files change places; so many operations later the run is stopped."""

    def __init__(self, save: Callable[[], object], after: int, end: BaseException) -> None:
        super().__init__()
        self.save, self.after, self.end, self.since = save, after, end, -1

    def before(self, operation: str) -> None:
        if operation == "exchange" and self.since < 0:
            self.save()
            self.since = 0
        elif self.since >= 0:
            self.since += 1
        stopped = self.since == self.after or (self.since > self.after and isinstance(self.end, Killed))
        if self.since > 0 and stopped:
            raise self.end

    @property
    def reached(self) -> bool:
        return self.since >= self.after


ENDS = {"killed": Killed(), "broken disk": OSError(errno.EIO, "broken"), "too many": OSError(errno.EMFILE, "open")}


def a_save_and_then_the_end(engine: Engine, path: Path, end: BaseException, *, newer: bool = False) -> None:
    """Raises AssertionError where the save is not in the file after the next run, or kept where a newer one is."""
    for n in count(1):
        path.write_bytes(saved_with(0))
        files = Interrupted(partial(save_by_rename, path, 1), n, end)
        with suppress(Killed, OSError):
            attempt(engine, path, files)
        if not files.reached:
            assert n > 3
            return
        if newer:
            save_by_rename(path, 2)
        attempt(okrsheets, path, Seam())
        assert cells(path)[0] == 1 + newer, (n, files.done)
        for kept in beside(path):
            assert newer, files.done
            assert cells(path.with_name(kept))[0] == 1
            path.with_name(kept).unlink()


@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_save_outlasts_a_run_that_is_stopped_after_it(path: Path, end: BaseException, newer: bool) -> None:
    a_save_and_then_the_end(okrsheets, path, end, newer=newer)


# Somebody who saves again and again, on the real disk


def test_the_last_of_many_saves_is_in_the_file(path: Path) -> None:
    """Bursts of saves while one sync follows the other; after each burst, the last of them is there."""
    for burst in range(12):
        values = range(10 * burst + 1, 10 * burst + 11)
        for value in values:
            saved_with(value)
        saving = threading.Thread(target=lambda values=values: [save_by_rename(path, value) for value in values])
        saving.start()
        while saving.is_alive():
            fault = attempt(okrsheets, path, Files())
            assert fault is None or isinstance(fault, TemporaryError)
        saving.join()
        assert cells(path)[0] == values[-1]
    assert attempt(okrsheets, path, Files()) is None
    assert cells(path) == (120, "new")
    assert beside(path) == set()


# Engines that are wrong on purpose, so that these tests are known to see


def careless(path: Path, files: Files) -> None:
    """Looks once more, and then replaces whatever is there by then."""
    old = files.read(path)
    temporary = path.with_name("new.tmp")
    files.write_new(temporary, patched(Book(old), [change(WRITTEN.spot, "new")]), 0o600)
    if files.read(path) != old:
        files.remove(temporary)
        return
    files.replace(temporary, path)


def tidy_at_any_price(path: Path, files: Files) -> None:
    """Swaps and looks, but takes the temporary file away whatever is in it by then."""
    old = files.read(path)
    temporary = path.with_name("new.tmp")
    files.write_new(temporary, patched(Book(old), [change(WRITTEN.spot, "new")]), 0o600)
    try:
        files.exchange(temporary, path)
        if files.read(temporary) != old:
            files.exchange(temporary, path)
    finally:
        files.remove(temporary)


def test_an_engine_that_replaces_without_looking_is_found_out(path: Path) -> None:
    with pytest.raises(AssertionError):
        a_save_at_every_operation(careless, path, Seam, save_by_rename)


def test_an_engine_that_takes_away_what_it_has_not_seen_is_found_out(path: Path) -> None:
    with pytest.raises(AssertionError):
        a_save_and_then_the_end(tidy_at_any_price, path, ENDS["broken disk"])


def test_the_wrong_engine_is_right_while_nobody_saves(path: Path) -> None:
    """It is the saves that find it out, nothing else."""
    for engine in (careless, tidy_at_any_price):
        engine(path, Seam())
        assert cells(path) == (0, "new")
