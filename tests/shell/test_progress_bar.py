"""The bar of a long sync: there while it lasts, on terminals only, and nothing is left of it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from okrsheets.edges.languages import language
from okrsheets.shell.progress_bar import LONG, ProgressBar
from okrsheets.shell.screen import Screen

CONTROL = re.compile(r"\x1b\[(\??[\d;]*)([A-Za-z])|(\r)|(\n)|([^\x1b\r\n]+)")


class Terminal(io.StringIO):
    """A stream to a terminal; both outputs of a program may go to the same one."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        """What a person sees after all that was written."""
        lines, row, column = [""], 0, 0
        for number, command, back, down, text in CONTROL.findall(self.getvalue()):
            if command == "A":
                row -= int(number or 1)
            elif command == "K":
                lines[row] = ""
            elif back:
                column = 0
            elif down:
                row, column = row + 1, 0
                lines += [""] * (row + 1 - len(lines))
            elif text:
                lines[row] = lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
                column += len(text)
        return [line.rstrip() for line in lines if line.strip()]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("okrsheets.shell.screen.sys", SimpleNamespace(stdout=terminal, stderr=terminal))
    return terminal


@pytest.mark.parametrize(("code", "said"), [("en", "2 of 1,200: anna"), ("nl", "1.200: anna")])
def test_while_it_lasts_it_says_how_far_it_is_and_with_whom(terminal: Terminal, code: str, said: str) -> None:
    bar = ProgressBar(Screen(language(code)), 1200)
    with bar.at("jan"):
        pass
    with bar.at("anna"):
        assert terminal.lines[-1].endswith(said)
        assert terminal.lines[-1].startswith("━")
    assert terminal.lines == []


def test_what_is_said_stays_and_the_bar_goes(terminal: Terminal) -> None:
    screen = Screen(language("en"))
    bar = ProgressBar(screen, LONG)
    for name in ("a", "b", "c"):
        with bar.at(name):
            assert len(terminal.lines) == 1 + bar.done
        screen.text(f"{name} is done")
    screen.warn("all well")
    assert terminal.lines == ["a is done", "b is done", "c is done", "all well"]


def test_a_name_too_long_for_the_line_is_cut_and_has_no_commands(terminal: Terminal) -> None:
    bar = ProgressBar(Screen(language("en")), 9)
    with bar.at("a long\x1b[31m name\n" * 20):
        assert len(terminal.lines) == 1
        assert len(terminal.lines[0]) <= 60
        assert "\x1b[31m name" not in terminal.getvalue()
        assert terminal.lines[0].endswith("…")


def test_it_is_gone_where_somebody_stops_it(terminal: Terminal) -> None:
    bar = ProgressBar(Screen(language("en")), 9)
    with pytest.raises(KeyboardInterrupt), bar.at("a"):
        raise KeyboardInterrupt
    assert terminal.lines == []
    assert terminal.getvalue().count("\x1b[?25l") == terminal.getvalue().count("\x1b[?25h")


@pytest.mark.parametrize(
    ("why", "total", "quiet"), [("few", LONG - 1, False), ("quiet", 99, True), ("dumb", 99, False), ("pipe", 99, False)]
)
def test_nobody_sees_it_who_does_not_want_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, why: str, total: int, quiet: bool
) -> None:
    if why == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    if why == "pipe":
        monkeypatch.setattr(Terminal, "isatty", lambda _: False)
        # Whoever wants colours in a pipe does not want a bar in it.
        monkeypatch.setenv("FORCE_COLOR", "1")
    with ProgressBar(Screen(language("en"), quiet=quiet), total).at("a"):
        pass
    assert terminal.getvalue() == ""


def test_a_sync_of_many_shows_it(okr: Any, plan: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    whole = ProgressBar.at

    def at(self: ProgressBar, name: str) -> Any:
        seen.append(name)
        return whole(self, name)

    monkeypatch.setattr(ProgressBar, "at", at)
    assert okr("sync", plan, plan, "gone.xlsx", "--today", "2026-11-23").code == 3
    assert seen == [str(plan), str(plan), "gone.xlsx"]
    assert "3 of 3: gone.xlsx" in terminal.getvalue()
    assert terminal.lines[-1] == "3 workbooks: 1 up to date again, 1 unchanged, and 1 stopped (gone.xlsx)."
