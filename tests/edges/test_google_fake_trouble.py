"""The stand-in for Google when things go wrong, and when somebody signs in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from google_calls import Calls, Json
from google_fake import SCOPE, SHEET, GoogleFake, as_google, faults
from google_fake.accounts import AUDIENCE, JWT_GRANT, key_pair

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DRIVE_FILE = SCOPE + "drive.file"
REDIRECT = "http://localhost:8085/"


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(now=NOW, any_token=False) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def calls(google: GoogleFake) -> Calls:
    return Calls(google, google.token())


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (faults.too_many_requests(), 429, "RESOURCE_EXHAUSTED"),
        (faults.rate_limited(), 403, "userRateLimitExceeded"),
        (faults.storage_full(), 403, "storageQuotaExceeded"),
        (faults.not_shared(), 403, "PERMISSION_DENIED"),
        (faults.api_disabled(), 403, "SERVICE_DISABLED"),
        (faults.unauthorized(), 401, "UNAUTHENTICATED"),
        (faults.missing(), 404, "NOT_FOUND"),
        (faults.server_error(500), 500, "INTERNAL"),
        (faults.server_error(503), 503, "UNAVAILABLE"),
        (faults.bad_gateway_page(), 502, "<!DOCTYPE html>"),
        (faults.wrong_type(), 200, "<html>"),
    ],
)
def test_a_planned_answer_comes_once_and_nothing_was_carried_out(
    google: GoogleFake, calls: Calls, fault: faults.Fault, status: int, said: str
) -> None:
    id = google.seed_values({"A": [["old"]]}, owner="anna@example.com")
    google.fault(fault, "write")
    answer, raw = calls.raw("PUT", f"/v4/spreadsheets/{id}/values/A1?valueInputOption=RAW", {"values": [["new"]]})
    assert answer.status == status
    assert said in raw.decode()
    assert calls.values(id, "A1") == [["old"]]
    calls.write(id, "A1", [["new"]])
    assert google.faults_happened == {fault.name: 1}
    assert [entry.carried_out for entry in google.log] == [False, True, True]


def test_the_second_read_may_be_told_to_wait(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [[1]]})
    google.fault(faults.too_many_requests(retry_after=1), "read", nth=2)
    calls.get(id)
    calls.write(id, "A1", [[2]])
    answer, _ = calls.raw("GET", f"/v4/spreadsheets/{id}")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
    calls.get(id)


def test_a_fault_may_last_until_it_is_healed(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [[1]]})
    google.fault(faults.server_error(503), "sheets.spreadsheets.get", times=None)
    for _ in range(3):
        calls.ask("GET", f"/v4/spreadsheets/{id}", status=503)
    assert calls.values(id, "A1") == [["1"]]
    google.heal()
    calls.get(id)


@pytest.mark.parametrize(
    ("fault", "error", "applied"),
    [
        (faults.reset(), ConnectionError, False),
        (faults.lost_answer(), ConnectionError, True),
        (faults.hang(0.1), ConnectionError, False),
        (faults.hang(0.1, applied=True), ConnectionError, True),
        (faults.short_body(), IncompleteRead, True),
    ],
)
def test_trouble_on_the_wire_is_trouble_for_the_client(
    google: GoogleFake, calls: Calls, fault: faults.Fault, error: type[Exception], applied: bool
) -> None:
    google.fault(fault, "create")
    with pytest.raises(error):
        calls.ask("POST", "/drive/v3/files", {"name": "x", "mimeType": SHEET})
    assert len(google.files(SHEET)) == int(applied)
    assert len(calls.ask("GET", "/drive/v3/files")["files"]) == int(applied)


def test_a_body_may_end_early_or_come_slowly(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [[1]]})
    google.fault(faults.truncated(), "read", nth=1)
    google.fault(faults.slow_drip(0.001), "read", nth=2)
    answer, raw = calls.raw("GET", f"/v4/spreadsheets/{id}")
    assert (answer.status, answer.headers["Content-Length"]) == (200, str(len(raw)))
    with pytest.raises(json.JSONDecodeError):
        json.loads(raw)
    assert calls.get(id)["spreadsheetId"] == id


def test_applied_and_answered_503(google: GoogleFake, calls: Calls) -> None:
    id = google.seed_values({"A": [["old"]]})
    google.fault(faults.unavailable_but_applied(), "write")
    calls.write(id, "A1", [["new"]], status=503)
    assert calls.values(id, "A1") == [["new"]]


def breaks_off(calls: Calls, path: str) -> None:
    with pytest.raises(OSError, match=r"."):
        calls.raw("GET", path)


def test_hanging_ends_when_the_fake_is_stopped() -> None:
    with GoogleFake() as google:
        google.fault(faults.hang(600), "read")
        connection, path = Calls(google), "/v4/spreadsheets/x"
        waiting = threading.Thread(target=breaks_off, args=(connection, path))
        waiting.start()
        with google.log.arrived:
            assert google.log.arrived.wait_for(lambda: len(google.log) == 1, 10)
    waiting.join(10)
    assert not waiting.is_alive()


def test_quotas_refill_by_the_minute() -> None:
    with GoogleFake(now=NOW, quotas=as_google()) as google:
        calls, id = Calls(google), google.seed_values({"A": [[1]]})
        for _ in range(60):
            calls.values(id, "A1")
        error = calls.ask("GET", f"/v4/spreadsheets/{id}", status=429)["error"]
        assert "'Read requests per minute per user'" in error["message"]
        calls.write(id, "A1", [[2]])
        google.clock.advance(61)
        calls.values(id, "A1")


def test_an_interface_may_be_switched_off(google: GoogleFake, calls: Calls) -> None:
    google.disable("drive")
    error = calls.ask("GET", "/drive/v3/files", status=403)["error"]
    assert error["errors"][0]["reason"] == "accessNotConfigured"
    assert error["details"][0]["metadata"]["activationUrl"].startswith("https://console.developers.google.com/")
    calls.create({})


def test_a_token_is_good_for_an_hour(google: GoogleFake, calls: Calls) -> None:
    calls.create({})
    google.clock.advance(3600)
    calls.ask("POST", "/v4/spreadsheets", {}, 401)
    Calls(google, "invented").ask("POST", "/v4/spreadsheets", {}, 401)


def client(google: GoogleFake, folder: Path) -> Json:
    own: Json = json.loads(google.client_file(folder / "client.json").read_text())["installed"]
    return own


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def consent(own: Json, **more: Any) -> str:
    asked = {"client_id": own["client_id"], "redirect_uri": REDIRECT, "response_type": "code", "scope": DRIVE_FILE}
    asked |= {"state": "s1", "access_type": "offline", "code_challenge": challenge("v" * 43)}
    return f"{urlsplit(own['auth_uri']).path}?{urlencode(asked | {'code_challenge_method': 'S256'} | more)}"


def test_a_person_signs_in_over_the_consent_page(google: GoogleFake, tmp_path: Path) -> None:
    own, calls = client(google, tmp_path), Calls(google)
    assert (tmp_path / "client.json").stat().st_mode & 0o777 == 0o600
    answer, raw = calls.raw("GET", consent(own))
    action = unescape(re.search(r'action="([^"]+)"', raw.decode())[1])
    assert "only the specific Google Drive files you use with this app" in raw.decode()
    answer, _ = calls.raw("POST", action, form={"scope": DRIVE_FILE, "answer": "continue"})
    back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (answer.status, back["state"]) == (302, ["s1"])
    form = {"client_id": own["client_id"], "client_secret": own["client_secret"]}
    code = {**form, "grant_type": "authorization_code", "code": back["code"][0], "redirect_uri": REDIRECT}
    answer, raw = calls.raw("POST", "/token", form={**code, "code_verifier": "v" * 43})
    given = json.loads(raw)
    assert given["scope"] == DRIVE_FILE
    Calls(google, given["access_token"]).create({})
    assert google.files()[0].owner == "anna@example.com"
    answer, raw = calls.raw("POST", "/token", form={**code, "code_verifier": "v" * 43})
    assert json.loads(raw)["error"] == "invalid_grant"
    again = {**form, "grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    answer, raw = calls.raw("POST", "/token", form=again)
    assert json.loads(raw)["access_token"] != given["access_token"]
    calls.raw("POST", "/revoke", form={"token": given["refresh_token"]})
    answer, raw = calls.raw("POST", "/token", form=again)
    assert json.loads(raw) == {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
    Calls(google, given["access_token"]).ask("POST", "/v4/spreadsheets", {}, 401)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"client_id": "nobody"}, "invalid_client"),
        ({"redirect_uri": "https://example.com/"}, "redirect_uri_mismatch"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
    ],
)
def test_a_wrong_wish_ends_on_a_page_that_says_so(google: GoogleFake, tmp_path: Path, more: Json, error: str) -> None:
    answer, raw = Calls(google).raw("GET", consent(client(google, tmp_path), **more))
    assert answer.status == 400
    assert f"Error 400: {error}" in raw.decode()


def test_the_person_may_say_no_or_leave_a_box_open(google: GoogleFake, tmp_path: Path) -> None:
    own, calls = client(google, tmp_path), Calls(google)
    answer, _ = calls.raw("POST", consent(own), form={"scope": DRIVE_FILE, "answer": "cancel"})
    assert "error=access_denied" in answer.headers["Location"]
    both = consent(own, scope=f"{DRIVE_FILE} {SCOPE}spreadsheets")
    answer, _ = calls.raw("POST", both, form={"scope": SCOPE + "spreadsheets", "answer": "continue"})
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["scope"] == [SCOPE + "spreadsheets"]


def test_a_code_is_worth_nothing_without_its_verifier(google: GoogleFake, tmp_path: Path) -> None:
    own, calls = client(google, tmp_path), Calls(google)
    answer, _ = calls.raw("POST", consent(own), form={"scope": DRIVE_FILE, "answer": "continue"})
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    form = {"client_id": own["client_id"], "client_secret": own["client_secret"], "code": code}
    form |= {"grant_type": "authorization_code", "redirect_uri": REDIRECT, "code_verifier": "w" * 43}
    _, raw = calls.raw("POST", "/token", form=form)
    assert json.loads(raw)["error_description"] == "Invalid code verifier."


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def claim(robot: Json, **more: Any) -> Json:
    hashes = pytest.importorskip("cryptography.hazmat.primitives.hashes")
    padding = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.padding")
    now = int(NOW.timestamp())
    said = {"iss": robot["client_email"], "scope": DRIVE_FILE, "aud": AUDIENCE, "iat": now, "exp": now + 3600, **more}
    parts = [encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, said)]
    signature = key_pair().sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
    return {"grant_type": JWT_GRANT, "assertion": ".".join([*parts, encoded(signature)])}


@pytest.fixture
def robot(google: GoogleFake, tmp_path: Path) -> Json:
    pytest.importorskip("cryptography")
    key: Json = json.loads(google.service_account_file(tmp_path / "key.json").read_text())
    return key


def test_a_service_account_signs_in_with_its_key(google: GoogleFake, robot: Json) -> None:
    answer, raw = Calls(google).raw("POST", "/token", form=claim(robot))
    assert answer.status == 200, raw
    Calls(google, json.loads(raw)["access_token"]).ask("GET", "/drive/v3/files")
    assert google.log.count("token") == 1
    google.fault(faults.token_refused(), "token")
    answer, raw = Calls(google).raw("POST", "/token", form=claim(robot))
    assert (answer.status, json.loads(raw)["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"aud": "http://127.0.0.1/token"}, "Invalid JWT: Failed audience check."),
        ({"iat": 0, "exp": 3600}, "Invalid JWT: Token must be a short-lived token (60 minutes)"),
        ({"iss": "stranger@example.iam.gserviceaccount.com"}, "Invalid grant: account not found"),
        ({"scope": ""}, "Invalid OAuth scope"),
    ],
)
def test_a_claim_that_does_not_hold_is_refused(google: GoogleFake, robot: Json, more: Json, said: str) -> None:
    _, raw = Calls(google).raw("POST", "/token", form=claim(robot, **more))
    assert said in json.loads(raw)["error_description"]


def test_a_signature_of_another_key_is_refused(google: GoogleFake, robot: Json) -> None:
    form = claim(robot)
    head, said, signature = form["assertion"].split(".")
    form["assertion"] = f"{head}.{said}.{signature[:-4]}AAAA"
    _, raw = Calls(google).raw("POST", "/token", form=form)
    assert json.loads(raw)["error_description"] == "Invalid JWT Signature."
