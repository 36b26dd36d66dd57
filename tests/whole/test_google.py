"""The main job in Google Sheets, as somebody with a service account runs it from the command line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from google_fake import ROBOT, SHEET, GoogleFake, faults
from google_sheets import store_in
from person import Person

from okrsheets.edges import templates
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import sync
from okrsheets.rules.layout import describe
from okrsheets.words.period import quarter

TODAY = "2026-11-25"
MAY_CHANGE = (
    "userEnteredValue",
    "userEnteredValue,userEnteredFormat.textFormat(link,foregroundColorStyle,underline)",
)
GOOGLES = ("gspread", "google.auth", "requests", "googleapiclient")


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(any_token=False) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def robot(person: Person, google: GoogleFake) -> Person:
    """Somebody who was given the key of a service account."""
    key = google.service_account_file(person.folder / "key.json")
    person.environment |= {
        "OKRSHEETS_GOOGLE_ENDPOINT": google.base_url,
        "OKRSHEETS_GOOGLE_CREDENTIALS": str(key),
    }
    return person


def made(robot: Person, *more: str) -> dict[str, Any]:
    """What `new --json` says of a new sheet."""
    new = robot.json("new", "high-ticket", "google", "--quarter", "2026-Q4", "--lang", "nl", *more)
    assert isinstance(new, dict)
    return new


def calls(google: GoogleFake) -> list[str]:
    """The calls since the last time one asked, without signing in."""
    names = [entry.id.removeprefix("sheets.spreadsheets.") for entry in google.log if entry.id != "token"]
    google.log.clear()
    return names


def place(where: str) -> str:
    """An address as the browser takes it."""
    tab, _, cell = where.rpartition("!")
    return "'" + tab.replace("'", "''") + "'!" + cell


def test_a_sheet_is_made_in_two_calls_synced_in_two_and_left_alone_in_one(robot: Person, google: GoogleFake) -> None:
    new = made(robot)
    (file,) = google.files(SHEET)
    assert new["url"] == f"https://docs.google.com/spreadsheets/d/{file.id}/edit"
    assert (new["workbook"]["kind"], new["workbook"]["locale"]) == ("google", "nl_NL")
    assert calls(google) == ["drive.files.create", "batchUpdate"]
    (synced,) = robot.json("sync", new["url"], "--today", TODAY)
    assert (synced["outcome"], synced["error"], synced["workbook"]["ref"]) == ("synced", None, new["url"])
    assert calls(google) == ["get", "batchUpdate"]
    (again,) = robot.json("sync", new["url"], "--today", TODAY)
    assert (again["outcome"], again["written"]) == ("unchanged", [])
    assert calls(google) == ["get"]
    (later,) = robot.json("sync", new["url"], "--today", "2026-12-06")
    assert (later["outcome"], later["week"]) == ("synced", 10)


def test_what_a_person_ticks_and_types_is_counted(robot: Person, google: GoogleFake) -> None:
    url = made(robot)["url"]
    seen = robot.json("inspect", url)
    someone = google.person(google.files(SHEET)[0].id)
    kpi, action = seen["kpis"][0], seen["actions"][0]
    someone.type(place(kpi["cells"]["2026-W40"]), "12,5")
    someone.type(place(kpi["cells"]["2026-W41"]), "ongeveer 12")
    someone.tick(place(action["cells"]["2026-09-28"]))
    someone.paste(place(action["cells"]["2026-09-29"]), ["-"])
    (synced,) = robot.json("sync", url, "--today", TODAY, "--strict", code=4)
    (problem,) = synced["problems"]
    assert (problem["found"], problem["where"]) == ("ongeveer 12", kpi["cells"]["2026-W41"])
    read = robot.json("inspect", url)
    assert read["kpis"][0]["values"] == {"2026-W40": 12.5}
    assert (read["actions"][0]["ticks"], read["actions"][0]["skips"]) == (["2026-09-28"], ["2026-09-29"])
    report = robot.json("report", url, "--today", TODAY)
    assert {**report, "workbook": None} == {key: {**synced, "workbook": None}[key] for key in report}


def test_a_dry_run_names_what_a_sync_writes(robot: Person, google: GoogleFake) -> None:
    url = made(robot)["url"]
    google.log.clear()
    (planned,) = robot.json("sync", url, "--today", TODAY, "--dry-run")
    assert calls(google) == ["get"]
    (synced,) = robot.json("sync", url, "--today", TODAY)
    assert synced["written"] == planned["written"] != []


def test_a_coachs_client_is_let_in_with_one_more_call(robot: Person, google: GoogleFake) -> None:
    clients = ("--share", "bo@example.com", "--share", "cas@example.com", "--share", "bo@example.com")
    new = made(robot, *clients[:2])
    assert calls(google) == ["drive.files.create", "batchUpdate", "drive.permissions.create"]
    (file,) = google.files(SHEET)
    roles = {one["emailAddress"]: one["role"] for one in file.permissions}
    assert roles["bo@example.com"] == "writer"
    assert new["url"].endswith(f"{file.id}/edit")
    said = robot.okr("new", "blank", "google", "--quarter", "2026-Q4", *clients)
    assert "bo@example.com" in said
    assert "cas@example.com" in said
    assert calls(google).count("drive.permissions.create") == 2


@pytest.mark.parametrize(
    ("fault", "code"), [(faults.not_shared(), 3), (faults.storage_full(), 3), (faults.too_many_requests(600), 75)]
)
def test_a_sheet_that_cannot_be_shared_is_named(
    robot: Person, google: GoogleFake, fault: faults.Fault, code: int
) -> None:
    """It is there: nobody should make it a second time."""
    google.fault(fault, "drive.permissions.create", times=1 if code == 3 else None)
    guests = ("--share", "bo@example.com", "--share", "cas@example.com")
    told = robot.json("new", "blank", "google", "--quarter", "2026-Q4", *guests, code=code)["error"]
    (file,) = google.files(SHEET)
    assert f"https://docs.google.com/spreadsheets/d/{file.id}" in told
    assert "bo@example.com" in told
    assert "\n" not in told
    others = {one.get("emailAddress") for one in file.permissions}
    assert ("cas@example.com" in others) is (code == 3), "one refusal keeps nobody else out"


def test_sharing_that_cannot_be_makes_nothing(robot: Person, google: GoogleFake) -> None:
    assert "plan.xlsx" in robot.json("new", "blank", "plan.xlsx", "--share", "bo@example.com", code=2)["error"]
    assert "bo@" in robot.json("new", "blank", "google", "--share", "bo@", code=2)["error"]
    assert not (robot.folder / "plan.xlsx").exists()
    assert len(google.log) == 0


@pytest.mark.parametrize("name", templates.names())
@pytest.mark.parametrize("code", ["nl", "en"])
def test_nothing_but_the_summary_is_ever_addressed(name: str, code: str, google: GoogleFake) -> None:
    store = store_in(google)
    store.create(describe(templates.load(name).plan(code), quarter(2026, 4), language(code)))
    (file,) = google.files(SHEET)
    google.log.clear()
    for day in (TODAY, "2026-12-06"):
        sync(store, date.fromisoformat(day), Languages())
    tabs = {tab["properties"]["title"]: tab["properties"]["sheetId"] for tab in google.book(file.id)["sheets"]}
    summary = tabs.get("Overzicht", tabs.get("Summary"))
    bodies = [body for body in google.log.bodies() if "requests" in body]
    requests = [request for body in bodies for request in body["requests"]]
    assert len(bodies) == 2
    for request in requests:
        (asked,) = request.values()
        assert set(request) == {"updateCells"}
        assert asked["start"]["sheetId"] == summary
        assert asked["fields"] in MAY_CHANGE
    assert "formulaValue" not in str(requests)


def test_the_other_commands_know_a_sheet_by_all_its_names(robot: Person, google: GoogleFake) -> None:
    id = made(robot)["url"].split("/")[-2]
    config = robot.folder / "config.toml"
    config.write_text(f'[[workbooks]]\nname = "trajecten"\nworkbook = "google:{id}"\n', encoding="utf-8")
    for name in (f"google:{id}", f"https://docs.google.com/spreadsheets/d/{id}/edit?usp=sharing#gid=1001", "trajecten"):
        known = robot.json("inspect", name, "--config", str(config))
        assert known["workbook"]["kind"] == "google"
        assert known["workbook"]["ref"] == (f"google:{id}" if name == "trajecten" else name)
    assert robot.json("check", f"google:{id}")["findings"]
    assert robot.json("doctor", f"google:{id}", "--today", TODAY)["workbook"]["kind"] == "google"
    (synced,) = robot.json("sync", "--config", str(config), "--today", TODAY)
    assert synced["outcome"] == "synced"


def test_a_sheet_in_a_shared_drive(robot: Person, google: GoogleFake) -> None:
    google.world.service_accounts_have_storage = False
    drive = google.shared_drive(ROBOT, "robot@okrsheets-tests.iam.gserviceaccount.com")
    robot.okr("new", "blank", "google", code=3)
    assert google.files(SHEET) == []
    new = robot.json("new", "blank", f"google:{drive}", "--quarter", "2026-Q4")
    (file,) = google.files(SHEET)
    assert (file.drive, file.parents) == (drive, [drive])
    assert robot.json("sync", new["url"], "--today", TODAY)[0]["outcome"] == "synced"


@pytest.mark.parametrize("locale", ["nl_NL", "en_US"])
def test_the_second_door_needs_no_call_that_creates(locale: str, robot: Person, google: GoogleFake) -> None:
    """An .xlsx that a person uploaded, opened as a Google Sheet and shared with the service account."""
    robot.okr("new", "high-ticket", "plan.xlsx", "--quarter", "2026-Q4", "--lang", "nl")
    in_excel = robot.json("sync", "plan.xlsx", "--today", TODAY)[0]
    id = google.upload_xlsx(robot.folder / "plan.xlsx", locale=locale)
    url = f"https://docs.google.com/spreadsheets/d/{id}/edit#gid=0"
    assert "robot@okrsheets-tests.iam.gserviceaccount.com" in refused(robot, "sync", url)
    google.share(id, "robot@okrsheets-tests.iam.gserviceaccount.com")
    google.log.clear()
    (synced,) = robot.json("sync", url, "--today", TODAY)
    assert (synced["error"], synced["problems"]) == (None, [])
    assert {**synced, "workbook": 0, "written": 0, "outcome": 0} == {
        **in_excel,
        "workbook": 0,
        "written": 0,
        "outcome": 0,
        "warnings": [],
    }
    assert not any("create" in name for name in calls(google))
    assert robot.json("sync", url, "--today", TODAY)[0]["outcome"] == "unchanged"


def refused(robot: Person, *arguments: str, code: int = 3) -> str:
    """The one line about the one workbook that failed."""
    (result,) = robot.json(*arguments, code=code)
    assert "\n" not in result["error"]
    assert (result["outcome"], result["written"]) == ("failed" if code == 3 else "busy", [])
    return str(result["error"])


def test_what_lasts_is_one_line_with_the_remedy(robot: Person, google: GoogleFake) -> None:
    told = refused(robot, "sync", "google:1nobodyknowsthisone")
    address = "https://docs.google.com/spreadsheets/d/1nobodyknowsthisone"
    assert f"Share {address} as Editor with robot@okrsheets-tests.iam.gserviceaccount.com." in told
    url = made(robot)["url"]
    google.fault(faults.api_disabled(), "read")
    assert "https://console" in refused(robot, "sync", url)
    google.fault(faults.token_refused(), "token")
    assert "key" in refused(robot, "sync", url)
    assert robot.json("undo", url, code=3)["error"]
    assert robot.json("new", "blank", "google:?", code=2)["error"]
    assert robot.json("sync", "https://docs.google.com/document/d/abcdefgh/edit", code=3)[0]["error"]


def test_no_secret_is_ever_said(robot: Person, google: GoogleFake) -> None:
    key = (robot.folder / "key.json").read_text(encoding="utf-8")
    secret = key.partition("PRIVATE KEY-----\\n")[2][:40]
    assert len(secret) == 40
    for fault in (faults.unauthorized(), faults.token_refused(), faults.missing()):
        google.fault(fault, times=None)
        said = robot.all_said("sync", "google:1nobodyknowsthisone", "--verbose", "--json", code=3)
        google.heal()
        assert secret not in said
        assert "Bearer" not in said


def test_whoever_wants_to_know_is_told_each_call(robot: Person, google: GoogleFake) -> None:
    google.fault(faults.server_error(503), "sheets.spreadsheets.get")
    url = made(robot)["url"]
    lines = robot.all_said("sync", url, "--today", TODAY, "--verbose").splitlines()
    told = [line.partition(" ")[0] for line in lines if f" {url.split('/')[-2]}: " in line]
    assert told == ["get_spreadsheet", "get_spreadsheet", "batch_update"]


def test_an_excel_file_needs_nothing_of_google(person: Person) -> None:
    person.okr("new", "blank", "plan.xlsx", "--quarter", "2026-Q4")
    code = (
        "import sys; from okrsheets.shell.main import run; run(['report', 'plan.xlsx']);"
        f"loaded = [name for name in {GOOGLES} if name in sys.modules]; sys.exit(f'loaded {{loaded}}' if loaded else 0)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=person.folder, check=True, capture_output=True)


def test_no_source_lets_google_read_a_text_for_itself() -> None:
    """No formula in what a sync writes, nothing appended, nothing typed as a person would."""
    folder = Path(templates.__file__).parent / "google"
    for source in folder.rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        assert "USER_ENTERED" not in text, source
        assert ":append" not in text, source
        assert "appendCells" not in text, source
    writing = (folder / "store" / "writing.py").read_text(encoding="utf-8")
    assert "formulaValue" not in writing
