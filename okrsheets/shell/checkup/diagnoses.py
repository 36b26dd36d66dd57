"""What the doctor says, as a person reads it: where, what is the matter, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from okrsheets.orders.doctor import Examined
from okrsheets.rules.doctor import Agreement
from okrsheets.rules.readback.cells import ON_THE_WEB
from okrsheets.shell.asked import as_typed
from okrsheets.shell.inventory import show_left_alone
from okrsheets.shell.lists import ROOMY, rows, show_section
from okrsheets.shell.screen import Screen, clean
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.message import Language, Message, keep, say, say_many
from okrsheets.words.report import Severity

if TYPE_CHECKING:
    from okrsheets.shell.doctor import Answers, Visit

COLOURS = {None: "green", Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
SIGNS = {None: "✓", Severity.ERROR: "✗", Severity.WARNING: "!", Severity.HINT: "·"}
PLAIN_SIGNS = {None: "ok", Severity.ERROR: "!!", Severity.WARNING: "!", Severity.HINT: "-"}
MOST = 12
"""Remarks of one weight that anybody reads; the others are counted."""


class Spoken:
    """Writes what the doctor found on a screen, in a language."""

    def __init__(self, screen: Screen, language: Language) -> None:
        self.screen = screen
        self.language = language
        self.roomy = screen.out.width >= ROOMY
        self.arrow = "→" if screen.fancy else ">"
        self.signs = SIGNS if screen.fancy else PLAIN_SIGNS

    def about(self, found: Examined) -> None:
        """One workbook: whether all is well, what needs a person, what is good to know, what else it carries."""
        about = found.inspected.snapshot.about
        ref = about.ref
        grave = [one for one in found.diagnoses if one.severity is not Severity.HINT]
        good = Text(self.words(agreed(ref, found.agreement, about.kind)), "bold")
        self.screen.show(good, *([] if grave else [Text(self.words(keep("Nothing in it needs you.")), "green")]))
        self.section(keep("Needs your attention"), grave, ref)
        self.section(keep("Good to know"), [one for one in found.diagnoses if one.severity is Severity.HINT], ref)
        show_left_alone(found.inspected, self.screen, self.language)

    def about_everything(self, answers: Answers, visits: Sequence[Visit]) -> None:
        """What was looked at on this machine, and each workbook in a line."""
        table = rows(1, columns=2)
        for _, answer in answers:
            self.answer(table, answer)
        show_section(self.screen, self.words(keep("This computer")), table)
        table = rows(1, columns=2)
        for visit in visits:
            self.answer(table, in_a_line(visit))
        show_section(self.screen, self.words(keep("Workbooks")), table)

    def section(self, title: str, diagnoses: Sequence[Diagnosis], ref: str) -> None:
        """Remarks under a title; of very many the first, and how many more there are."""
        table = rows(1, columns=2) if self.roomy else rows(0, columns=1)
        for one in diagnoses[:MOST]:
            self.remark(table, one)
        show_section(self.screen, self.words(title), table)
        if len(diagnoses) > MOST:
            more = say("and {count} more; see all of them with --json", count=len(diagnoses) - MOST)
            self.screen.text(self.words(more), "dim", indent=2)

    def remark(self, table: Table, one: Diagnosis) -> None:
        """The cell, the sentence, what to do: beside each other, or below each other where there is little room."""
        where = Text(clean(str(one.where or self.signs[one.severity])), COLOURS[one.severity])
        told = self.told(one.sentence, one.remedy)
        if self.roomy:
            table.add_row(where, told)
        else:
            table.add_row(Text("\n").join([where, told]))

    def answer(self, table: Table, answer: Message | Diagnosis) -> None:
        """A sign and a sentence; where not all is well, what to do."""
        if isinstance(answer, Diagnosis):
            sign = Text(self.signs[answer.severity], COLOURS[answer.severity])
            table.add_row(sign, self.told(answer.sentence, answer.remedy))
        else:
            table.add_row(Text(self.signs[None], COLOURS[None]), Text(self.words(answer)))

    def told(self, sentence: Message, remedy: Message) -> Text:
        """A sentence, and below it what to do."""
        return Text.assemble(self.words(sentence), "\n", (f"{self.arrow} {self.words(remedy)}", "dim"))

    def words(self, message: Message | str) -> str:
        """A sentence, safe to show."""
        return clean(self.language.say(message))


def agreed(ref: str, agreement: Agreement | None, kind: str = "") -> Message:
    """On how much two readers agree; Google Sheets has no second one."""
    if agreement is None and kind == ON_THE_WEB:
        return say("{ref} was reached and read.", ref=ref)
    if agreement is None:
        return say("{ref} was read by one reader only.", ref=ref)
    if agreement.same == agreement.of:
        return say("{ref}: both readers see the same in all {count} cells.", ref=ref, count=agreement.of)
    return say(
        "{ref}: both readers see the same in {same} of {count} cells.",
        ref=ref,
        same=agreement.same,
        count=agreement.of,
    )


def in_a_line(visit: Visit) -> Message | Diagnosis:
    """One workbook of several: whether all is well, else how much is not, and where to read it."""
    if visit.fault is not None:
        sentence = say("{name}: {fault}", name=visit.name, fault=visit.fault.message)
        return Diagnosis("not_read", Severity.ERROR, sentence, visit.fault.advice)
    assert visit.examined is not None
    same = agreed(visit.name, visit.examined.agreement, visit.examined.inspected.snapshot.about.kind)
    grave = sum(one.severity is not Severity.HINT for one in visit.examined.diagnoses)
    if not grave:
        return same
    need = say_many("{same} {count} thing needs a look.", "{same} {count} things need a look.", grave, same=same)
    return Diagnosis("needs_a_look", Severity.WARNING, need, say("okrsheets doctor {name}", name=as_typed(visit.name)))
