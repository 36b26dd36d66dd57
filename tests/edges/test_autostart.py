"""Registering with the system: each description is judged by its format, and each command's answer is understood."""

from __future__ import annotations

import json
import os
import plistlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from filelock import FileLock

from okrsheets.edges.autostart.job import Job, Starter, configuration_home, job, without_window
from okrsheets.edges.autostart.launchd import Launchd
from okrsheets.edges.autostart.registry import Answer, Registry, call, check_user, first_line, starter
from okrsheets.edges.autostart.running import FACTS, LOCK, Running, held, left_behind, running
from okrsheets.edges.autostart.systemd import Systemd, quoted
from okrsheets.edges.autostart.task_scheduler import NAMESPACE, TaskScheduler
from okrsheets.words.errors import NotInstallable, NotInstalled

ODD = '/home/anna/my plans/50% "x" $HOME \\ é.toml'
PLAIN = Job((sys.executable, "-m", "okrsheets", "run", "--config", "/home/anna/config.toml"), Path("/tmp"))
HARD = Job(
    (sys.executable, "-m", "okrsheets", "run", "--config", ODD),
    Path("/tmp"),
    {"OKRSHEETS_STATE_DIR": '/home/anna/a "b" %h $x', "OKRSHEETS_GOOGLE_ENDPOINT": "http://localhost:1"},
)
JOBS = pytest.mark.parametrize("wanted", [PLAIN, HARD], ids=["plain", "hard"])


# systemd


def verified(judge: str, unit: Path) -> subprocess.CompletedProcess[str]:
    """What systemd itself says of a unit of a user."""
    # A short place: the sockets of other units of this user shall fit into it.
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_RUNTIME_DIR": folder}
        command = (judge, "--user", "--man=no", "verify", str(unit))
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.system
@JOBS
def test_systemd_accepts_the_unit(wanted: Job, tmp_path: Path, systemd_analyze: str) -> None:
    systemd = Systemd(tmp_path)
    systemd.file.parent.mkdir(parents=True)
    systemd.file.write_bytes(systemd.data(wanted))
    judged = verified(systemd_analyze, systemd.file)
    assert (judged.returncode, judged.stderr, judged.stdout) == (0, "", "")
    systemd.file.write_bytes(systemd.data(wanted).replace(b"Restart=on-failure", b"Restart=sometimes"))
    assert "sometimes" in verified(systemd_analyze, systemd.file).stderr, "and a wrong one is not accepted"


def unquoted(line: str) -> list[str]:
    """The words of a line as systemd reads them (systemd.syntax(7)): quotes, backslashes, specifiers, dollars."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    plain = (re.sub(r"\\(x[0-9a-f]{2}|.)", unescaped, word) for word in words)
    return [word.replace("%%", "%").replace("$$", "$") for word in plain]


def unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1][1:], 16)) if len(found[1]) == 3 else found[1]


@JOBS
def test_a_unit_runs_exactly_the_command(wanted: Job) -> None:
    lines = Systemd(Path("/x")).text(wanted).splitlines()
    (command,) = (line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart="))
    assert tuple(unquoted(command)) == wanted.command
    variables = [unquoted(line)[0] for line in lines if line.startswith("Environment=")]
    assert dict(each.split("=", 1) for each in variables) == dict(wanted.environment)


def test_what_could_be_another_line_of_a_unit_is_none() -> None:
    wanted = Job(("/bin/true", "a\nExecStartPre=/bin/evil"), Path("/tmp/a\nUser=root"), {"X": "1\nUser=root"})
    keys = [line.partition("=")[0] for line in Systemd(Path("/x")).text(wanted).splitlines()]
    assert "User" not in keys
    assert "ExecStartPre" not in keys
    assert quoted("a\tb") == '"a\\x09b"'


# launchd: the keys of launchd.plist(5), with their types

LAUNCHD: Mapping[str, type] = {
    **dict.fromkeys(("Label", "WorkingDirectory", "ProcessType", "StandardErrorPath"), str),
    **dict.fromkeys(("ThrottleInterval", "ExitTimeOut"), int),
    "ProgramArguments": list,
    "RunAtLoad": bool,
    "KeepAlive": dict,
    "EnvironmentVariables": dict,
}


@JOBS
def test_the_agent_has_the_keys_and_types_of_launchd(wanted: Job) -> None:
    agent = plistlib.loads(Launchd(Path("/Users/anna"), 501).data(wanted))
    assert all(type(value) is LAUNCHD[key] for key, value in agent.items())
    assert agent["Label"] == "okrsheets.run"
    assert tuple(agent["ProgramArguments"]) == wanted.command
    assert agent.get("EnvironmentVariables", {}) == dict(wanted.environment)
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["ProcessType"] in ("Background", "Standard", "Adaptive", "Interactive")


def test_an_agent_is_in_the_user_s_own_library() -> None:
    launchd = Launchd(Path("/Users/anna"), 501)
    assert launchd.file == Path("/Users/anna/Library/LaunchAgents/okrsheets.run.plist")
    unload, load = launchd.enable
    assert (unload.may_fail, unload.command) == (True, ("launchctl", "bootout", "gui/501/okrsheets.run"))
    assert load.command == ("launchctl", "bootstrap", "gui/501", str(launchd.file))
    assert launchd.ask == ("launchctl", "print", "gui/501/okrsheets.run")


# Task Scheduler: the facts of MS-TSCH §2.5. Children of a sequence come in this order, those of the others in any.

BOOLEAN, LENGTH, TEXT = r"true|false", r"P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?", r"(?s:.+)"
BASE = ("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit")
SEQUENCES: Mapping[str, tuple[str, ...]] = {
    "LogonTrigger": (*BASE, "UserId", "Delay"),
    "CalendarTrigger": (*BASE, "RandomDelay", "ScheduleByDay"),
}
CHILDREN: Mapping[str, tuple[str, ...]] = {
    "Task": ("RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "Actions"),
    "RegistrationInfo": ("URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description"),
    "Triggers": ("LogonTrigger", "CalendarTrigger"),
    **SEQUENCES,
    "Repetition": ("Interval", "Duration", "StopAtDurationEnd"),
    "ScheduleByDay": ("DaysInterval",),
    "Principals": ("Principal",),
    "Principal": ("UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"),
    "Settings": (
        *("AllowStartOnDemand", "RestartOnFailure", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries"),
        *("StopIfGoingOnBatteries", "AllowHardTerminate", "StartWhenAvailable", "NetworkProfileName"),
        *("RunOnlyIfNetworkAvailable", "WakeToRun", "Enabled", "Hidden", "DeleteExpiredTaskAfter", "IdleSettings"),
        *("NetworkSettings", "ExecutionTimeLimit", "Priority", "RunOnlyIfIdle"),
    ),
    "RestartOnFailure": ("Interval", "Count"),
    "Actions": ("Exec",),
    "Exec": ("Command", "Arguments", "WorkingDirectory"),
}
TYPES: Mapping[str, str] = {
    **dict.fromkeys(("Description", "UserId", "Command", "Arguments", "WorkingDirectory"), TEXT),
    **dict.fromkeys(("Interval", "Duration", "ExecutionTimeLimit"), LENGTH),
    **dict.fromkeys(("Enabled", "StopAtDurationEnd", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries"), BOOLEAN),
    **dict.fromkeys(("AllowHardTerminate", "StartWhenAvailable", "RunOnlyIfNetworkAvailable", "Hidden"), BOOLEAN),
    **dict.fromkeys(("AllowStartOnDemand", "RunOnlyIfIdle", "WakeToRun"), BOOLEAN),
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "DaysInterval": r"[1-9]|[1-9]\d|[12]\d\d|3[0-5]\d|36[0-5]",
    "LogonType": r"S4U|Password|InteractiveToken|InteractiveTokenOrPassword",
    "RunLevel": r"LeastPrivilege|HighestAvailable",
    "MultipleInstancesPolicy": r"Parallel|Queue|IgnoreNew|StopExisting",
    "Priority": r"\d|10",
    "Count": r"[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5]",
}


def faults(element: ElementTree.Element) -> list[str]:
    """Everything about an element and those in it that the schema does not allow."""
    space, _, name = element.tag.rpartition("}")
    found = [] if space == "{" + NAMESPACE else [f"{name}: another namespace"]
    if name in TYPES:
        good = re.fullmatch(TYPES[name], element.text or "") and not len(element)
        return [*found, *([] if good else [f"{name}: {element.text}"])]
    if name not in CHILDREN:
        return [*found, f"{name}: unknown"]
    names = [child.tag.rpartition("}")[2] for child in element]
    found += [f"{name}: {child} is not allowed" for child in names if child not in CHILDREN[name]]
    if name != "Triggers" and len(set(names)) < len(names):
        found.append(f"{name}: something is there twice")
    if name in SEQUENCES and names != sorted(names, key=SEQUENCES[name].index):
        found.append(f"{name}: out of order")
    return found + [fault for child in element for fault in faults(child)]


def task_of(wanted: Job) -> ElementTree.Element:
    data = TaskScheduler(Path("/x"), "PC\\anna").data(wanted)
    assert data.startswith((b"\xff\xfe", b"\xfe\xff")), "UTF-16 with its mark"
    assert data.decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n')
    return ElementTree.fromstring(data)


def inside(task: ElementTree.Element, path: str) -> str | None:
    return task.findtext("/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/")))


@JOBS
def test_the_task_keeps_to_its_schema(wanted: Job) -> None:
    task = task_of(wanted)
    assert faults(task) == []
    assert task.get("version") == "1.2"
    assert inside(task, "Principals/Principal/RunLevel") == "LeastPrivilege"
    assert inside(task, "Triggers/LogonTrigger/UserId") == "PC\\anna"
    assert inside(task, "Settings/StartWhenAvailable") == "true"
    assert inside(task, "Settings/ExecutionTimeLimit") == "PT0S", "without a limit, it is ended after three days"
    assert inside(task, "Actions/Exec/Command") == wanted.command[0]
    assert inside(task, "Actions/Exec/Arguments") == subprocess.list2cmdline(wanted.command[1:])


def broken(change: str) -> ElementTree.Element:
    task = task_of(PLAIN)
    spot = {each.tag.rpartition("}")[2]: each for each in task.iter()}
    if change == "order":
        enabled = spot["CalendarTrigger"][0]
        spot["CalendarTrigger"].remove(enabled)
        spot["CalendarTrigger"].append(enabled)
    elif change == "unknown":
        ElementTree.SubElement(spot["Settings"], f"{{{NAMESPACE}}}Colour").text = "green"
    elif change == "type":
        spot["Count"].text = "256"
    elif change == "twice":
        ElementTree.SubElement(spot["Exec"], f"{{{NAMESPACE}}}Command").text = "x"
    else:
        spot["Priority"].tag = "Priority"
    return task


@pytest.mark.parametrize("change", ["order", "unknown", "type", "twice", "namespace"])
def test_the_judge_sees_what_is_wrong(change: str) -> None:
    assert faults(broken(change))


def test_a_task_belongs_to_its_user() -> None:
    scheduler = TaskScheduler(Path("/home"), "PC\\anna")
    assert scheduler.task == "okrsheets-anna"
    end, create, run = scheduler.enable
    assert end.may_fail
    assert create.command == ("schtasks", "/Create", "/TN", "okrsheets-anna", "/XML", str(scheduler.file), "/F")
    assert run.command[1] == "/Run"
    assert [step.command[1] for step in scheduler.disable] == ["/End", "/Delete"]
    assert scheduler.ask == ("schtasks", "/Query", "/TN", "okrsheets-anna")
    assert TaskScheduler(Path("/home"), "anna").task == "okrsheets-anna"


# What is run, and by whom


def test_the_job_is_this_python_with_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environ = {
        "OKRSHEETS_STATE_DIR": "state",
        "OKRSHEETS_GOOGLE_CREDENTIALS": "key.json",
        "OKRSHEETS_GOOGLE_ENDPOINT": "",
        "REQUESTS_CA_BUNDLE": "ours.pem",
        "HTTPS_PROXY": "http://proxy:3128",
        "SECRET": "no",
    }
    wanted = job(Path("config.toml"), environ)
    assert wanted.command == (sys.executable, "-m", "okrsheets", "run", "--config", str(tmp_path / "config.toml"))
    assert wanted.environment == {
        "OKRSHEETS_STATE_DIR": str(tmp_path / "state"),
        "OKRSHEETS_GOOGLE_CREDENTIALS": str(tmp_path / "key.json"),
        "REQUESTS_CA_BUNDLE": str(tmp_path / "ours.pem"),
        "HTTPS_PROXY": "http://proxy:3128",
    }
    assert job(Path("/c.toml"), {}).environment == {}


def test_on_windows_no_window_opens(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert without_window(str(python)) == str(python)
    (tmp_path / "pythonw.exe").touch()
    assert without_window(str(python)) == str(tmp_path / "pythonw.exe")
    assert without_window("/usr/bin/python3") == "/usr/bin/python3"


@pytest.mark.parametrize(
    ("platform", "environ", "name", "file"),
    [
        ("linux", {"XDG_CONFIG_HOME": "/cfg"}, "systemd", "/cfg/systemd/user/okrsheets.service"),
        ("freebsd14", {"XDG_CONFIG_HOME": "/cfg"}, "systemd", "/cfg/systemd/user/okrsheets.service"),
        ("darwin", {}, "launchd", str(Path.home() / "Library/LaunchAgents/okrsheets.run.plist")),
        (
            "win32",
            {"LOCALAPPDATA": "/local", "USERDOMAIN": "PC", "USERNAME": "anna"},
            "Windows Task Scheduler",
            "/local/okrsheets/okrsheets-task.xml",
        ),
    ],
)
def test_each_system_has_its_own(platform: str, environ: dict[str, str], name: str, file: str) -> None:
    found = starter(platform, environ, 501)
    assert (found.name, found.file) == (name, Path(file))


@pytest.mark.parametrize("named", ["", "relative"])
def test_without_a_good_folder_named_it_is_the_usual_one(named: str) -> None:
    assert configuration_home({"XDG_CONFIG_HOME": named}) == Path.home() / ".config"


def test_nobody_installs_for_somebody_else() -> None:
    check_user({}, 0)
    check_user({"SUDO_USER": "anna"}, 1000)
    with pytest.raises(NotInstallable) as caught:
        check_user({"SUDO_USER": "anna"}, 0)
    assert caught.value.facts == {"user": "anna"}


# Installing


@dataclass
class System:
    """Commands of a system that note what was asked, and answer as they are told."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, command: tuple[str, ...]) -> Answer:
        line = " ".join(command)
        self.asked.append(line)
        return next((answer for part, answer in self.answers.items() if part in line), Answer(0))


STARTERS: list[Any] = [
    lambda folder: Systemd(folder),
    lambda folder: Launchd(folder, 501),
    lambda folder: TaskScheduler(folder, "PC\\anna"),
]


@pytest.fixture(params=STARTERS, ids=["systemd", "launchd", "task scheduler"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Starter:
    found: Starter = request.param(tmp_path)
    return found


def test_installing_twice_is_installing_once(where: Starter) -> None:
    system = System()
    registry = Registry(where, system)
    assert (registry.written, registry.registered(), system.asked) == (None, False, [])
    registry.install(PLAIN)
    asked = list(system.asked)
    assert asked == [" ".join(step.command) for step in where.enable]
    assert registry.is_up_to_date(PLAIN)
    assert not registry.is_up_to_date(HARD)
    assert registry.registered()
    registry.install(PLAIN)
    assert list(where.file.parent.iterdir()) == [where.file]
    assert os.name == "nt" or where.file.stat().st_mode & 0o777 == 0o600


def test_taken_away_nothing_is_left(where: Starter) -> None:
    system = System()
    registry = Registry(where, system)
    registry.install(PLAIN)
    system.asked.clear()
    registry.uninstall()
    assert system.asked == [" ".join(step.command) for step in where.disable]
    assert list(where.file.parent.iterdir()) == []
    registry.uninstall()


def test_what_does_not_work_is_told_with_its_reason(where: Starter) -> None:
    last = where.enable[-1].command
    system = System({" ".join(last): Answer(1, "Failed to connect to bus: No medium.\nmore")})
    registry = Registry(where, system, lambda seconds: None)
    with pytest.raises(NotInstalled) as caught:
        registry.install(PLAIN)
    assert caught.value.facts == {"step": " ".join(last), "reason": "Failed to connect to bus: No medium"}
    assert registry.written is None, "what is not installed does not look as if it were"
    system.answers.clear()
    registry.install(PLAIN)
    system.answers[" ".join(last)] = Answer(1, "no")
    with pytest.raises(NotInstalled):
        registry.install(PLAIN)
    assert registry.written, "what was there before is still registered"


def test_an_agent_is_loaded_once_the_old_one_is_gone(tmp_path: Path) -> None:
    """launchd answers `bootout` before it has ended the agent, and refuses to load one of the same name till then."""
    system, waits = System({"bootstrap": Answer(5, "Bootstrap failed: 5: Input/output error")}), list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            system.answers.clear()

    Registry(Launchd(tmp_path, 501), system, wait).install(PLAIN)
    assert len(waits) == 3
    assert [line.split()[1] for line in system.asked] == ["bootout", *["bootstrap"] * 4]


def test_what_is_not_there_to_be_removed_is_no_fault(where: Starter) -> None:
    refusals = {" ".join(step.command): Answer(5, "no such service") for step in where.disable}
    Registry(where, System(refusals)).uninstall()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "systemd").write_text("no folder", encoding="utf-8")
    system = System()
    registry = Registry(Systemd(tmp_path), system)
    for act in (lambda: registry.install(PLAIN), registry.uninstall):
        with pytest.raises(NotInstalled) as caught:
            act()
        assert "okrsheets.service" in str(caught.value.facts["step"])
    assert not [line for line in system.asked if "enable" in line]


def test_commands_of_the_system_are_really_run() -> None:
    assert call((sys.executable, "-c", "print('hello')")) == Answer(0, "hello")
    assert call((sys.executable, "-c", "import sys; sys.exit('no bus')")) == Answer(1, "no bus")
    assert call(("no-such-program-anywhere",)).code == 127
    assert first_line(Answer(3)) == "exit 3"


def test_a_command_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okrsheets.edges.autostart.registry.PATIENCE", 0.05)
    assert call((sys.executable, "-c", "import time; time.sleep(30)")).code == 124


# Whether it runs


def said_so(folder: Path, **facts: object) -> None:
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def test_a_service_is_known_by_its_lock(tmp_path: Path) -> None:
    assert running(tmp_path) is None
    assert not held(tmp_path / LOCK)
    assert list(tmp_path.iterdir()) == [], "nothing is made by looking"
    with FileLock(tmp_path / LOCK):
        assert running(tmp_path) == Running()
        said_so(tmp_path, pid=12, since="2026-11-23T07:30:00+00:00")
        found = running(tmp_path)
        assert found is not None
        assert (found.pid, found.since and found.since.isoformat()) == (12, "2026-11-23T07:30:00+00:00")
        assert left_behind(tmp_path) is None
    assert running(tmp_path) is None
    assert left_behind(tmp_path) == found
    (tmp_path / FACTS).unlink()
    assert left_behind(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", '{"pid": 1}', '{"pid": "x", "since": "y"}', '{"pid": 1, "since": 2}'])
def test_what_it_said_of_itself_may_be_torn(tmp_path: Path, text: str) -> None:
    (tmp_path / FACTS).write_text(text, encoding="utf-8")
    with FileLock(tmp_path / LOCK):
        assert running(tmp_path) == Running()


def test_a_lock_that_cannot_be_asked_is_none(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    assert not held(tmp_path / LOCK)
