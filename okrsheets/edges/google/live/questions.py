"""The questions, in the order in which they are asked, and how they are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from okrsheets.edges.google.live import importing, making, reading, seeing
from okrsheets.edges.google.live.bench import Bench
from okrsheets.edges.google.live.verdicts import Answer, Finding, NotAsked, Verdict
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import keep


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: `text` says what okrsheets takes to be so."""

    key: str
    text: str
    ask: Callable[[Bench], Answer]


QUESTIONS = (
    Question("own_files", keep("A person can own sheets, a service account only in a shared drive."), making.own_files),
    Question("at_once", keep("Data, names, formats, a protection and a chart in one create."), making.at_once),
    Question("whole_workbook", keep("A whole Dutch plan is taken in one batch and reads back."), making.whole_workbook),
    Question("link_look", keep("A link keeps the look that is given with it."), making.look_of_a_link),
    Question("decimals", keep("In a Dutch sheet, conditions have a comma before decimals."), reading.decimals),
    Question("sorting", keep("Metadata of a row stays behind when rows are sorted."), reading.sorting),
    Question("import", keep("An .xlsx made into a sheet keeps its names and boxes."), importing.imported),
    Question(
        "narrow_robot", keep("A service account with drive.file sees nothing shared with it."), seeing.narrow_robot
    ),
    Question("narrow_feed", keep("The feed of changes tells of our sheets with drive.file."), seeing.narrow_feed),
    Question("too_often", keep("More than 60 reads a minute are refused with 429."), seeing.too_often),
    Question("left_alone", keep("The sheet that was named is as it was."), seeing.left_alone),
)
"""The one that uses up the minute comes near the end, so that it is in no other's way."""
BY_HAND = (
    keep("Paste x, ja and 12 over boxes of the Actions tab: does the box stay, and what does okrsheets inspect see?"),
    keep("Upload an .xlsx by hand and save it as Google Sheets: are the boxes drawn as boxes?"),
    keep("If you use it: does signing in by workload identity, or by the device flow with drive.file, work?"),
)
"""What nobody but a person can see."""


def interview(bench: Bench, tell: Callable[[Question], object]) -> Iterator[Finding]:
    """Asks everything; `tell` hears of each question before it is put."""
    for question in QUESTIONS:
        tell(question)
        verdict, seen = asked(question, bench)
        yield Finding(question.key, question.text, verdict, seen)


def asked(question: Question, bench: Bench) -> Answer:
    """One question. What keeps it from being put is an answer too."""
    try:
        return question.ask(bench)
    except NotAsked as why:
        return Verdict.NOT_ASKED, why.reason
    except OkrsheetsError as fault:
        return Verdict.NOT_ASKED, fault.message
