"""The guide to Google Sheets, followed word by word: what it says is typed works, what it says is told is told."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from google_fake import GoogleFake
from okr import Okr

from okrsheets.edges.google.live import questions
from okrsheets.edges.google.signing.loopback import Loopback

ROOT = Path(__file__).parent.parent.parent
sys.path += [str(ROOT / "tools"), str(ROOT / "tests" / "edges")]
import chromium  # noqa: E402
from follow_guide import GUIDE, Consent, Follower, Guide, Shown  # noqa: E402
from google_browser import Browser  # noqa: E402

VARIABLES = (
    *("OKRSHEETS_GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_CONFIG", "K_SERVICE"),
    *("WAYLAND_DISPLAY", "BROWSER", "SSH_CONNECTION", "SSH_TTY"),
)


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleFake]:
    with GoogleFake(any_token=False) as fake:
        monkeypatch.setenv("OKRSHEETS_GOOGLE_ENDPOINT", fake.base_url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("DISPLAY", ":0")
        yield fake
        assert fake.violations == []


@dataclass
class Seat:
    """A terminal in this process, and a browser made of plain HTTP."""

    folder: Path
    okr: Okr
    patch: pytest.MonkeyPatch
    consent: Consent = field(default_factory=Consent)

    def type(self, line: str, *, hurry: bool = False) -> Shown:
        words = shlex.split(line)
        if words[0] == "export":
            self.patch.setenv(*words[1].split("=", 1))
            return Shown(line, 0, "")
        if words[0] != "okrsheets":
            return Shown(line, subprocess.run(words, check=False).returncode, "")
        ticked = ("drive.file",) if self.consent.leave_open else None
        browser = Browser(ticked, self.consent.press)
        self.patch.setattr("webbrowser.open", (lambda url: True) if hurry else browser.open)
        with pytest.MonkeyPatch.context() as patch:
            if hurry:
                patch.setattr(Loopback, "wait", lambda self, seconds: None)
            answer = self.okr(*words[1:])
        return Shown(line, answer.code, answer.out + answer.err)


@pytest.fixture
def follower(google: GoogleFake, okr: Okr, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Follower:
    def seat(name: str) -> Seat:
        folder = tmp_path / "seats" / name.replace(" ", "-")
        (folder / "home").mkdir(parents=True)
        for variable in VARIABLES:
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("HOME", str(folder / "home"))
        monkeypatch.chdir(folder)
        return Seat(folder, okr, monkeypatch)

    return Follower(google, Guide(GUIDE.read_text(encoding="utf-8")), seat)


def test_the_first_door(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what a real account is asked, one question: the others have tests of their own."""
    monkeypatch.setattr(questions, "QUESTIONS", questions.QUESTIONS[:1])
    follower.you_sign_in()


def test_the_second_door(follower: Follower) -> None:
    follower.a_service_account()


def test_the_third_door(follower: Follower) -> None:
    follower.upload_a_workbook()


def test_every_line_of_the_guide_is_typed(follower: Follower) -> None:
    """No console line stands in a section that is not followed."""
    guide = follower.guide
    lines = [line for line in guide.text.splitlines() if line.startswith("$ ")]
    sections = ("You sign in", "A service account", "Upload a workbook", "Every day", "When it does not work")
    assert sorted(line for section in sections for line in guide.lines(section)) == sorted(line[2:] for line in lines)


def test_every_trap_is_told_as_the_guide_says_and_no_other(follower: Follower) -> None:
    follower.traps_only()
    assert len(follower.told) == len(follower.guide.promises()) == 13


def test_a_browser_of_flesh_and_blood_finds_its_way_back(google: GoogleFake, tmp_path: Path) -> None:
    """Chromium, where there is one: it ticks, presses, and lands on a page that says that it may be closed."""
    program = chromium.found()
    if program is None:
        pytest.skip("no Chromium here; tools/follow_guide.py takes the pictures where there is one")
    client = google.accounts.client(google.base_url)["installed"]
    with Loopback("s1", lambda message: message.text) as loopback, chromium.chromium(program) as page:
        asked = {"client_id": client["client_id"], "redirect_uri": loopback.address, "response_type": "code"}
        asked |= {"scope": "https://www.googleapis.com/auth/drive.file", "state": "s1", "code_challenge": "c"}
        query = "&".join(f"{name}={text}" for name, text in asked.items())
        page.open(f"{google.base_url}/o/oauth2/v2/auth?{query}&code_challenge_method=S256")
        page.click("button[value=continue]", leads_on=True)
        back = loopback.wait(10)
        assert back is not None
        assert back.code
        assert "You can close this window" in page.script("document.body.innerText")
        assert page.script("location.href") == loopback.address, "the code has left the address bar"
        page.picture(tmp_path / "page.png")
        assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
