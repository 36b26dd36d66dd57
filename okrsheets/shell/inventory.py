"""What is in a plan, as a person reads it: every item, what is known of it, and its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from okrsheets.orders.inspect import Inspected
from okrsheets.rules import tables
from okrsheets.rules.summary.attention import problem_words
from okrsheets.rules.typed import choices
from okrsheets.rules.units import is_share
from okrsheets.shell.lists import ROOMY, rows, show_section
from okrsheets.shell.screen import Screen, clean
from okrsheets.words.grid import Address
from okrsheets.words.message import Fact, Language, Message, Percent, keep, say, say_many
from okrsheets.words.plan import Action, Cadence, KeyResult, KeyResultType, Kpi, Plan, Stage
from okrsheets.words.snapshot import Snapshot

Row = tuple[str, str, Message | str, Address | None]
"""Id, title, what is known of it, cell."""
NUMBERS = (
    ("revenue_goal", keep("Revenue goal")),
    ("price", keep("Price of one sale")),
    ("capacity_per_week", keep("Most you can do a week")),
)
OPEN = keep("open")
"""Stands where a number is still to be filled in."""


class Inventory:
    """Lists a plan on a screen; with a snapshot also what is filled in, and where."""

    def __init__(self, plan: Plan, screen: Screen, language: Language, snapshot: Snapshot | None = None) -> None:
        self.plan = plan
        self.screen = screen
        self.language = language
        self.snapshot = snapshot

    def draw(self) -> None:
        """The sections in the order of the tabs; what needs a person comes last."""
        self.section(tables.THEME_TITLE, self.theme())
        self.section(tables.OBJECTIVES.title, self.objectives())
        self.section(tables.ACTIONS.title, map(self.action, self.plan.actions))
        self.section(tables.KPIS.title, map(self.kpi, self.plan.kpis))
        self.section(keep("Funnel"), map(self.stage, self.plan.funnel))
        problems = self.snapshot.problems if self.snapshot else ()
        self.section(
            keep("Needs your attention"), (("", self.words(problem_words(each)), "", None) for each in problems)
        )

    def section(self, title: str, items: Iterable[Row]) -> None:
        """Rows under a title; where there is little room, what is known of an item stands below it."""
        roomy = self.screen.out.width >= ROOMY
        table = rows(1, 2, columns=4) if roomy else rows(1, columns=2)
        for id, name, known, cell in items:
            what = (clean(name), self.words(known), Text(clean(str(cell or "")), "dim"))
            table.add_row(Text(clean(id), "dim"), *(what if roomy else [below(*what)]))
        show_section(self.screen, self.words(title), table)

    def theme(self) -> Iterator[Row]:
        """Theme, North Star and the numbers; those of a template only where it has them."""
        theme = self.plan.theme
        yield "", theme.title, "", self.cell("theme", "title")
        yield "", theme.north_star, "", self.cell("theme", "north_star")
        for field, label in NUMBERS:
            value = getattr(theme, field)
            if value is not None or self.snapshot:
                yield "", self.words(label), Message("{value}", {"value": amount(value)}), self.cell("theme", field)

    def objectives(self) -> Iterator[Row]:
        """Objectives and their key results."""
        for objective in self.plan.objectives:
            yield objective.id, objective.title, "", self.cell(objective.id, "title")
            for result in objective.key_results:
                yield result.id, result.title, self.aim(result), self.cell(result.id, aim_field(result))

    def aim(self, result: KeyResult) -> Message | str:
        """What a key result is to become."""
        share = is_share(result, self.plan)
        low, high = amount(result.low, share), amount(result.high, share)
        if result.type is KeyResultType.REACH:
            start, goal = amount(result.baseline, share), amount(result.target, share)
            return say("from {baseline} to {target}", baseline=start, target=goal)
        if result.type is not KeyResultType.WITHIN:
            return choices.TEXTS[result.type]
        if result.high is None:
            return say("at least {low}", low=low)
        return say("at most {high}", high=high) if result.low is None else say("{low} to {high}", low=low, high=high)

    def action(self, action: Action) -> Row:
        """An action: its rhythm and its ticks."""
        how = rhythm(action)
        if self.snapshot is None:
            return action.id, action.title, how, None
        filled = self.snapshot.check_ins
        ticks, skips = len(filled.ticks.get(action.id, ())), len(filled.skips.get(action.id, ()))
        done = (
            say_many("{count} tick", "{count} ticks", ticks),
            *([say_many("{count} skip", "{count} skips", skips)] if skips else []),
        )
        return action.id, action.title, say("{how}: {done}", how=how, done=done), self.cell(action.id, "title")

    def kpi(self, kpi: Kpi) -> Row:
        """A KPI: how it counts, and how many values there are."""
        kind, cadence = Message(choices.TEXTS[kpi.kind]), Message(choices.TEXTS[kpi.cadence])
        how = say("{kind}, every {cadence}", kind=kind, cadence=cadence)
        if self.snapshot is None:
            return kpi.id, kpi.name, how, None
        values = len(self.snapshot.check_ins.values.get(kpi.id, {}))
        done = say_many("{count} value", "{count} values", values)
        return kpi.id, kpi.name, say("{how}: {done}", how=how, done=done), self.cell(kpi.id, "name")

    def stage(self, stage: Stage) -> Row:
        """A stage of the funnel: the rate and the lag of the step that leaves from it."""
        kpi = self.plan.kpi(stage.kpi)
        name = kpi.name if kpi else stage.kpi
        if stage.plan_rate is None:
            return stage.kpi, name, "", self.cell(stage.kpi, "plan_rate")
        step = say_many(
            "{rate} go on, after {count} week",
            "{rate} go on, after {count} weeks",
            stage.lag_weeks,
            rate=Percent(stage.plan_rate, 1),
        )
        return stage.kpi, name, step, self.cell(stage.kpi, "plan_rate")

    def cell(self, item: str, field: str) -> Address | None:
        """Where a field stands; nowhere in a template."""
        return self.snapshot.where(item, field) if self.snapshot else None

    def words(self, message: Message | str) -> str:
        """A sentence, safe to show."""
        return clean(self.language.say(message))


def rhythm(action: Action) -> Message:
    """How often an action is to be done; a month or a single time has no number a week."""
    cadence = Message(choices.TEXTS[action.cadence])
    if action.cadence is Cadence.ONCE and action.due:
        return say("{cadence}, by {day}", cadence=cadence, day=action.due)
    if action.cadence in (Cadence.MONTHLY, Cadence.ONCE):
        return cadence
    return say("{cadence}, {count} a week", cadence=cadence, count=action.per_week)


def below(name: str, known: str, cell: Text) -> Text:
    """The name, and below it what is known and where it stands."""
    facts = Text("  ").join(part for part in (Text(known), cell) if part)
    return Text("\n").join(part for part in (Text(name), facts) if part)


def show_left_alone(known: Inspected, screen: Screen, language: Language) -> None:
    """What else the workbook carries, and okrsheets never touches."""
    carries = known.carries
    lists = (
        (keep("links to other files"), carries.external_links),
        (keep("data connections"), carries.connections),
        (keep("other tabs"), known.other_tabs),
    )
    table = rows(0, 1, columns=2)
    if carries.macros:
        table.add_row(clean(language.say(keep("macros"))), "")
    for title, names in lists:
        if names:
            table.add_row(clean(language.say(title)), Text(clean(", ".join(names)), "dim"))
    show_section(screen, clean(language.say(keep("Also in this workbook, and left alone"))), table)


def aim_field(result: KeyResult) -> str:
    """The field whose cell says what a key result is to become, or whether it has."""
    match result.type:
        case KeyResultType.WITHIN:
            return "low" if result.low is not None else "high"
        case KeyResultType.DONE:
            return "done"
        case _:
            return "target"


def amount(value: float | None, share: bool = False) -> Fact:
    """A number in a sentence; a word where there is none."""
    if value is None:
        return Message(OPEN)
    return Percent(value, 1) if share else value
