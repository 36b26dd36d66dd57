"""Doctor: a second opinion on a workbook, so that somebody whose number is not seen finds out why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from okrsheets.orders.inspect import Inspected, inspected
from okrsheets.orders.languages import Languages
from okrsheets.rules.doctor import Agreement, agreement, diagnoses
from okrsheets.rules.doctor.case import opened
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.grid import Reading
from okrsheets.words.second_look import SecondLook
from okrsheets.words.store import Store


class SecondReader(Protocol):
    """Another reader of the same workbook, which shares nothing with ours."""

    def look(self, reading: Reading, titles: Collection[str]) -> SecondLook:
        """These tabs of the reading as it sees them. Raises ChangedMeanwhile where the workbook is another by now."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A workbook after the doctor: what is in it, on how much two readers agree (None: one looked), what to say."""

    inspected: Inspected
    agreement: Agreement | None
    diagnoses: tuple[Diagnosis, ...]


def examine(store: Store, second: SecondReader | None, today: date, languages: Languages) -> Examined:
    """Reads the workbook twice, where there is a second reader. Raises what reading raises, NotOurs, PlanDamaged."""
    reading = store.read()
    known = inspected(reading, languages)
    case = opened(reading, known.snapshot, languages.all, today)
    if second is not None:
        tabs = dict.fromkeys(address.tab for address in case.fillable())
        case = replace(case, look=second.look(reading, tuple(tabs)))
    agreed = agreement(case)
    return Examined(known, agreed, diagnoses(case, agreed))
