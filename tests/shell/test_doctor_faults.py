"""Faults planted on a machine, one at a time: `okrsheets doctor` finds each of them, and says what to do."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filelock import FileLock
from google_fake import GoogleFake
from okr import Okr, Shelf

from okrsheets.edges.autostart.registry import Answer, Registry
from okrsheets.edges.autostart.running import FACTS, LOCK
from okrsheets.edges.excel.disk.marks import unfinished
from okrsheets.edges.history import FILE, SqliteHistory
from okrsheets.words.history import Standing

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
KEY = {"type": "service_account", "private_key": "-----BEGIN", "client_email": "a@b.iam.gserviceaccount.com"}


@dataclass
class Machine:
    """A computer on which okrsheets is well: a configuration with one workbook, and its state."""

    home: Path
    book: Path
    okr: Okr
    patch: pytest.MonkeyPatch
    answers: dict[str, Answer] = field(default_factory=dict)
    held: list[FileLock] = field(default_factory=list)

    @property
    def config(self) -> Path:
        return self.home / ".config" / "okrsheets" / "config.toml"

    @property
    def state(self) -> Path:
        return self.home / "state"

    def configure(self, text: str) -> None:
        """Other first lines of the configuration; the workbook stays in it."""
        entry = f"[[workbooks]]\nname = 'plan'\nworkbook = '{self.book}'\n"
        self.config.write_text(f"{text}\n{entry}", encoding="utf-8")

    def google(self, key: str = "") -> None:
        """A Google Sheet in the configuration, and perhaps the key to reach it."""
        table = f"[google]\ncredentials = '{key}'\n" if key else ""
        self.configure(f"{table}[[workbooks]]\nname = 'cloud'\nworkbook = 'google:abc'")

    def key(self, content: object, mode: int = 0o600) -> None:
        path = self.home / "key.json"
        path.write_text(json.dumps(content), encoding="utf-8")
        path.chmod(mode)
        self.google(str(path))

    def installed(self) -> None:
        assert self.okr("service", "install", "--yes").code == 0

    def alive(self) -> None:
        """A service that runs."""
        lock = FileLock(self.state / LOCK)
        lock.acquire()
        self.held.append(lock)

    def findings(self) -> dict[str, tuple[str, str]]:
        """Everything that is not as it should be, by its rule: what is the matter and what to do."""
        found = self.okr("doctor", "--json", "--today", "2026-11-23").json
        remarks = [one for one in found["checks"] if one["severity"]]
        remarks += [one for book in found["workbooks"] for one in book["findings"]]
        faults = [{"rule": "error", "sentence": book["error"], "hint": book["error"]} for book in found["workbooks"]]
        told = [*remarks, *(one for one in faults if one["sentence"])]
        return {one["rule"]: (one["sentence"], one["hint"]) for one in told}

    def system(self, command: tuple[str, ...]) -> Answer:
        return next((answer for part, answer in self.answers.items() if part in command), Answer(0))


@pytest.fixture
def machine(home: Path, okr: Okr, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    made = "new", "high-ticket", "plan.xlsx", "--quarter", "2026-Q4", "--lang", "en", "--force"
    book = shelf.copy(okr, Path("plan.xlsx"), *made).resolve()
    found = Machine(home, book, okr, monkeypatch)
    found.config.parent.mkdir(parents=True)
    found.configure('timezone = "Europe/Amsterdam"')
    found.config.chmod(0o600)
    found.state.mkdir(mode=0o700)
    monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(found.state))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Registry.__init__, "__defaults__", (found.system, lambda seconds: None))
    for variable in ("SUDO_USER", "OKRSHEETS_GOOGLE_CREDENTIALS", "OKRSHEETS_GOOGLE_ENDPOINT"):
        monkeypatch.delenv(variable, raising=False)
    yield found
    for lock in found.held:
        lock.release()


@dataclass(frozen=True)
class Fault:
    """How it is planted; by which rule it is found, and words of what is said and of what is to be done."""

    plant: Callable[[Machine], Any]
    rule: str
    said: str
    advice: str


def no_configuration(machine: Machine) -> None:
    machine.patch.setenv("OKRSHEETS_CONFIG", str(machine.home / "elsewhere.toml"))


def a_folder_for_a_configuration(machine: Machine) -> None:
    machine.config.unlink()
    machine.config.mkdir()


def other_workbook(content: bytes) -> Callable[[Machine], Any]:
    return lambda machine: machine.book.write_bytes(content)


def foreign(machine: Machine) -> None:
    book = openpyxl.Workbook()
    book.save(machine.book)


def beside(name: str, text: str = "") -> Callable[[Machine], Any]:
    return lambda machine: machine.book.with_name(name).write_text(text, encoding="utf-8")


def read_only(machine: Machine) -> None:
    may = os.access
    machine.patch.setattr(os, "access", lambda path, mode: Path(path) != machine.book and may(path, mode))


def in_a_circle(machine: Machine) -> None:
    machine.book.unlink()
    machine.book.symlink_to(machine.book)


def under_two_names(machine: Machine) -> None:
    machine.configure(f"[[workbooks]]\nname = 'again'\nworkbook = '{machine.book.parent}/./plan.xlsx'")


def no_state_folder(machine: Machine) -> None:
    (machine.home / "file").write_text("no folder", encoding="utf-8")
    machine.patch.setenv("OKRSHEETS_STATE_DIR", str(machine.home / "file" / "state"))


def full(machine: Machine) -> None:
    room = shutil.disk_usage(machine.home)
    machine.patch.setattr(shutil, "disk_usage", lambda path: room._replace(free=5 * 1024 * 1024))


def history(machine: Machine) -> Path:
    standings = [Standing(f"plan {n}", NOW, "synced", NOW) for n in range(400)]
    SqliteHistory(machine.state).keep(standings, [])
    return machine.state / FILE


def torn_history(machine: Machine) -> None:
    file = history(machine)
    for beside in (file.with_name(f"{FILE}-wal"), file.with_name(f"{FILE}-shm")):
        beside.unlink(missing_ok=True)
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


def newer_history(machine: Machine) -> None:
    with closing(sqlite3.connect(history(machine))) as base:
        base.execute("pragma user_version = 99")


def put_aside(machine: Machine) -> None:
    history(machine).with_name(f"{FILE}.damaged-1").write_bytes(b"?")


def late_clock(machine: Machine) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=3)
    os.utime(machine.config, (tomorrow.timestamp(), tomorrow.timestamp()))


def no_zones(machine: Machine) -> None:
    import zoneinfo

    def nowhere(name: str) -> zoneinfo.ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    machine.patch.setattr("okrsheets.shell.checkup.installation.ZoneInfo", nowhere)


def installed_not_running(machine: Machine) -> None:
    machine.installed()


def killed(machine: Machine) -> None:
    (machine.state / LOCK).touch()
    (machine.state / FACTS).write_text(json.dumps({"pid": 1, "since": NOW.isoformat()}), encoding="utf-8")


def forgotten(machine: Machine) -> None:
    machine.installed()
    machine.alive()
    machine.answers["is-enabled"] = Answer(1)


def another_service(machine: Machine) -> None:
    other = machine.home / "other.toml"
    other.write_bytes(machine.config.read_bytes())
    assert machine.okr("service", "install", "--yes", "--config", other).code == 0
    machine.alive()


def odd_endpoint(machine: Machine) -> None:
    machine.key(KEY)
    machine.patch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", "http://proxy.example.org")


def letters_to(address: str) -> Callable[[Machine], Any]:
    return lambda machine: machine.configure(f"[digest]\nto = ['{address}']")


def no_apprise(machine: Machine) -> None:
    machine.patch.setitem(sys.modules, "apprise", None)
    letters_to("json://localhost")(machine)


def readable_secrets(machine: Machine) -> None:
    letters_to("json://anna:secret@localhost")(machine)
    machine.config.chmod(0o644)


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")
ONE_SHEET = ("google:abc", "https://docs.google.com/spreadsheets/d/abc/edit#gid=0")
FAULTS = {
    "no configuration where one was named": Fault(no_configuration, "configuration", "not there", "Check the path"),
    "a folder for a configuration": Fault(a_folder_for_a_configuration, "configuration", "config.toml", "Correct"),
    "a configuration that is no TOML": Fault(lambda m: m.configure("= ="), "configuration", "line", "Correct"),
    "an unknown key": Fault(lambda m: m.configure("langage = 'nl'"), "configuration", "language", "example"),
    "an unknown time zone": Fault(lambda m: m.configure("timezone = 'Amsterdam'"), "configuration", "Amst", "Correct"),
    "an unknown language": Fault(lambda m: m.configure("language = 'fy'"), "configuration", "fy", "Correct"),
    "a name given twice": Fault(
        lambda m: m.configure("[[workbooks]]\nname = 'plan'\nworkbook = 'b.xlsx'"), "configuration", "more than", "Cor"
    ),
    "a workbook under two names": Fault(under_two_names, "twice", "plan.xlsx", "Keep one"),
    "a sheet under two addresses": Fault(
        lambda m: m.configure(
            "".join(f"[[workbooks]]\nname = '{n}'\nworkbook = '{each}'\n" for n, each in enumerate(ONE_SHEET))
        ),
        "twice",
        "spreadsheets/d/abc",
        "Keep one",
    ),
    "a workbook that is gone": Fault(lambda m: m.book.unlink(), "error", "not there", "Check the path"),
    "a workbook whose links go in a circle": Fault(in_a_circle, "error", "circle", "Check that"),
    "a folder for a workbook": Fault(
        lambda m: (m.book.unlink(), m.book.mkdir()), "error", "it is a folder", "Give the path"
    ),
    "a file that is no workbook": Fault(other_workbook(b"no workbook"), "error", "not a workbook", ".xlsx"),
    "a workbook cut in half": Fault(
        lambda m: m.book.write_bytes(m.book.read_bytes()[:9000]), "error", "not a workbook", "good copy"
    ),
    "an empty file": Fault(other_workbook(b""), "error", "not a workbook", "good copy"),
    "somebody else's workbook": Fault(foreign, "error", "not one with an okrsheets plan", "okrsheets new"),
    "a workbook with a password": Fault(other_workbook(OLE), "error", "password", "Take the password away"),
    "a workbook open elsewhere": Fault(
        beside(".~lock.plan.xlsx#", ",anna,host,23.11.2026 07:30,file:///tmp;"), "open_elsewhere", "anna", "close it"
    ),
    "a workbook that is read-only": Fault(read_only, "read_only", "read-only", "write"),
    "a workbook with a second name": Fault(
        lambda m: os.link(m.book, m.home / "second.xlsx"), "hard_link", "hard link", "copy"
    ),
    "a conflict copy beside it": Fault(
        beside("plan (Anna's conflicted copy 2026-11-20).xlsx"), "conflict_copies", "conflicted", "Compare"
    ),
    "what a killed sync left beside it": Fault(
        lambda m: unfinished(m.book).write_bytes(b"half"), "leftover", "stopped", "okrsheets sync"
    ),
    "a state folder that cannot be": Fault(no_state_folder, "state_folder", "cannot be written", "OKRSHEETS_STATE_DIR"),
    "a full disk": Fault(full, "state_folder", "5 MB", "Make room"),
    "a state folder that is open to all": Fault(lambda m: m.state.chmod(0o755), "state_open", "look", "chmod 700"),
    "a torn history": Fault(torn_history, "history", "damaged", "puts it aside"),
    "a history that is no history": Fault(
        lambda m: (m.state / FILE).write_bytes(b"x" * 999), "history", "not a database", "puts it aside"
    ),
    "a history of a later version": Fault(newer_history, "history", "version 99", "puts it aside"),
    "a history that was put aside": Fault(put_aside, "history_aside", "put aside", "disk"),
    "a clock that is late": Fault(late_clock, "clock", "in the future", "internet"),
    "no time zones": Fault(no_zones, "time_zone", "no time zones", "tzdata"),
    "a service that does not run": Fault(installed_not_running, "service_stopped", "does not run", "okrsheets run"),
    "a service that was killed": Fault(killed, "service_ended", "stopped in the middle", "okrsheets run"),
    "a service that the system forgot": Fault(forgotten, "service_unknown", "systemd", "service install"),
    "a service for another configuration": Fault(another_service, "service_outdated", "another", "service install"),
    "nobody signed in to Google": Fault(lambda m: m.google(), "google", "signed in", "auth login"),
    "a key file that is gone": Fault(lambda m: m.google("/no/key.json"), "google", "/no/key.json", "Download"),
    "a key file that others can read": Fault(lambda m: m.key(KEY, 0o644), "google", "Others", "chmod 600"),
    "a key file that holds no key": Fault(lambda m: m.key({"type": "service_account"}), "google", "no key", "Download"),
    "an OAuth client for a key": Fault(lambda m: m.key({"installed": {}}), "google", "OAuth client", "auth login"),
    "an endpoint in the clear": Fault(odd_endpoint, "google", "proxy.example.org", "https"),
    "letters without apprise": Fault(no_apprise, "extra_missing", "apprise", "okrsheets[messages]"),
    "letters to nowhere": Fault(letters_to("nonsense"), "letters", "not an address", "wiki"),
    "letters about one workbook to nowhere": Fault(
        lambda m: m.configure("[[workbooks]]\nname = 'b'\nworkbook = 'b.xlsx'\ndigest = { to = ['nosuch://s3cret'] }"),
        "letters",
        "nosuch://…",
        "wiki",
    ),
    "letters to a folder that cannot be": Fault(
        lambda m: m.configure("[digest]\nfolder = 'config.toml/letters'"), "letters_folder", "letters", "[digest]"
    ),
    "addresses that others can read": Fault(readable_secrets, "secrets_open", "secrets", "chmod 600"),
}


def test_a_machine_on_which_all_is_well_has_no_findings(machine: Machine) -> None:
    assert machine.findings() == {}
    machine.installed()
    machine.alive()
    history(machine)
    assert machine.findings() == {}
    assert "Running now." in machine.okr("doctor").out


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_is_found_with_what_to_do(machine: Machine, fault: Fault) -> None:
    fault.plant(machine)
    found = machine.findings()
    assert fault.rule in found, found
    said, advice = found[fault.rule]
    assert fault.said in said
    assert fault.advice in advice


@pytest.mark.parametrize("text", ["every = 'fridy at 16:00'", "every = 'now and then'"])
def test_a_schedule_that_says_no_when_is_found(machine: Machine, text: str) -> None:
    machine.configure(text)
    said, advice = machine.findings()["configuration"]
    assert text.split("'")[1].split()[0] in said
    assert advice.startswith("Correct")


def test_a_service_by_hand_is_a_service(machine: Machine) -> None:
    machine.alive()
    assert machine.findings() == {}
    assert "Running now." in machine.okr("doctor").out


def test_a_bad_configuration_hides_no_other_fault(machine: Machine) -> None:
    machine.configure("langage = 'nl'")
    machine.state.chmod(0o755)
    installed_unit = machine.home / ".config" / "systemd" / "user" / "okrsheets.service"
    installed_unit.parent.mkdir(parents=True)
    installed_unit.write_text("[Service]", encoding="utf-8")
    assert {"configuration", "state_open", "service_outdated"} <= set(machine.findings())
    machine.patch.setenv("OKRSHEETS_CONFIG", str(machine.home / "elsewhere.toml"))
    assert {"configuration", "state_open", "service_stopped"} <= set(machine.findings())


def test_a_history_that_is_in_use_is_read_as_well(machine: Machine) -> None:
    with closing(sqlite3.connect(history(machine))) as service:
        service.execute("update standings set outcome = 'busy'")
        service.commit()
        assert (machine.state / f"{FILE}-wal").exists()
        assert machine.findings() == {}


def test_looking_changes_nothing(machine: Machine) -> None:
    history(machine)
    before = {path: path.stat().st_mtime_ns for path in machine.home.rglob("*") if path.is_file()}
    machine.findings()
    assert {path: path.stat().st_mtime_ns for path in machine.home.rglob("*") if path.is_file()} == before


def test_a_way_to_google_and_letters_are_told(machine: Machine) -> None:
    with GoogleFake(any_token=False) as google:
        machine.patch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", google.base_url)
        machine.google(str(google.service_account_file(machine.home / "key.json")))
        machine.config.chmod(0o600)
        rules = {one["rule"]: one for one in machine.okr("doctor", "--json").json["checks"]}
    machine.patch.delenv("OKRSHEETS_GOOGLE_ENDPOINT")
    assert rules["google"]["severity"] is None
    letters_to("json://localhost")(machine)
    rules = {one["rule"]: one for one in machine.okr("doctor", "--json").json["checks"]}
    assert rules["letters"]["severity"] is None
