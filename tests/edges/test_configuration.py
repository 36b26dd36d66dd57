from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from okrsheets.edges import configuration
from okrsheets.edges.configuration import Configuration, DigestTable, GoogleTable, WorkbookTable, find, load, usual_file
from okrsheets.edges.languages import language
from okrsheets.words.errors import BadConfiguration

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own configuration file, in a folder of the test."""
    monkeypatch.setattr(configuration, "user_config_path", lambda *_, **__: tmp_path / "own")
    return tmp_path / "own" / "config.toml"


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "config.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(file: Path) -> list[str]:
    """What is wrong with a configuration, in English."""
    with pytest.raises(BadConfiguration) as caught:
        load(file)
    assert caught.value.facts["file"] == str(file)
    found = caught.value.facts["faults"]
    assert isinstance(found, tuple)
    return [language("en").fact(fault) for fault in found]


def test_the_given_file_wins_over_the_environment_and_that_over_the_usual_one(usual: Path, tmp_path: Path) -> None:
    given, named = tmp_path / "given.toml", tmp_path / "named.toml"
    given.touch()
    named.touch()
    assert find(given, {"OKRSHEETS_CONFIG": str(named)}) == given
    assert find(None, {"OKRSHEETS_CONFIG": str(named)}) == named
    assert find(None, {"OKRSHEETS_CONFIG": ""}) == usual
    assert find(None, {}) == usual == usual_file()


def test_without_a_configuration_everything_is_as_usual(usual: Path) -> None:
    assert load(usual) == Configuration()


@pytest.mark.parametrize(
    "ask",
    [
        lambda gone: load(gone),
        lambda gone: find(gone, {}),
        lambda gone: find(None, {"OKRSHEETS_CONFIG": str(gone)}),
    ],
)
def test_a_named_file_that_is_not_there_is_said(ask: Callable[[Path], object], usual: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.toml"
    with pytest.raises(BadConfiguration) as caught:
        ask(gone)
    assert language("en").say(caught.value.message) == f"{gone} cannot be used: it is not there."
    assert language("en").say(caught.value.advice).startswith("Check the path,")


@pytest.mark.parametrize("content", [b"", b"\n# nothing yet\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    assert load(written(tmp_path, content)) == Configuration()


def test_a_file_is_read_with_paths_from_its_own_folder(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        language = "nl"
        timezone = "Europe/Amsterdam"
        every = "15 minutes"
        settle = "10 seconds"
        [google]
        credentials = "keys/account.json"
        api_endpoint = "https://gateway.example"
        [[workbooks]]
        name = "trajecten"
        workbook = "plans/2026-Q4.xlsx"
        every = "weekdays at 07:30"
        [[workbooks]]
        name = "sheet"
        workbook = "https://docs.google.com/spreadsheets/d/abc/edit"
        [[workbooks]]
        name = "id"
        workbook = "google:abc"
        """,
    )
    plans = WorkbookTable(
        name="trajecten", workbook=str(tmp_path / "plans" / "2026-Q4.xlsx"), every="weekdays at 07:30"
    )
    sheet = WorkbookTable(name="sheet", workbook="https://docs.google.com/spreadsheets/d/abc/edit")
    google = GoogleTable(credentials=str(tmp_path / "keys" / "account.json"), api_endpoint="https://gateway.example")
    loaded = load(file)
    assert loaded == Configuration(
        language="nl",
        timezone="Europe/Amsterdam",
        every="15 minutes",
        settle="10 seconds",
        google=google,
        workbooks=(plans, sheet, WorkbookTable(name="id", workbook="google:abc")),
    )
    assert loaded.workbook("sheet") == sheet
    assert loaded.workbook("nobody") is None


def test_an_absolute_path_and_a_home_path_stay_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    absolute = tmp_path / "elsewhere" / "plan.xlsx"
    text = f"[[workbooks]]\nname = 'a'\nworkbook = '{absolute}'\n[[workbooks]]\nname = 'b'\nworkbook = '~/plan.xlsx'\n"
    assert [workbook.workbook for workbook in load(written(tmp_path, text)).workbooks] == [
        str(absolute),
        str(tmp_path / "home" / "plan.xlsx"),
    ]


def test_a_relative_configuration_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "[[workbooks]]\nname = 'a'\nworkbook = 'plan.xlsx'\n")
    monkeypatch.chdir(tmp_path)
    assert load(Path("config.toml")).workbooks[0].workbook == str(tmp_path / "plan.xlsx")


WORKBOOK = '[[workbooks]]\nname = "a"\nworkbook = "a.xlsx"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('langauge = "nl"', "langauge: this key is not known, the nearest is language"),
        ('language = "fr"', "language: fr is not one of en and nl"),
        ("language = 3", "language: a text is expected"),
        ('timezone = "Europe/Amstrdam"', "timezone: there is no Europe/Amstrdam, the nearest is Europe/Amsterdam"),
        ('timezone = "../etc"', "timezone: there is no ../etc"),
        ('timezone = " "', "timezone: it is empty"),
        ("every = 15", "every: a text is expected"),
        ('every = ""', "every: it is empty"),
        ("settle = 10", "settle: a text is expected"),
        ("google = 3", "google: a table of keys is expected"),
        ("[google]\ncredential = 'x'", "google.credential: this key is not known, the nearest is credentials"),
        ("workbooks = 3", "workbooks: a list is expected"),
        ("workbooks = [3]", "workbooks[0]: a table of keys is expected"),
        ("[[workbooks]]\nname = 'a'", "workbooks[0].workbook: it is missing"),
        (WORKBOOK + "evry = 'day'", "workbooks[0].evry: this key is not known, the nearest is every"),
        (WORKBOOK + WORKBOOK, "workbooks[1].name: a is there more than once"),
        (WORKBOOK.replace('"a"', "['a']"), "workbooks[0].name: a text is expected"),
        ("language = ", "the last line is not finished"),
        ("language = nl\n", "line 1: this is not TOML; look for a missing quote, bracket or ="),
        ('workbook = "C:\\Users\\anna.xlsx"', "line 1: in double quotes \\ does not stand for itself; write /"),
        ('workbook = "D:\\plans\\a.xlsx"', "line 1: in double quotes \\ does not stand for itself; write /"),
        (
            WORKBOOK.replace("[[", "[").replace("]]", "]"),
            "workbooks: a list is expected; write [[workbooks]], with",
        ),
        (
            WORKBOOK.replace("a.xlsx", "C:\\temp\\book.xlsx"),
            "workbooks[0].workbook: a character in it cannot be part",
        ),
        (
            WORKBOOK.replace("a.xlsx", "a\\u0000.xlsx"),
            "workbooks[0].workbook: a character in it cannot be part",
        ),
        ('[digest]\nfolder = "C:\\new"', "digest.folder: a character in it cannot be part of a path"),
        ('language = "nl"'.encode("utf-16"), "it is not saved as UTF-8 text"),
    ],
)
def test_a_fault_is_said_with_its_path(tmp_path: Path, text: str | bytes, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(written(tmp_path, text))), faults(written(tmp_path, text))


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    text = 'langauge = "nl"\nevery = 15\n' + WORKBOOK + WORKBOOK
    assert faults(written(tmp_path, text)) == [
        "every: a text is expected",
        "langauge: this key is not known, the nearest is language",
        "workbooks[1].name: a is there more than once",
    ]


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["it cannot be read"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('every = "15 minuts"', "every: there is no minuts, the nearest is minutes"),
        ('every = "often"', "every: often is not a schedule, such as"),
        ('settle = "a while"', "settle: a while is not a length of time, such as 10 seconds"),
        ('settle = "2 weeks"', "settle: there is no weeks"),
        ('ping = "hc-ping.com/x"', "ping: it is not an address that begins with https://"),
        ('ping = "https://[x"', "ping: it is not an address that begins with https://"),
        (
            '[digest]\nday = "2 hours"',
            "digest.day: 2 hours is not a day of the week and a time, such as sunday at 18:00",
        ),
        ('[digest]\nday = "day at 07:00"', "digest.day: day at 07:00 is not a day of the week and a time"),
        ('[digest]\nday = "sunday"', "digest.day: sunday is not a schedule"),
        ("[digest]\nto = 'mailto://x'", "digest.to: a list is expected"),
        (WORKBOOK + "digest = { folders = 'x' }", "workbooks[0].digest.folders: this key is not known, the nearest is"),
    ],
)
def test_what_is_about_the_service_is_checked_too(tmp_path: Path, text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(written(tmp_path, text))), faults(written(tmp_path, text))


def test_what_a_workbook_says_of_letters_wins(tmp_path: Path) -> None:
    loaded = load(
        written(
            tmp_path,
            "[digest]\nto = ['json://host']\nday = 'friday at 16:00'\n"
            + WORKBOOK.replace('"a"', '"usual"')
            + WORKBOOK.replace('"a"', '"own"')
            + "digest = { folder = 'letters', to = [], day = 'monday at 09:00' }\n"
            + WORKBOOK.replace('"a"', '"off"')
            + "digest = { off = true }\n",
        )
    )
    usual, own, off = map(loaded.letters, loaded.workbooks)
    assert [each.wanted for each in (usual, own, off)] == [True, True, False]
    assert (own.to, own.folder) == ((), str(tmp_path / "letters"))
    assert [min(each.schedule.weekdays) for each in (usual, own, off)] == [4, 0, 4]
    assert min(DigestTable().schedule.weekdays) == 6
    assert not DigestTable().wanted


def keys(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Every key of a model and of the tables in it, such as `workbooks.digest.day`."""
    for name, field in model.model_fields.items():
        yield f"{path}{name}"
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from keys(part, f"{path}{name}.")


def shown(text: str) -> dict[str, str]:
    """Every key that stands in a file by its path, with the comment in its line or right above it."""
    found, table, above = {}, "", ""
    for line in text.splitlines():
        if heading := re.match(r"\[+([a-z]+)]+", line):
            table = f"{heading[1]}."
            found[heading[1]] = above
        elif key := re.match(r"([a-z_]+) = [^#]*(#.*)?", line):
            found[f"{table}{key[1]}"] = key[2] or above
        above = line if line.startswith("#") else ""
    return found


def test_the_example_shows_every_key_with_a_word_about_it() -> None:
    """And none that is not known, or it would not load."""
    example = load(EXAMPLE)
    assert example.workbooks[0].workbook == str(EXAMPLE.parent / "plans" / "2026-Q4.xlsx")
    told = shown(EXAMPLE.read_text(encoding="utf-8"))
    inline = {key for key in keys(Configuration) if key.startswith("workbooks.digest.")}
    assert set(keys(Configuration)) - inline == set(told)
    assert [key for key, comment in told.items() if len(comment) < 10] == []
    assert example.workbooks[0].digest.model_fields_set


def test_the_check_of_the_example_sees_a_key_that_is_missing() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert "digest.day" not in shown(re.sub(r"(?m)^day = .*\n", "", text))
    assert {"google.credentials", "workbooks.digest.day", "workbooks.every"} <= set(keys(Configuration))
