"""The names by which okrsheets finds its way in a workbook: are they all there, and do they lead anywhere?"""

from __future__ import annotations

from collections.abc import Iterator

from okrsheets.rules import tables
from okrsheets.rules.doctor.case import Case
from okrsheets.rules.readback.fields import name_of
from okrsheets.rules.readback.locate import DECORATION
from okrsheets.rules.summary.places import NAMES as OF_THE_SUMMARY
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.message import say, say_many
from okrsheets.words.report import Severity

ENOUGH = 3
"""Names that anybody reads; the others are counted."""


def anchors(case: Case) -> Iterator[Diagnosis]:
    """Names that are gone or lead nowhere. Most have a stand-in; without a place for the Summary nothing is written."""
    gone = tuple(name for name in OF_THE_SUMMARY if name not in case.snapshot.summary)
    if gone:
        yield Diagnosis(
            "summary_names_gone",
            Severity.ERROR,
            say("The names that lead to the Summary are gone ({names}), so nothing can be written.", names=gone),
            say("Undo what took them away, or put back an earlier version of the workbook."),
        )
    known = (*of_the_plan(), *OF_THE_SUMMARY)
    lost = tuple(name for name in known if name not in gone and not case.reading.names.get(name))
    if lost:
        yield Diagnosis(
            "names_gone",
            Severity.HINT,
            say_many(
                "{count} name by which okrsheets finds its way is gone ({names}); it goes by the heading instead.",
                "{count} names by which okrsheets finds its way are gone, such as {names}; it goes by the headings "
                "instead.",
                len(lost),
                names=lost[:ENOUGH],
            ),
            say("Nothing to do while all is read as it should be. Leave the headings and labels as they are."),
        )


def of_the_plan() -> tuple[str, ...]:
    """The names of the fields of the Theme tab, of the headings, and of the columns that are read."""
    columns = [table.name(c.key) for table in tables.TABLES for c in table.columns if c.key not in DECORATION]
    return (*map(name_of, tables.LABELS), *(table.heading_name for table in tables.TABLES), *columns)
