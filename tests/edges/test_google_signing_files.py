"""Files with secrets: who may read them, how they are written, and what the keyring has to do with it."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from okrsheets.edges.google.signing import application, keys
from okrsheets.edges.google.signing.application import Application
from okrsheets.edges.google.signing.credentials import Found, Source, opened
from okrsheets.edges.google.signing.identity import Identity, Way
from okrsheets.edges.google.signing.tokens import Token, Tokens
from okrsheets.words import errors
from okrsheets.words.message import say

URI = "https://oauth2.googleapis.com/token"
TOKEN = Token(
    "id-1", "GOCSPX-canary", "1//canary", URI, ("drive.file",), "anna@example.com", "2026-11-30T08:00:00+00:00"
)
CLIENT = Application("id-1", "GOCSPX-canary", "https://accounts.google.com/o/oauth2/auth", URI)
INSTALLED = {"client_id": "id-1", "client_secret": "s", "auth_uri": CLIENT.auth_uri, "token_uri": URI}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "google"


@pytest.fixture
def tokens(folder: Path) -> Tokens:
    return Tokens(folder)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def written(path: Path, content: Any, rights: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(rights)
    return path


class Ring:
    """A keyring of the desktop."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.open = True

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.demand()
        self.kept[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        self.demand()
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        self.demand()
        del self.kept[service, name]

    def demand(self) -> None:
        if not self.open:
            raise OSError("locked: canary")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    ring = Ring()
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_keyring=lambda: ring))
    return ring


@pytest.fixture(autouse=True)
def no_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_a_sign_in_is_kept_for_its_owner_only(tokens: Tokens, folder: Path) -> None:
    assert (tokens.there, tokens.load()) == (False, None)
    tokens.save(TOKEN)
    assert tokens.load() == TOKEN
    assert (mode(tokens.path), mode(folder), mode(folder.parent)) == (0o600, 0o700, 0o700)
    tokens.save(replace(TOKEN, who="bo@example.com"))
    assert tokens.load() == replace(TOKEN, who="bo@example.com")
    assert [path.name for path in folder.iterdir()] == ["token.json"]
    tokens.remove()
    assert (tokens.there, list(folder.iterdir())) == (False, [])


def test_a_folder_that_others_can_look_into_is_closed(tokens: Tokens, folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    tokens.save(TOKEN)
    assert mode(folder) == 0o700


def test_a_write_that_fails_leaves_what_was_there(
    tokens: Tokens, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens.save(TOKEN)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(errors.SignInNotKept) as told:
        tokens.save(replace(TOKEN, refresh_token="1//other"))
    assert told.value.facts == {"path": str(tokens.path), "reason": say("the disk is full")}
    assert tokens.load() == TOKEN
    assert len(list(folder.iterdir())) == 1


def test_a_sign_in_that_cannot_be_taken_away(tokens: Tokens) -> None:
    tokens.path.mkdir(parents=True)
    with pytest.raises(errors.SignInNotKept):
        tokens.remove()


def test_a_secret_does_not_show_itself() -> None:
    assert "canary" not in repr(TOKEN) + repr(CLIENT)


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o644, 0o620])
def test_a_sign_in_that_others_can_read_is_not_used(tokens: Tokens, rights: int) -> None:
    tokens.save(TOKEN)
    tokens.path.chmod(rights)
    with pytest.raises(errors.KeyFileOpen) as told:
        tokens.load()
    assert told.value.facts["path"] == str(tokens.path)


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": None},
        {"refresh_token": ""},
        {"scopes": "drive.file"},
        {"token_uri": "http://example.com/token"},
        {"who": 1},
    ],
)
def test_a_sign_in_that_was_tampered_with_says_so(tokens: Tokens, change: dict[str, Any]) -> None:
    tokens.save(TOKEN)
    written(tokens.path, json.loads(tokens.path.read_text()) | change)
    with pytest.raises(errors.SignInDamaged) as told:
        tokens.load()
    assert told.value.exit_code == 3
    assert "canary" not in repr(told.value)


@pytest.mark.parametrize("content", ["", "[]", "{", "\x00"])
def test_a_file_that_is_no_sign_in(tokens: Tokens, content: str) -> None:
    written(tokens.path, content)
    with pytest.raises(errors.SignInDamaged):
        tokens.load()


def test_with_a_keyring_the_secret_lies_in_it(tokens: Tokens, ring: Ring) -> None:
    tokens.save(TOKEN)
    assert "canary" not in tokens.path.read_text().replace(TOKEN.client_secret, "")
    assert list(ring.kept.values()) == [TOKEN.refresh_token]
    assert tokens.load() == TOKEN
    tokens.remove()
    assert (ring.kept, tokens.there) == ({}, False)


def test_two_people_with_one_client_keep_their_own_secrets(tokens: Tokens, ring: Ring, tmp_path: Path) -> None:
    """As a coach has who keeps a folder for each client: the application is the same."""
    other = Tokens(tmp_path / "other")
    berts = replace(TOKEN, refresh_token="1//canary-bert", who="bert@example.org")
    tokens.save(TOKEN)
    other.save(berts)
    assert (tokens.load(), other.load()) == (TOKEN, berts)
    other.save(berts)
    assert len(ring.kept) == 2
    other.remove()
    assert tokens.load() == TOKEN


def test_a_keyring_that_does_not_open(tokens: Tokens, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens.save(TOKEN)
    ring.open = False
    with pytest.raises(errors.KeyringClosed) as told:
        tokens.load()
    assert "canary" not in repr(told.value)
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(errors.KeyringClosed):
        tokens.load()
    tokens.remove()
    assert not tokens.there


def test_a_keyring_that_lost_it(tokens: Tokens, ring: Ring) -> None:
    tokens.save(TOKEN)
    ring.kept.clear()
    with pytest.raises(errors.SignInDamaged):
        tokens.load()


@pytest.mark.parametrize("change", [{"open": False}, {"priority": 0}, {"get_password": lambda *_: None}])
def test_a_keyring_that_does_not_work_is_not_used(tokens: Tokens, ring: Ring, change: dict[str, Any]) -> None:
    vars(ring).update(change)
    tokens.save(TOKEN)
    assert tokens.load() == TOKEN
    assert json.loads(tokens.path.read_text())["refresh_token"] == TOKEN.refresh_token


KEY = {"type": "service_account", "private_key": "-----BEGIN canary", "client_email": "r@x", "token_uri": URI}


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o644, 0o610])
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path, rights: int) -> None:
    path = written(tmp_path / "key.json", KEY, rights)
    with pytest.raises(errors.KeyFileOpen) as told:
        keys.read_key(path)
    assert told.value.exit_code == 3
    assert told.value.advice.text == "Keep it to yourself with: chmod 600 {path}"


def test_windows_keeps_such_rights_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "WINDOWS", True)
    assert keys.read_key(written(tmp_path / "key.json", KEY, 0o644)) == KEY
    keys.write_private(tmp_path / "new" / "key.json", KEY)
    assert json.loads((tmp_path / "new" / "key.json").read_text()) == KEY


def test_a_file_without_a_secret_may_be_read_by_anybody(tmp_path: Path) -> None:
    content = {"type": "external_account", "token_url": "https://sts.googleapis.com/v1/token"}
    assert keys.read_key(written(tmp_path / "key.json", content, 0o644)) == content


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("{", errors.KeyFileUnusable),
        ("[]", errors.KeyFileUnusable),
        ({"installed": INSTALLED}, errors.ClientAsKey),
        ({"web": INSTALLED}, errors.ClientAsKey),
        ({**KEY, "token_uri": "http://example.com/token"}, errors.KeyFileUnusable),
        (KEY, errors.KeyFileUnusable),
        ({**KEY, "client_email": None}, errors.KeyFileUnusable),
        ({"type": "authorized_user", "refresh_token": "1//canary"}, errors.KeyFileUnusable),
        ({"type": "something_new"}, errors.KeyFileUnusable),
        ({}, errors.KeyFileUnusable),
    ],
)
def test_a_file_that_is_no_key_says_why_without_showing_it(
    tmp_path: Path, tokens: Tokens, content: Any, error: type[errors.OkrsheetsError]
) -> None:
    path = written(tmp_path / "key.json", content)
    with pytest.raises(error) as told:
        opened(Source(Found.CONFIGURATION, path), tokens)
    assert told.value.exit_code == 3
    assert "canary" not in repr(told.value) + repr(told.value.__cause__)


OF_AMAZON = {
    "environment_id": "aws1",
    "region_url": "http://169.254.169.254/latest/meta-data/placement/availability-zone",
    "url": "http://169.254.169.254/latest/meta-data/iam/security-credentials",
    "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity",
}


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("urn:ietf:params:oauth:token-type:jwt", {"file": "jwt"}),
        ("urn:ietf:params:aws:token-type:aws4_request", OF_AMAZON),
    ],
)
def test_workload_identity_needs_no_key(tmp_path: Path, tokens: Tokens, kind: str, place: dict[str, str]) -> None:
    content = {
        "type": "external_account",
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/g",
        "subject_token_type": kind,
        "token_url": "https://sts.googleapis.com/v1/token",
        "credential_source": place,
    }
    found = opened(Source(Found.ENVIRONMENT, written(tmp_path / "wif.json", content, 0o644)), tokens)
    assert found.identity == Identity(Way.DEFAULT)
    assert found.credentials.scopes[0] == "https://www.googleapis.com/auth/spreadsheets"


def test_a_key_that_is_not_there(tmp_path: Path, tokens: Tokens) -> None:
    with pytest.raises(errors.KeyFileUnusable) as told:
        opened(Source(Found.ENVIRONMENT, tmp_path / "gone.json"), tokens)
    assert told.value.facts["reason"] == say("it is not there")
    with pytest.raises(errors.NotSignedIn):
        opened(Source(Found.LOGIN, tokens.path), tokens)


def test_a_client_is_remembered(tmp_path: Path, folder: Path) -> None:
    path = written(tmp_path / "client_secret.json", {"installed": INSTALLED}, 0o644)
    client = application.read_application(path)
    assert application.remembered(folder) is None
    application.remember(folder, client)
    assert application.remembered(folder) == client
    assert mode(folder / "client.json") == 0o600


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "it holds no JSON"),
        ({"web": INSTALLED}, "it is one of the type Web application"),
        (KEY, "it is the key of a service account; name it in google.credentials instead"),
        ({}, "it is something else"),
        ({"installed": []}, "it is something else"),
        ({"installed": {**INSTALLED, "client_secret": ""}}, "{name} is missing"),
        ({"installed": {**INSTALLED, "auth_uri": "http://example.com/"}}, "{name}: {reason}"),
    ],
)
def test_a_file_that_is_no_client_says_what_it_is(tmp_path: Path, content: Any, reason: str) -> None:
    with pytest.raises(errors.ClientUnusable) as told:
        application.read_application(written(tmp_path / "client.json", content))
    assert told.value.facts["reason"].text == reason  # type: ignore[union-attr]
