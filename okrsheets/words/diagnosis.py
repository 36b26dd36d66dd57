"""What a doctor says of a workbook or an installation: what is the matter, how grave it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from okrsheets.words.grid import Address
from okrsheets.words.message import Message
from okrsheets.words.report import Severity


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One remark. `rule` names it for scripts, `where` is the cell that it is about.

    ERROR: it cannot work like this. WARNING: a person should look. HINT: good to know.
    """

    rule: str
    severity: Severity
    sentence: Message
    remedy: Message
    where: Address | None = None
