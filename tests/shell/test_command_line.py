"""The door: help, version, what cannot be understood, and that every answer has its exit code."""

from __future__ import annotations

import errno
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from okrsheets import __version__
from okrsheets.edges.languages import language
from okrsheets.shell import app, desk, main
from okrsheets.shell.app import COMMANDS
from okrsheets.shell.faults import Bug, OutputLost, fault_of
from okrsheets.shell.main import run
from okrsheets.shell.misuse import NotUnderstood, bad_value

NAMES = [command.__name__ for command, _, _ in COMMANDS]
EVERYWHERE = ("--config FILE", "--verbose", "--quiet", "--help")


def test_the_commands_of_this_version() -> None:
    assert NAMES == [
        "demo",
        "new",
        "sync",
        "report",
        "digest",
        "undo",
        "inspect",
        "check",
        "doctor",
        "run",
        "status",
        "service",
        "auth",
        "templates",
    ]


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_help_lists_every_command_with_its_sentence(okr: Any, arguments: tuple[str, ...]) -> None:
    answer = okr(*arguments)
    assert (answer.code, answer.err) == (0, "")
    for command, sentence, _ in COMMANDS:
        assert f"  {command.__name__}" in answer.out
        assert sentence.split()[0] in answer.out


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize(("name", "sentence", "example"), [(c.__name__, s, e) for c, s, e in COMMANDS])
def test_a_command_explains_itself_in_the_language_with_an_example(
    okr: Any, monkeypatch: pytest.MonkeyPatch, code: str, name: str, sentence: str, example: str
) -> None:
    monkeypatch.setenv("LANG", f"{code}_NL.UTF-8")
    answer = okr(name, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert language(code).say(sentence) in " ".join(answer.out.split())
    assert answer.out.endswith(f"\n  {example}\n")
    assert example.startswith(f"okrsheets {name}")
    assert all(option in answer.out for option in EVERYWHERE)
    assert ("Voorbeeld:" if code == "nl" else "Example:") in answer.out


@pytest.mark.parametrize("name", NAMES)
def test_every_option_says_what_it_does(okr: Any, name: str) -> None:
    options = okr(name, "--help").out.partition("Options:")[2].partition("Example:")[0]
    rows = [line for line in options.splitlines() if line.startswith("  -")]
    assert len(rows) >= len(EVERYWHERE)
    assert all(len(row.split("  ")) > 2 for row in rows)


def test_the_version_is_that_of_the_package(okr: Any) -> None:
    assert okr("--version").out == f"okrsheets {__version__}\n"
    assert okr("--version", "sync").out == f"okrsheets {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "what", "advice"),
    [
        (("synk",), "There is no command synk.", "Did you mean okrsheets sync?"),
        (("zzz",), "There is no command zzz.", "Choose one of demo, new, sync,"),
        (("sync", "--dryrun"), "There is no option --dryrun.", "Did you mean --dry-run?"),
        (("sync", "--zzz"), "There is no option --zzz.", "See: okrsheets sync --help"),
        (("--quiet", "sync"), "--quiet stands before the command.", "Give it after the command: okrsheets COMMAND"),
        (("--nope",), "There is no option --nope.", "See: okrsheets --help"),
        (("report",), "WORKBOOK is missing.", "See: okrsheets report --help"),
        (("new", "blank"), "OUT is missing.", "See: okrsheets new --help"),
        (("new", "blank", "a.xlsx", "--weeks", "many"), "--weeks needs a whole number.", "See: okrsheets new --help"),
        (
            ("report", "a", "b", "c"),
            "okrsheets report does not know what to do with b and c.",
            "See: okrsheets report --help",
        ),
        (("sync", "--today"), "--today needs a value.", "See: okrsheets sync --help"),
        (("sync", "--json=yes"), "--json takes no value.", "See: okrsheets sync --help"),
        (("run", "--log-format", "xml"), "--log-format cannot be that.", "Choose one of text and json."),
        (("sync", "a.xlsx", "--today", "soon"), "soon is not a day.", "Write it as year-month-day"),
        (("templates", "paint"), "okrsheets templates cannot paint.", "Use: okrsheets templates list"),
        (("templates", "list", "blank"), "okrsheets templates cannot list blank.", "Use: okrsheets templates list"),
        (("templates", "show"), "Which template?", "Choose one of high-ticket,"),
    ],
)
def test_what_cannot_be_understood_is_one_line_and_what_to_do(
    okr: Any, arguments: tuple[str, ...], what: str, advice: str
) -> None:
    answer = okr(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.lines) == 2
    assert answer.lines[0].startswith(f"Stopped: {what}")
    assert answer.lines[1].startswith(f"  {advice}")


def test_faults_are_told_in_the_language_of_the_person(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert okr("synk").lines == ["Gestopt: Er is geen commando synk.", "  Bedoelde je okrsheets sync?"]


@pytest.mark.parametrize("how", [("--config", "mine.toml"), ("--config=mine.toml",)])
def test_the_language_of_the_configuration_wins(okr: Any, how: tuple[str, ...]) -> None:
    Path("mine.toml").write_text('language = "nl"\n', encoding="utf-8")
    assert okr("report", "gone.xlsx", *how).lines[0] == "Gestopt: gone.xlsx is er niet."
    assert okr("report", "gone.xlsx", "--today", "x", *how).lines[0] == "Gestopt: x is geen dag."


def test_a_configuration_that_is_no_good_is_told_in_the_language_of_the_environment(okr: Any) -> None:
    Path("mine.toml").write_text('language = "nl"\ntimezome = "x"\n', encoding="utf-8")
    answer = okr("sync", "--config", "mine.toml")
    assert (answer.code, answer.out) == (2, "")
    assert answer.lines[0].startswith("Stopped: mine.toml cannot be used: timezome:")
    assert okr("sync", "--config", "gone.toml").code == 2


@pytest.mark.parametrize("arguments", [("report", "gone.xlsx"), ("inspect", "gone.xlsx"), ("check", "gone.xlsx")])
def test_with_json_a_refusal_is_a_document_too(okr: Any, arguments: tuple[str, ...]) -> None:
    answer = okr(*arguments, "--json")
    assert answer.code == 3
    assert answer.json == {
        "error": "gone.xlsx is not there. Check the path, or make a workbook with: okrsheets new high-ticket plan.xlsx"
    }
    assert answer.lines[0] == "Stopped: gone.xlsx is not there."


def test_a_bug_is_one_line_and_with_verbose_where_it_happened(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr(desk.Desk, "store", broken)
    answer = okr("report", "plan.xlsx")
    assert (answer.code, answer.out) == (1, "")
    assert answer.lines[0] == "Stopped: Something went wrong in okrsheets itself (a)."
    assert len(answer.lines) == 2
    assert "ZeroDivisionError" in okr("report", "plan.xlsx", "--verbose").err
    assert okr("report", "plan.xlsx", "--json").json.keys() == {"error"}


def test_a_bug_in_one_workbook_is_told_and_has_its_own_exit_code(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.Desk, "store", broken)
    answer = okr("sync", "a.xlsx", "b.xlsx", "--json")
    assert answer.code == 1
    assert [each["outcome"] for each in answer.json] == ["failed", "failed"]
    assert "ZeroDivisionError" in answer.json[0]["error"]


@pytest.mark.parametrize("where", ["build", "own_language"])
def test_an_interruption_is_quiet(okr: Any, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app if where == "build" else main, where, interrupted)
    answer = okr("templates")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_an_installation_that_is_torn_says_so(okr: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'babel'")

    monkeypatch.setattr(main, "own_language", torn)
    answer = okr("templates")
    assert (answer.code, answer.err) == (1, "okrsheets cannot go on: No module named 'babel'\n")
    with pytest.raises(ModuleNotFoundError):
        okr("templates", "--verbose")


def test_the_package_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["okrsheets", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("okrsheets", run_name="__main__")
    assert (left.value.code, capsys.readouterr().out) == (0, f"okrsheets {__version__}\n")
    runpy.run_module("okrsheets.__main__", run_name="imported")


def test_without_arguments_it_takes_those_of_the_process(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["okrsheets", "templates", "--json"])
    assert run() == 0
    assert '"name": "blank"' in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        main.main(["synk"])
    assert left.value.code == 2


@pytest.mark.parametrize("asked", [(), ("--json",)])
def test_output_that_cannot_be_written_is_no_bug(
    okr: Any, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(desk.Desk, "store", full)
    monkeypatch.setattr("okrsheets.shell.screen.forget", lambda _: None)
    answer = okr("report", "plan.xlsx", *asked)
    assert (answer.code, answer.out) == (3, "")
    assert answer.lines[0] == "Stopped: What okrsheets has to say cannot be written: the disk is full."


def test_a_file_that_cannot_be_written_is_not_taken_for_the_output() -> None:
    assert isinstance(fault_of(OSError(errno.ENOSPC, "full", "plan.xlsx")), Bug)
    assert isinstance(fault_of(OSError(errno.EBADF, "bad")), Bug)
    assert isinstance(fault_of(OSError(errno.EIO, "gone")), OutputLost)


def test_a_process_without_streams_gets_some(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    main.open_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.write("somewhere")
        stream.close()


def test_what_typer_says_in_words_of_its_own_is_passed_on() -> None:
    assert isinstance(bad_value("Invalid value: no", "--x", "okrsheets"), NotUnderstood)
