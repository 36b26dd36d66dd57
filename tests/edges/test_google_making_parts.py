"""The parts of the Google builder: formulas, number formats, rectangles of looks, folds, rules for colours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from google_calls import Calls, Json
from google_fake import SHEET, GoogleFake
from google_fake import formulas as fake_formulas
from google_fake.formulas import evaluate, number_of
from google_fake.ranges import from_a1, quoted
from google_fake.values_of import effective, looked_up
from hypothesis import given
from hypothesis import strategies as st

from okrsheets.edges import templates
from okrsheets.edges.google.making import colours, drawings, looks, rules, sizes
from okrsheets.edges.google.making.builder import one_batch
from okrsheets.edges.google.making.cells import value_of
from okrsheets.edges.google.making.formulas import formula
from okrsheets.edges.google.making.looks import Look
from okrsheets.edges.google.making.numbers import number_format
from okrsheets.edges.google.making.places import Places
from okrsheets.edges.google.making.sizes import Fold, folds
from okrsheets.edges.languages import language
from okrsheets.rules.layout import describe
from okrsheets.words.grid import Area, a1
from okrsheets.words.period import quarter
from okrsheets.words.plan import CheckIns
from okrsheets.words.workbook import (
    Align,
    Bar,
    Chart,
    ChartKind,
    Choice,
    Columns,
    Entry,
    Formula,
    Highlight,
    Link,
    Merge,
    Series,
    Sparkline,
    Style,
    Tab,
    When,
    Workbook,
)

PLACES = Places({"Acties": 1003, "KPI's": 1004})
TEAL, INK = "1F6F6B", "22313F"
PERIOD = quarter(2026, 4)


def area(tab: str, top: int, left: int, bottom: int | None = None, right: int | None = None) -> Area:
    return Area(tab, top, left, bottom or top, right or left)


FORMULAS = (
    ("=A8", "=A8"),
    ("A8", "=A8"),
    ("SUM(A1,B2)", "=SUM(A1;B2)"),
    ('COUNTIF(J8:P8,TRUE)+COUNTIF(J8:P8,"x")', '=COUNTIF(J8:P8;TRUE())+COUNTIF(J8:P8;"x")'),
    ("IF(FALSE(),TRUE,FALSE)", "=IF(FALSE();TRUE();FALSE())"),
    ('"a, b"&"TRUE"', '="a, b"&"TRUE"'),
    ('"say ""a,b"""', '="say ""a,b"""'),
    ("TODAY()>=DATE(2026,9,28)", "=TODAY()>=46293"),
    ("DATE(A1,9,28)", "=DATE(A1;9;28)"),
    ("'KPI''s, mine'!A1", "='KPI''s, mine'!A1"),
    ('HYPERLINK("#\'Acties\'!"&A1,"go")', '=HYPERLINK("#gid=1003&range="&A1;"go")'),
    ("HYPERLINK(\"#'KPI''s'!\"&A1,\"go\")", '=HYPERLINK("#gid=1004&range="&A1;"go")'),
    ('HYPERLINK("#\'Elders\'!"&A1,"go")', '=HYPERLINK("#\'Elders\'!"&A1;"go")'),
    ("okr_days>0", "=okr_days>0"),
    ("TRUEST+FALSEHOOD(1,2)", "=TRUEST+FALSEHOOD(1;2)"),
)


@pytest.mark.parametrize(("text", "expected"), FORMULAS, ids=[text for text, _ in FORMULAS])
def test_a_formula_is_one_that_every_locale_reads(text: str, expected: str) -> None:
    assert formula(text, PLACES) == expected


def test_a_name_stands_within_indirect_where_colours_depend_on_it() -> None:
    text = 'COUNTIF(okr_days,J$7)>0+okr_daysoff+"okr_days"'
    assert formula(text, PLACES, {"okr_days"}) == '=COUNTIF(INDIRECT("okr_days");J$7)>0+okr_daysoff+"okr_days"'


NUMBERS: tuple[tuple[str | None, Json | None], ...] = (
    (None, None),
    ("[>=1000]#,##0;General", None),
    ('"☑";"☑";"☐";@', None),
    ("0%", {"type": "PERCENT", "pattern": "0%"}),
    ("0.0%", {"type": "PERCENT", "pattern": "0.0%"}),
    ("0", {"type": "NUMBER", "pattern": "0"}),
    ("0;;", {"type": "NUMBER", "pattern": "0;;"}),
    ("0.0×", {"type": "NUMBER", "pattern": '0.0"×"'}),
    ('0" days"', {"type": "NUMBER", "pattern": '0" days"'}),
    ('0" ×"', {"type": "NUMBER", "pattern": '0" ×"'}),
    ("d", {"type": "DATE", "pattern": "d"}),
    ("d mmm", {"type": "DATE", "pattern": "d mmm"}),
    ("[$-413]d mmm yyyy", {"type": "DATE", "pattern": "d mmm yyyy"}),
)


@pytest.mark.parametrize(("pattern", "expected"), NUMBERS, ids=[str(pattern) for pattern, _ in NUMBERS])
def test_a_number_format_in_the_words_of_google(pattern: str | None, expected: Json | None) -> None:
    assert number_format(pattern) == expected


VALUES: tuple[tuple[Any, Json], ...] = (
    (None, {}),
    ("", {}),
    ("=1+1", {"stringValue": "=1+1"}),
    ("'quoted", {"stringValue": "'quoted"}),
    ("0123", {"stringValue": "0123"}),
    (True, {"boolValue": True}),
    (False, {"boolValue": False}),
    (0, {"numberValue": 0.0}),
    (0.1 + 0.2, {"numberValue": 0.3}),
    (date(2026, 9, 28), {"numberValue": 46293}),
    (Formula("=SUM(A1,2)", 3), {"formulaValue": "=SUM(A1;2)"}),
    (Link(area("Acties", 1, 2), "=go"), {"stringValue": "=go"}),
)


@pytest.mark.parametrize(("written", "expected"), VALUES, ids=[repr(written) for written, _ in VALUES])
def test_a_value_keeps_its_type(written: Any, expected: Json) -> None:
    assert value_of(written, PLACES) == expected


@given(st.integers(0, 2**24 - 1))
def test_a_colour_comes_back_as_it_was(number: int) -> None:
    colour = colours.style(f"{number:06X}")["rgbColor"]
    back = [round(colour[name] * 255) for name in ("red", "green", "blue")]
    assert "".join(f"{step:02X}" for step in back) == f"{number:06X}"


def test_a_paler_colour_is_on_the_way_to_white() -> None:
    assert [colours.paler("D5DBDF", share) for share in (0, 0.3, 1)] == ["FFFFFF", "F2F4F5", "D5DBDF"]


PLAIN, BOLD, LED = Look(Style()), Look(Style(bold=True)), Look(Style(), "#gid=1003&range=A1")
SPOTS = st.tuples(st.integers(1, 6), st.integers(1, 6))


@given(st.dictionaries(SPOTS, st.sampled_from((PLAIN, BOLD, LED))))
def test_rectangles_give_each_cell_its_look_once(described: dict[tuple[int, int], Look]) -> None:
    painted = [
        ((row, column), look)
        for place, look in looks.alike("Acties", described)
        for row in range(place.top, place.bottom + 1)
        for column in range(place.left, place.right + 1)
    ]
    assert sorted(spot for spot, _ in painted) == sorted(described)
    assert dict(painted) == described


def test_cells_that_look_alike_are_one_rectangle() -> None:
    block = {(row, column): BOLD for row in range(2, 5) for column in range(3, 6)}
    assert list(looks.alike("Acties", block)) == [(area("Acties", 2, 3, 4, 5), BOLD)]


STYLES: tuple[tuple[Style, Json], ...] = (
    (Style(), {"verticalAlignment": "MIDDLE", "wrapStrategy": "OVERFLOW_CELL"}),
    (Style(top=True, wrap=True), {"verticalAlignment": "TOP", "wrapStrategy": "WRAP"}),
    (Style(shrink=True), {"wrapStrategy": "CLIP"}),
    (Style(align=Align.LEFT, indent=1), {"horizontalAlignment": "LEFT", "padding": looks.PADDING | {"left": 10}}),
    (Style(align=Align.RIGHT, indent=2), {"horizontalAlignment": "RIGHT", "padding": looks.PADDING | {"right": 17}}),
    (Style(align=Align.CENTRE), {"horizontalAlignment": "CENTER"}),
    (Style(fill=TEAL), {"backgroundColorStyle": colours.style(TEAL)}),
    (Style(number="0%"), {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}),
    (Style(line=TEAL), {"borders": {"bottom": {"style": "SOLID", "colorStyle": colours.style(TEAL)}}}),
)


@pytest.mark.parametrize(("style", "expected"), STYLES, ids=[repr(expected) for _, expected in STYLES])
def test_a_style_in_the_words_of_google(style: Style, expected: Json) -> None:
    assert expected.items() <= looks.cell_format(Look(style)).items()


def test_a_box_has_four_sides() -> None:
    assert looks.cell_format(Look(Style(box=TEAL, line=INK)))["borders"].keys() == {"top", "right", "bottom", "left"}


def test_a_text_is_bold_or_italic_where_it_says_so() -> None:
    text = looks.cell_format(Look(Style(bold=True, italic=True, size=11)))["textFormat"]
    assert {"bold": True, "italic": True, "fontSize": 11, "fontFamily": "Calibri"}.items() <= text.items()
    assert "underline" not in text


def test_a_sparkline_where_nothing_was_described_has_its_colour_as_well() -> None:
    tab = Tab("Acties", {}, TEAL, sparklines=(Sparkline((2, 3), area("Acties", 2, 4, 2, 9), INK),))
    [request] = looks.add(tab, PLACES)
    text = request["repeatCell"]["cell"]["userEnteredFormat"]["textFormat"]
    assert text["foregroundColorStyle"] == colours.style(INK)


FOLDS = {
    "none": ((Columns(1, 2, 5), Columns(3, 3, 5, hidden=True)), []),
    "one open": ((Columns(3, 9, 5, group=True),), [Fold(3, 9, 1, closed=False)]),
    "adjacent closed": (
        (Columns(4, 4, 5, hidden=True, group=True), Columns(5, 5, 9, hidden=True, group=True)),
        [Fold(4, 5, 1, closed=True)],
    ),
    "apart": (
        (Columns(1, 2, 5, group=True), Columns(4, 5, 5, group=True)),
        [Fold(1, 2, 1, closed=False), Fold(4, 5, 1, closed=False)],
    ),
    "closed beside open": (
        (Columns(6, 7, 5, hidden=True, group=True), Columns(8, 12, 5, group=True)),
        [Fold(6, 12, 1, closed=False), Fold(6, 7, 2, closed=True)],
    ),
    "closed on both sides": (
        (
            Columns(9, 9, 5, hidden=True, group=True),
            Columns(1, 1, 5, hidden=True, group=True),
            Columns(2, 8, 5, group=True),
        ),
        [Fold(1, 9, 1, closed=False), Fold(1, 1, 2, closed=True), Fold(9, 9, 2, closed=True)],
    ),
}


@pytest.mark.parametrize(("columns", "expected"), FOLDS.values(), ids=FOLDS)
def test_groups_that_touch_are_one_group_with_another_in_it(columns: tuple[Columns, ...], expected: list[Fold]) -> None:
    assert list(folds(columns)) == expected


def test_a_tab_has_room_for_all_that_is_described_and_some_more() -> None:
    chart = Chart(ChartKind.BAR, "c", area("Acties", 40, 1, 50, 30), ())
    tabs = (Tab("Acties", {(3, 9): Entry(1)}, TEAL, charts=(chart,)), Tab("KPI's", {}, TEAL, (Columns(1, 12, 5),)))
    workbook = Workbook("plan", tabs, {"okr_kpis_id": area("KPI's", 1, 1, 80, 2)})
    sizes_of = [(grid["rowCount"], grid["columnCount"]) for grid in (sizes.grid(tab, workbook) for tab in tabs)]
    assert sizes_of == [(80, 36), (110, 18)]


def test_rows_of_one_height_are_set_together() -> None:
    tab = Tab("Acties", {}, TEAL, heights={7: 20, 1: 34, 2: 20, 3: 20, 5: 20, 6: 15})
    spans = [(r["startIndex"], r["endIndex"], size) for r, size in (sized(one) for one in sizes.add(tab, PLACES))]
    assert spans == [(0, 1, 45), (1, 3, 27), (4, 5, 27), (5, 6, 20), (6, 7, 27)]


def sized(request: Json) -> tuple[Json, int]:
    asked = request["updateDimensionProperties"]
    return asked["range"], asked["properties"]["pixelSize"]


def test_columns_and_rows_that_nobody_sized_have_googles_size() -> None:
    tab = Tab("Acties", {}, TEAL, (Columns(1, 1, 10),), heights={1: 15})
    assert (sizes.width(tab, 1, 2), sizes.height(tab, 1, 2)) == (75 + 100, 20 + 21)


def rule_of(part: Highlight | Bar) -> Json:
    name = "bars" if isinstance(part, Bar) else "highlights"
    [request] = rules.add(Tab("Acties", {}, TEAL, **{name: (part,)}), PLACES, {"okr_days"})  # type: ignore[arg-type]
    return dict(request["addConditionalFormatRule"]["rule"])


HERE = area("Acties", 2, 2, 9, 9)


def test_a_bar_is_a_colour_that_deepens_from_nothing_to_all() -> None:
    for full, end in ((1.0, "1"), (1.6, "1"), (0.5, "1"), (10.0, "10")):
        gradient = rule_of(Bar(HERE, TEAL, full))["gradientRule"]
        assert (gradient["minpoint"]["value"], gradient["maxpoint"]["value"]) == ("0", end)
        assert gradient["maxpoint"]["colorStyle"] == colours.style(TEAL)


def test_a_line_alone_tints_every_other_row() -> None:
    rule = rule_of(Highlight(HERE, When.FORMULA, '$A2="row"', line="D5DBDF"))["booleanRule"]
    assert rule["condition"]["values"] == [{"userEnteredValue": '=($A2="row")*ISEVEN(ROW())'}]
    assert rule["format"] == {"backgroundColorStyle": colours.style("F2F4F5")}


def test_a_line_beside_other_looks_is_left_out() -> None:
    rule = rule_of(Highlight(HERE, When.FORMULA, "okr_days>0", colour=INK, bold=True, line=TEAL))["booleanRule"]
    assert rule["condition"]["values"] == [{"userEnteredValue": '=INDIRECT("okr_days")>0'}]
    assert rule["format"] == {"textFormat": {"bold": True, "foregroundColorStyle": colours.style(INK)}}


def test_a_text_begins_with_a_sign() -> None:
    rule = rule_of(Highlight(HERE, When.BEGINS_WITH, "★", fill=TEAL, italic=True))["booleanRule"]
    assert rule["condition"] == {"type": "TEXT_STARTS_WITH", "values": [{"userEnteredValue": "★"}]}
    assert rule["format"] == {"backgroundColorStyle": colours.style(TEAL), "textFormat": {"italic": True}}


def test_a_list_that_is_too_long_for_google_keeps_its_help() -> None:
    for many, kind in ((500, "ONE_OF_LIST"), (501, "CUSTOM_FORMULA")):
        choice = Choice(HERE, tuple(f"K{n}" for n in range(many)), hint="one of them")
        [request] = rules.add(Tab("Acties", {}, TEAL, choices=(choice,)), PLACES, ())
        rule = request["setDataValidation"]["rule"]
        assert (rule["condition"]["type"], rule["inputMessage"]) == (kind, "one of them")


def test_a_line_chart_that_shows_no_shares_has_no_fixed_scale() -> None:
    line = Series("all", area("Acties", 2, 1, 9, 1), area("Acties", 2, 2, 9, 2), TEAL, dashed=True)
    for percent in (True, False):
        chart = Chart(ChartKind.LINE, "c", HERE, (line,), percent)
        [request] = drawings.add(Tab("Acties", {}, TEAL, charts=(chart,)), PLACES)
        drawn = request["addChart"]["chart"]["spec"]["basicChart"]
        assert ("viewWindowOptions" in drawn["axis"][1]) is percent
        assert drawn["series"][0]["lineStyle"]["type"] == "MEDIUM_DASHED"


def flat(given: Any) -> list[Any]:
    """The values of a reference, or the one value."""
    return given if isinstance(given, list) else [given]


# What the fake's formulas lack, as far as our own need it: enough to see that they compute what they are for.


class Sheet:
    """One spreadsheet with some functions more; `today` is what TODAY() gives."""

    def __init__(self, google: GoogleFake, workbook: Workbook, patch: pytest.MonkeyPatch, today: date) -> None:
        calls = Calls(google)
        self.id = str(calls.ask("POST", "/drive/v3/files", {"name": "new", "mimeType": SHEET})["id"])
        calls.batch(self.id, *one_batch(workbook))
        self.google, self.workbook = google, workbook
        for name, function in self.functions((today - date(1899, 12, 30)).days).items():
            patch.setitem(fake_formulas.FUNCTIONS, name, function)

    def functions(self, today: int) -> dict[str, Any]:
        return {
            "TODAY": lambda arguments: today,
            "AND": lambda arguments: all(number_of(one) for one in arguments),
            "COUNTIF": lambda arguments: sum(one == flat(arguments[1])[0] for one in flat(arguments[0])),
            "INDIRECT": lambda arguments: self.named(arguments[0]),
            "ISNUMBER": lambda arguments: isinstance(flat(arguments[0])[0], int | float),
            "ISTEXT": lambda arguments: isinstance(flat(arguments[0])[0], str),
            "ISLOGICAL": lambda arguments: isinstance(flat(arguments[0])[0], bool),
            "ISEVEN": lambda arguments: number_of(arguments[0]) % 2 == 0,
            "ROW": lambda arguments: 2,
            "MATCH": lambda arguments: 1 + arguments[1].index(arguments[0]),
            "ADDRESS": lambda arguments: a1((int(arguments[0]), int(arguments[1]))),
            "HYPERLINK": lambda arguments: arguments[0],
            "IFERROR": lambda arguments: arguments[0],
            "SPARKLINE": lambda arguments: f"a line through {len(arguments[0])}",
        }

    def named(self, name: str) -> list[Any]:
        book = self.google.world.books[self.id]
        place = from_a1(book, name)
        tab = book.tab(place.sheet)
        values = (effective(book, tab, *spot) for spot in place.within(tab).cells())
        return [next(iter(value.values()), None) for value in values]

    def value(self, tab: int, row: int, column: int) -> Any:
        return self.google.person(self.id).value(self.place(tab, row, column))

    def place(self, tab: int, row: int, column: int) -> str:
        return f"{quoted(self.workbook.tabs[tab].title)}!{a1((row, column))}"

    def rules(self, tab: int) -> Iterator[tuple[Json, Json]]:
        """Each rule with a formula, and what it gives in the first cell of its range."""
        book = self.google.world.books[self.id]
        own = book.tab_called(self.workbook.tabs[tab].title)
        for rule in own.list_of("conditionalFormats"):
            text = rule.get("booleanRule", {}).get("condition", {"values": [{"userEnteredValue": ""}]})["values"][0]
            if (asked := text["userEnteredValue"]).startswith("="):
                yield rule, evaluate(asked, book.locale, lambda name: looked_up(book, own, name, 0))


@pytest.fixture
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


def described(today: date) -> Workbook:
    plan = templates.load("high-ticket").plan("nl")
    return describe(plan, PERIOD, language("nl"), CheckIns(ticks={"A1": frozenset({today})}))


def test_the_formulas_of_a_dutch_spreadsheet_compute(google: GoogleFake, monkeypatch: pytest.MonkeyPatch) -> None:
    today = date(2026, 10, 6)
    workbook = described(today)
    sheet = Sheet(google, workbook, monkeypatch, today)
    actions, heading = workbook.tabs[2], workbook.names["okr_actions_days"].top
    column = next(c for (row, c), entry in actions.entries.items() if row == heading and entry.value == today)
    assert sheet.value(2, 3, 2) == f"#gid=1003&range={a1((heading, column))}"
    assert sheet.value(2, heading + 1, 3) == "A1"
    second_week = column - today.weekday() + 7
    assert [sheet.value(2, heading + 1, second_week - 8 * back) for back in (1, 0)] == [0, 1]


def test_rules_for_colours_compute_in_a_dutch_spreadsheet(google: GoogleFake, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet(google, described(PERIOD.start), monkeypatch, PERIOD.start)
    for tab in range(5):
        assert not [rule for rule, value in sheet.rules(tab) if "errorValue" in value]
    links = [value for rule, value in sheet.rules(2) if rule["ranges"][0]["endRowIndex"] <= 5]
    assert [value["boolValue"] for value in links] == [True] + [False] * (PERIOD.weeks - 1)


def test_a_sparkline_waits_for_two_points(google: GoogleFake, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = described(PERIOD.start)
    sheet = Sheet(google, workbook, monkeypatch, PERIOD.start)
    line = workbook.tabs[3].sparklines[0]
    assert sheet.value(3, *line.at) == ""
    for column in (line.data.left, line.data.left + 1):
        google.person(sheet.id).put(sheet.place(3, line.data.top, column), 4)
    assert sheet.value(3, *line.at) == f"a line through {PERIOD.weeks}"


def test_a_small_workbook_without_a_summary_is_made_and_nothing_is_protected(google: GoogleFake) -> None:
    merged = Merge(area("KPI's", 2, 1, 2, 3))
    tabs = (Tab("Leeg", {}, TEAL), Tab("KPI's", {(2, 1): Entry("id"), (1, 1): Entry(None)}, TEAL, merges=(merged,)))
    calls = Calls(google)
    id = str(calls.ask("POST", "/drive/v3/files", {"name": "new", "mimeType": SHEET})["id"])
    calls.batch(id, *one_batch(Workbook("Plan", tabs, {"okr_theme": area("Leeg", 1, 1)})))
    book = google.book(id, grid=True)
    assert [sheet["properties"]["title"] for sheet in book["sheets"]] == ["Leeg", "KPI's"]
    assert google.person(id).values("KPI's") == {"A2": "id"}
    assert not any("protectedRanges" in sheet for sheet in book["sheets"])
