"""`okrsheets doctor --live`: every question is put to the stand-in, as it is and with one thing otherwise."""

from __future__ import annotations

import io
import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google_fake import PERSON, SHEET, Caller, GoogleFake, Quotas, faults
from google_fake.accounts import save_private
from google_fake.answers import Answer as Answered
from google_fake.book import Book, Tab
from okr import Answer, Okr

from okrsheets.edges.google.live import seeing
from okrsheets.edges.google.live.asking import Asker
from okrsheets.edges.google.live.discreet import discreet
from okrsheets.edges.google.live.questions import QUESTIONS
from okrsheets.edges.google.live.scratch import STAMP, Scratch

sys.path.append(str(Path(__file__).parent.parent / "edges"))
from google_calls import Calls

KEY = "robot@okrsheets-tests.iam.gserviceaccount.com"
KEYS = [question.key for question in QUESTIONS]


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleFake]:
    with GoogleFake(any_token=False, quotas=Quotas(per_user=60)) as fake:
        monkeypatch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", fake.base_url)
        monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(fake.service_account_file(Path("key.json"), KEY)))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("OKRSHEETS_STATE_DIR", str(home / "state"))
        monkeypatch.setattr(seeing, "PAUSE", 0.01)
        yield fake
        assert fake.violations == []


@pytest.fixture
def theirs(google: GoogleFake) -> str:
    """A sheet of a person's own, shared with the key's account."""
    id = google.seed_values({"Mine": [["precious", 1], ["more", 2]]}, shared_with=(KEY,))
    google.log.clear()
    return id


def verdicts(answer: Answer) -> dict[str, str]:
    return {one["key"]: one["verdict"] for one in answer.json["findings"]}


def seen(answer: Answer, key: str) -> str:
    return next(str(one["seen"]) for one in answer.json["findings"] if one["key"] == key)


def asked(okr: Okr, id: str, *more: str) -> Answer:
    return okr("doctor", "--live", f"https://docs.google.com/spreadsheets/d/{id}/edit#gid=0", "--yes", *more)


def test_the_stand_in_is_as_okrsheets_takes_google_to_be(google: GoogleFake, okr: Okr, theirs: str) -> None:
    before = google.file(theirs).version, google.book(theirs, grid=True)
    answer = asked(okr, theirs, "--json", "--strict")
    assert answer.code == 4, "this service account has storage"
    assert list(verdicts(answer)) == KEYS
    assert {key: found for key, found in verdicts(answer).items() if found != "confirmed"} == {"own_files": "different"}
    assert "Retry-After: -" in seen(answer, "too_often")
    assert seen(answer, "link_look") == "colour 22313F, underlined: False"
    assert [file.id for file in google.files(SHEET)] == [theirs], "what was made is gone again"
    assert (google.file(theirs).version, google.book(theirs, grid=True)) == before
    written = [entry for entry in google.log if theirs in entry.url and entry.method != "GET"]
    assert written == []


def test_the_report_names_nobody(google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = ("own_files", "at_once", "decimals", "narrow_robot", "left_alone")
    only(monkeypatch, *keys)
    answer = asked(okr, theirs)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("### ")
    assert all(name in lines[2] for name in ("okrsheets ", "gspread ", "Python 3."))
    assert "Signed in as: service_account" in lines[3]
    assert sum(line.startswith("| ") for line in lines) == len(keys) + 1
    assert sum(line.startswith("- [ ] ") for line in lines) == 3
    assert not re.search(r"@|1//|ya29|PRIVATE|docs\.google|[\w-]{25,}", answer.out)
    assert theirs not in answer.out
    assert f"{theirs} is only looked at" in answer.err.replace("\n", "")


def lost(google: GoogleFake) -> None:
    """Of a file that was made nobody hears."""
    google.fault(faults.lost_answer(), "sheets.spreadsheets.create")


def killed(google: GoogleFake) -> None:
    """An earlier run left a sheet."""
    token = google.token(KEY)
    body = {"name": "okrsheets live check 1", "mimeType": SHEET, "appProperties": dict([STAMP])}
    Calls(google, token).ask("POST", "/drive/v3/files", body)


@pytest.mark.parametrize("way", [lost, killed])
def test_whatever_was_made_is_taken_away(
    google: GoogleFake,
    okr: Okr,
    theirs: str,
    way: Callable[[GoogleFake], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only(monkeypatch, "own_files", "at_once")
    way(google)
    asked(okr, theirs, "--quiet")
    assert [file.id for file in google.files(SHEET)] == [theirs]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_it_leaves_nothing_behind(
    google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Twice: the second time while it tidies up."""

    def interrupt(asker: object, *given: object, **more: object) -> None:
        signal.raise_signal(number)

    remove = Scratch.remove

    def impatient(scratch: Scratch) -> None:
        if scratch.ids:
            signal.raise_signal(signal.SIGINT)
        remove(scratch)

    monkeypatch.setattr(Asker, "ask", interrupt)
    monkeypatch.setattr(Scratch, "remove", impatient)
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    assert asked(okr, theirs).code == 130
    assert google.log.count("drive.files.create") == 1
    assert [file.id for file in google.files(SHEET)] == [theirs]
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_what_cannot_be_taken_away_is_named(
    google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "own_files", "at_once")
    for call in ("drive.files.delete", "drive.files.update"):
        google.fault(faults.not_shared(), call, nth=1 if "delete" in call else 2, times=None)
    answer = asked(okr, theirs, "--quiet")
    assert answer.code == 3
    left = [file.id for file in google.files(SHEET) if file.id != theirs]
    assert left
    assert all(id in answer.err and id not in answer.out for id in left)


def test_a_service_account_without_storage_is_as_expected(google: GoogleFake, okr: Okr, theirs: str) -> None:
    """And all that needs a sheet could not be asked."""
    google.world.service_accounts_have_storage = False
    found = verdicts(asked(okr, theirs, "--json", "--quiet"))
    assert found.pop("own_files") == "confirmed"
    assert {found[key] for key in ("link_look", "decimals", "sorting", "import", "narrow_feed", "too_often")} == {
        "not_asked"
    }


def test_a_person_is_not_asked_what_only_a_robot_can_say(
    google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person's own key file, as gcloud writes it; a person owns what they make."""
    own = google.accounts.client(google.base_url)["installed"]
    refresh = google.accounts.refresh_token_for(own["client_id"], Caller(PERSON, app=own["client_id"]))
    names = {name: own[name] for name in ("client_id", "client_secret", "token_uri")}
    key = save_private(Path("person.json"), {"type": "authorized_user", "refresh_token": refresh, **names})
    monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(key))
    only(monkeypatch, "own_files", "narrow_robot", "narrow_feed", "left_alone")
    answer = asked(okr, theirs, "--json", "--quiet", "--strict")
    assert (answer.code, answer.json["signed_in"]) == (0, "application_default")
    assert verdicts(answer) == dict.fromkeys(("own_files", "narrow_feed", "left_alone"), "confirmed") | {
        "narrow_robot": "not_asked"
    }


TROUBLE: dict[str, tuple[Callable[[GoogleFake], None], str, str]] = {
    "no answer": (lambda google: google.fault(faults.reset(), "sheets.spreadsheets.create"), "at_once", "not_asked"),
    "a page": (
        lambda google: google.fault(faults.wrong_type(), "sheets.spreadsheets.get", nth=2),
        "at_once",
        "not_asked",
    ),
    "unwell": (
        lambda google: google.fault(faults.server_error(503), "sheets.spreadsheets.create"),
        "at_once",
        "not_asked",
    ),
    "create refused": (
        lambda google: google.fault(faults.Fault("no", no("Invalid spreadsheet")), "sheets.spreadsheets.create"),
        "at_once",
        "different",
    ),
    "comma refused": (
        lambda google: google.fault(
            faults.Fault("no", no("Invalid requests[0]")), "sheets.spreadsheets.batchUpdate", nth=2
        ),
        "decimals",
        "different",
    ),
    "point refused": (
        lambda google: google.fault(
            faults.Fault("no", no("Invalid requests[0]")), "sheets.spreadsheets.batchUpdate", nth=3
        ),
        "decimals",
        "confirmed",
    ),
    "metadata lost": (
        lambda google: google.fault(
            faults.Fault("none", Answered(200, {})), "sheets.spreadsheets.developerMetadata.search"
        ),
        "sorting",
        "different",
    ),
    "feed refused": (
        lambda google: google.fault(faults.not_shared(), "drive.changes.list"),
        "narrow_feed",
        "different",
    ),
    "feed away": (
        lambda google: google.fault(faults.too_many_requests(600), "drive.changes.list"),
        "narrow_feed",
        "not_asked",
    ),
    "upload refused": (lambda google: google.fault(faults.not_shared(), "drive.files.create"), "import", "not_asked"),
    "somebody types": (
        lambda google: google.fault(faults.not_shared(), "drive.files.get", nth=2),
        "left_alone",
        "not_asked",
    ),
    "drive silent": (lambda google: google.fault(faults.not_shared(), "drive.files.get"), "left_alone", "not_asked"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_on_the_way_is_no_verdict_about_google(
    trouble: str, google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant_it, key, verdict = TROUBLE[trouble]
    only(monkeypatch, key)
    plant_it(google)
    answer = asked(okr, theirs, "--json", "--quiet")
    assert verdicts(answer) == {key: verdict}, seen(answer, key)
    assert [file.id for file in google.files(SHEET)] == [theirs]


def test_in_a_shared_drive_it_works_beside_the_sheet(google: GoogleFake, okr: Okr) -> None:
    google.world.service_accounts_have_storage = False
    drive = google.shared_drive(KEY)
    id = google.seed_values({"Mine": [[1]]}, shared_with=(KEY,), drive=drive, parents=[drive])
    found = verdicts(asked(okr, id, "--json", "--quiet"))
    assert (found["own_files"], found["whole_workbook"], found["import"]) == ("confirmed", "confirmed", "confirmed")
    assert {file.id for file in google.files(SHEET)} == {id}


def test_a_sheet_that_is_out_of_reach_ends_it(google: GoogleFake, okr: Okr) -> None:
    answer = asked(okr, "1nobodyknowsthisone")
    assert (answer.code, answer.out) == (3, "")
    assert KEY in answer.err
    assert google.log.count("create") == 0


def test_nobody_is_there_to_agree(google: GoogleFake, okr: Okr, theirs: str) -> None:
    answer = okr("doctor", "--live", f"google:{theirs}")
    assert answer.code == 2
    assert "--yes" in answer.err
    assert len(google.log) == 0


@pytest.mark.parametrize(("typed", "reads"), [("n\n", 0), ("y\n", 1)])
def test_who_is_asked_decides(
    google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch, typed: str, reads: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    google.disable("sheets")
    assert okr("doctor", "--live", f"google:{theirs}").code == 3 * reads
    assert google.log.count("read") == reads


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_text_for_anybody() -> None:
    told = discreet(
        "403: anna@example.com may not; project 123456789012, 12-ab.apps.googleusercontent.com, "
        "https://console.developers.google.com/apis/api/x?project=1 ya29.secret " + "1AbC" * 11 + " row 12"
    )
    assert told == "403: … may not; project …, …, … … … row 12"


def plant(google: GoogleFake, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the stand-in differ in one thing."""
    changes: dict[str, Callable[[], Any]] = {
        "at_once": lambda: monkeypatch.setattr("google_fake.sheets_api.add_chart", lambda book, asked: None),
        "whole_workbook": lambda: google.fault(
            faults.Fault("no", no("Invalid requests[3]")), "sheets.spreadsheets.batchUpdate"
        ),
        "link_look": lambda: monkeypatch.setattr(
            "google_fake.batch_cells.masks.covers", lambda mask, *path: path[-1] == "link"
        ),
        "decimals": lambda: monkeypatch.setattr(Book, "locale", property(lambda book: locale("en_US"))),
        "sorting": lambda: monkeypatch.setattr("google_fake.batch_moves.sorted_rows", with_metadata),
        "import": lambda: monkeypatch.setattr("google_fake.workbook.named_ranges", lambda *given: []),
        "narrow_robot": lambda: monkeypatch.setattr("google_fake.world.World.sees", lambda *given: True),
        "narrow_feed": lambda: google.delay_drive(3600),
        "too_often": lambda: google._dispatcher.quotas.__setattr__("per_user", None),
    }
    changes[key]()


def no(text: str) -> Any:
    from google_fake.answers import sheets_error

    return sheets_error(400, text)


def locale(name: str) -> Any:
    from google_fake.locales import LOCALES

    return LOCALES[name]


def with_metadata(book: Book, tab: Tab, rows: list[int], *order: Any) -> list[int]:
    """A sort that takes the metadata of a row along."""
    book.metadata[0]["location"]["dimensionRange"] |= {"startIndex": rows[-1], "endIndex": rows[-1] + 1}
    return rows


def only(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    """Some of the questions, so that a test need not wait for the others."""
    chosen = tuple(question for question in QUESTIONS if question.key in keys)
    monkeypatch.setattr("okrsheets.edges.google.live.questions.QUESTIONS", chosen)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in ("own_files", "left_alone")])
def test_what_is_otherwise_is_told(
    key: str, google: GoogleFake, okr: Okr, theirs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "LONGEST_WAIT", 0.05)
    only(monkeypatch, key, *(["whole_workbook"] if key == "link_look" else []))
    plant(google, key, monkeypatch)
    answer = asked(okr, theirs, "--json", "--quiet")
    assert verdicts(answer)[key] == "different", seen(answer, key)
    assert [file.id for file in google.files(SHEET)] == [theirs]
