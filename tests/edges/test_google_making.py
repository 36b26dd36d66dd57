"""A described workbook becomes a Google Sheet: each template, in each language, in a locale of its own and another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from google_calls import Calls, Json
from google_fake import SHEET, GoogleFake
from google_fake.formulas import tokens
from google_fake.locales import LOCALES

from okrsheets.edges import templates
from okrsheets.edges.described import described_cells
from okrsheets.edges.google import making
from okrsheets.edges.google.making.builder import one_batch
from okrsheets.edges.google.making.places import places_of, sheet_id
from okrsheets.edges.languages import language
from okrsheets.rules.layout import describe
from okrsheets.words.grid import Area, Cell, Kind, Spot
from okrsheets.words.period import Week, quarter
from okrsheets.words.plan import CheckIns
from okrsheets.words.workbook import Formula, Tab, Workbook

PERIOD = quarter(2026, 4)
FILLED = CheckIns(
    values={"K1": {Week(PERIOD.start): 12.5}},
    ticks={"A1": frozenset({PERIOD.start, date(2026, 10, 5)})},
    skips={"A1": frozenset({date(2026, 10, 6)})},
)
TALKS = (("nl", "nl_NL"), ("nl", "en_US"), ("en", "en_US"), ("en", "de_DE"))
MEGABYTE = 10**6
KINDS = {"stringValue": Kind.TEXT, "numberValue": Kind.NUMBER, "boolValue": Kind.BOOLEAN}


def described(name: str = "high-ticket", code: str = "nl", locale: str = "nl_NL") -> Workbook:
    return describe(templates.load(name).plan(code), PERIOD, language(code, locale), FILLED)


def created(google: GoogleFake, workbook: Workbook, time_zone: str | None = "Europe/Amsterdam") -> str:
    """Made as the store makes it: an empty spreadsheet of Drive's, then one batch."""
    calls = Calls(google)
    id = str(calls.ask("POST", "/drive/v3/files", {"name": "new", "mimeType": SHEET})["id"])
    calls.batch(id, *one_batch(workbook, time_zone))
    return id


@dataclass
class Made:
    """A workbook and the spreadsheet that was made of it."""

    workbook: Workbook
    book: Json

    def sheet(self, tab: Tab) -> Json:
        return next(sheet for sheet in self.book["sheets"] if sheet["properties"]["title"] == tab.title)

    def cells(self, tab: Tab) -> dict[Spot, Json]:
        rows = self.sheet(tab)["data"][0].get("rowData", [])
        return {
            (row, column): cell
            for row, content in enumerate(rows, 1)
            for column, cell in enumerate(content.get("values", []), 1)
        }

    def area(self, grid: Json) -> Area:
        """A GridRange as an area; the interface does not say where it begins at 0."""
        [title] = [tab.title for n, tab in enumerate(self.workbook.tabs) if sheet_id(n) == grid["sheetId"]]
        rows = grid.get("startRowIndex", 0) + 1, grid["endRowIndex"]
        columns = grid.get("startColumnIndex", 0) + 1, grid["endColumnIndex"]
        return Area(title, rows[0], columns[0], rows[1], columns[1])


@pytest.fixture(scope="module")
def google() -> Iterator[GoogleFake]:
    with GoogleFake() as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture(
    scope="module",
    params=[(name, *talk) for name in templates.names() for talk in TALKS],
    ids=lambda param: "-".join(param),
)
def made(request: pytest.FixtureRequest, google: GoogleFake) -> Made:
    workbook = described(*request.param)
    return Made(workbook, google.book(created(google, workbook), grid=True))


def test_the_spreadsheet_has_the_title_locale_and_time_zone_of_the_plan(made: Made) -> None:
    own = {"title": made.workbook.title, "locale": made.workbook.locale, "timeZone": "Europe/Amsterdam"}
    assert own.items() <= made.book["properties"].items()


def test_the_tabs_are_the_described_ones_under_ids_of_our_own(made: Made) -> None:
    tabs = [(sheet["properties"]["title"], sheet["properties"]["sheetId"]) for sheet in made.book["sheets"]]
    assert tabs == [(tab.title, 1001 + n) for n, tab in enumerate(made.workbook.tabs)]


def test_each_cell_holds_what_was_described_and_no_other_holds_anything(made: Made) -> None:
    for tab in made.workbook.tabs:
        shown = {spot: cell for spot, cell in made.cells(tab).items() if "userEnteredValue" in cell}
        lines = {line.at for line in tab.sparklines}
        expected = described_cells(tab)
        assert shown.keys() - lines == expected.keys()
        for spot, cell in expected.items():
            if cell.formula is None:
                assert as_cell(shown[spot], made.workbook) == cell
            else:
                assert text_of(shown[spot]["userEnteredValue"]["formulaValue"]) == text_of(cell.formula)


def text_of(formula: str) -> str:
    """A formula without what differs between the two worlds."""
    return formula.removeprefix("=").replace(";", ",").replace("TRUE()", "TRUE").partition('"#')[0]


def as_cell(shown: Json, workbook: Workbook) -> Cell:
    [(name, value)] = shown["effectiveValue"].items()
    dated = shown["effectiveFormat"].get("numberFormat", {}).get("type") == "DATE"
    uri = shown["effectiveFormat"]["textFormat"].get("link", {}).get("uri")
    return Cell(KINDS[name], value, None, place_of(uri, workbook) if uri else None, dated and name == "numberValue")


def place_of(uri: str, workbook: Workbook) -> str:
    """`Acties!B1` for `#gid=1003&range=B1`."""
    sheet, _, place = uri.removeprefix("#gid=").partition("&range=")
    return f"{workbook.tabs[int(sheet) - 1001].title}!{place}"


def test_a_link_has_the_look_of_its_style_and_not_that_of_the_browser(made: Made) -> None:
    for tab in made.workbook.tabs:
        for spot, cell in made.cells(tab).items():
            text = cell.get("userEnteredFormat", {}).get("textFormat", {})
            if "link" in text:
                assert text["underline"] is tab.entries[spot].style.underline
                assert "foregroundColorStyle" in text


def test_each_box_is_a_checkbox_and_nothing_else_is(made: Made) -> None:
    for tab in made.workbook.tabs:
        boxes = {spot for spot, entry in tab.entries.items() if entry.style.checkbox}
        rules = {spot: cell["dataValidation"] for spot, cell in made.cells(tab).items() if "dataValidation" in cell}
        assert {spot for spot, rule in rules.items() if rule["condition"]["type"] == "BOOLEAN"} == boxes
        assert not any(rule.get("strict") for rule in rules.values())


def test_the_names_lead_where_the_description_says(made: Made) -> None:
    assert {one["name"]: made.area(one["range"]) for one in made.book["namedRanges"]} == made.workbook.names


def test_panes_gridlines_and_colours_of_tabs(made: Made) -> None:
    for tab in made.workbook.tabs:
        properties = made.sheet(tab)["properties"]
        grid = properties["gridProperties"]
        assert tab.frozen == (grid.get("frozenRowCount", 0) + 1, grid.get("frozenColumnCount", 0) + 1)
        assert grid["hideGridlines"]
        assert hexadecimal(properties["tabColor"]) == tab.colour


def hexadecimal(colour: Json) -> str:
    return "".join(f"{round(255 * colour.get(name, 0)):02X}" for name in ("red", "green", "blue"))


def test_no_merge_lies_across_the_edge_of_a_frozen_pane(made: Made) -> None:
    """Google refuses to freeze through a merged cell."""
    for tab in made.workbook.tabs:
        row, column = tab.frozen or (1, 1)
        for merge in tab.merges:
            assert not merge.area.top < row <= merge.area.bottom
            assert not merge.area.left < column <= merge.area.right


def test_widths_heights_and_hidden_columns(made: Made) -> None:
    for tab in made.workbook.tabs:
        data = made.sheet(tab)["data"][0]
        for columns in tab.columns:
            for column in range(columns.first, columns.last + 1):
                shown = data["columnMetadata"][column - 1]
                assert shown["pixelSize"] == round(columns.width * 7) + 5
                assert shown.get("hiddenByUser", False) is columns.hidden
        for row, points in tab.heights.items():
            assert data["rowMetadata"][row - 1]["pixelSize"] == round(points * 4 / 3)


def test_merges(made: Made) -> None:
    for tab in made.workbook.tabs:
        merges = {made.area(merge) for merge in made.sheet(tab).get("merges", [])}
        assert merges == {merge.area for merge in tab.merges}


def test_folded_columns_are_hidden_and_all_described_ones_can_be_folded(made: Made) -> None:
    for tab in made.workbook.tabs:
        hidden = {c for part in tab.columns if part.hidden for c in range(part.first, part.last + 1)}
        described_groups = {c for part in tab.columns if part.group for c in range(part.first, part.last + 1)}
        groups = made.sheet(tab).get("columnGroups", [])
        spans = [(range(g["range"]["startIndex"] + 1, g["range"]["endIndex"] + 1), g) for g in groups]
        assert {column for span, _ in spans for column in span} == described_groups
        collapsed = {column for span, group in spans if group.get("collapsed") for column in span}
        assert collapsed == hidden & described_groups
        outside = sorted((span.start, span.stop) for span, group in spans if group["depth"] == 1)
        assert all(stop < start for (_, stop), (start, _) in pairwise(outside))


def test_drop_downs_and_help(made: Made) -> None:
    for tab in made.workbook.tabs:
        cells = made.cells(tab)
        for choice in tab.choices:
            rule = cells[choice.area.top, choice.area.left]["dataValidation"]
            assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == list(choice.options)
            assert rule["condition"]["type"] == "ONE_OF_LIST"
            assert rule.get("inputMessage", "") == choice.hint
        for hint in tab.hints:
            rule = cells[hint.area.bottom, hint.area.right]["dataValidation"]
            assert rule["inputMessage"] == hint.hint
            assert (rule["condition"]["type"] == "DATE_IS_VALID") is hint.day


def test_rules_for_colours_are_there_in_their_order_and_parse_where_a_comma_is_a_decimal_sign(made: Made) -> None:
    for tab in made.workbook.tabs:
        rules = made.sheet(tab).get("conditionalFormats", [])
        areas = [bar.area for bar in tab.bars] + [highlight.area for highlight in tab.highlights]
        assert [made.area(rule["ranges"][0]) for rule in rules] == areas
        for rule in rules[len(tab.bars) :]:
            condition = rule["booleanRule"]["condition"]
            text = condition["values"][0]["userEnteredValue"]
            assert (condition["type"] == "CUSTOM_FORMULA") is text.startswith("=")
            assert tokens(text[1:], LOCALES["nl_NL"]) == tokens(text[1:], LOCALES["en_US"])
            assert rule["booleanRule"]["format"]


def test_all_formulas_parse_where_a_comma_is_a_decimal_sign(made: Made) -> None:
    for tab in made.workbook.tabs:
        for cell in made.cells(tab).values():
            if text := cell.get("userEnteredValue", {}).get("formulaValue"):
                assert tokens(text[1:], LOCALES["nl_NL"])


def test_each_chart_draws_its_series_under_its_name(made: Made) -> None:
    for tab in made.workbook.tabs:
        charts = made.sheet(tab).get("charts", [])
        assert [chart["spec"]["title"] for chart in charts] == [chart.title for chart in tab.charts]
        for shown, chart in zip(charts, tab.charts, strict=True):
            drawn = shown["spec"]["basicChart"]
            assert drawn["chartType"] == chart.kind.name
            for line, series in zip(drawn["series"], chart.series, strict=True):
                area = made.area(line["series"]["sourceRange"]["sources"][0])
                assert tab.entries[area.top, area.left].value == series.name
                assert (area.top + 1, area.bottom) == (series.values.top, series.values.bottom)


def test_charts_cover_no_described_cell(made: Made) -> None:
    for tab in made.workbook.tabs:
        assert not any(spot in chart.over for chart in tab.charts for spot in tab.entries)


def test_filters_carry_the_hidden_ids_along(made: Made) -> None:
    for tab in made.workbook.tabs:
        own = made.sheet(tab).get("basicFilter", {}).get("range")
        assert (made.area(own) if own else None) == tab.filter
        assert tab.filter is None or tab.filter.left == 1


def test_only_the_summary_is_protected_and_nobody_is_locked_out(made: Made) -> None:
    *others, summary = made.workbook.tabs
    [hint] = made.sheet(summary)["protectedRanges"]
    assert hint["warningOnly"]
    assert hint["range"] == {"sheetId": 1005}
    assert not any("protectedRanges" in made.sheet(tab) for tab in others)


def test_sparklines_are_the_only_formulas_of_the_builder_and_take_the_colour_of_their_text(made: Made) -> None:
    """What a person typed as a title stays a text, whatever it looks like."""
    for tab in made.workbook.tabs:
        formulas = {s: c for s, c in made.cells(tab).items() if "formulaValue" in c.get("userEnteredValue", {})}
        own = {spot for spot, entry in tab.entries.items() if isinstance(entry.value, Formula)}
        lines = {line.at: line for line in tab.sparklines}
        assert formulas.keys() == own | lines.keys()
        for spot, line in lines.items():
            assert f"SPARKLINE({line.data.a1})" in formulas[spot]["userEnteredValue"]["formulaValue"]
            assert hexadecimal(formulas[spot]["userEnteredFormat"]["textFormat"]["foregroundColor"]) == line.colour


def test_nothing_is_asked_to_be_read_as_a_person_types_it() -> None:
    sources = Path(making.__path__[0]).glob("*.py")
    assert not [path.name for path in sources if "USER_ENTERED" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", templates.names())
def test_one_batch_is_far_below_what_google_advises_and_always_the_same(name: str) -> None:
    requests = one_batch(described(name), "Europe/Amsterdam")
    size = len(json.dumps({"requests": requests}).encode())
    print(f"{name}: {len(requests)} requests, {size} bytes")
    assert size < MEGABYTE
    assert json.dumps(one_batch(described(name), "Europe/Amsterdam")) == json.dumps(requests)


def test_without_a_time_zone_google_keeps_its_own(google: GoogleFake) -> None:
    properties = google.book(created(google, described("blank"), None))["properties"]
    assert (properties["timeZone"], properties["locale"]) == ("Etc/GMT", "nl_NL")


def test_the_batch_sent_twice_changes_nothing(google: GoogleFake) -> None:
    workbook = described("blank")
    id = created(google, workbook)
    before = google.book(id, grid=True)
    Calls(google).batch(id, *one_batch(workbook), status=400)
    assert google.book(id, grid=True) == before


def test_a_person_ticks_a_box_and_skips_another(google: GoogleFake) -> None:
    workbook = described("blank")
    person = google.person(created(google, workbook))
    actions = workbook.tabs[2]
    first, second = [spot for spot, entry in sorted(actions.entries.items()) if entry.style.checkbox][3:5]
    places = [f"{actions.title}!{Area(actions.title, *spot, *spot).a1}" for spot in (first, second)]
    person.type(places[0], "WAAR")
    person.type(places[1], "-")
    assert [person.value(place) for place in places] == [True, "-"]


def test_places_are_known_without_reading_anything() -> None:
    workbook = described("blank")
    places = places_of(workbook)
    assert places.sheets == {tab.title: sheet_id(n) for n, tab in enumerate(workbook.tabs)}
    assert places.link(Area("Acties", 7, 10, 7, 16)) == "#gid=1003&range=J7:P7"
