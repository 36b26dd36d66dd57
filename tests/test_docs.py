"""The README cannot drift: every command and exit code is in it, and what it shows can be typed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from okrsheets.shell import faults
from okrsheets.shell.app import COMMANDS, build
from okrsheets.shell.main import run

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = sorted({README, *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"})
EXIT_CODES = (
    faults.DONE,
    faults.BUG,
    faults.USAGE,
    faults.FAILED,
    faults.NEEDS_A_PERSON,
    faults.TEMPORARY,
)


def commands(page: Path) -> Iterator[list[str]]:
    """The arguments of every `okrsheets` command line in a page's code."""
    blocks = re.findall(r"```.*?\n(.*?)```|`(okrsheets [^`\n]*)`", page.read_text(encoding="utf-8"), re.DOTALL)
    for line in "\n".join(block + inline for block, inline in blocks).splitlines():
        match = re.match(r"\s*\$?\s*okrsheets( .*)?$", line)
        if match:
            yield shlex.split(match[1] or "", comments=True)


def options(name: str) -> set[str]:
    """The options of a command, and those of okrsheets itself."""
    group = get_command(build())
    params = [*group.params, *(group.commands[name].params if name else ())]  # type: ignore[attr-defined]
    return {option for param in params for option in param.opts} | {"--help"}


SHOWN = [(page.name, arguments) for page in PAGES for arguments in commands(page)]


@pytest.mark.parametrize("name", [command.__name__ for command, _, _ in COMMANDS])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"okrsheets {name}\b", README.read_text(encoding="utf-8"))


@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_is_in_the_readme(code: int) -> None:
    assert re.search(rf"^\| `?{code}`? \|", README.read_text(encoding="utf-8"), re.MULTILINE)


def test_there_are_commands_to_look_at() -> None:
    assert len(SHOWN) > 5


@pytest.mark.parametrize(("page", "arguments"), SHOWN, ids=lambda each: " ".join(each) if each else "okrsheets")
def test_what_is_shown_can_be_typed(page: str, arguments: list[str]) -> None:
    names = {command.__name__ for command, _, _ in COMMANDS}
    words = [word for word in arguments if not word.startswith("-")]
    name = words[0] if words and not arguments[0].startswith("-") else ""
    assert name in names | {""}, f"{page} shows a command that is not there"
    assert {word.partition("=")[0] for word in arguments if word.startswith("-")} <= options(name)


def session() -> list[tuple[list[str], list[str]]]:
    """The commands of the README's session, each with the lines shown below it."""
    (block,) = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    told: list[tuple[list[str], list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ okrsheets "):
            told.append((shlex.split(line, comments=True)[2:], []))
        elif line:
            told[-1][1].append(line)
    return told


def test_the_session_of_the_readme_is_a_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": str(tmp_path), "LANG": "en_US.UTF-8", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    for name in ("LC_ALL", "LC_MESSAGES", "OKRSHEETS_CONFIG", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for arguments, shown in session():
        assert run(arguments) == 0
        said = [line for line in capsys.readouterr().out.splitlines() if line]
        assert not shown or said == shown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
