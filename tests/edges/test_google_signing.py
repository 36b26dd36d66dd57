"""Which sign-in counts, how it is renewed, and what is said when Google does not take it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google.auth.exceptions import TransportError
from google_fake import ROBOT, SCOPE, Caller, GoogleFake, faults
from google_fake.answers import HTML_TYPE, Answer
from google_fake.faults import BAD_GATEWAY, Fault
from google_wire import Time

from okrsheets.edges.google.signing import credentials
from okrsheets.edges.google.signing.checkup import check_up
from okrsheets.edges.google.signing.connection import Connection, connect, tokens_in
from okrsheets.edges.google.signing.credentials import Found
from okrsheets.edges.google.signing.identity import Identity, Way
from okrsheets.edges.google.signing.refreshing import TokenCalls, refused
from okrsheets.edges.google.signing.tokens import Token
from okrsheets.edges.google.wire.patience import DEADLINE
from okrsheets.words import errors
from okrsheets.words.message import say

ANNA = "anna@example.com"
CLIENT = ("client-1", "GOCSPX-canary")


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake(any_token=False) as fake:
        fake.accounts.clients[CLIENT[0]] = CLIENT[1]
        yield fake
        assert fake.violations == []


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def key(google: GoogleFake, tmp_path: Path) -> Path:
    return google.service_account_file(tmp_path / "key.json", ROBOT)


def token_of(google: GoogleFake, *scopes: str) -> Token:
    """A sign-in of Anna's."""
    given = scopes or ("drive.file",)
    caller = Caller(ANNA, frozenset(SCOPE + scope for scope in given), CLIENT[0])
    refresh = google.accounts.refresh_token_for(CLIENT[0], caller)
    return Token(*CLIENT, refresh, f"{google.base_url}/token", given, ANNA)


def connected(google: GoogleFake, time: Time, tmp_path: Path, **more: Any) -> Connection:
    environ = {"HOME": str(tmp_path), "OKRSHEETS_GOOGLE_ENDPOINT": google.base_url, **more.pop("environ", {})}
    return connect(environ, tmp_path / "state", patience=time.patience(), quota=time.quota(), **more)


def test_a_service_account_signs_with_its_key_and_asks_once(
    google: GoogleFake, time: Time, tmp_path: Path, key: Path
) -> None:
    found = connected(google, time, tmp_path, credentials=str(key))
    assert (found.sign_in.source.found, found.sign_in.source.path) == (Found.CONFIGURATION, key)
    assert (found.sign_in.identity.way, found.sign_in.identity.who) == (Way.SERVICE_ACCOUNT, ROBOT)
    id = google.seed_values({"A": [[1]]})
    assert found.api.file(id, "id") == {"id": id}
    assert found.api.get_spreadsheet(id, fields="spreadsheetId") == {"spreadsheetId": id}
    assert google.log.count("token") == 1
    [grant] = [grant for grant in google.accounts.tokens.values() if grant.caller.email == ROBOT]
    asked = {scope.removeprefix(SCOPE) for scope in grant.caller.scopes or ()}
    assert asked == {"spreadsheets", "drive.metadata.readonly", "drive.file"}


def test_nothing_but_google_and_its_token_endpoint_is_called(
    google: GoogleFake, time: Time, tmp_path: Path, key: Path
) -> None:
    check_up(connected(google, time, tmp_path, credentials=str(key)).api)
    assert [entry.id for entry in google.log] == ["token", "drive.about.get", "sheets.spreadsheets.get"]


def test_a_service_account_is_told_that_it_owns_no_files(
    google: GoogleFake, time: Time, tmp_path: Path, key: Path
) -> None:
    google.accounts.robots.add(ROBOT)
    google.world.service_accounts_have_storage = False
    found = connected(google, time, tmp_path, credentials=str(key))
    with pytest.raises(errors.NoStorage) as told:
        found.api.create_file({"name": "x"})
    assert told.value.facts["who"] == ROBOT


def test_a_person_signs_in_with_the_kept_token(google: GoogleFake, time: Time, tmp_path: Path) -> None:
    tokens_in(tmp_path / "state").save(token_of(google))
    found = connected(google, time, tmp_path)
    assert found.sign_in.identity.way is Way.PERSON
    assert found.sign_in.identity.sees_only_its_own
    assert check_up(found.api).who == ANNA
    with pytest.raises(errors.NotSeen):
        found.api.file(google.seed_values({"A": []}, owner=ANNA), "id")


def test_the_environment_wins_over_the_configuration_and_that_over_who_signed_in(
    google: GoogleFake, time: Time, tmp_path: Path, key: Path
) -> None:
    other = google.service_account_file(tmp_path / "other.json", "other@x.iam.gserviceaccount.com")
    gcloud = tmp_path / ".config" / "gcloud" / "application_default_credentials.json"
    gcloud.parent.mkdir(parents=True)
    gcloud.write_text(json.dumps(authorized_user(token_of(google))))
    gcloud.chmod(0o600)
    assert connected(google, time, tmp_path).sign_in.source == credentials.Source(Found.DEFAULT, gcloud)
    tokens = tokens_in(tmp_path / "state")
    tokens.save(token_of(google))
    assert connected(google, time, tmp_path).sign_in.source.found is Found.LOGIN
    configured = connected(google, time, tmp_path, credentials=str(key))
    assert configured.sign_in.identity.who == ROBOT
    environ = {credentials.VARIABLE: str(other)}
    named = connected(google, time, tmp_path, credentials=str(key), environ=environ)
    assert named.sign_in.identity.who == "other@x.iam.gserviceaccount.com"
    assert named.sign_in.source.found is Found.ENVIRONMENT


def authorized_user(token: Token, **more: Any) -> dict[str, Any]:
    """The file that gcloud writes."""
    own = {name: getattr(token, name) for name in ("client_id", "client_secret", "refresh_token", "token_uri")}
    return {"type": "authorized_user", **own, **more}


def test_application_default_credentials_may_be_named(google: GoogleFake, time: Time, tmp_path: Path) -> None:
    path = tmp_path / "adc.json"
    path.write_text(json.dumps(authorized_user(token_of(google), quota_project_id="p1", account=ANNA)))
    path.chmod(0o600)
    found = connected(google, time, tmp_path, environ={credentials.DEFAULT_VARIABLE: str(path)})
    assert found.sign_in.identity.who == ANNA
    assert check_up(found.api).who == ANNA


def test_where_gcloud_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "application_default_credentials.json"
    (tmp_path / name).write_text("{}")
    assert credentials.default_file({"CLOUDSDK_CONFIG": str(tmp_path)}) == tmp_path / name
    assert credentials.default_file({"HOME": str(tmp_path)}) is None
    monkeypatch.setattr("sys.platform", "win32")
    assert credentials.gcloud_folder({"APPDATA": "roaming"}) == Path("roaming/gcloud")


@pytest.mark.parametrize(
    ("product", "there"), [("Google Compute Engine\n", True), ("ThinkPad\n", False), (None, False)]
)
def test_a_machine_of_googles_cloud_is_known_without_a_call(
    product: str | None, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "product_name"
    if product is not None:
        path.write_text(product)
    monkeypatch.setattr(credentials, "PRODUCT_NAME", path)
    assert credentials.on_googles_machine({}) is there
    assert credentials.on_googles_machine({"K_SERVICE": "run"})


def test_a_machine_that_does_not_know_itself(
    google: GoogleFake, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(credentials.DEFAULT_VARIABLE, raising=False)
    with pytest.raises(errors.GoogleUnwell):
        connected(google, time, tmp_path, environ={"K_SERVICE": "run"})


def test_nobody_is_signed_in(google: GoogleFake, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "PRODUCT_NAME", tmp_path / "none")
    with pytest.raises(errors.NotSignedIn) as told:
        connected(google, time, tmp_path)
    assert told.value.exit_code == 3


REFUSALS = {
    "revoked": (faults.token_refused(), errors.SignInEnded, errors.KeyRefused),
    "client": (faults.token_refused("invalid_client", "Unauthorized"), errors.ClientRefused, errors.ClientRefused),
    "deleted": (faults.token_refused("deleted_client", "gone"), errors.ClientRefused, errors.ClientRefused),
    "scope": (faults.token_refused("invalid_scope", "Bad Request"), errors.ScopeMissing, errors.ScopeMissing),
    "clock": (
        faults.token_refused("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)"),
        errors.ClockOff,
        errors.ClockOff,
    ),
    "in another form": (faults.not_shared(), errors.SignInEnded, errors.KeyRefused),
    "page": (Fault("403 page", Answer(403, BAD_GATEWAY, HTML_TYPE)), errors.SignInEnded, errors.KeyRefused),
    "nothing": (Fault("403 empty", Answer(403, {})), errors.SignInEnded, errors.KeyRefused),
}
REASONS = {
    "in another form": "The caller does not have permission",
    "page": say("the answer of its sign-in could not be read"),
    "nothing": say("the answer of its sign-in could not be read"),
}
LASTING = {
    "429": (faults.too_many_requests(), errors.GoogleBusy),
    "403 rate": (faults.rate_limited(), errors.GoogleBusy),
    "429 with Retry-After": (faults.too_many_requests(retry_after=9), errors.GoogleBusy),
    "500": (faults.server_error(500), errors.GoogleUnwell),
    "502 page": (faults.bad_gateway_page(), errors.GoogleUnwell),
    "503": (faults.server_error(503), errors.GoogleUnwell),
    "internal": (faults.token_refused("internal_failure", ""), errors.GoogleUnwell),
    "reset": (faults.reset(), errors.GoogleUnwell),
    "hang": (faults.hang(0.02), errors.GoogleUnwell),
    "truncated": (faults.truncated(), errors.GoogleUnwell),
    "short body": (faults.short_body(), errors.GoogleUnwell),
    "page instead of JSON": (faults.wrong_type(), errors.GoogleUnwell),
    "answer lost": (faults.lost_answer(), errors.GoogleUnwell),
}


@pytest.fixture(params=["person", "robot"])
def found(request: pytest.FixtureRequest, google: GoogleFake, time: Time, tmp_path: Path, key: Path) -> Connection:
    if request.param == "robot":
        return connected(google, time, tmp_path, credentials=str(key))
    tokens_in(tmp_path / "state").save(token_of(google))
    return connected(google, time, tmp_path)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_token_that_is_refused_says_why_and_what_to_do(google: GoogleFake, found: Connection, refusal: str) -> None:
    fault, person, robot = REFUSALS[refusal]
    google.fault(fault, "token")
    with pytest.raises(robot if found.sign_in.identity.is_robot else person) as told:
        found.api.account()
    assert told.value.exit_code == 3
    assert refusal not in REASONS or told.value.facts["reason"] == REASONS[refusal]
    assert google.log.count("drive") == 0


@pytest.mark.parametrize("name", LASTING)
def test_trouble_with_a_token_that_passes_is_not_noticed(
    google: GoogleFake, time: Time, found: Connection, name: str
) -> None:
    google.fault(LASTING[name][0], "token")
    assert found.api.account() in (ANNA, ROBOT)
    assert len(time.slept) == 1


@pytest.mark.parametrize("name", LASTING)
def test_trouble_with_a_token_that_lasts_is_told_once_and_soon(
    google: GoogleFake, time: Time, found: Connection, name: str
) -> None:
    fault, error = LASTING[name]
    google.fault(fault, "token", times=None)
    with pytest.raises(error) as told:
        found.api.account()
    assert told.value.exit_code == 75
    assert 0 < sum(time.slept) <= DEADLINE
    assert google.log.count("token") == len(time.slept) + 1


def test_silence_of_the_token_endpoint_is_bounded(google: GoogleFake, time: Time) -> None:
    google.fault(faults.hang(), "token", times=None)
    with pytest.raises(errors.GoogleUnwell) as told:
        TokenCalls(time.patience(), (5.0, 0.05)).post(f"{google.base_url}/token", {"grant_type": "x"})
    assert told.value.facts["reason"] == say("it did not answer in time")
    assert len(time.slept) == 5


def test_a_token_that_google_no_longer_takes_is_renewed_once(google: GoogleFake, found: Connection) -> None:
    google.fault(faults.unauthorized(), "drive")
    assert found.api.account() in (ANNA, ROBOT)
    assert (google.log.count("token"), google.log.count("drive")) == (2, 2)
    google.fault(faults.unauthorized(), "drive", times=None)
    with pytest.raises(errors.SignInRefused):
        found.api.account()
    assert (google.log.count("token"), google.log.count("drive")) == (3, 4)


def test_a_clock_that_is_off_is_told_from_a_bad_key(google: GoogleFake, time: Time, tmp_path: Path, key: Path) -> None:
    google.clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    with pytest.raises(errors.ClockOff):
        connected(google, time, tmp_path, credentials=str(key)).api.account()


def test_an_interface_that_is_off_is_named(google: GoogleFake, found: Connection) -> None:
    google.disable("sheets")
    told = check_up(found.api)
    assert (told.drive, type(told.sheets), told.fault) == (None, errors.ApiDisabled, told.sheets)
    google.disable("drive")
    told = check_up(found.api)
    assert (type(told.drive), told.sheets, told.who) == (errors.ApiDisabled, None, "")


def test_what_fails_for_both_is_asked_once(google: GoogleFake, found: Connection) -> None:
    google.fault(faults.token_refused(), "token", times=None)
    told = check_up(found.api)
    assert told.drive is told.sheets is told.fault
    assert google.log.count("token") == 1


EVERY_FAULT = [*(fault for fault, _, _ in REFUSALS.values()), *(fault for fault, _ in LASTING.values())]


@pytest.mark.parametrize("fault", [*EVERY_FAULT, None])
def test_no_secret_in_the_log_the_errors_or_what_things_say_of_themselves(
    fault: Fault | None, google: GoogleFake, found: Connection, key: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = [repr(found), repr(found.sign_in), repr(found.api), repr(vars(found.api).get("_session"))]
    if fault is None:
        found.api.account()
    else:
        google.fault(fault, "token", times=None)
        with pytest.raises(errors.OkrsheetsError) as told:
            found.api.account()
        error: BaseException | None = told.value
        while error is not None:
            seen += [str(error), repr(error), repr(vars(error))]
            error = error.__cause__ or error.__context__
    seen += [record.getMessage() + repr(record.__dict__) for record in caplog.records]
    secrets = [json.loads(key.read_text())["private_key"].splitlines()[1], CLIENT[1], "ya29.", "1//fake", "eyJ"]
    assert len(caplog.records) > 1
    assert not [text for text in seen for secret in secrets if secret in text]


def test_what_is_said_to_this_computer_in_the_clear_passes_no_proxy(
    google: GoogleFake, found: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with GoogleFake() as elsewhere:
        monkeypatch.setenv("http_proxy", elsewhere.base_url)
        assert found.api.account() in (ANNA, ROBOT)
        assert (len(elsewhere.log), google.log.count("token")) == (0, 1)


def test_a_token_does_not_show_itself(google: GoogleFake, time: Time) -> None:
    answer = TokenCalls(time.patience())(f"{google.base_url}/token", "POST", b"grant_type=x")
    assert repr(answer) == "TokenAnswer(400)"
    told = refused(TransportError("Bearer canary broke"), Identity())
    assert type(told) is errors.GoogleUnwell
    assert told.facts["reason"] == "… broke"


def test_sheets_may_fail_where_drive_works(google: GoogleFake, found: Connection) -> None:
    google.fault(faults.server_error(503), "sheets", times=None)
    told = check_up(found.api)
    assert (told.drive, type(told.sheets)) == (None, errors.GoogleUnwell)


def test_a_machine_that_knows_itself(
    google: GoogleFake, time: Time, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """google-auth finds out by itself; here it is told by a variable that only it sees."""
    monkeypatch.setenv(credentials.DEFAULT_VARIABLE, str(key))
    found = connected(google, time, tmp_path, environ={"K_SERVICE": "run"})
    assert found.sign_in.source == credentials.Source(Found.DEFAULT, None)
    assert check_up(found.api).who == ROBOT
