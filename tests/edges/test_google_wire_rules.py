"""What decides about a call, without a call: patience, quota, the endpoint, and what a refusal means."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization as way
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from google_fake import GoogleFake, faults
from google_wire import Time, session
from hypothesis import given
from hypothesis import strategies as st
from requests.exceptions import ConnectTimeout

from okrsheets.edges.google.signing.identity import Identity, Way
from okrsheets.edges.google.wire.answers import broken, retry_after
from okrsheets.edges.google.wire.api import GoogleApi, held
from okrsheets.edges.google.wire.call import Call, Kind
from okrsheets.edges.google.wire.client import SheetsClient
from okrsheets.edges.google.wire.endpoint import DRIVE, SHEETS, Endpoint, endpoint
from okrsheets.edges.google.wire.patience import DEADLINE, LONGEST, GaveUp, Trouble, Troubled, pause
from okrsheets.edges.google.wire.refusals import lasting, quoted, understood
from okrsheets.words import errors
from okrsheets.words.message import say

REASON = say("it answered {status}", status=500)
ROBOT = Identity(Way.SERVICE_ACCOUNT, "robot@x.iam.gserviceaccount.com", ("spreadsheets",))
PERSON = Identity(Way.PERSON, "anna@example.com", ("drive.file",))
WIDE = Identity(Way.PERSON, "anna@example.com", ("drive.file", "spreadsheets"))
READ = Call("get_spreadsheet", Kind.READ, "GET", f"{SHEETS}/v4/spreadsheets/x", file="x")
MAKE = Call("create_file", Kind.DRIVE, "POST", f"{DRIVE}/drive/v3/files")


def failing(time: Time, trouble: Trouble, *, times: int, seconds: float = 0.0) -> Any:
    """A call that fails so often, each try taking so long."""
    left = iter(range(times))

    def once() -> str:
        time.now += seconds
        if next(left, None) is not None:
            raise Troubled(trouble)
        return "done"

    return once


@pytest.mark.parametrize(
    ("tries", "asked", "chance", "seconds"),
    [
        (1, None, 0.0, 1.0),
        (1, None, 0.5, 1.5),
        (2, None, 0.5, 2.5),
        (6, None, 0.9, 32.9),
        (7, None, 0.9, 64.0),
        (2000, None, 0.9, 64.0),
        (1, 7.0, 0.9, 7.0),
        (4, 7.0, 0.5, 8.5),
        (1, 0.0, 0.5, 1.5),
        (1, -3.0, 0.5, 1.5),
        (1, 600.0, 0.9, 600.0),
    ],
)
def test_the_pause_doubles_and_is_no_shorter_than_google_asks_for(
    tries: int, asked: float | None, chance: float, seconds: float
) -> None:
    assert pause(tries, asked, chance) == seconds


@given(st.integers(1, 50), st.floats(0, 1))
def test_no_pause_is_shorter_than_a_second_or_longer_than_the_longest(tries: int, chance: float) -> None:
    assert 1 <= pause(tries, None, chance) <= LONGEST


@given(
    st.integers(1, 30),
    st.floats(0, 65),
    st.none() | st.floats(0, 120),
    st.booleans(),
)
def test_a_call_is_bounded_in_time(times: int, seconds: float, asked: float | None, repeatable: bool) -> None:
    time = Time()
    trouble = Trouble(REASON, perhaps_done=False, retry_after=asked)
    try:
        done = time.patience().see_through(failing(time, trouble, times=times, seconds=seconds), repeatable=repeatable)
        assert done == "done"
    except GaveUp:
        pass
    assert sum(time.slept) <= DEADLINE
    assert time.now - 1000 <= DEADLINE + seconds + 1e-6


def test_no_wait_that_reaches_exactly_the_deadline_is_left_out() -> None:
    time = Time()
    once = failing(time, Trouble(REASON, retry_after=20.0), times=3)
    assert time.patience().see_through(once) == "done"
    assert time.slept == [20.0, 20.0, 20.0]


@pytest.mark.parametrize(("repeatable", "perhaps_done", "again"), [(1, 1, 1), (1, 0, 1), (0, 0, 1), (0, 1, 0)])
def test_only_what_does_no_harm_is_done_again(repeatable: int, perhaps_done: int, again: int) -> None:
    time = Time()
    once = failing(time, Trouble(REASON, perhaps_done=bool(perhaps_done)), times=1)
    if again:
        assert time.patience().see_through(once, repeatable=bool(repeatable)) == "done"
    else:
        with pytest.raises(GaveUp):
            time.patience().see_through(once, repeatable=bool(repeatable))
    assert len(time.slept) == again


def test_what_is_no_trouble_ends_it_at_once() -> None:
    time = Time()
    with pytest.raises(ZeroDivisionError):
        time.patience().see_through(lambda: 1 / 0)
    assert time.slept == []


def test_of_the_minute_fifty_calls_go_at_once_and_the_next_waits_for_the_first_to_be_a_minute_old() -> None:
    time = Time()
    quota = time.quota()
    for _ in range(50):
        assert quota.take(Kind.READ) == 0
        time.now += 0.1
    assert quota.take(Kind.WRITE) == 0
    assert quota.take(Kind.READ) == pytest.approx(55.0)
    assert quota.take(Kind.READ) == pytest.approx(0.1)
    assert len(time.slept) == 2


def test_drive_has_room_enough() -> None:
    time = Time()
    quota = time.quota(per_minute=1)
    assert [quota.take(Kind.DRIVE) for _ in range(9)] == [0] * 9
    assert time.slept == []


@given(st.lists(st.floats(0, 40), max_size=60), st.integers(1, 5))
def test_in_no_minute_go_more_calls_than_allowed(gaps: list[float], limit: int) -> None:
    time, went = Time(now=0.0), []
    quota = time.quota(per_minute=limit)
    for gap in gaps:
        time.now += gap
        quota.take(Kind.READ)
        went.append(time.now)
    for n in range(len(went) - limit):
        assert went[n + limit] - went[n] >= 60 - 1e-6


@pytest.mark.parametrize(
    ("variable", "configured", "base"),
    [
        ("", "", ""),
        ("", "https://gate.example.com/google/", "https://gate.example.com/google"),
        ("https://a.example.com", "https://b.example.com", "https://a.example.com"),
        ("http://127.0.0.1:8080", "", "http://127.0.0.1:8080"),
        ("http://localhost:8080", "", "http://localhost:8080"),
        ("http://[::1]:8080", "", "http://[::1]:8080"),
        ("  ", "", ""),
    ],
)
def test_the_environment_wins_over_the_configuration_and_that_over_google(
    variable: str, configured: str, base: str
) -> None:
    found = endpoint({"OKRSHEETS_GOOGLE_ENDPOINT": variable}, configured)
    assert found == Endpoint(base)
    assert (found.notice is None) == (base == "")
    assert endpoint({}, configured).base == configured.rstrip("/")


@pytest.mark.parametrize(
    "given",
    [
        "http://gate.example.com",
        "http://10.0.0.1",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "ftp://127.0.0.1",
        "gate.example.com",
        "https://",
        "https://gate.example.com:port",
        "https://gate.example.com/?key=1",
        "https://anna:canary@gate.example.com",
        "http://anna:canary@127.0.0.1",
        "http://[::1",
    ],
)
def test_a_token_goes_nowhere_in_the_clear_and_a_password_is_not_shown(given: str) -> None:
    with pytest.raises(errors.BadEndpoint) as told:
        endpoint({"OKRSHEETS_GOOGLE_ENDPOINT": given}, "")
    assert told.value.exit_code == 2
    assert "canary" not in repr(told.value)


@pytest.mark.parametrize(
    ("base", "url", "address"),
    [
        ("", f"{SHEETS}/v4/spreadsheets", f"{SHEETS}/v4/spreadsheets"),
        ("http://127.0.0.1:1", f"{SHEETS}/v4/spreadsheets", "http://127.0.0.1:1/v4/spreadsheets"),
        ("https://g.example/x", f"{DRIVE}/drive/v3/files", "https://g.example/x/drive/v3/files"),
        ("https://g.example", f"{SHEETS}.evil.example/v4", f"{SHEETS}.evil.example/v4"),
    ],
)
def test_only_scheme_and_host_are_replaced(base: str, url: str, address: str) -> None:
    assert Endpoint(base).address(url) == address


@pytest.mark.parametrize(
    ("fault", "call", "identity", "error", "facts"),
    [
        (faults.unauthorized(), READ, PERSON, errors.SignInRefused, {"who": PERSON.who}),
        (faults.storage_full(), MAKE, ROBOT, errors.NoStorage, {"who": ROBOT.who}),
        (faults.storage_full(), MAKE, PERSON, errors.DriveFull, {}),
        (faults.not_shared(), READ, ROBOT, errors.NotSharedWith, {"who": ROBOT.who, "ref": READ.ref}),
        (faults.missing(), READ, ROBOT, errors.NotSharedWith, {"who": ROBOT.who, "ref": READ.ref}),
        (faults.missing(), READ, PERSON, errors.NotSeen, {"ref": READ.ref}),
        (faults.missing(), READ, WIDE, errors.MayNotEdit, {"ref": READ.ref}),
        (faults.not_shared(), READ, PERSON, errors.MayNotEdit, {"ref": READ.ref}),
        (faults.not_shared(), MAKE, PERSON, errors.RequestRefused, {"status": 403}),
        (faults.api_disabled("sheets"), READ, PERSON, errors.ApiDisabled, {"api": "Google Sheets API"}),
        (faults.api_disabled("drive"), MAKE, PERSON, errors.ApiDisabled, {"api": "Google Drive API"}),
    ],
)
def test_every_known_refusal_has_its_own_words(
    fault: faults.Fault, call: Call, identity: Identity, error: type[Exception], facts: dict[str, Any]
) -> None:
    assert fault.answer is not None
    told = lasting(understood(fault.answer.status, fault.answer.body), call, identity)
    assert type(told) is error
    assert told.exit_code == 3
    assert facts.items() <= told.facts.items()


def refusal(status: int, reason: str, **metadata: str) -> Any:
    info = {"reason": reason, "metadata": metadata}
    return understood(status, {"error": {"message": "No.", "details": [info]}})


def test_the_address_to_switch_an_interface_on_is_googles_own() -> None:
    url = "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=1"
    told = lasting(refusal(403, "SERVICE_DISABLED", activationUrl=url), READ, PERSON)
    assert told.facts["url"] == url
    told = lasting(refusal(403, "SERVICE_DISABLED", activationUrl="https://evil.example/"), READ, PERSON)
    assert told.facts["url"] == "https://console.cloud.google.com/apis/library/sheets.googleapis.com"
    assert told.facts["api"] == "Google Sheets API"
    told = lasting(refusal(403, "SERVICE_DISABLED"), MAKE, PERSON)
    assert told.facts["url"] == "https://console.cloud.google.com/apis/library/drive.googleapis.com"


def test_too_few_scopes_are_named() -> None:
    told = lasting(refusal(403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), READ, PERSON)
    assert type(told) is errors.ScopeMissing


@pytest.mark.parametrize("body", [None, [], "x", {}, {"error": "no"}, {"error": {"errors": "x", "details": [1]}}])
def test_a_refusal_may_say_anything(body: Any) -> None:
    found = understood(418, body)
    assert (found.message, found.reasons, found.asks_to_wait) == ("", frozenset(), False)
    assert lasting(found, MAKE, PERSON).facts == {"status": 418, "reason": "418"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "Mon, 23 Nov 2026 08:00:30 GMT", "Date": "Mon, 23 Nov 2026 08:00:00 GMT"}, 30.0),
        ({"Retry-After": "Mon, 23 Nov 2026 07:00:00 GMT", "Date": "Mon, 23 Nov 2026 08:00:00 GMT"}, 0.0),
        ({"Retry-After": "Mon, 23 Nov 2026 08:00:30 GMT"}, None),
        ({"Retry-After": "Mon, 23 Nov 2026 08:00:30 GMT", "Date": "Mon, 23 Nov 2026 08:00:00"}, None),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    "secret",
    [
        "ya29.a0Af-canary_X",
        "1//0canary-x",
        "4/0Acanary-xyz",
        "GOCSPX-canary",
        "Bearer canary",
        "authorization: bearer canary",
        "eyJhbGciOiJS.canary.x-y",
        "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\ncanary",
    ],
)
def test_a_secret_in_somebody_elses_words_is_masked(secret: str) -> None:
    shown = quoted(f"No {secret} here")
    assert "canary" not in shown
    assert shown.startswith("No")


def test_masked_words_are_one_short_line() -> None:
    assert quoted("a\n b  c") == "a b c"
    assert len(quoted("x " * 1000)) == 300


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[int]:
    """The port of a server in Google's place, with a certificate that nobody vouches for."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    day = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=1))
    path = tmp_path / "server.pem"
    plain = (way.Encoding.PEM, way.PrivateFormat.PKCS8, way.NoEncryption())
    path.write_bytes(made.sign(key, SHA256()).public_bytes(way.Encoding.PEM) + key.private_bytes(*plain))
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_stranger_in_googles_place_is_told_nothing(stranger: int) -> None:
    time = Time()
    api = GoogleApi(session(), endpoint=Endpoint(f"https://localhost:{stranger}"), patience=time.patience())
    with pytest.raises(errors.NotTrusted) as told:
        api.account()
    assert (told.value.exit_code, told.value.facts, time.slept) == (3, {"host": "localhost"}, [])


def test_what_never_got_a_connection_was_not_carried_out() -> None:
    told = broken(ConnectTimeout("timed out"), SHEETS)
    assert isinstance(told, Troubled)
    assert told.trouble == Trouble(say("there is no connection to {host}", host="sheets.googleapis.com"), False, False)


def test_an_answer_without_what_it_is_for_is_worth_nothing() -> None:
    assert held({"token": 7}, "token") == "7"
    with pytest.raises(errors.GoogleUnwell):
        held({}, "token")


def test_gspreads_own_calls_go_the_same_way_and_send_json_only() -> None:
    time = Time()
    with GoogleFake() as google:
        id = google.seed_values({"A": [[1]]})
        client = SheetsClient(
            session(),
            identity=PERSON,
            endpoint=Endpoint(google.base_url),
            patience=time.patience(),
            quota=time.quota(),
        )
        google.fault(faults.server_error(503))
        assert client.fetch_sheet_metadata(id)["spreadsheetId"] == id
        assert client.calls["read"] == 2
        google.fault(faults.server_error(503))
        with pytest.raises(errors.AnswerLost):
            client.batch_update(id, {"requests": []})
        with pytest.raises(NotImplementedError):
            client.request("post", f"{SHEETS}/v4/spreadsheets", data=b"x")
