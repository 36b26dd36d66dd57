"""What could not be read, as the doctor says it: the cells that need a person."""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.rules.doctor.case import Case
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.message import Message, say
from okrsheets.words.problem import Problem
from okrsheets.words.report import Severity


def unread(case: Case) -> Iterator[Diagnosis]:
    """One diagnosis for each problem of the workbook."""
    for problem in case.snapshot.problems:
        yield Diagnosis("not_understood", Severity.WARNING, _found(problem), problem.hint, problem.where)


def _found(problem: Problem) -> Message:
    if not problem.found:
        return say("Expected here: {expected}.", expected=problem.expected)
    return say("Here stands “{found}”, expected: {expected}.", found=problem.found, expected=problem.expected)
