"""What the last sync saw, kept where it travels with the workbook: in a cell of the Summary's hidden column.

`theme settings=1 start=2026-09-28 weeks=14; actions rows=4 titles=4 days=98 ticks=41 ids=A1,A2,A3,A4; …`
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from okrsheets.rules.fence.seen import PLAIN_ID, Measure, Seen, SeenTable, see
from okrsheets.rules.summary.places import HEAD_NAME, MARK, SEEN_ROW
from okrsheets.rules.tables import TABLES
from okrsheets.words.grid import Address, Content, Reading
from okrsheets.words.period import Period
from okrsheets.words.snapshot import Snapshot

THEME = "theme"
DIGITS = 6
"""Nobody has more rows or ticks than that takes."""


def memory(snapshot: Snapshot, reading: Reading) -> Mapping[Address, Content]:
    """The cell that is to hold what is seen now."""
    place = _place(snapshot)
    return {place: Content(as_text(see(snapshot, reading)))} if place else {}


def remembered(snapshot: Snapshot, reading: Reading) -> Seen:
    """What the last sync saw. Whatever somebody made of the cell: what cannot be read is not known."""
    place = _place(snapshot)
    value = reading.at(place).value if place else None
    return from_text(value) if isinstance(value, str) else Seen()


def as_text(seen: Seen) -> str:
    """The text of the cell. The ids are sorted, so that rows in another order are nothing new."""
    facts = [f"settings={seen.settings:d}"] if seen.settings is not None else []
    facts += [f"start={seen.period.start} weeks={seen.period.weeks}"] if seen.period else []
    return "; ".join((" ".join((THEME, *facts)), *(_line(key, table) for key, table in seen.tables.items())))


def from_text(text: str) -> Seen:
    """What such a text says; the part of it that makes sense."""
    lines = [line.split() for line in text.split(";")]
    known = {line[0]: dict(fact.partition("=")[::2] for fact in line[1:]) for line in lines if line}
    theme = known.get(THEME, {})
    return Seen(
        tables={table.key: _table(known[table.key]) for table in TABLES if table.key in known},
        period=_period(theme),
        settings={"0": False, "1": True}.get(theme.get("settings", "")),
    )


def _place(snapshot: Snapshot) -> Address | None:
    area = snapshot.summary.get(HEAD_NAME)
    return Address(area.tab, area.top + SEEN_ROW - 1, area.left + MARK - 1) if area else None


def _line(key: str, table: SeenTable) -> str:
    counts = (f"{measure.value}={count}" for measure, count in table.counts.items())
    return " ".join((key, *counts, f"ids={','.join(sorted(table.ids))}"))


def _table(facts: Mapping[str, str]) -> SeenTable:
    counts = {each: _number(facts.get(each.value, "")) for each in Measure if each is not Measure.IDS}
    ids = filter(PLAIN_ID.fullmatch, facts.get("ids", "").split(","))
    return SeenTable({each: count for each, count in counts.items() if count is not None}, frozenset(ids))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def _period(facts: Mapping[str, str]) -> Period | None:
    try:
        period = Period(date.fromisoformat(facts.get("start", "")), _number(facts.get("weeks", "")) or 0)
        return period if period.end else None
    except (ValueError, OverflowError):
        return None
