"""What the doctor found: `doctor --json`, for one workbook and for everything."""

from __future__ import annotations

from collections.abc import Iterable

from okrsheets.orders.doctor import Examined
from okrsheets.shell.documents.outcomes import NOT_READ, error
from okrsheets.shell.documents.values import Document, place
from okrsheets.shell.documents.workbook import about, carried
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.message import Language, Message


def examined(found: Examined, language: Language) -> Document:
    """One workbook: on how many of the cells two readers agree, and every remark."""
    agreed = found.agreement
    return {
        "workbook": about(found.inspected.snapshot.about) | {"carries": carried(found.inspected)},
        "reader": agreed.reader if agreed else None,
        "agree": agreed.same if agreed else None,
        "cells": agreed.of if agreed else None,
        "findings": [diagnosis(one, language) for one in found.diagnoses],
        "error": None,
    }


def not_examined(ref: str, kind: str, fault: OkrsheetsError, language: Language) -> Document:
    """A workbook that could not be read."""
    unread: Document = {"kind": kind, "ref": ref} | dict.fromkeys(NOT_READ) | {"carries": None}
    unknown = dict.fromkeys(("reader", "agree", "cells"))
    return {"workbook": unread} | unknown | {"findings": [], "error": error(fault, language)}


def diagnosis(one: Diagnosis, language: Language) -> Document:
    """One remark, as the findings of `check` are, with what to do."""
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "where": place(one.where),
        "sentence": language.say(one.sentence),
        "hint": language.say(one.remedy),
    }


def checks(answers: Iterable[tuple[str, Message | Diagnosis]], language: Language) -> list[Document]:
    """What was looked at on the machine; the severity of what is well is null."""
    return [check(name, answer, language) for name, answer in answers]


def check(name: str, answer: Message | Diagnosis, language: Language) -> Document:
    """One check."""
    if isinstance(answer, Diagnosis):
        return diagnosis(answer, language)
    return {"rule": name, "severity": None, "where": None, "sentence": language.say(answer), "hint": None}
