"""`okrsheets service`: shown before it is done, asked before it is done, done once, and taken away without a trace."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from okr import Okr

from okrsheets.edges.autostart.registry import Answer, Registry
from okrsheets.edges.autostart.running import FACTS, LOCK


class System:
    """The commands that were run; none of them reaches the real system."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = ""

    def __call__(self, command: tuple[str, ...]) -> Answer:
        self.asked.append(" ".join(command))
        return Answer(1, "Failed to connect to bus: No medium found") if self.fails in command else Answer(0)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    found = System()
    monkeypatch.setattr(Registry.__init__, "__defaults__", (found, lambda seconds: None))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("SUDO_USER", raising=False)
    return found


@pytest.fixture
def configured(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = home / ".config" / "okrsheets" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[[workbooks]]\nname = 'plan'\nworkbook = 'plan.xlsx'\n", encoding="utf-8")
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(home / "state"))
    return file


def unit(home: Path) -> Path:
    return home / ".config" / "systemd" / "user" / "okrsheets.service"


def at_the_keyboard(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard(typed))


def test_a_program_may_look_before_it_is_done(okr: Okr, system: System, configured: Path, home: Path) -> None:
    shown = okr("service", "install", "--print", "--json").json
    assert (shown["installed"], system.asked, unit(home).exists()) == (False, [], False)
    assert okr("service", "install", "--yes", "--json").json["text"] == shown["text"] == unit(home).read_text()
    assert system.asked[:3] == [" ".join(command) for command in shown["commands"]]


def test_looking_changes_nothing(okr: Okr, system: System, configured: Path, home: Path) -> None:
    for option in ("--print", "--dry-run"):
        answer = okr("service", "install", option)
        assert answer.code == 0
        assert str(unit(home)) in answer.out
        assert f'"--config" "{configured}"' in answer.out
        assert "systemctl --user enable okrsheets.service" in answer.out
    assert (system.asked, unit(home).exists()) == ([], False)


def test_it_is_installed_and_then_it_is(okr: Okr, system: System, configured: Path, home: Path) -> None:
    first = okr("service", "install", "--yes")
    assert first.code == 0
    assert "[Service]" in first.out
    assert "loginctl enable-linger" in first.out
    assert [line.split()[2] for line in system.asked] == ["daemon-reload", "enable", "restart"]
    written = unit(home).read_bytes()
    system.asked.clear()
    again = okr("service", "install", "--yes")
    assert again.out == "It is installed already, just as it should be.\n"
    assert [line.split()[2] for line in system.asked] == ["is-enabled"]
    assert unit(home).read_bytes() == written


def test_another_configuration_renews_it(okr: Okr, system: System, configured: Path, home: Path) -> None:
    okr("service", "install", "--yes")
    other = configured.with_name("other.toml")
    other.write_bytes(configured.read_bytes())
    assert "for another configuration" in okr("service", "--config", other).err
    assert okr("service", "install", "--yes", "--config", other).code == 0
    assert "other.toml" in unit(home).read_text(encoding="utf-8")


@pytest.mark.parametrize(("typed", "done"), [("y\n", True), ("Ja\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_it_asks_first(
    okr: Okr, system: System, configured: Path, home: Path, monkeypatch: pytest.MonkeyPatch, typed: str, done: bool
) -> None:
    at_the_keyboard(monkeypatch, typed)
    answer = okr("service", "install")
    assert answer.code == 0
    assert ("Nothing was done." in answer.out) is not done
    assert unit(home).exists() is done


def test_without_a_keyboard_it_refuses(okr: Okr, system: System, configured: Path, home: Path) -> None:
    answer = okr("service", "install")
    assert answer.code == 2
    assert "--yes" in answer.err
    assert not unit(home).exists()
    assert okr("service", "install", "--json").code == 2


def test_with_sudo_it_refuses(
    okr: Okr, system: System, configured: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUDO_USER", "anna")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    answer = okr("service", "install", "--yes")
    assert answer.code == 2
    assert "without sudo" in answer.err
    assert not unit(home).exists()


def test_what_cannot_run_is_not_installed(okr: Okr, system: System, home: Path, configured: Path) -> None:
    configured.write_text("evry = '5 minutes'\n", encoding="utf-8")
    assert okr("service", "install", "--yes").code == 2
    configured.write_text("", encoding="utf-8")
    assert okr("service", "install", "--yes").code == 2
    assert (system.asked, unit(home).exists()) == ([], False)


def test_a_system_that_refuses_is_told(okr: Okr, system: System, configured: Path) -> None:
    system.fails = "enable"
    answer = okr("service", "install", "--yes")
    assert answer.code == 2
    assert "Failed to connect to bus: No medium found" in answer.lines[0]
    assert "--print" in answer.lines[1]


def test_it_is_taken_away(okr: Okr, system: System, configured: Path, home: Path) -> None:
    assert "nothing to take away" in okr("service", "uninstall").out
    okr("service", "install", "--yes")
    assert str(unit(home)) in okr("service", "uninstall", "--print").out
    assert unit(home).exists()
    assert okr("service", "uninstall").code == 2
    system.asked.clear()
    assert okr("service", "uninstall", "--yes").code == 0
    assert not unit(home).exists()
    assert system.asked == ["systemctl --user disable --now okrsheets.service"]


def test_taking_away_asks_first(
    okr: Okr, system: System, configured: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    okr("service", "install", "--yes")
    at_the_keyboard(monkeypatch, "n\n")
    assert "Nothing was done." in okr("service", "uninstall").out
    assert unit(home).exists()


def test_how_it_is(okr: Okr, system: System, configured: Path, home: Path) -> None:
    assert okr("service").out.splitlines() == [
        "Not installed. Install it with: okrsheets service install",
        "Not running now.",
    ]
    okr("service", "install", "--yes")
    state = home / "state"
    state.mkdir()
    with FileLock(state / LOCK):
        assert okr("service", "status").out.splitlines() == [
            f"Installed with systemd: {unit(home)}",
            "Running now.",
        ]
        facts = {"pid": 4321, "since": "2026-11-23T07:30:00+00:00"}
        (state / FACTS).write_text(json.dumps(facts), encoding="utf-8")
        last = okr("service", "status").out.splitlines()[-1]
        assert last.startswith("Running since ")
        assert last.endswith("(process 4321).")
        assert okr("service", "--json").json == {
            "kind": "systemd",
            "file": str(unit(home)),
            "installed": True,
            "registered": True,
            "up_to_date": True,
            "running": True,
            "pid": 4321,
            "since": "2026-11-23T07:30:00Z",
        }
    assert okr("service", "--json").json["since"] is None


def test_one_that_the_system_forgot_is_told(okr: Okr, system: System, configured: Path) -> None:
    okr("service", "install", "--yes")
    system.fails = "is-enabled"
    assert "The system does not know of it" in okr("service").err


def test_on_a_mac_there_is_no_lingering(
    okr: Okr, system: System, configured: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    answer = okr("service", "install", "--yes", "--config", configured)
    assert answer.code == 0
    assert "<key>RunAtLoad</key>" in answer.out
    assert "linger" not in answer.out
    assert (home / "Library" / "LaunchAgents" / "okrsheets.run.plist").exists()


def test_a_script_gets_one_document(okr: Okr, system: System, configured: Path) -> None:
    installed = okr("service", "install", "--yes", "--json").json
    assert (installed["installed"], installed["running"]) == (True, False)
    assert okr("service", "uninstall", "--yes", "--json").json["installed"] is False


def test_anything_else_is_not_understood(okr: Okr, system: System) -> None:
    answer = okr("service", "dance")
    assert answer.code == 2
    assert "dance" in answer.err


def test_windows_users_have_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    from okrsheets.shell.service import user

    monkeypatch.delattr("os.geteuid")
    assert user() == -1
