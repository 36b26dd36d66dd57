"""The stand-in for Google before its judges: recorded reality, and Google's own description of its interfaces.

The recordings and the judges are a kit beside the checkout (`../shared/google`, or OKRSHEETS_GOOGLE_KIT);
without it these tests are skipped, and say so.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from google_fake import GoogleFake, schemas

ROOT = Path(__file__).parent.parent.parent
KIT = Path(os.environ.get("OKRSHEETS_GOOGLE_KIT", ROOT.parent / "shared" / "google"))
ENOUGH = 0.95
WRONG_ON_PURPOSE = ("request.values: ", "query includeItemsFromAllDrives: ")


def kit(name: str, *modules: str) -> Path:
    """A file of the kit; without it, or without the modules that it needs, the test is skipped.

    Where everything must run, a kit that was named has to be there, and one that is there has to be of use.
    """
    if not (KIT / name).exists():
        amiss("OKRSHEETS_GOOGLE_KIT" in os.environ, f"no {name} in {KIT}: the recordings are not part of the project")
    for module in modules:
        if importlib.util.find_spec(module) is None:
            amiss(True, f"{module} is not installed, and {name} needs it")
    return KIT / name


def amiss(wanted: bool, why: str) -> NoReturn:
    if wanted and os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail(why)
    pytest.skip(why)


def recordings() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gzip.decompress(kit("recordings.json.gz").read_bytes()))
    return found


def test_the_fake_agrees_with_the_real_service(capsys: pytest.CaptureFixture[str]) -> None:
    with GoogleFake() as google:
        line = [sys.executable, str(kit("replay", "requests")), google.base_url, "--json"]
        judged = json.loads(subprocess.run(line, capture_output=True, text=True, check=False).stdout)
        strange = [fault for fault in google.violations if not any(known in fault for known in WRONG_ON_PURPOSE)]
    with capsys.disabled():
        print(f"\nthe fake agrees with {judged['agree']} of {judged['total']} recorded answers")
    assert strange == []
    assert judged["agree"] >= ENOUGH * judged["total"]
    assert judged["total"] > 1000


def test_our_reading_of_the_documents_accepts_all_that_the_real_service_answered() -> None:
    for pair in recordings():
        path = "/" + pair["url"].split("?")[0].removeprefix("https://").partition("/")[2]
        call = schemas.find_call(pair["method"], path)
        assert call is not None, path
        if pair["status"] == 200 and "_raw" not in pair["response"]:
            assert schemas.answer_faults(call, pair["response"]) == []


def test_our_reading_of_the_documents_agrees_with_the_judge(tmp_path: Path) -> None:
    judge = kit("schema.py", "googleapiclient")
    with GoogleFake() as google:
        line = [sys.executable, str(kit("replay", "requests")), google.base_url]
        subprocess.run(line, capture_output=True, check=False)
        google.log.save(tmp_path / "log.jsonl")
        ours = len(google.violations)
    line = [sys.executable, str(judge), str(tmp_path / "log.jsonl")]
    found = subprocess.run(line, capture_output=True, text=True, check=False).stdout.splitlines()
    assert found[-1].startswith(f"{ours} findings in ")
    assert all(any(known in one for known in WRONG_ON_PURPOSE) for one in found[:-1])


@pytest.mark.parametrize(
    ("path", "query", "body", "fault"),
    [
        (
            "/v4/spreadsheets",
            [],
            {"properties": {"titel": "x"}},
            "request.properties.titel: SpreadsheetProperties has no",
        ),
        ("/v4/spreadsheets", [], {"sheets": {}}, "request.sheets: {} is no list"),
        ("/v4/spreadsheets", [], {"sheets": [{"properties": {"sheetId": 2**31}}]}, "does not fit in 32 bits"),
        ("/v4/spreadsheets", [], {"sheets": [{"properties": {"hidden": 1}}]}, "1 is no boolean"),
        ("/v4/spreadsheets", [], {"sheets": [{"properties": {"sheetType": "PAPER"}}]}, "is not one of its values"),
        ("/v4/spreadsheets", [("field", "a")], {}, "has no such parameter"),
        ("/v4/spreadsheets", [("fields", "sheets(data,")], {}, "brackets do not match"),
        ("/v4/spreadsheets", [("fields", "sheets.tab")], {}, "Sheet has no field 'tab'"),
        ("/drive/v3/files", [("supportsAllDrives", "1")], {}, "is not one of its values"),
        ("/drive/v3/files", [], {"appProperties": {"a": 1}}, "1 is no string"),
    ],
)
def test_what_the_documents_do_not_know_is_found(
    path: str, query: list[tuple[str, str]], body: Any, fault: str
) -> None:
    call = schemas.find_call("POST", path)
    assert call is not None
    [found] = schemas.request_faults(call, query, body)
    assert fault in found


def test_what_a_call_must_say_is_missed() -> None:
    call = schemas.find_call("GET", "/drive/v3/changes")
    assert call is not None
    assert schemas.request_faults(call, [], None) == ["query pageToken: is required"]
