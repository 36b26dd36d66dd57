"""What was found about a plan, as a person reads it."""

from __future__ import annotations

from rich.text import Text

from okrsheets.orders.check import Checked
from okrsheets.shell.desk import Desk
from okrsheets.shell.lists import rows
from okrsheets.shell.screen import clean
from okrsheets.words.report import Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
SYMBOLS = {Severity.ERROR: "!!", Severity.WARNING: "!", Severity.HINT: "-"}


def show_findings(checked: Checked, desk: Desk) -> None:
    """One row a finding: how much it weighs, the sentence, the cell. In the language of the workbook."""
    language = desk.language_of(checked.snapshot.about)
    table = rows(1, columns=3)
    for finding in checked.outcome.findings:
        where = checked.snapshot.where(finding.item or "", finding.field or "title")
        symbol = Text(SYMBOLS[finding.severity], COLOURS[finding.severity])
        table.add_row(symbol, clean(language.say(finding.sentence)), Text(clean(str(where or "")), "dim"))
    if table.row_count:
        desk.screen.show(table)
