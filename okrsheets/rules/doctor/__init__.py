"""A second opinion on a workbook: what another reader sees otherwise, and what stands there but does not count."""

from __future__ import annotations

from collections.abc import Iterable

from okrsheets.rules.doctor.agreement import Agreement, agreement
from okrsheets.rules.doctor.anchors import anchors
from okrsheets.rules.doctor.case import Case
from okrsheets.rules.doctor.doubts import doubts
from okrsheets.rules.doctor.strays import strays
from okrsheets.rules.doctor.unread import unread
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.grid import Address


def diagnoses(case: Case, agreed: Agreement | None) -> tuple[Diagnosis, ...]:
    """Everything that its owner may want to know, the gravest first; of one cell the first thing found is said."""
    known: set[Address] = set()
    found: list[Diagnosis] = []
    for one in (*unread(case), *(agreed.diagnoses if agreed else ()), *strays(case), *doubts(case), *anchors(case)):
        if one.where is None or one.where not in known:
            found.append(one)
        known |= {one.where} if one.where else set()
    return gravest_first(found)


def gravest_first(found: Iterable[Diagnosis]) -> tuple[Diagnosis, ...]:
    """Errors, then warnings, then hints."""
    return tuple(sorted(found, key=lambda one: one.severity.rank))


__all__ = ["Agreement", "Case", "agreement", "diagnoses", "gravest_first"]
