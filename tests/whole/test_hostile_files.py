"""Five hundred malformed and hostile files, tried as a person would: none is a crash, a hang or a loss.

The rest, ten thousand a night, is `python -m tests.hostile --count 10000`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import runner
from hostile.bases import PRODUCTS, SHAPES, Parts, product, zipped
from hostile.figures import Figures
from hostile.judging import Answer, changed_parts, faults_of, faults_of_sync
from hostile.kinds import KINDS, HostileFile, hostile_file
from hostile.runner import Bench, tried
from person import Person

SEED = 2026
COUNT = 500
BLOCKS = 5
"""So that several processes can share the work."""


@pytest.fixture(autouse=True)
def _limits() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the limits of memory and time are Linux's")


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_file_brings_it_down(block: int, record_property: pytest.RecordProperty) -> None:
    figures = Figures()
    for one in tried(SEED, range(block, COUNT, BLOCKS)):
        figures.add(one)
    table = "\n".join(figures.lines())
    print(table)
    record_property("figures", table)
    assert not figures.bad, table
    assert sum(figures.kinds.values()) == COUNT // BLOCKS
    assert set(figures.kinds) <= {kind.__name__ for kind in KINDS}
    assert figures.outcomes["synced"] > 0


def test_the_command_line_itself_says_the_same(person: Person) -> None:
    """A process of its own for each command, no seam in between."""
    for number in range(5):
        file = hostile_file(SEED, number)
        path = person.folder / "plan.xlsx"
        path.write_bytes(file.data)
        for command in ("inspect", "sync"):
            answer = process(person, command, path)
            assert faults_of(answer) == [], file.how
        assert sorted(entry.name for entry in person.folder.iterdir()) == ["home", "plan.xlsx"]


def process(person: Person, command: str, path: Path) -> Answer:
    known = {key: value for key, value in os.environ.items() if key in ("PATH", "VIRTUAL_ENV")}
    known |= {"HOME": str(person.home), "LANG": "en_US.UTF-8", "OKRSHEETS_STATE_DIR": str(person.home)}
    words = [sys.executable, "-m", "okrsheets", command, str(path)]
    done = subprocess.run(words, env=known, capture_output=True, encoding="utf-8", errors="strict")
    return Answer(command, done.returncode, done.stdout, done.stderr, 0)


# The judges see what they are to find


def test_the_same_number_is_the_same_file() -> None:
    assert [hostile_file(1, n) for n in range(30)] == [hostile_file(1, n) for n in range(30)]
    assert hostile_file(1, 3).data != hostile_file(2, 3).data


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Answer("sync", 1, "", "Stopped: a bug\n", 0), "exit code 1"),
        (Answer("sync", 1, "", "Traceback (most recent call last)\n", 0), "a traceback"),
        (Answer("sync", 3, "", "one\ntwo\nthree\n", 0), "3 lines of complaint"),
        (Answer("sync", 0, "", "hm\n", 0), "success with a complaint"),
        (Answer("sync", 3, "", "", 0), "failure without a word"),
        (Answer("sync", 0, "", "", 5.1), "5.1 s"),
        (Answer("sync", 0, "\x1b[2J", "", 0), "'\\x1b' for the terminal to obey"),
        (Answer("sync", 0, "a\u202eb", "", 0), "'\\u202e' for the terminal to obey"),
        (Answer("sync", 0, '{"a": NaN}', "", 0, is_json=True), "no JSON: NaN is no JSON"),
    ],
)
def test_a_bad_answer_is_seen(answer: Answer, fault: str) -> None:
    assert f"sync: {fault}" in faults_of(answer)
    assert faults_of(Answer("sync", 0, "Done\n", "", 1)) == faults_of(Answer("sync", 75, "", "Busy\nLater\n", 1)) == []


def test_a_bad_sync_is_seen() -> None:
    old = {name: name.encode() for name in "abcd"}
    one, three = old | {"a": b"x"}, old | dict.fromkeys("abc", b"x")
    assert changed_parts(zipped(old), zipped(one)) == ["0 a"]
    for new, outcome, again, fault in (
        (one, "synced", "unchanged", None),
        (one, "synced", "synced", "a second one was synced"),
        (three, "synced", "unchanged", "too much changed: ['0 a', '1 b', '2 c']"),
        ({"a": b"a"}, "synced", "unchanged", "too much changed"),
        (old, "synced", "unchanged", "too much changed: []"),
        (one, "NotAWorkbook", None, "the file changed, outcome NotAWorkbook"),
        (old, "NotAWorkbook", None, None),
    ):
        found = faults_of_sync(zipped(old), zipped(new), outcome, again)
        assert [fault in one for one in found] == [True] if fault else found == [], (outcome, found)
    assert "no zip any more" in faults_of_sync(zipped(old), b"none", "synced", "unchanged")[0]


def test_no_answer_is_the_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(tmp_path)
    good = HostileFile(0, "good", "as made", zipped(product("blank", "en", False)))
    monkeypatch.setattr(runner, "PATIENCE", 0)
    assert bench.trial(good).faults[0].startswith("the process died")
    monkeypatch.undo()
    assert (bench.trial(good).outcome, bench.trial(good).faults) == ("synced", [])
    bench.close()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_what_is_spoiled_was_good(tmp_path: Path, shape: Callable[[Parts], Parts]) -> None:
    """Otherwise every file would be refused at the door, and nothing behind it tried."""
    bench = Bench(tmp_path)
    for number in range(len(PRODUCTS)):
        file = HostileFile(0, "good", shape.__name__, zipped(shape(dict(product(*PRODUCTS[number])))))
        trial = bench.trial(file)
        assert (trial.outcome, trial.faults) == ("synced", [])
    bench.close()
