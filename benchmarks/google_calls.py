"""How many calls of Google a job takes, beside gspread scripts for the same: `python -m benchmarks.google_calls`.

Everything is counted at the stand-in for Google in the tests: what went over the wire, without signing in. One script
is written as gspread's README shows things, one by somebody who knows its batches. Both do less than okrsheets does:
the first compares nothing and writes every figure, the second is told which cells to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import gspread
import requests
from google.auth.credentials import AnonymousCredentials
from gspread.http_client import HTTPClient

from okrsheets.edges import templates
from okrsheets.edges.google.store.changes import Bookmark, look
from okrsheets.edges.google.store.reading import quoted
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.wire.api import GoogleApi
from okrsheets.edges.google.wire.endpoint import Endpoint
from okrsheets.edges.google.wire.quota import Quota
from okrsheets.edges.languages import Languages, language
from okrsheets.orders.sync import sync
from okrsheets.rules.layout import describe
from okrsheets.rules.readback import known_titles, read_back
from okrsheets.words.period import quarter
from okrsheets.words.workbook import Tab, Workbook
from tests.google_fake import PERSON, GoogleFake

TODAY = date(2026, 11, 25)
LANGUAGES = Languages()
BOX = ("A1", "2026-10-01")
"""An action and a day on which it is ticked."""
SHEETS, CHANGED = 1000, 10
FIGURES = [[figure] for figure in range(10)]
PLACE = "N40:N49"
"""What a script writes to its Summary, and where."""
HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")
READS_A_MINUTE = 60
CHANGES, NO_CHANGES = "sync, changed", "sync, unchanged"


@dataclass(frozen=True, slots=True)
class Bench:
    """The stand-in, and the spreadsheet of a plan in it."""

    google: GoogleFake
    workbook: Workbook
    ids: list[str] = field(default_factory=list)

    def counted(self, job: Callable[[], object]) -> int:
        """The calls of a job."""
        self.google.log.clear()
        job()
        return len(self.google.log)

    @property
    def api(self) -> GoogleApi:
        """okrsheets' way to the stand-in, without a quota of the minute."""
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {self.google.token(PERSON)}"
        return GoogleApi(session, endpoint=Endpoint(self.google.base_url), quota=Quota(per_minute=10**9))

    @property
    def gspread(self) -> gspread.Client:
        """gspread's way to the stand-in."""
        base, token = self.google.base_url, self.google.token(PERSON)

        class Redirected(HTTPClient):
            def request(self, method: str, endpoint: str, *args: Any, **more: Any) -> requests.Response:
                for host in HOSTS:
                    endpoint = endpoint.replace(host, base)
                return super().request(method, endpoint, *args, **more)

        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {token}"
        return gspread.Client(AnonymousCredentials(), session=session, http_client=Redirected)

    def store(self, id: str | None = None) -> GoogleStore:
        """The store of a spreadsheet."""
        return GoogleStore(self.api, id, known_titles(LANGUAGES.all))


def main() -> None:
    """Prints the calls of each job, for each way of doing it."""
    plan = describe(templates.load("high-ticket").plan("nl"), quarter(2026, 4), language("nl"))
    with GoogleFake() as google:
        bench = Bench(google, plan)
        print(f"{'calls':24} {'okrsheets':>10} {'README':>10} {'careful':>10}")
        counts = {}
        for job, ways in jobs(bench).items():
            counts[job] = [bench.counted(way) for way in ways]
            print(f"{job:24} {counts[job][0]:10} {counts[job][1]:10} {counts[job][2]:10}")
        rounds = many(bench)
    print(f"\n{SHEETS:,} sheets, {CHANGED} changed, round by round")
    print(f"  okrsheets                 {', then '.join(map(str, rounds))}")
    print(f"  README, computed          {tell(counts[CHANGES][1] * SHEETS)}")
    rest = counts[NO_CHANGES][2] * (SHEETS - CHANGED)
    print(f"  careful, computed         {tell(counts[CHANGES][2] * CHANGED + rest)}")


def tell(calls: int) -> str:
    """How many calls, and how long the quota of the minute makes them last if all were reads."""
    return f"{calls:,} ({round(calls / READS_A_MINUTE)} minutes at {READS_A_MINUTE} a minute)"


def jobs(bench: Bench) -> Mapping[str, tuple[Callable[[], object], ...]]:
    """The jobs, each as okrsheets, the README and a careful script do it."""
    store = bench.store()

    def make() -> None:
        store.create(bench.workbook)
        store.read()
        bench.ids.append(str(store.url).split("/")[-2])

    def bring_up_to_date() -> None:
        result = sync(store, TODAY, LANGUAGES)
        assert result.error is None, result.error

    return {
        "create": (make, lambda: readme_create(bench), lambda: careful_create(bench)),
        CHANGES: (bring_up_to_date, lambda: readme_sync(bench), lambda: careful_sync(bench, changed=True)),
        NO_CHANGES: (
            bring_up_to_date,
            lambda: readme_sync(bench),
            lambda: careful_sync(bench, changed=False),
        ),
    }


def rows_of(tab: Tab) -> list[list[Any]]:
    """The plain values of a described tab."""
    last_row, last_column = (max(spot[side] for spot in tab.entries) for side in (0, 1))
    plain = {spot: entry.value for spot, entry in tab.entries.items() if isinstance(entry.value, str | int | float)}
    return [[plain.get((row, column), "") for column in range(1, last_column + 1)] for row in range(1, last_row + 1)]


def readme_create(bench: Bench) -> None:
    """A sheet as the README makes one: a call for the file, one a tab, one for its values, one for each look it has."""
    made = bench.gspread.create(bench.workbook.title)
    for tab in bench.workbook.tabs:
        sheet = made.add_worksheet(tab.title, 400, 150)
        sheet.update(rows_of(tab), "A1")
        sheet.format("A1:Z1", {"textFormat": {"bold": True}})
        sheet.freeze(rows=1)
        for columns in tab.columns[:3]:
            if columns.hidden:
                sheet.hide_columns(columns.first - 1, columns.last)
    made.del_worksheet(made.sheet1)


def careful_create(bench: Bench) -> None:
    """All tabs in one batch, all values in another, all looks in a third; what was made is read back for its ids."""
    made = bench.gspread.create(bench.workbook.title)
    size = {"rowCount": 400, "columnCount": 150}
    named = ({"title": tab.title, "gridProperties": size} for tab in bench.workbook.tabs)
    made.batch_update({"requests": [{"addSheet": {"properties": properties}} for properties in named]})
    ids = {sheet.title: sheet.id for sheet in made.worksheets()}
    data = [{"range": f"{quoted(tab.title)}!A1", "values": rows_of(tab)} for tab in bench.workbook.tabs]
    made.values_batch_update({"valueInputOption": "RAW", "data": data})
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    fields = "userEnteredFormat.textFormat.bold"
    rows = ({"sheetId": id, "endRowIndex": 1} for id in ids.values())
    looks = [{"repeatCell": {"range": row, "cell": bold, "fields": fields}} for row in rows]
    made.batch_update({"requests": looks})


def readme_sync(bench: Bench) -> None:
    """Opens the sheet, gets each tab and its values, writes the figures, whether or not they are new."""
    book = bench.gspread.open_by_key(bench.ids[0])
    for tab in bench.workbook.tabs:
        book.worksheet(tab.title).get_all_values()
    summary = book.worksheet(bench.workbook.tabs[-1].title)
    summary.update(FIGURES, PLACE)


def careful_sync(bench: Bench, *, changed: bool) -> None:
    """Opens the sheet, reads all tabs at once, and writes at once if something is to be written."""
    book = bench.gspread.open_by_key(bench.ids[0])
    book.values_batch_get([tab.title for tab in bench.workbook.tabs])
    if changed:
        data = [{"range": f"{bench.workbook.tabs[-1].title}!{PLACE}", "values": FIGURES}]
        book.values_batch_update({"valueInputOption": "RAW", "data": data})


def many(bench: Bench) -> list[int]:
    """The calls of four rounds over a thousand sheets, in ten of which somebody ticked a box before the first."""
    plans = [bench.ids[0], *(copied(bench) for _ in range(CHANGED - 1))]
    everything = [*plans, *(bench.google.seed_values({"A": []}) for _ in range(SHEETS - CHANGED))]
    kept = look(bench.api, everything, None, TODAY).done()
    box = read_back(bench.store(plans[0]).read(), LANGUAGES.all).where(*BOX)
    for id in plans:
        bench.google.person(id).put(str(box), True)
    rounds = []
    for _ in range(4):
        bookmarks: list[Bookmark] = [kept]
        rounds.append(bench.counted(lambda marks=bookmarks: marks.append(one_round(bench, everything, marks[0]))))
        kept = bookmarks[-1]
    return rounds


def one_round(bench: Bench, ids: list[str], kept: Bookmark) -> Bookmark:
    """Asks what changed, and syncs that."""
    told = look(bench.api, ids, kept, TODAY)
    for id in told.due:
        assert sync(bench.store(id), TODAY, LANGUAGES).error is None
    return told.done()


def copied(bench: Bench) -> str:
    """A copy of the plan's spreadsheet."""
    return str(bench.gspread.copy(bench.ids[0]).id)


if __name__ == "__main__":
    main()
