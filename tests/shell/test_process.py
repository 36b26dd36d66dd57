"""The real thing: `python -m okrsheets` in a process of its own, with nothing but an empty home."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]


def start(
    *arguments: str, home: Path, stdout: int | IO[bytes] = subprocess.PIPE, **environment: str
) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "okrsheets", *arguments],
        cwd=home,
        env={**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def okrsheets(*arguments: str, home: Path, **environment: str) -> tuple[int, bytes, bytes]:
    process = start(*arguments, home=home, **environment)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_from_an_empty_home_to_a_synced_workbook(tmp_path: Path) -> None:
    code, out, err = okrsheets("demo", home=tmp_path, PYTHONUTF8="1", OKRSHEETS_STATE_DIR="state")
    assert (code, err) == (0, b"")
    assert out.decode().splitlines()[-1] == "Open okrsheets-demo.xlsx"
    code, out, err = okrsheets("report", "okrsheets-demo.xlsx", "--json", home=tmp_path, PYTHONUTF8="1")
    assert (code, err) == (0, b"")
    assert json.loads(out)["workbook"]["language"] == "nl"
    assert {path.name for path in tmp_path.iterdir()} == {"okrsheets-demo.xlsx", "state"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo in it."""
    home = tmp_path_factory.mktemp("home")
    assert okrsheets("demo", home=home, PYTHONUTF8="1")[0] == 0
    return home


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("arguments", [("report",), ("inspect", "--json"), ("sync", "--dry-run")])
def test_no_console_is_too_old(demo: Path, encoding: str, arguments: tuple[str, ...]) -> None:
    code, out, err = okrsheets(*arguments, "okrsheets-demo.xlsx", home=demo, PYTHONIOENCODING=encoding, LANG="nl_NL")
    assert (code, err) == (0, b"")
    assert out.decode(encoding)
    assert "--json" not in arguments or json.loads(out.decode(encoding))


def test_dutch_help_on_an_ascii_console(tmp_path: Path) -> None:
    code, out, _ = okrsheets("--help", home=tmp_path, PYTHONIOENCODING="ascii", LANG="nl_NL")
    assert code == 0
    assert b"Gebruik: okrsheets" in out


def test_exit_codes_reach_the_process(tmp_path: Path) -> None:
    assert okrsheets("--version", home=tmp_path)[0] == 0
    assert okrsheets("synk", home=tmp_path)[0] == 2
    assert okrsheets("sync", "gone.xlsx", home=tmp_path)[0] == 3


@pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
def test_a_reader_that_leaves_is_no_error(demo: Path) -> None:
    for arguments in (("report", "okrsheets-demo.xlsx"), ("inspect", "okrsheets-demo.xlsx", "--json"), ("--help",)):
        process = start(*arguments, home=demo, PYTHONUTF8="1")
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) in (0, 1)


@pytest.mark.skipif(os.name == "nt", reason="pipes and signals of POSIX")
def test_control_c_ends_quietly(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.toml"
    os.mkfifo(fifo)
    process = start("new", "./slow.toml", "plan.xlsx", home=tmp_path)
    with fifo.open("wb"):
        # Opening returns once the command reads: it is under way now, and waits for the rest of its template.
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not (tmp_path / "plan.xlsx").exists()


def test_a_command_loads_only_what_it_needs(demo: Path) -> None:
    """XlsxWriter is for making workbooks, openpyxl for importing them, rich for people."""
    asked = "import sys; from okrsheets.shell.main import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "HOME": str(demo), "PYTHONPATH": str(ROOT)}

    def loaded(*arguments: str) -> set[str]:
        process = subprocess.run(
            [sys.executable, "-c", asked, *arguments], cwd=demo, env=environment, capture_output=True, check=True
        )
        return set(process.stderr.decode().split())

    heavy = {"xlsxwriter", "openpyxl", "rich", "pydantic", "babel", "typer"}
    assert not loaded("--version") & heavy
    assert loaded("sync", "okrsheets-demo.xlsx", "--json") & {"xlsxwriter", "openpyxl", "rich"} == set()
    assert not loaded("--help") & {"xlsxwriter", "openpyxl", "rich", "babel.numbers"}


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="takes a device that is always full")
@pytest.mark.parametrize("arguments", [("report",), ("report", "--json"), ("sync", "--json")])
def test_output_that_finds_no_room_is_told_and_is_no_bug(demo: Path, arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        process = start(*arguments, "okrsheets-demo.xlsx", home=demo, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err.decode().splitlines()[0] == "Stopped: What okrsheets has to say cannot be written: the disk is full."
    assert b"Traceback" not in err


@pytest.mark.skipif(not FULL.exists(), reason="takes a device that is always full")
def test_a_version_that_finds_no_room_is_no_success(tmp_path: Path) -> None:
    with FULL.open("wb") as full:
        process = start("--version", home=tmp_path, stdout=full)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (3, b"")


def test_without_any_output_a_command_does_its_work(demo: Path) -> None:
    program = "import sys; sys.stdout = sys.stderr = None; from okrsheets.shell.main import main; main()"
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, "report", "okrsheets-demo.xlsx"],
        cwd=demo,
        env={**kept, "HOME": str(demo), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
