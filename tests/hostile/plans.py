"""Good files, hostile plans: what stands in the cells is absurd, and nothing else is wrong."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from .typing_in import Plan, error, formula, moment, number, text, truth
from .values import DATES, NUMBERS, TEXTS, silly

KPI = tuple(
    f"okr_kpis_{field}" for field in ("target", "stage", "plan_rate", "lag_weeks", "in_flight", "planned_per_week")
)
RESULT = tuple(
    f"okr_objectives_{f}" for f in ("baseline", "target", "current", "low", "high", "confidence", "tolerance", "weight")
)
ACTION = ("okr_actions_per_week", "okr_actions_amount", "okr_actions_due")
THEME = ("okr_theme_revenue_goal", "okr_theme_price", "okr_theme_capacity_per_week", "okr_start", "okr_weeks")
SETTINGS = ("okr_language", "okr_locale", "okr_schema", "okr_start", "okr_weeks", "okr_filled")
LINKS = (
    *(
        "okr_kpis_numerator",
        "okr_kpis_denominator",
        "okr_objectives_kpi",
        "okr_objectives_objective",
        "okr_actions_key_result",
    ),
    *(
        "okr_actions_feeds",
        "okr_kpis_id",
        "okr_objectives_id",
        "okr_actions_id",
        "okr_objectives_number",
        "okr_kpis_stage",
    ),
)
WORDS = {
    "okr_kpis_kind": ("flow", "stock", "ratio", "average", "Verhouding", "Ratio", "Optellen", "Sum"),
    "okr_kpis_cadence": ("week", "month", "maand"),
    "okr_objectives_type": ("reach", "within", "milestone", "done", "Bereiken", "Reach", "Binnen", "Within"),
    "okr_objectives_ambition": ("committed", "aspirational"),
    "okr_actions_cadence": ("daily", "weekly", "monthly", "once", "dagelijks", "wekelijks", "maandelijks", "eenmalig"),
}
TITLES = (
    "okr_kpis_name",
    "okr_objectives_title",
    "okr_actions_title",
    "okr_kpis_unit",
    "okr_objectives_unit",
    "okr_objectives_note",
)
IDS = ("K1", "K2", "K3", "K4", "K9", "KR1", "KR2", "O1", "O2", "A1", "", "~", "~x", "K1 ", "k1", "#", "0", "K1\nK2")
COUNTS = (
    "0",
    "1",
    "-1",
    "0.5",
    "20",
    "1e3",
    "1e6",
    "1e9",
    "1e12",
    "1e15",
    "1e16",
    "1e100",
    "1e308",
    "1e-300",
    "-1e15",
    "5e-324",
)
RATES = ("0", "1", "0.3", "0.999999999", "1e-6", "1e-12", "1e-300", "5e-324", "1.0000001", "2", "-0.1", "100", "30")
LAGS = ("0", "1", "2", "26", "13", "12", "27", "-1", "0.5", "1e9")
BIG = ("0", "1", "1000", "1e6", "1e9", "1e12", "1e15", "1e308", "1e-308", "0.001", "-5")


def any_cell(chance: Random) -> bytes:
    """A cell of any sort that holds anything."""
    return chance.choice(
        (
            text(chance.choice(TEXTS)),
            text(silly(chance)),
            number(chance.choice(NUMBERS)),
            number(chance.choice(NUMBERS)),
            formula(silly(chance), chance.choice((None, "1", "x", ""))),
            error(chance.choice(("#DIV/0!", "#N/A", "#SPILL!", "x", "#REF!"))),
            moment(chance.choice(DATES)),
            truth(chance.choice(("1", "0", "2", "TRUE", "x", "", "-1"))),
        )
    )


def _known(plan: Plan, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in plan.names]


def _row(plan: Plan, name: str, chance: Random) -> int:
    _, top, _, bottom, _ = plan.names[name]
    return chance.randrange(bottom - top + 1)


def numbers(plan: Plan, chance: Random) -> None:
    """Absurd numbers wherever a number is asked for."""
    for _ in range(chance.choice((1, 5, 40))):
        name = chance.choice(_known(plan, (*KPI, *RESULT, *ACTION, *THEME)))
        plan.type(name, _row(plan, name, chance), number(chance.choice(NUMBERS)))


def numbers_in_words(plan: Plan, chance: Random) -> None:
    """Numbers typed as text, and texts that almost are numbers."""
    for _ in range(chance.choice((1, 5, 40))):
        name = chance.choice(_known(plan, (*KPI, *RESULT, *ACTION, *THEME)))
        plan.type(name, _row(plan, name, chance), text(silly(chance)))


def values(plan: Plan, chance: Random) -> None:
    """Absurd values, week by week."""
    part, top, left, bottom, right = plan.names["okr_kpis_values"]
    sort = chance.choice((NUMBERS, COUNTS, BIG))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if chance.random() < 0.6:
                plan.put(part, (row, column), number(chance.choice(sort)))


def boxes(plan: Plan, chance: Random) -> None:
    """Absurd ticks."""
    part, top, left, bottom, right = plan.names["okr_actions_ticks"]
    for _ in range(chance.choice((1, 50, 300))):
        plan.put(part, (chance.randint(top, bottom), chance.randint(left, right)), any_cell(chance))


def funnel(plan: Plan, chance: Random) -> None:
    """A funnel of absurd size, or of none: huge counts, tiny rates, long lags, an unreachable goal."""
    part, top, left, _, right = plan.names["okr_kpis_values"]
    size = chance.choice(COUNTS)
    for stage in range(chance.choice((2, 3, 4, 10))):
        plan.type("okr_kpis_stage", stage, number(str(stage + 1)))
        plan.type("okr_kpis_name", stage, text(f"stage {stage}"))
        plan.type("okr_kpis_plan_rate", stage, number(chance.choice(RATES)))
        plan.type("okr_kpis_lag_weeks", stage, number(chance.choice(LAGS)))
        plan.type("okr_kpis_in_flight", stage, number(chance.choice((*COUNTS, ""))))
        plan.type("okr_kpis_planned_per_week", stage, number(chance.choice(BIG)))
        plan.type("okr_kpis_target", stage, number(chance.choice(BIG)))
        for column in range(left, right + 1):
            plan.put(part, (top + stage, column), number(size if chance.random() < 0.7 else chance.choice(COUNTS)))
    for name in THEME[:3]:
        plan.type(name, 0, number(chance.choice(BIG)))


def calm_funnel(plan: Plan, chance: Random) -> None:
    """A funnel whose counts can be, at any order of magnitude: every sum is really computed."""
    part, top, left, _, right = plan.names["okr_kpis_values"]
    size, stages = 10 ** chance.uniform(-2, 15), chance.choice((2, 3, 4, 8))
    for stage in range(stages):
        rate = 10 ** chance.uniform(-6, 0)
        plan.type("okr_kpis_stage", stage, number(str(stage + 1)))
        plan.type("okr_kpis_name", stage, text(f"stage {stage}"))
        plan.type("okr_kpis_plan_rate", stage, number(repr(min(1.0, rate * 10 ** chance.uniform(-1, 1)))))
        plan.type("okr_kpis_lag_weeks", stage, number(chance.choice(("0", "1"))))
        plan.type("okr_kpis_in_flight", stage, number(chance.choice(("0", "3", repr(size)))))
        plan.type("okr_kpis_planned_per_week", stage, number(repr(size)))
        for column in range(left, right + 1):
            plan.put(part, (top + stage, column), number(repr(size)))
        size *= rate
    goal = 10 ** chance.uniform(0, 9)
    plan.type("okr_theme_revenue_goal", 0, number(repr(goal)))
    plan.type("okr_theme_price", 0, number(repr(goal / 10 ** chance.uniform(0, 7))))


def titles(plan: Plan, chance: Random) -> None:
    """Titles that are paths, markup, codes for a terminal, formulas, places for facts, or endless."""
    for name in _known(plan, (*TITLES, "okr_theme_title", "okr_theme_north_star", "okr_theme_why")):
        for row in range(chance.choice((1, 4))):
            if chance.random() < 0.7:
                plan.type(name, row, text(chance.choice(TEXTS)))


def dates(plan: Plan, chance: Random) -> None:
    """Absurd dates: headings of days, days off, due dates, the start."""
    names = ("okr_actions_days", "okr_kpis_days", "okr_theme_days_off", "okr_actions_due", "okr_start")
    for _ in range(chance.choice((1, 3, 30))):
        part, top, left, bottom, right = plan.names[chance.choice(_known(plan, names))]
        spot = chance.randint(top, bottom), chance.randint(left, right)
        plan.put(part, spot, chance.choice((text, moment, number))(chance.choice((*DATES, *NUMBERS[-9:]))))


def links(plan: Plan, chance: Random) -> None:
    """Rows that refer to each other in circles, to themselves, to nothing; ids twice or not at all."""
    for _ in range(chance.choice((3, 20, 60))):
        name = chance.choice(_known(plan, LINKS))
        plan.type(name, _row(plan, name, chance), text(chance.choice(IDS)))
    for name, words in WORDS.items():
        plan.type(name, _row(plan, name, chance), text(chance.choice((*words, *words, silly(chance)))))


def circles(plan: Plan, chance: Random) -> None:
    """Ratios of ratios of themselves."""
    for row in range(4):
        plan.type("okr_kpis_kind", row, text(chance.choice(("ratio", "Ratio", "Verhouding"))))
        plan.type("okr_kpis_numerator", row, text(f"K{chance.randint(1, 4)}"))
        plan.type("okr_kpis_denominator", row, text(f"K{chance.randint(1, 4)}"))
        plan.type("okr_actions_feeds", row, text(f"K{chance.randint(1, 4)}"))


def settings(plan: Plan, chance: Random) -> None:
    """Another language, locale, schema, start or length."""
    odd = (
        "nl_NL",
        "xx",
        "en_US.UTF-8@x",
        "../nl",
        "",
        "a_b_c_d",
        "nl" * 500,
        "tlh",
        "zh_Hans_CN",
        "26",
        "27",
        "1e9",
        "2",
        "-1",
    )
    for name in _known(plan, SETTINGS):
        if chance.random() < 0.4:
            value = chance.choice((*odd, *NUMBERS[:20], *DATES))
            plan.type(name, 0, chance.choice((text, number, moment))(value))


def anything(plan: Plan, chance: Random) -> None:
    """Anything anywhere, on the Summary too."""
    parts = sorted({part for part, *_ in plan.names.values()})
    far = chance.choice((20, 80, 300, 4000))
    for _ in range(chance.choice((1, 20, 300))):
        plan.put(chance.choice(parts), (chance.randint(1, far), chance.randint(1, 40)), any_cell(chance))


def emptied(plan: Plan, chance: Random) -> None:
    """A column, a table or a tab without content."""
    for _ in range(chance.choice((1, 3, 10))):
        part, top, left, bottom, right = plan.names[chance.choice(sorted(plan.names))]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                plan.put(part, (row, column), b">")


def crowds(plan: Plan, chance: Random) -> None:
    """Thousands of rows, each good in itself."""
    kind, count = chance.choice(("kpis", "actions", "objectives")), chance.choice((100, 500, 4900))
    title = {"kpis": "name", "actions": "title", "objectives": "title"}[kind]
    every = chance.choice((1, 5))
    for row in range(count):
        plan.type(f"okr_{kind}_id", row, text(f"X{row // every}" if chance.random() < 0.9 else ""))
        plan.type(f"okr_{kind}_{title}", row, text(chance.choice((f"row {row}", "same"))))
        if kind == "kpis":
            plan.type("okr_kpis_stage", row, number(str(row + 1) if count < 200 else chance.choice(("1", "2", ""))))
            plan.type("okr_kpis_plan_rate", row, number("0.3"))
        if kind == "objectives":
            plan.type("okr_objectives_objective", row, text("" if row % 6 == 0 else f"X{row // every - row % 6}"))
            plan.type("okr_objectives_target", row, number("10"))
            plan.type("okr_objectives_kpi", row, text("K1"))


HABITS: tuple[Callable[[Plan, Random], None], ...] = (
    *(numbers, numbers, numbers_in_words, values, boxes, funnel, funnel, calm_funnel, calm_funnel, titles, titles),
    *(dates, dates, links, circles, settings, anything, anything, emptied),
)
HEAVY_HABITS = (crowds,)
