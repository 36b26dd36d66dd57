"""A person at the command line, on a machine that knows nothing of okrsheets yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from okr import Answer, Okr, Shelf

from okrsheets.shell.main import run

VARIABLES = (
    *("LC_ALL", "LC_MESSAGES", "LANGUAGE", "OKRSHEETS_CONFIG", "OKRSHEETS_STATE_DIR", "NO_COLOR", "COLUMNS"),
    *("XDG_CONFIG_HOME", "XDG_STATE_HOME"),
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and an empty folder to work in."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("APPDATA", str(home))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(work)
    return home


@pytest.fixture
def okr(home: Path, capfd: pytest.CaptureFixture[str]) -> Okr:
    """`okrsheets` with these arguments, in this process."""

    def call(*arguments: object) -> Answer:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        return Answer(code, *capfd.readouterr())

    return call


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def made(okr: Okr, shelf: Shelf) -> Callable[[str, str], Path]:
    """A new workbook of a template in a language, in 2026-Q4."""

    def make(template: str, code: str) -> Path:
        return shelf.copy(
            okr, Path("plan.xlsx"), "new", template, "plan.xlsx", "--quarter", "2026-Q4", "--lang", code, "--force"
        )

    return make


@pytest.fixture
def plan(made: Callable[[str, str], Path]) -> Path:
    """A new Dutch workbook of the high-ticket template, in 2026-Q4."""
    return made("high-ticket", "nl")


@pytest.fixture
def demo(okr: Okr, shelf: Shelf) -> Path:
    """The demo as of 2026-11-23, a Monday."""
    return shelf.copy(okr, Path("okrsheets-demo.xlsx"), "demo", "--today", "2026-11-23", "--force")
