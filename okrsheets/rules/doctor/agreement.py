"""Do two readers see the same in the cells that matter? And if not: why not, and does it matter?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isclose

from okrsheets.rules.doctor.case import Case
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.grid import Address, Cell, Kind
from okrsheets.words.message import Message, say
from okrsheets.words.report import Severity
from okrsheets.words.second_look import SecondLook

ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
"""How a sheet stores a character that XML cannot hold."""
LAST_DAY = 2_958_465
"""The date number of 31 December 9999, in the calendar that begins in 1900."""
CLOSE = 1e-12
"""The relative difference between two readings of the same digits, at most."""
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Agreement:
    """`same` of `of` cells look alike to both readers; the others are diagnosed, tab by tab or one by one."""

    reader: str
    same: int
    of: int
    diagnoses: tuple[Diagnosis, ...] = ()


def agreement(case: Case) -> Agreement | None:
    """What two readers see in every cell that a person may fill; None where only one has looked."""
    look = case.look
    if look is None:
        return None
    cells = case.fillable()
    unseen = _unseen(case, look, {cell.tab for cell in cells})
    seen = [address for address in cells if address.tab not in unseen]
    differing = [address for address in seen if not alike(case.reading.at(address), look.at(address))]
    said = (*_not_read(look.reader, unseen), *(explained(case, look, address) for address in differing))
    return Agreement(look.reader, len(seen) - len(differing), len(cells), said)


def alike(ours: Cell, theirs: Cell) -> bool:
    """Whether both readers would tell a person the same, however it is stored."""
    if (ours.kind is Kind.EMPTY or ours.value == "") and theirs.value in (None, ""):
        return True  # a formula that shows nothing: some readers call it uncalculated
    if {ours.kind, theirs.kind} == {Kind.BOOLEAN, Kind.NUMBER}:
        return ours.value == theirs.value  # LibreOffice stores a tick as =TRUE() with the value 1
    if ours.kind is not theirs.kind or (theirs.dated and not ours.dated):
        return False
    if isinstance(ours.value, float) and isinstance(theirs.value, float):
        return isclose(ours.value, theirs.value, rel_tol=CLOSE)
    if isinstance(ours.value, str) and isinstance(theirs.value, str):
        return ours.value.split() == theirs.value.split()
    return ours.value == theirs.value


def explained(case: Case, look: SecondLook, address: Address) -> Diagnosis:
    """Why two readers differ about a cell, and what to do about it."""
    ours, theirs = case.reading.at(address), look.at(address)
    own = views(case, look, address)
    for explain in (_escaped, _uncalculated_tick, _date):
        if found := explain(address, ours, theirs, own):
            return found
    return Diagnosis(
        "readers_differ",
        Severity.WARNING,
        say("okrsheets sees {ours} here, another reader sees {theirs}.", **own),
        say("Type it again, and save the workbook in Excel or LibreOffice."),
        address,
    )


def views(case: Case, look: SecondLook, address: Address) -> dict[str, Message]:
    """What stands in a cell for either reader, in words."""
    epoch = case.reading.epoch
    return {"ours": view(case.reading.at(address), epoch), "theirs": view(look.at(address), epoch)}


def view(cell: Cell, epoch: date) -> Message:
    """What stands in a cell, as a part of a sentence."""
    match cell.kind:
        case Kind.BOOLEAN:
            return say("a ticked box") if cell.value else say("an open box")
        case Kind.NUMBER if isinstance(cell.value, float):
            return _number(cell.value, epoch if cell.dated else None)
        case Kind.TEXT:
            return say("the text “{text}”", text=str(cell.value)[:LONGEST_QUOTE])
        case Kind.ERROR:
            return say("the error {code}", code=str(cell.value)[:LONGEST_QUOTE])
        case Kind.UNCALCULATED:
            return say("a formula that nobody has calculated yet")
    return say("nothing")


def _number(value: float, epoch: date | None) -> Message:
    if epoch is not None and 0 <= value < LAST_DAY - 1500:
        return say("the day {day}", day=epoch + timedelta(days=int(value)))
    return say("the number {number}", number=value)


def _unseen(case: Case, look: SecondLook, tabs: Collection[str]) -> dict[str, str]:
    """The tabs of which another reader tells nothing, and why; no reason where it sees no cells."""
    empty = [tab for tab, grid in look.grids.items() if not grid.cells and case.reading.grids[tab].cells]
    return {tab: look.faults.get(tab, "") for tab in sorted(tabs) if tab in look.faults or tab in empty}


def _not_read(reader: str, unseen: Mapping[str, str]) -> Iterator[Diagnosis]:
    """One diagnosis for all tabs with the same reason."""
    for why in dict.fromkeys(unseen.values()):
        yield Diagnosis(
            "tab_not_compared",
            Severity.HINT,
            say(
                "{reader} cannot read {tabs}: {why}.",
                reader=reader,
                tabs=tuple(tab for tab, own in unseen.items() if own == why),
                why=why or say("it sees no cells at all"),
            ),
            say("Nothing is wrong with your plan. To compare all the same, save the workbook in Excel and look again."),
        )


def _escaped(address: Address, ours: Cell, theirs: Cell, own: dict[str, Message]) -> Diagnosis | None:
    if not (ours.kind is theirs.kind is Kind.TEXT and ESCAPED.search(f"{theirs.value}{ours.value}")):
        return None
    return Diagnosis(
        "escaped_text",
        Severity.HINT,
        say("okrsheets sees {ours} here; some programs show the codes it is stored with: {theirs}.", **own),
        say("It counts as it should. Type the text again if the codes bother you."),
        address,
    )


def _uncalculated_tick(address: Address, ours: Cell, theirs: Cell, own: dict[str, Message]) -> Diagnosis | None:
    if not (ours.kind is Kind.BOOLEAN and theirs.kind is Kind.UNCALCULATED):
        return None
    return Diagnosis(
        "uncalculated_tick",
        Severity.HINT,
        say(
            "okrsheets sees {ours} here; it is a formula without a stored value, which some programs show empty.", **own
        ),
        say("It counts as it should. Saved in Excel or LibreOffice it shows everywhere."),
        address,
    )


def _date(address: Address, ours: Cell, theirs: Cell, own: dict[str, Message]) -> Diagnosis | None:
    if not (ours.kind is Kind.NUMBER and theirs.dated and not ours.dated):
        return None
    return Diagnosis(
        "date_for_number",
        Severity.WARNING,
        say("okrsheets sees {ours} here, but the cell shows {theirs}.", **own),
        say("Give the cell the format of a number, and type the number again."),
        address,
    )
