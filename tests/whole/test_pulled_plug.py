"""The plug is pulled, or a call fails, within a real sync: a sample of what `python -m tests.pulled_plug` tries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from pulled_plug.calls import Call, calls, shape, window
from pulled_plug.faults import ERRNOS, KILL, Injection, errnos, injections, sample
from pulled_plug.judge import Judge, Wrong, own_cells, what_is_wrong
from pulled_plug.plug import SCENES, points, tried
from pulled_plug.runs import Forked, NotInjected, Real
from pulled_plug.stage import WORKBOOK, Stage

from okrsheets.edges.excel.store import ExcelStore
from okrsheets.words.grid import Address, Change, Content

SAMPLES = {"after_many": ((KILL, *ERRNOS), 24), "after_plug": ((KILL,), 12)}
"""Faults and injections by scene; those at calls on which all turns are always among them."""


@pytest.fixture(scope="module")
def strace() -> None:
    """Who needs it says so."""
    if not shutil.which("strace") and os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail("strace is not installed, and OKRSHEETS_REQUIRE_ALL=1 forbids to skip what needs it")
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")


@pytest.fixture(scope="module")
def the_stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def stage(the_stage: Stage) -> Stage:
    """As at first."""
    the_stage.begin()
    return the_stage


@pytest.fixture(scope="module")
def runs(the_stage: Stage, strace: None) -> Iterator[Forked]:
    """To be disturbed."""
    with Forked(the_stage) as forked:
        yield forked


@pytest.fixture(scope="module")
def warm(the_stage: Stage, strace: None) -> Iterator[Forked]:
    """Not to be disturbed."""
    with Forked(the_stage, warm=True) as forked:
        yield forked


@pytest.mark.system
@pytest.mark.parametrize("scene", SAMPLES)
def test_a_disturbed_sync_harms_nothing_and_the_next_one_is_whole(
    scene: str, stage: Stage, runs: Forked, warm: Forked
) -> None:
    faults, size = SAMPLES[scene]
    SCENES[scene](stage, runs)
    judge = Judge(stage, warm)
    chosen = sample(points(stage, runs), faults, size)
    assert len(chosen) >= size
    assert [str(finding) for finding in tried(chosen, stage, runs, judge)] == []


@pytest.mark.system
def test_a_fork_does_what_the_command_does(stage: Stage, strace: None) -> None:
    with Forked(stage) as runs:
        forked = window(runs.record())
    stage.set_up()
    assert shape(window(Real(stage).record())) == shape(forked)


@pytest.mark.system
def test_the_command_itself_under_strace(stage: Stage, warm: Forked) -> None:
    judge, real = Judge(stage, warm), Real(stage)
    stage.set_up()
    call = [call for call in window(real.record()) if call.pivotal][-1]
    for fault in (KILL, errnos(call.name)[0]):
        stage.set_up()
        ran = real.disturbed(Injection(call, fault))
        assert ran.killed == (fault == KILL)
        assert judge.findings(Injection(call, fault), ran) == []


@pytest.mark.system
@pytest.mark.parametrize(
    ("publisher", "fault", "wrong"),
    [
        ("in_place", KILL, {Wrong.TORN, Wrong.CONVERGE, Wrong.UNDO}),
        ("beside", KILL, {Wrong.LITTER}),
        ("silent", "ENOSPC", {Wrong.EXIT}),
    ],
)
def test_who_publishes_wrongly_is_found_out(
    publisher: str, fault: str, wrong: set[Wrong], stage: Stage, warm: Forked
) -> None:
    judge = Judge(stage, warm)
    with Forked(stage, publisher) as runs:
        stage.set_up()
        seen = window(runs.record())
        at = [call for call in seen if call.pivotal] or [call for call in seen if call.changes]
        assert {finding.wrong for finding in tried(injections(at[:3], [fault]), stage, runs, judge)} == wrong


@pytest.mark.system
def test_an_injection_that_hits_nothing_is_no_success(stage: Stage, runs: Forked) -> None:
    with pytest.raises(NotInjected):
        runs.disturbed(Injection(Call("fsync", 1000, ""), KILL))


def test_the_judge_knows_what_is_torn_and_what_is_lost(stage: Stage) -> None:
    old = stage.before
    cells = own_cells(old)
    assert what_is_wrong(old, old, cells) is None
    for torn in (b"", old[:1000], old[:-1], old[:2000] + bytes(100) + old[2100:]):
        assert (found := what_is_wrong(torn, old, cells)), len(torn)
        assert found[0] is Wrong.TORN
    _type(stage, "KPI's", 12)
    assert (found := what_is_wrong(stage.workbook.read_bytes(), old, cells))
    assert found[0] is Wrong.LOST


def test_a_trace_is_read_call_by_call() -> None:
    trace = (
        "rt_sigtimedwait([USR1], NULL, NULL, 8) = 10 (SIGUSR1)\n"
        f'openat(AT_FDCWD</x>, "{WORKBOOK}", O_RDONLY) = 3</x/{WORKBOOK}>\n'
        f'read(3</x/{WORKBOOK}>, ""..., 9) = 9\n'
        'openat(AT_FDCWD</x>, "/usr/lib/a.pyc", O_RDONLY) = 4</usr/lib/a.pyc>\n'
        "--- SIGURG {si_signo=SIGURG} ---\n"
        "exit_group(0) = ?\n+++ exited with 0 +++\n"
    )
    seen = calls(trace)
    assert [(call.name, call.ordinal) for call in window(seen)] == [
        ("openat", 1),
        ("read", 1),
        ("openat", 2),
        ("exit_group", 1),
    ]
    assert [call.ours for call in window(seen)] == [True, True, False, False]
    with pytest.raises(ValueError, match="more than one"):
        calls("12 read(0) = 0\n13 read(0) = 0\n")
    with pytest.raises(ValueError, match="did not touch"):
        window(calls("exit_group(0) = ?\n"))


def test_a_sample_has_what_changes_files_and_reaches_the_end() -> None:
    seen = [Call("read", n, "3</usr>") for n in range(1, 200)]
    seen.insert(50, Call("renameat2", 1, f'"a", "{WORKBOOK}"'))
    chosen = sample(seen, (KILL, *ERRNOS), 20)
    faults = [each.fault for each in chosen if each.call.name == "renameat2"]
    assert KILL in faults
    assert set(faults) & set(errnos("renameat2"))
    assert len(chosen) == len(set(chosen)) == 20
    assert max(each.call.ordinal for each in chosen) > 180


def _type(stage: Stage, tab: str, value: float) -> None:
    """A number over another one, in the first cell of the tab that holds one."""
    store = ExcelStore(stage.workbook, frozenset((tab,)))
    reading = store.read()
    row, column = next(spot for spot, cell in reading.grids[tab].cells.items() if isinstance(cell.value, float))
    store.write([Change(Address(tab, row, column), Content(), Content(value))], reading)
