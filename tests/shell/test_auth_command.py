"""`okrsheets auth`: signing in, saying who, signing out, as a person does it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from google_fake import ROBOT, Caller, GoogleFake, faults
from okr import Answer, Okr

from okrsheets.edges.google.signing.login import Invitation
from okrsheets.edges.google.signing.loopback import Loopback
from okrsheets.shell.auth import connected
from okrsheets.shell.desk import Desk
from okrsheets.shell.inviting import has_browser, tunnel

sys.path.append(str(Path(__file__).parent.parent / "edges"))
from google_browser import Browser

ANNA = "anna@example.com"
ELSEWHERE = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_CONNECTION", "SSH_TTY", "GOOGLE_APPLICATION_CREDENTIALS")


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleFake]:
    for variable in (*ELSEWHERE, "OKRSHEETS_GOOGLE_CREDENTIALS", "K_SERVICE", "CLOUDSDK_CONFIG"):
        monkeypatch.delenv(variable, raising=False)
    with GoogleFake(any_token=False) as fake:
        monkeypatch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", fake.base_url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield fake
        assert fake.violations == []


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    browser = Browser()
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.open", browser.open)
    return browser


@pytest.fixture
def client(google: GoogleFake) -> Path:
    return google.client_file(Path("client_secret.json"))


def secretless(answer: Answer) -> bool:
    return not [secret for secret in ("1//fake", "ya29", "GOCSPX", "PRIVATE KEY") if secret in answer.out + answer.err]


def test_from_nothing_to_signed_in_and_out_again(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser, home: Path
) -> None:
    answer = okr("auth", "login", "--client", client)
    assert answer.code == 0, answer.err
    assert f"Signed in as {ANNA}" in answer.out
    assert "with the scopes drive.file" in answer.out
    assert "Google Drive API: works" in answer.out
    assert "Google Sheets API: works" in answer.out
    assert f"Google Sheets is reached through {google.base_url}" in answer.err
    assert f"{google.base_url}/o/oauth2/v2/auth?client_id=" in answer.err.replace("\n", "")
    assert secretless(answer)
    assert "Thank you" in browser.pages[1]
    status = okr("auth", "--json").json
    file = home / ".local" / "state" / "okrsheets" / "google" / "token.json"
    assert status == {
        "signed_in": True,
        "way": "user",
        "from": "login",
        "file": str(file),
        "who": ANNA,
        "scopes": ["drive.file"],
        "expires": None,
        "works": {"drive": True, "sheets": True},
        "error": None,
    }
    assert file.stat().st_mode & 0o777 == 0o600
    assert "who" in file.read_text()
    answer = okr("auth", "logout")
    assert (answer.code, file.exists(), google.accounts.refreshing) == (0, False, {})
    assert "Google has forgotten the sign-in" in answer.err
    assert okr("auth", "logout", "--json").json == {"revoked": True}
    assert okr("auth", "login").code == 0, "the client is remembered"


def test_without_a_client_the_guide_is_shown(google: GoogleFake, okr: Okr) -> None:
    answer = okr("auth", "login")
    assert answer.code == 2
    for number in "1234":
        assert f"{number}. " in answer.err
    assert answer.err.count("https://console.cloud.google.com/") == 5
    assert "okrsheets auth login --client FILE" in answer.err


def test_without_a_browser_the_address_and_a_tunnel_are_shown(
    google: GoogleFake, okr: Okr, client: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody comes; a person who presses Ctrl-C is what ends it here."""
    monkeypatch.setenv("SSH_CONNECTION", "1")

    def tired(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Loopback, "wait", tired)
    answer = okr("auth", "login", "--client", client)
    assert answer.code == 130
    assert "Go to this address in your browser:" in answer.err
    assert "ssh -L " in answer.err
    assert not (Path.home() / ".local" / "state" / "okrsheets" / "google" / "token.json").exists()


@pytest.mark.parametrize("way", ["--no-browser", "no display", "browser fails"])
def test_when_no_browser_opens(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "no display":
        monkeypatch.delenv("DISPLAY")

    def opens(url: str) -> bool:
        assert way == "browser fails"
        return False

    def tired(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("webbrowser.open", opens)
    monkeypatch.setattr(Loopback, "wait", tired)
    answer = okr("auth", "login", "--client", client, *([way] if way.startswith("--") else []))
    assert (answer.code, "ssh -L " in answer.err) == (130, True)


def test_the_wider_scope_is_asked_for_when_it_is_named(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser
) -> None:
    answer = okr("auth", "login", "--client", client, "--scope", "spreadsheets", "--json")
    assert answer.json["scopes"] == ["drive.file", "spreadsheets"]


def test_a_person_may_say_no(google: GoogleFake, okr: Okr, client: Path, browser: Browser) -> None:
    browser.answer = "cancel"
    answer = okr("auth", "login", "--client", client)
    assert answer.code == 3
    assert answer.lines[-2:] == [
        "Stopped: Google did not sign you in (access_denied).",
        "  Try again with: okrsheets auth login, and choose Continue on Google's page.",
    ]


def test_an_interface_that_is_off_is_said_with_the_address(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser
) -> None:
    google.disable("sheets")
    answer = okr("auth", "login", "--client", client)
    assert answer.code == 3
    assert "Google Drive API: works" in answer.out
    assert "Stopped: The Google Sheets API is not switched on for your project." in answer.lines
    assert "https://console.developers.google.com/apis/api/sheets.googleapis.com/" in answer.err
    google.disable()
    assert okr("auth").code == 0


def test_nobody_is_signed_in(google: GoogleFake, okr: Okr) -> None:
    answer = okr("auth", "status")
    assert (answer.code, answer.lines[0]) == (3, "Stopped: Nobody is signed in to Google yet.")
    answer = okr("auth", "--json")
    assert (answer.code, answer.json["signed_in"], answer.json["works"]) == (
        3,
        False,
        {"drive": False, "sheets": False},
    )
    assert answer.json["error"].startswith("Nobody is signed in")


def test_a_key_of_the_configuration(google: GoogleFake, okr: Okr) -> None:
    key = google.service_account_file(Path("key.json"), ROBOT)
    Path("config.toml").write_text('[google]\ncredentials = "key.json"\n')
    answer = okr("auth", "--config", "config.toml", "--json")
    assert (answer.code, answer.json["way"], answer.json["from"]) == (0, "service_account", "configuration")
    assert (answer.json["who"], answer.json["file"]) == (ROBOT, str(key.absolute()))
    assert "by the configuration" in okr("auth", "--config", "config.toml").out


def test_a_sign_in_beside_a_key_is_kept_and_said_not_to_count(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(google.service_account_file(Path("key.json"), ROBOT)))
    answer = okr("auth", "login", "--client", client)
    assert (answer.code, f"Signed in as {ROBOT}" in answer.out) == (0, True)
    assert "Your sign-in is kept, but another one counts:" in answer.err
    assert "by OKRSHEETS_GOOGLE_CREDENTIALS: key.json" in answer.out


def test_a_key_for_everybody_is_refused_with_the_fix(google: GoogleFake, okr: Okr) -> None:
    key = google.service_account_file(Path("key.json"), ROBOT)
    key.chmod(0o644)
    Path("config.toml").write_text('[google]\ncredentials = "key.json"\n')
    answer = okr("auth", "--config", "config.toml")
    assert answer.code == 3
    assert f"chmod 600 {key.absolute()}" in answer.err
    assert len(google.log) == 0


def test_a_sign_in_that_ended_says_so_once(google: GoogleFake, okr: Okr, client: Path, browser: Browser) -> None:
    okr("auth", "login", "--client", client)
    google.fault(faults.token_refused(), "token", times=None)
    answer = okr("auth", "--verbose")
    assert answer.code == 3
    assert answer.err.count("Stopped: Google no longer accepts your sign-in") == 1
    assert "okrsheets auth login" in answer.err
    assert secretless(answer)


def test_signed_out_without_google(google: GoogleFake, okr: Okr, client: Path, browser: Browser) -> None:
    okr("auth", "login", "--client", client)
    google.fault(faults.unauthorized(), "revoke")
    answer = okr("auth", "logout")
    assert answer.code == 0
    assert "https://myaccount.google.com/connections" in answer.err


def test_the_day_on_which_a_sign_in_ends_is_told(
    google: GoogleFake, okr: Okr, client: Path, browser: Browser, home: Path
) -> None:
    okr("auth", "login", "--client", client)
    path = home / ".local" / "state" / "okrsheets" / "google" / "token.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"expires": "2026-11-30T08:00:00+00:00"}))
    assert "until Nov 30, 2026" in okr("auth").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("auth", "dance"), "okrsheets auth cannot dance."),
        (("auth", "login", "--scope", "drive"), "drive is not a scope that okrsheets asks for."),
        (("auth", "login", "--client", "gone.json"), "gone.json is no OAuth client of a desktop app"),
    ],
)
def test_what_cannot_be(google: GoogleFake, okr: Okr, arguments: tuple[str, ...], said: str) -> None:
    answer = okr(*arguments)
    assert answer.code in (2, 3)
    assert said in answer.err


def test_an_endpoint_in_the_clear_is_refused(google: GoogleFake, okr: Okr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", "http://gate.example.com")
    answer = okr("auth", "--json")
    assert answer.code == 2
    assert "without https anybody on the way could read along" in answer.json["error"]


def test_a_key_of_this_machine_says_little_of_itself(
    google: GoogleFake, okr: Okr, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As gcloud writes it: nobody knows its scopes."""
    own = json.loads(google.client_file(Path("client.json")).read_text())["installed"]
    refresh = google.accounts.refresh_token_for(own["client_id"], Caller(ANNA))
    names = {name: own[name] for name in ("client_id", "client_secret", "token_uri")}
    key = Path("adc.json")
    key.write_text(json.dumps({"type": "authorized_user", "refresh_token": refresh, **names}))
    key.chmod(0o600)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    answer = okr("auth")
    assert (answer.code, f"Signed in as {ANNA}" in answer.out, "scopes" in answer.out) == (0, True, False)
    assert "by the application default credentials: adc.json" in answer.out


@pytest.mark.parametrize(
    ("environ", "there"),
    [
        ({}, sys.platform != "linux"),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":10", "SSH_CONNECTION": "1"}, False),
        ({"DISPLAY": ":10", "SSH_TTY": "1"}, False),
        ({"BROWSER": "firefox", "SSH_TTY": "1"}, True),
    ],
)
def test_who_sits_before_this_computer(environ: dict[str, str], there: bool) -> None:
    assert has_browser(environ) is there


def test_where_nobody_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert tunnel(Invitation("https://x", 8085)).startswith("ssh -L 8085:127.0.0.1:8085 USER@")


def test_nobody_who_needs_no_google_waits_for_its_libraries() -> None:
    code = "import sys, okrsheets.shell.app as app; app.build(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"gspread", "requests", "google.auth", "http.server", "webbrowser"} & set(loaded)


def test_google_itself_needs_no_notice(
    google: GoogleFake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OKRSHEETS_GOOGLE_ENDPOINT")
    monkeypatch.setenv("OKRSHEETS_GOOGLE_CREDENTIALS", str(google.service_account_file(Path("key.json"), ROBOT)))
    assert connected(Desk()).endpoint.base == ""
    assert capsys.readouterr() == ("", "")
