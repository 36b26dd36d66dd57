from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from okrsheets.edges import templates
from okrsheets.edges.templates import Template, load, names
from okrsheets.words.errors import BadLanguage, BadTemplate, UnknownTemplate
from okrsheets.words.plan import Action, Ambition, Cadence, KeyResult, KeyResultType, Kpi, KpiKind, Plan, Pulse, Stage

LANGUAGES = ("nl", "en")
EVERY = [(name, language) for name in ("high-ticket", "low-ticket", "social", "blank") for language in LANGUAGES]


def test_okrsheets_brings_four_templates() -> None:
    assert names() == ("high-ticket", "low-ticket", "social", "blank")


@pytest.mark.parametrize("name", names())
def test_a_template_speaks_dutch_and_english(name: str) -> None:
    template = load(name)
    assert template.name == name
    assert template.languages == LANGUAGES
    assert template.title("nl") != template.title("en")
    assert template.description("nl") != template.description("en")


def test_a_language_that_a_template_has_not_is_said() -> None:
    with pytest.raises(BadLanguage) as caught:
        load("blank").plan("fr")
    assert caught.value.facts == {"given": "fr", "known": tuple(f"“{code}”" for code in LANGUAGES)}


def shape(plan: Plan) -> object:
    """A plan without its words."""
    return (
        [(r.id, r.type, r.baseline, r.target, r.low, r.high, r.kpi) for r in plan.key_results],
        [(k.id, k.kind, k.cadence, k.numerator, k.denominator, k.target) for k in plan.kpis],
        plan.funnel,
        [(a.id, a.cadence, a.per_week, a.key_result, a.feeds, a.amount) for a in plan.actions],
        (plan.theme.revenue_goal, plan.theme.price, len(plan.theme.agreements)),
    )


@pytest.mark.parametrize("name", names())
def test_a_plan_is_the_same_in_both_languages_but_for_its_words(name: str) -> None:
    template = load(name)
    assert shape(template.plan("nl")) == shape(template.plan("en"))


def words_of(plan: Plan) -> list[str]:
    rows = [*plan.objectives, *plan.key_results, *plan.actions]
    theme = plan.theme
    return [
        *(row.title for row in rows),
        *(kpi.name for kpi in plan.kpis),
        *(theme.title, theme.north_star, theme.why),
        *theme.agreements,
    ]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_is_left_without_words(name: str, language: str) -> None:
    assert all(text.strip() == text and text for text in words_of(load(name).plan(language)))


@pytest.mark.parametrize("name", names())
def test_a_plan_is_good_by_its_own_check(name: str) -> None:
    """The plan's own rules, method.md §7; the blank one has one row of each on purpose."""
    plan = load(name).plan("nl")
    least = 1 if name == "blank" else 2
    assert 1 <= len(plan.objectives) <= 3
    assert all(least <= len(objective.key_results) <= 5 for objective in plan.objectives)
    assert 1 <= len(plan.kpis) <= 7
    assert all(plan.kpi(result.kpi) for result in plan.key_results)
    assert all(result.baseline != result.target for result in plan.key_results if result.type is KeyResultType.REACH)
    assert {action.key_result for action in plan.actions} == {result.id for result in plan.key_results}
    used = Counter(result.kpi for result in plan.key_results) + Counter(stage.kpi for stage in plan.funnel)
    used += Counter(action.feeds for action in plan.actions)
    used += Counter(part for kpi in plan.kpis for part in (kpi.numerator, kpi.denominator))
    assert all(used[kpi.id] for kpi in plan.kpis)


def key_result(plan: Plan, id: str) -> KeyResult:
    return next(result for result in plan.key_results if result.id == id)


def test_high_ticket_goes_from_invitation_to_call_to_programme() -> None:
    plan = load("high-ticket").plan("en")
    assert plan.funnel == (Stage("K1", 0.30, 1, planned_per_week=17), Stage("K2", 0.25, 2), Stage("K3"))
    assert [kpi.name for kpi in plan.kpis][:3] == ["Invitations sent", "Strategy calls", "Programmes sold"]
    calls, sold, revenue = plan.key_results
    assert (calls.type, calls.low, calls.high, calls.kpi) == (KeyResultType.WITHIN, 5, None, "K2")
    assert (sold.baseline, sold.target, sold.kpi) == (0, 10, "K3")
    assert (revenue.target, revenue.kpi) == (10 * 1500, "K4")
    assert (plan.theme.revenue_goal, plan.theme.price) == (15000, 1500)
    networking, inviting, *_ = plan.actions
    assert (networking.cadence, networking.per_week) == (Cadence.DAILY, 5)
    assert (inviting.feeds, inviting.per_week * inviting.amount >= 17) == ("K1", True)


def test_low_ticket_goes_from_mail_to_visitor_to_sale() -> None:
    plan = load("low-ticket").plan("en")
    assert [stage.kpi for stage in plan.funnel] == ["K1", "K2", "K3"]
    assert plan.funnel[1].plan_rate == 0.10
    conversion, sold = plan.key_results
    assert (conversion.target, plan.kpi(conversion.kpi)) == (
        0.10,
        Kpi("K4", "Landing page conversion", KpiKind.RATIO, numerator="K3", denominator="K2", target=0.10, unit="%"),
    )
    assert (sold.target, sold.kpi) == (500, "K3")
    mails = plan.actions[0]
    assert (mails.cadence, mails.amount, mails.feeds) == (Cadence.DAILY, 20, "K1")
    assert plan.funnel[0].planned_per_week == mails.amount * mails.per_week


def test_social_measures_engagement_followers_and_leads() -> None:
    plan = load("social").plan("en")
    assert plan.funnel == ()
    assert [kpi.kind for kpi in plan.kpis] == [KpiKind.FLOW, KpiKind.STOCK, KpiKind.AVERAGE, KpiKind.FLOW]
    engagement, followers, leads = plan.key_results
    assert (engagement.target, engagement.kpi) == (0.15, "K3")
    assert followers.baseline
    assert followers.target == 2 * followers.baseline
    assert (leads.kpi, leads.baseline) == ("K4", 0)
    assert [(action.cadence, action.per_week) for action in plan.actions] == [
        (Cadence.DAILY, 5),
        (Cadence.WEEKLY, 2),
        (Cadence.WEEKLY, 1),
        (Cadence.WEEKLY, 1),
        (Cadence.MONTHLY, 1),
        (Cadence.WEEKLY, 1),
        (Cadence.MONTHLY, 1),
    ]


@pytest.mark.parametrize(("language", "mark"), [("nl", "Voorbeeld: "), ("en", "Example: ")])
def test_blank_has_one_row_of_each_kind_marked_as_an_example(language: str, mark: str) -> None:
    plan = load("blank").plan(language)
    assert [len(rows) for rows in (plan.objectives, plan.key_results, plan.kpis, plan.actions)] == [1, 1, 1, 1]
    assert all(text.startswith(mark) for text in words_of(plan))


SMALLEST = 'title = { nl = "Klein" }\ndescription = "Iets"\n'


def from_file(folder: Path, text: str | bytes) -> Template:
    """A template as somebody wrote it."""
    file = folder / "own.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(str(file))


def test_a_template_of_your_own_is_named_after_its_file(tmp_path: Path) -> None:
    template = from_file(tmp_path, SMALLEST)
    assert (template.name, template.languages, template.title("nl")) == ("own", ("nl",), "Klein")
    assert template.plan("nl") == Plan()


def test_a_template_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert from_file(tmp_path, b"\xef\xbb\xbf" + SMALLEST.encode()).title("nl") == "Klein"


def test_a_plain_text_is_the_same_in_every_language(tmp_path: Path) -> None:
    template = from_file(tmp_path, 'title = {nl="A", en="B"}\ndescription = "C"\n[theme]\ntitle = "D"')
    assert [template.plan(language).theme.title for language in template.languages] == ["D", "D"]


def test_what_is_not_said_is_as_the_plan_has_it(tmp_path: Path) -> None:
    template = from_file(
        tmp_path,
        SMALLEST
        + """
        objectives = [{ id = "O1", title = "a", key_results = [{ id = "KR1", title = "b" }] }]
        kpis = [{ id = "K1", name = "c" }]
        funnel = [{ kpi = "K1" }]
        actions = [{ id = "A1", title = "d" }, { id = "A2", title = "e", cadence = "weekly" }]
        """,
    )
    plan = template.plan("nl")
    assert plan.key_results == (KeyResult("KR1", "b"),)
    assert plan.kpis == (Kpi("K1", "c"),)
    assert plan.funnel == (Stage("K1"),)
    assert plan.actions == (Action("A1", "d"), Action("A2", "e", Cadence.WEEKLY, per_week=1))


def test_choices_are_written_in_english(tmp_path: Path) -> None:
    template = from_file(
        tmp_path,
        SMALLEST
        + """
        objectives = [{ id = "O1", title = "a", key_results = [
            { id = "KR1", title = "b", type = "milestone", ambition = "aspirational" } ] }]
        kpis = [{ id = "K1", name = "c", kind = "stock", cadence = "month" }]
        """,
    )
    result, kpi = template.plan("nl").key_results[0], template.plan("nl").kpis[0]
    assert (result.type, result.ambition) == (KeyResultType.MILESTONE, Ambition.ASPIRATIONAL)
    assert (kpi.kind, kpi.cadence) == (KpiKind.STOCK, Pulse.MONTH)


@pytest.mark.parametrize("name", ["nope", "High-Ticket", "./nope.toml", "nope.toml", "folder/nope", ""])
def test_a_template_that_is_not_there_is_said_with_those_that_are(name: str) -> None:
    with pytest.raises(UnknownTemplate) as caught:
        load(name)
    assert caught.value.facts == {"name": name, "known": names()}


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate):
        load(str(tmp_path))


@pytest.mark.parametrize(
    ("text", "path"), [("high-ticket", False), ("a.toml", True), ("./high-ticket", True), ("a/b", True)]
)
def test_a_path_has_a_separator_or_ends_in_toml(text: str, path: bool) -> None:
    assert templates.is_path(text) is path
