"""What could be read and yet may not be seen on the Summary, or not as its owner thinks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from okrsheets.rules.actions.execution import Marks, tally
from okrsheets.rules.actions.ticks import ticks_until
from okrsheets.rules.doctor.case import Case
from okrsheets.rules.plan_check.links import used_kpis
from okrsheets.rules.progress.kpi_values import weekly_values
from okrsheets.rules.readback.rows import MADE
from okrsheets.rules.report import names_of
from okrsheets.rules.units import counts_shares
from okrsheets.words.diagnosis import Diagnosis
from okrsheets.words.grid import Address, Kind
from okrsheets.words.message import Message, Percent, say, say_many
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, Cadence, Kpi, KpiKind
from okrsheets.words.report import Severity


def doubts(case: Case) -> Iterator[Diagnosis]:
    """Item by item; of several cells of an item the first is named."""
    for kpi in case.snapshot.plan.kpis:
        yield from _large_shares(case, kpi)
        yield from _weeks_to_come(case, kpi)
        yield from _typed_over_ticks(case, kpi)
        yield from _unused(case, kpi)
    for action in case.snapshot.plan.actions:
        yield from _days_to_come(case, action)
        yield from _above_quota(case, action)
    yield from _without_id(case)
    yield from _numbers_as_text(case)


def _large_shares(case: Case, kpi: Kpi) -> Iterator[Diagnosis]:
    """12 where 12 % is meant; a plan whose own target is above 100 % means it."""
    if kpi.kind is KpiKind.RATIO or not counts_shares(kpi) or (kpi.target or 0) > 1:
        return
    for week, value in case.snapshot.check_ins.values.get(kpi.id, {}).items():
        if value > 1:
            yield Diagnosis(
                "share_above_one",
                Severity.WARNING,
                say(
                    "“{name}” is a percentage, and {value} counts as {share}.",
                    name=kpi.name,
                    value=value,
                    share=Percent(value),
                ),
                say("Type {share} with its percent sign if that is what you mean.", share=Percent(value / 100, 2)),
                case.snapshot.where(kpi.id, str(week)),
            )


def _weeks_to_come(case: Case, kpi: Kpi) -> Iterator[Diagnosis]:
    values = case.snapshot.check_ins.values.get(kpi.id, {})
    early = sorted(week for week in values if week > Week.of(case.today))
    if early:
        sentence = say_many(
            "The week of {day} is still to come: its number of “{name}” does not count yet.",
            "The weeks from {day} on are still to come: their {count} numbers of “{name}” do not count yet.",
            len(early),
            day=early[0].monday,
            name=kpi.name or kpi.id,
        )
        yield _early(sentence, case.snapshot.where(kpi.id, str(early[0])))


def _days_to_come(case: Case, action: Action) -> Iterator[Diagnosis]:
    ticks = case.snapshot.check_ins.ticks.get(action.id, frozenset())
    early = sorted(ticks - ticks_until(case.snapshot, action, case.today))
    if early:
        sentence = say_many(
            "{day} is still to come: its tick for “{title}” does not count yet.",
            "{day} is still to come: from there on {count} ticks for “{title}” do not count yet.",
            len(early),
            day=early[0],
            title=action.title or action.id,
        )
        yield _early(sentence, case.snapshot.where(action.id, early[0].isoformat()))


def _early(sentence: Message, where: Address | None) -> Diagnosis:
    remedy = say("Nothing to do if it is meant for then; else move it to the day or week that it belongs to.")
    return Diagnosis("still_to_come", Severity.HINT, sentence, remedy, where)


def _above_quota(case: Case, action: Action) -> Iterator[Diagnosis]:
    """Weeks with more ticks than were asked for: the score of execution counts what was asked for."""
    if action.cadence not in (Cadence.DAILY, Cadence.WEEKLY):
        return
    checked, period = case.snapshot.check_ins, case.snapshot.about.period
    ticks = ticks_until(case.snapshot, action, case.today)
    off = frozenset(case.snapshot.plan.theme.days_off)
    marks = Marks(action, period, ticks, checked.skips.get(action.id, frozenset()), off)
    more = [week for week in period if sum(Week.of(day) == week for day in ticks) > tally(marks, week).done]
    if more:
        last = max(day for day in ticks if Week.of(day) == more[0])
        sentence = say_many(
            "“{title}” has more ticks than asked for in the week of {day}; the score counts what was asked for.",
            "“{title}” has more ticks than asked for in {count} weeks, the first that of {day}; the score counts what "
            "was asked for.",
            len(more),
            title=action.title or action.id,
            day=more[0].monday,
        )
        remedy = say("Nothing to do: well done. Skips, days off and the number a week decide what is asked for.")
        where = case.snapshot.where(action.id, last.isoformat())
        yield Diagnosis("above_quota", Severity.HINT, sentence, remedy, where)


def _typed_over_ticks(case: Case, kpi: Kpi) -> Iterator[Diagnosis]:
    """Weeks in which ticks say more than the number that was typed, and so are not seen."""
    snapshot = case.snapshot
    typed = snapshot.check_ins.values.get(kpi.id, {})
    untyped = replace(snapshot, check_ins=replace(snapshot.check_ins, values={}))
    ticked = weekly_values(untyped, kpi.id, case.today) if kpi.kind is KpiKind.FLOW else {}
    less = [week for week, value in ticked.items() if typed.get(week, value) < value]
    if less:
        sentence = say_many(
            "“{name}”, the week of {day}: the typed {typed} counts, not the {ticked} of the ticks.",
            "“{name}”, {count} weeks: what was typed counts, not the ticks; first, in the week of {day}, {typed} and "
            "not {ticked}.",
            len(less),
            name=kpi.name or kpi.id,
            day=less[0].monday,
            typed=typed[less[0]],
            ticked=ticked[less[0]],
        )
        remedy = say("Clear the cell if the ticks are to count; else nothing to do.")
        where = snapshot.where(kpi.id, str(less[0]))
        yield Diagnosis("typed_over_ticks", Severity.HINT, sentence, remedy, where)


def _unused(case: Case, kpi: Kpi) -> Iterator[Diagnosis]:
    if kpi.id not in used_kpis(case.snapshot.plan) and case.snapshot.check_ins.values.get(kpi.id):
        yield Diagnosis(
            "unused_kpi",
            Severity.HINT,
            say(
                "No key result, funnel or other KPI uses “{name}”, so its numbers change no figure.",
                name=kpi.name or kpi.id,
            ),
            say("Name it with the key result that it measures, or keep it for yourself."),
            case.snapshot.where(kpi.id, "name"),
        )


def _without_id(case: Case) -> Iterator[Diagnosis]:
    """Rows that a person added; a copied row has the id of another and was reported when it was read."""
    ids = {(table.tab, row): table.at(row, "id") for table in case.tables.values() for row in table.rows}
    for id, name in names_of(case.snapshot.plan).items():
        where = case.snapshot.where(id, "title") or case.snapshot.where(id, "name")
        own = ids.get((where.tab, where.row)) if where else None
        if id.startswith(MADE) and own and case.reading.at(own).kind is Kind.EMPTY:
            sentence = say("“{title}” was added by hand; it counts, and is known by its title.", title=name)
            yield Diagnosis("row_without_id", Severity.HINT, sentence, say("Nothing to do."), where)


def _numbers_as_text(case: Case) -> Iterator[Diagnosis]:
    """Numbers that okrsheets understands, and that the sums of a spreadsheet leave out."""
    weeks = [(kpi, week) for kpi, values in case.snapshot.check_ins.values.items() for week in sorted(values)]
    cells = [address for kpi, week in weeks if (address := case.snapshot.where(kpi, str(week)))]
    texts = [address for address in cells if case.reading.at(address).kind is Kind.TEXT]
    if texts:
        yield Diagnosis(
            "number_as_text",
            Severity.HINT,
            say_many(
                "A number is stored as text here; okrsheets counts it, the sums of a spreadsheet do not.",
                "{count} numbers are stored as text, the first one here; okrsheets counts them, the sums of a "
                "spreadsheet do not.",
                len(texts),
            ),
            say("Nothing to do for okrsheets. Type it as a number if your own formulas use it."),
            texts[0],
        )
