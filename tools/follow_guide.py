"""Follows docs/google-sheets.md word by word, as somebody new does, and takes pictures.

    python tools/follow_guide.py pictures/ [--lang nl]

Google is the stand-in of the tests, the browser a headless Chromium, every home a fresh one. What is typed is read out
of the guide, and so is what it promises to say when something does not work. A test follows it in the same way, without
a browser and without pictures.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "google-sheets.md"
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from google_fake import PERSON, SHEET, GoogleFake, faults  # noqa: E402

ROBOT = "robot@okrsheets-tests.iam.gserviceaccount.com"
CLIENT, KEY = "client_secret.json", "service-account.json"
DOORS = ("You sign in", "A service account", "Upload a workbook")
EVERY_DAY, TROUBLE = "Every day", "When it does not work"


@dataclass(frozen=True)
class Shown:
    """A line that was typed, how it ended, and all that the terminal showed."""

    line: str
    code: int
    text: str


@dataclass
class Consent:
    """What a person does on Google's page: which boxes they leave open, and what they press."""

    leave_open: tuple[str, ...] = ()
    press: str = "continue"


class Seat(Protocol):
    """Where somebody sits who has just installed okrsheets: an empty home, a folder with the files from Google."""

    folder: Path
    consent: Consent

    def type(self, line: str, *, hurry: bool = False) -> Shown:
        """Types a line and waits for its end; `hurry` cuts short how long okrsheets waits for a person."""


class Guide:
    """The guide as it is followed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def lines(self, section: str) -> list[str]:
        """What is to be typed in a section."""
        told = next(part for part in self.text.split("\n## ")[1:] if part.startswith(section))
        blocks = re.findall(r"```console\n(.*?)```", told, re.DOTALL)
        return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ ")]

    def promises(self) -> list[str]:
        """What the table says that one may be told, in its order; `…` stands for anything."""
        return re.findall(r"^\| `([^`]+)` \|", self.text, re.MULTILINE)


def promised(promise: str, text: str) -> bool:
    """Whether a text says what the guide promises."""
    pattern = ".+?".join(re.escape(part) for part in promise.split("…"))
    return re.search(pattern, " ".join(text.split())) is not None


@dataclass
class Follower:
    """Goes through the guide. `seat` gives a new place to sit at for each door and each trap."""

    google: GoogleFake
    guide: Guide
    seat: Callable[[str], Seat]
    followed: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def everything(self) -> None:
        """Every door, then every trap. Raises AssertionError where the guide does not hold."""
        self.doors()
        self.traps_only()

    def doors(self) -> None:
        """The three ways in. Raises AssertionError."""
        self.you_sign_in()
        self.a_service_account()
        self.upload_a_workbook()

    def traps_only(self) -> None:
        """Every trap, and whether the guide knows it. Raises AssertionError."""
        for name, trap in self.traps():
            self.told[name] = trap(self.seat(name)).text
        self.look_up()

    def you_sign_in(self) -> None:
        """The first door: sign in, make sheets, sync."""
        seat = self.client(self.seat("you sign in"))
        self.door(seat, DOORS[0])
        made = self.google.files(SHEET)
        assert len(made) == 2, "the guide makes two sheets, one of them for somebody else"
        assert any(one.get("emailAddress") == PERSON for one in made[-1].permissions)
        self.every_day(seat, made[0].id)
        self.door(seat, TROUBLE, made[0].id)

    def a_service_account(self) -> None:
        """The second door: a key, and a folder of a shared drive."""
        seat = self.key(self.seat("a service account"))
        drive = self.google.shared_drive(PERSON, ROBOT)
        shown = self.door(seat, DOORS[1], folder=drive)
        assert any(ROBOT in one.text for one in shown), "auth status shows the address to share with"
        self.every_day(seat, self.google.files(SHEET)[-1].id)

    def upload_a_workbook(self) -> None:
        """The third door: a file that somebody uploads and shares with a service account."""
        seat = self.robot(self.seat("upload a workbook"))
        self.door(seat, DOORS[2])
        id = self.google.upload_xlsx(seat.folder / "plan.xlsx", locale="nl_NL")
        self.google.share(id, ROBOT)
        self.every_day(seat, id)

    def door(self, seat: Seat, section: str, id: str = "", folder: str = "") -> list[Shown]:
        """Everything that a section says is to be typed."""
        return [self.run(seat, line, id, folder) for line in self.guide.lines(section)]

    def every_day(self, seat: Seat, id: str) -> None:
        """What the guide says for afterwards, with the sheet that was made."""
        self.door(seat, EVERY_DAY, id)

    def run(self, seat: Seat, line: str, id: str = "", folder: str = "") -> Shown:
        """One line of the guide, which must work."""
        self.followed.append(line)
        shown = seat.type(line.replace("SPREADSHEET_ID", id).replace("FOLDER_ID", folder))
        assert shown.code == 0, f"{shown.line}: {shown.code}\n{shown.text}"
        return shown

    def client(self, seat: Seat) -> Seat:
        """Somebody who went through the console and has the file from there."""
        self.google.client_file(seat.folder / CLIENT)
        return seat

    def key(self, seat: Seat) -> Seat:
        """Somebody who has the key of a service account, saved as browsers save files."""
        self.google.service_account_file(seat.folder / KEY, ROBOT).chmod(0o644)
        return seat

    def traps(self) -> Iterator[tuple[str, Callable[[Seat], Shown]]]:
        """What goes wrong, by a name, each planted and met."""
        yield "sign-in ended", self.sign_in_ended
        yield "app in testing", self.app_in_testing
        yield "access blocked", self.access_blocked
        yield "cancelled", lambda seat: self.at_the_page(seat, Consent(press="cancel"))
        yield "box left open", self.box_left_open
        yield "sheets not switched on", lambda seat: self.switched_off(seat, "sheets")
        yield "drive not switched on", lambda seat: self.switched_off(seat, "drive")
        yield "not shared", self.not_shared
        yield "not seen", self.not_seen
        yield "no storage", self.no_storage
        yield "key open to others", self.key_open
        yield "client taken for a key", self.client_as_key
        yield "clock", self.clock

    def sign_in_ended(self, seat: Seat) -> Shown:
        """Somebody took the sign-in back."""
        self.sign_in(seat)
        self.google.fault(faults.token_refused(), "token")
        return seat.type("okrsheets auth status")

    def app_in_testing(self, seat: Seat) -> Shown:
        """The consent screen was not published; the person is a test user."""
        self.google.accounts.testers = {PERSON}
        shown = self.sign_in(seat)
        self.google.accounts.testers = None
        return shown

    def access_blocked(self, seat: Seat) -> Shown:
        """The consent screen was not published; the person is no test user."""
        self.google.accounts.testers = set()
        shown = self.client(seat).type(f"okrsheets auth login --client {CLIENT}", hurry=True)
        self.google.accounts.testers = None
        return shown

    def at_the_page(self, seat: Seat, consent: Consent, *more: str) -> Shown:
        """Somebody who does something else on Google's page than the guide says."""
        seat.consent = consent
        return self.client(seat).type(shlex.join(["okrsheets", "auth", "login", "--client", CLIENT, *more]))

    def box_left_open(self, seat: Seat) -> Shown:
        """Of two boxes one is ticked."""
        return self.at_the_page(seat, Consent(leave_open=("spreadsheets",)), "--scope", "spreadsheets")

    def switched_off(self, seat: Seat, interface: str) -> Shown:
        """Step 2 was left out."""
        self.sign_in(seat)
        self.google.disable(interface)
        shown = seat.type("okrsheets auth status")
        self.google.disable()
        return shown

    def not_shared(self, seat: Seat) -> Shown:
        """A sheet of somebody else's, and a service account that nobody let in."""
        id = self.google.seed_values({"Mine": [[1]]}, shared_with=())
        return self.robot(seat).type(f"okrsheets sync google:{id}")

    def not_seen(self, seat: Seat) -> Shown:
        """A sheet that the person made without okrsheets."""
        id = self.google.seed_values({"Mine": [[1]]}, shared_with=())
        self.sign_in(seat)
        return seat.type(f"okrsheets sync google:{id}")

    def no_storage(self, seat: Seat) -> Shown:
        """A service account makes a sheet in its own Drive."""
        self.google.world.service_accounts_have_storage = False
        return self.robot(seat).type("okrsheets new blank google")

    def key_open(self, seat: Seat) -> Shown:
        """A key as a browser saves it."""
        self.key(seat).type(f"export OKRSHEETS_GOOGLE_CREDENTIALS={KEY}")
        return seat.type("okrsheets auth status")

    def client_as_key(self, seat: Seat) -> Shown:
        """The one JSON file is taken for the other."""
        self.client(seat).type(f"export OKRSHEETS_GOOGLE_CREDENTIALS={CLIENT}")
        return seat.type("okrsheets auth status")

    def clock(self, seat: Seat) -> Shown:
        """A computer that lives in another year."""
        self.google.clock.set(datetime(2031, 1, 1, tzinfo=UTC))
        shown = self.robot(seat).type("okrsheets auth status")
        self.google.clock.fixed = None
        return shown

    def sign_in(self, seat: Seat) -> Shown:
        """The first line of the guide, which must work."""
        return self.run(self.client(seat), f"okrsheets auth login --client {CLIENT}")

    def robot(self, seat: Seat) -> Seat:
        """Somebody with a key that counts: the first lines of the second door."""
        self.key(seat)
        for line in self.guide.lines(DOORS[1])[:2]:
            self.run(seat, line)
        return seat

    def look_up(self) -> None:
        """Every trap is in the guide's table, and nothing is in the table that no trap shows."""
        promises = self.guide.promises()
        for promise in promises:
            assert any(promised(promise, text) for text in self.told.values()), f"nothing ever says: {promise}"
        for name, text in self.told.items():
            assert any(promised(promise, text) for promise in promises), f"the guide does not know: {name}\n{text}"


def main() -> None:
    """Follows the guide in Chromium and says where the pictures are."""
    import chromium
    from terminal import Album, Terminal

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("pictures", type=Path, help="a folder for the pictures")
    ask.add_argument("--lang", default="en_US", help="the person's language; in others than English only the doors")
    asked = ask.parse_args()
    program = chromium.found()
    if program is None:
        sys.exit("There is no Chromium here; the pictures need one.")
    asked.pictures.mkdir(parents=True, exist_ok=True)
    with (
        GoogleFake(any_token=False) as google,
        chromium.chromium(program) as page,
        tempfile.TemporaryDirectory() as all,
    ):
        album = Album(asked.pictures, page)

        def seat(name: str) -> Terminal:
            folder = Path(all) / name.replace(" ", "-")
            (folder / "home").mkdir(parents=True)
            return Terminal(name, folder, google, album, asked.lang)

        follower = Follower(google, Guide(GUIDE.read_text(encoding="utf-8")), seat)
        if asked.lang.startswith("en"):
            follower.everything()
        else:
            follower.doors()
        assert google.violations == [], google.violations
    print(f"{len(follower.followed)} lines of the guide, {len(follower.told)} traps, {album.count} pictures")


if __name__ == "__main__":
    main()
