"""The report of `doctor --live`, to be pasted into an issue: no secret, no address, no id."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from okrsheets import __version__
from okrsheets.shell.documents.values import Document
from okrsheets.words.message import Language, keep, say

if TYPE_CHECKING:
    from okrsheets.edges.google.live.verdicts import Finding

VERDICTS = {"confirmed": keep("confirmed"), "different": keep("different"), "not_asked": keep("could not be asked")}


@dataclass(frozen=True, slots=True)
class Report:
    """Who asked, as far as anybody may know, and what came of it; what is `private` is said nowhere."""

    way: str
    scopes: Sequence[str]
    findings: Sequence[Finding]
    private: Sequence[str] = ()

    def document(self, language: Language) -> Document:
        """As JSON."""
        return {
            "versions": versions(),
            "signed_in": self.way,
            "scopes": list(self.scopes),
            "findings": [self._finding(one, language) for one in self.findings],
            "by_hand": [language.say(text) for text in by_hand()],
        }

    def markdown(self, language: Language) -> Iterator[str]:
        """As Markdown, line by line."""
        say_it = language.say
        yield say_it(keep("### What a real Google account says"))
        yield ""
        yield ", ".join(f"{name} {number}" for name, number in versions().items())
        yield say_it(say("Signed in as: {way}; scopes: {scopes}", way=self.way, scopes=", ".join(self.scopes) or "-"))
        yield ""
        yield say_it(keep("| what okrsheets takes to be so | verdict | what was seen |"))
        yield "|---|---|---|"
        for finding in self.findings:
            told = self._finding(finding, language)
            cells = (told["question"], say_it(VERDICTS[finding.verdict.value]), told["seen"])
            yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
        yield ""
        yield say_it(keep("To see by hand:"))
        yield ""
        for text in by_hand():
            yield f"- [ ] {say_it(text)}"

    def _finding(self, finding: Finding, language: Language) -> Document:
        from okrsheets.edges.google.live.discreet import discreet

        return {
            "key": finding.key,
            "question": language.say(finding.question),
            "verdict": finding.verdict.value,
            "seen": discreet(language.say(finding.seen), *self.private),
        }


def by_hand() -> tuple[str, ...]:
    """What is left to a person's eyes."""
    from okrsheets.edges.google.live.questions import BY_HAND

    return BY_HAND


def versions() -> dict[str, str]:
    """What the answers depend on."""
    return {
        "okrsheets": __version__,
        "gspread": version("gspread"),
        "google-auth": version("google-auth"),
        "Python": platform.python_version(),
    }
