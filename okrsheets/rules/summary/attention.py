"""What needs a person: every cell that could not be read, with a link to it."""

from __future__ import annotations

from okrsheets.rules.summary.places import Line
from okrsheets.rules.summary.sheet import SummaryLine, section, sentences
from okrsheets.words.message import Language, Message, keep, say, say_many
from okrsheets.words.problem import Problem
from okrsheets.words.report import Report


def attention_lines(report: Report, language: Language) -> tuple[SummaryLine, ...]:
    """The section of problems; that all is well is said too."""
    if not report.problems:
        return section(language, keep("Needs your attention")), *sentences(language, [_all_well()], Line.NOTE)
    lines: list[SummaryLine] = [section(language, keep("Needs your attention"))]
    count = say_many("{count} cell could not be read:", "{count} cells could not be read:", len(report.problems))
    lines += sentences(language, [count], Line.NOTE)
    for problem in report.problems:
        link = str(problem.where) if problem.where else None
        lines += sentences(language, [problem_words(problem)], Line.PROBLEM, link)
    return tuple(lines)


def problem_words(problem: Problem) -> Message:
    """One problem as a sentence: where, what was found, what was expected, what to do."""
    if not problem.found:
        return say(
            "{where}: expected: {expected}. {hint}",
            where=str(problem.where),
            expected=problem.expected,
            hint=problem.hint,
        )
    return say(
        "{where}: “{found}”, expected: {expected}. {hint}",
        where=str(problem.where),
        found=problem.found,
        expected=problem.expected,
        hint=problem.hint,
    )


def _all_well() -> Message:
    return say("Nothing to do: every cell could be read.")
