"""What stands on the Summary: figures where they belong, sentences that fit, nothing left over from last time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from desks import LANGUAGES, PLAN, Q4, Desk

from okrsheets.edges.languages import language
from okrsheets.rules.differences import differences
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import read_back
from okrsheets.rules.report import compute
from okrsheets.rules.summary import lines, places, stamps, summarise
from okrsheets.rules.summary.funnel import likelihood
from okrsheets.rules.summary.objectives import status_words
from okrsheets.rules.summary.sheet import SummaryLine, figure
from okrsheets.words.errors import PlanDamaged
from okrsheets.words.grid import Content
from okrsheets.words.period import Week
from okrsheets.words.plan import Action, CheckIns, Plan, Stage, Theme
from okrsheets.words.report import Report, Status, Verdict

NL, EN = LANGUAGES
SUNDAY = date(2026, 11, 29)
WEEKS = [Week.parse(f"2026-W{number}") for number in range(40, 49)]


def filled(**values: list[float | None]) -> CheckIns:
    """Values week by week from the first."""
    return CheckIns(
        values={
            kpi: {week: value for week, value in zip(WEEKS, column, strict=False) if value is not None}
            for kpi, column in values.items()
        }
    )


def report(check_ins: CheckIns | None = None, plan: Plan = PLAN, today: date = SUNDAY) -> Report:
    return compute(Desk(plan, "en", check_ins=check_ins).made, today)


def by_text(of: Report) -> dict[str, SummaryLine]:
    return {str(line.values[places.TEXT]): line for line in lines(of, EN) if line.values.get(places.TEXT)}


def test_a_key_result_shows_its_number_target_score_and_status() -> None:
    line = by_text(report(filled(K3=[1, 0, 3])))["Programmes"]
    assert line.values[places.COUNT] == 4
    assert line.values[places.OF] == 10
    assert (line.values[places.SHARE], line.values[places.HIGH]) == (0.4, None)
    assert str(line.values[places.WORDS]).startswith(tuple(places.SYMBOLS.values()))


def test_a_chance_is_shown_for_what_is_counted_and_not_for_money() -> None:
    counted = report(filled(K3=[1, 0, 3]), today=WEEKS[3].sunday)
    chance = counted.objectives[0].key_results[1].chance
    assert chance
    assert by_text(counted)["Programmes"].values[places.LOW] == chance
    paid = replace(PLAN.objectives[0].key_results[1], unit="€")
    plan = replace(PLAN, objectives=(replace(PLAN.objectives[0], key_results=(paid,)),))
    of_money = report(filled(K3=[1, 0, 3]), plan, WEEKS[3].sunday)
    assert by_text(of_money)["Programmes"].values[places.LOW] is None


def test_no_chance_is_shown_from_numbers_that_have_gone_quiet() -> None:
    quiet = report(filled(K3=[1, 0, 3]), today=SUNDAY)
    (result,) = (known for known in quiet.objectives[0].key_results if known.id == "KR2")
    assert (result.status, result.chance is None) == (Status.STALE, False)
    assert by_text(quiet)["Programmes"].values[places.LOW] is None


def test_a_band_shows_its_last_number_and_how_often_it_held() -> None:
    line = by_text(report(filled(K2=[5, 4, 3, None, 6])))["Five calls a week"]
    assert (line.values[places.COUNT], line.values[places.OF]) == (6, "≥ 5")
    assert "in range" not in str(line.values[places.WORDS])
    fresh = report(filled(K2=[5, 4, 3, None, 6]), today=WEEKS[4].sunday)
    assert "63% in range" in str(by_text(fresh)["Five calls a week"].values[places.WORDS])


@pytest.mark.parametrize(
    ("low", "high", "unit", "aim"),
    [(40, 45, "", "40–45"), (None, 45, "", "≤ 45"), (None, None, "", None), (0.1, 0.2, "%", "10%–20%")],
)
def test_a_band_may_be_open_on_either_side(low: float | None, high: float | None, unit: str, aim: str | None) -> None:
    banded = replace(PLAN.objectives[0].key_results[0], low=low, high=high, unit=unit)
    plan = replace(PLAN, objectives=(replace(PLAN.objectives[0], key_results=(banded,)),))
    assert by_text(report(plan=plan))["Five calls a week"].values[places.OF] == aim


def test_a_share_is_shown_as_a_percentage() -> None:
    followers = replace(PLAN.objectives[1].key_results[0], unit="%", baseline=0, target=0.15)
    plan = replace(PLAN, objectives=(replace(PLAN.objectives[1], key_results=(followers,)),))
    line = by_text(report(CheckIns(current={"KR4": 0.075}), plan))["Followers"]
    assert (line.values[places.COUNT], line.values[places.OF]) == ("7.5%", "15%")


def test_more_than_all_and_less_than_nothing_are_shown_too() -> None:
    over = by_text(report(CheckIns(current={"KR4": 230})))["Followers"]
    assert (over.values[places.SHARE], over.values[places.HIGH]) == (1, 1.3)
    under = by_text(report(CheckIns(current={"KR4": 90})))["Followers"]
    assert (under.values[places.SHARE], under.values[places.HIGH]) == (0, -0.1)
    assert "below start" in str(under.values[places.WORDS])


def test_an_objective_says_how_much_of_it_is_known() -> None:
    line = by_text(report(filled(K3=[1])))["Close 10 programmes"]
    assert "2 of 3 known" in str(line.values[places.WORDS])
    assert line.values[places.SHARE] == pytest.approx(0.1 / 3)


def test_execution_is_counted_and_never_judged() -> None:
    ticked = CheckIns(ticks={"A1": frozenset(WEEKS[0].days[:5])})
    line = by_text(report(ticked, today=WEEKS[0].sunday))["Networking"]
    assert (line.values[places.COUNT], line.values[places.OF], line.values[places.SHARE]) == (5, 5, 1)
    assert line.values[places.WORDS] == "5 of 5 done"


def test_the_funnel_shows_k_of_n_with_interval_and_plan() -> None:
    # method.md §8, row A: 60 → 24 → 3.
    of = report(filled(K1=[30, 0, 0, 0, 0, 0, 0, 30], K2=[4, 0, 10, 0, 0, 0, 10], K3=[0, 0, 0, 0, 2, 0, 0, 0, 1]))
    line = by_text(of)["Calls → Programmes"]
    assert [line.values[c] for c in (places.COUNT, places.OF, places.SHARE, places.PLAN)] == [3, 24, 0.125, 0.25]
    assert (line.values[places.LOW], line.values[places.HIGH]) == pytest.approx((0.0604, 0.2325), abs=1e-4)
    assert "Invitations: as planned?" in by_text(of)


@pytest.mark.parametrize(
    ("calls", "verdict", "words"), [(24, Verdict.LIKELY, "likely"), (60, Verdict.CLEAR, "very likely")]
)
def test_the_table_is_as_sure_as_the_verdict(calls: int, verdict: Verdict, words: str) -> None:
    stages = (replace(PLAN.funnel[0], planned_per_week=None), *PLAN.funnel[1:])
    ledger = filled(K1=[2.5 * calls], K2=[0, calls], K3=[0, 0, 0, 3, 0, 0])
    of = report(ledger, replace(PLAN, funnel=stages), WEEKS[5].sunday)
    assert of.funnel.bottleneck.verdict is verdict
    assert by_text(of)["Calls → Programmes"].values[places.WORDS] == words


def test_without_a_funnel_there_is_a_sentence_and_no_table() -> None:
    of = report(plan=replace(PLAN, funnel=(), theme=Theme()))
    headings = [line.values.get(places.COUNT) for line in lines(of, EN) if line.kind is places.Line.HEADING]
    assert headings == ["Now", "Done"]


def test_what_is_needed_stands_there_when_goal_and_funnel_are_known() -> None:
    needed = "Invitations: for an 80% chance"
    assert by_text(report(filled(K1=[13] * 9)))[needed].values[places.COUNT]
    assert needed not in by_text(report(plan=replace(PLAN, funnel=())))
    assert needed not in by_text(report(filled(K1=[13] * 9), today=date(2027, 2, 1)))


@pytest.mark.parametrize(
    ("probability", "words"), [(0.95, "very likely"), (0.8, "likely"), (0.19, "unlikely"), (0, "unlikely")]
)
def test_a_probability_is_said_in_words(probability: float, words: str) -> None:
    assert likelihood(probability) == words


def test_the_named_step_is_as_likely_as_the_verdict_says() -> None:
    # method.md §8, row A: .8864 in the last week; the verdict also asks the week before.
    of = report(filled(K1=[30, 0, 0, 0, 0, 0, 0, 30], K2=[4, 0, 10, 0, 0, 0, 10], K3=[0, 0, 0, 0, 2, 0, 0, 0, 1]))
    sure = replace(of.funnel.steps[1], probability=0.97)
    named = replace(of.funnel.bottleneck, verdict=Verdict.LIKELY, step="K2->K3")
    likely = replace(of, funnel=replace(of.funnel, steps=(of.funnel.steps[0], sure), bottleneck=named))
    assert by_text(likely)["Calls → Programmes"].values[places.WORDS] == "likely"
    assert any("would bring" in text for text in by_text(likely))


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 9, 27), "starts in 1 day"),
        (date(2027, 1, 2), "1 day to go"),
        (date(2027, 1, 3), "the last day"),
        (date(2027, 1, 4), "the period is over"),
    ],
)
def test_the_head_says_how_long_there_is_to_go(today: date, words: str) -> None:
    assert words in [content.value for content in summarise(report(today=today), EN).values()]


def test_when_the_period_is_over_the_status_says_what_became_of_it() -> None:
    ended = report(filled(K3=[1, 0, 4]), today=date(2027, 2, 1))
    assert by_text(ended)["Programmes"].values[places.WORDS] == "◐ partly reached"


def test_an_objective_without_any_number_shows_none() -> None:
    plan = replace(PLAN, objectives=(PLAN.objectives[1],))
    assert by_text(report(plan=plan))["Grow"].values[places.SHARE] is None


def test_every_status_has_its_own_symbol_and_words() -> None:
    said = {NL.say(status_words(status)) for status in Status}
    assert len(said) == len({text[0] for text in said}) == len(Status)


def test_a_problem_links_to_its_cell() -> None:
    desk = Desk(code="en")
    desk.type("K1", "2026-W40", "about 12")
    contents = summarise(compute(desk.read(), SUNDAY), EN)
    (linked,) = [content for content in contents.values() if content.link]
    assert linked.link == str(desk.where("K1", "2026-W40"))
    assert "about 12" in str(linked.value)


def test_a_problem_about_what_is_not_there_needs_no_quotation() -> None:
    desk = Desk(code="en")
    heading = replace(desk.where("KR2", "confidence"), row=desk.where("O1", "title").row - 1)
    desk.store.fill(heading, "Other")
    reading = desk.store.read()
    broken = replace(reading, names={**reading.names, "okr_objectives_confidence": None})
    contents = summarise(compute(read_back(broken, LANGUAGES), SUNDAY), EN)
    (linked,) = [str(content.value) for content in contents.values() if content.link]
    assert "Confidence" in linked
    assert "“" not in linked


def test_a_second_summary_clears_what_the_first_had_more() -> None:
    desk = Desk(code="en")
    desk.type("K1", "2026-W40", "about 12")
    reading = desk.store.read()
    desk.store.write(differences(reading, summarise(compute(desk.read(), SUNDAY), EN)), reading)
    desk.type("K1", "2026-W40", 12)
    reading = desk.store.read()
    desk.store.write(differences(reading, summarise(compute(desk.read(), SUNDAY), EN)), reading)
    shown = [cell.value for cell in desk.store.read().grids["Summary"].cells.values()]
    assert not any("about 12" in str(value) for value in shown)
    assert differences(desk.store.read(), summarise(compute(desk.read(), SUNDAY), EN)) == ()


def test_the_side_holds_what_the_charts_draw() -> None:
    desk = Desk(code="en", check_ins=filled(K1=[10, 10], K2=[3]))
    contents = {
        a: c
        for a, c in summarise(compute(desk.made, SUNDAY), EN).items()
        if a.column in (*places.WEEKLY, *places.FUNNEL)
    }
    values = [content.value for content in contents.values() if content.value is not None]
    assert [value for value in values if isinstance(value, str)][:2] == ["W40", "W41"]
    assert values[-6:] == ["Invitations", 20, "Calls", 3, "Programmes", 0]


def test_what_does_not_fit_is_said() -> None:
    many = tuple(Action(f"A{n}", f"Action {n}") for n in range(1, 200))
    texts = [str(line.value) for line in summarise(report(plan=replace(PLAN, actions=many)), EN).values() if line.value]
    assert sum("more lines do not fit here" in text for text in texts) == 1


def test_the_day_is_a_stamp_and_the_only_one() -> None:
    of = report()
    (stamp,) = stamps(of)
    assert "29 November 2026" in str(summarise(of, EN)[stamp].value)


def test_without_its_place_there_is_no_summary() -> None:
    of = report()
    with pytest.raises(PlanDamaged):
        summarise(replace(of, snapshot=replace(of.snapshot, summary={})), EN)


@pytest.mark.parametrize("name", places.NAMES)
@pytest.mark.parametrize(
    "elsewhere",
    [{"tab": "Actions"}, {"tab": "Theme"}, {"tab": "Notes"}, {"top": 1, "bottom": 1_048_576}, {"right": 16_384}],
    ids=str,
)
def test_a_place_that_a_person_moved_elsewhere_is_never_written(name: str, elsewhere: dict[str, Any]) -> None:
    of = report()
    moved = replace(of.snapshot.summary[name], **elsewhere)
    with pytest.raises(PlanDamaged):
        summarise(replace(of, snapshot=replace(of.snapshot, summary={**of.snapshot.summary, name: moved})), EN)


def test_a_summary_that_was_moved_as_a_whole_is_still_there() -> None:
    of = report()
    moved = {
        name: replace(area, tab="Mine", top=area.top + 3, bottom=area.bottom + 3)
        for name, area in of.snapshot.summary.items()
    }
    contents = summarise(replace(of, snapshot=replace(of.snapshot, summary=moved)), EN)
    assert {address.tab for address in contents} == {"Mine"}


@pytest.mark.parametrize("code", ["nl", "en"])
def test_the_same_report_gives_the_same_cells_and_all_have_a_place(code: str) -> None:
    of, words = report(filled(K1=[13] * 9, K2=[4] * 9, K3=[1] * 5)), language(code)
    assert summarise(of, words) == summarise(of, words)
    tab = describe(PLAN, Q4, language("en")).tabs[4]
    assert {address.tab for address in summarise(of, words)} == {tab.title}
    merged = {
        (row, column)
        for merge in tab.merges
        for row in range(merge.area.top, merge.area.bottom + 1)
        for column in range(merge.area.left, merge.area.right + 1)
        if (row, column) != (merge.area.top, merge.area.left)
    }
    assert not merged & {address.spot for address in summarise(of, words)}


def test_figures_are_written_in_six_decimals_and_texts_as_they_are() -> None:
    values = (1 / 3, 2, "=1+1", "", None, -1e-9)
    assert [figure(value) for value in values] == [0.333333, 2, "=1+1", None, None, 0]
    assert Content(figure(-0.0)).value == 0


def test_a_summary_tab_that_is_gone_is_named_as_people_know_it() -> None:
    of = report()
    with pytest.raises(PlanDamaged) as refused:
        summarise(replace(of, snapshot=replace(of.snapshot, summary={})), EN)
    assert EN.say(refused.value.message).endswith("the tab “Summary”, as okrsheets made it, cannot be found.")


def test_every_stage_that_is_read_is_in_the_chart() -> None:
    kpis = tuple(replace(PLAN.kpis[0], id=f"S{n}", name=f"Stage {n}") for n in range(places.STAGES))
    funnel = tuple(Stage(kpi.id, plan_rate=0.5) for kpi in kpis)
    of = report(plan=replace(PLAN, kpis=(*PLAN.kpis, *kpis), funnel=funnel))
    shown = {content.value for content in summarise(of, EN).values()}
    assert {kpi.name for kpi in kpis} <= shown
