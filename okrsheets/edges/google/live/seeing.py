"""Questions about what Google shows to whom: to a narrow scope, in the feed of changes, and when it is asked a lot."""

from __future__ import annotations

from itertools import count

from okrsheets.edges.google.live.asking import Reply, done
from okrsheets.edges.google.live.bench import Bench, told_by_drive
from okrsheets.edges.google.live.reading import batch, written
from okrsheets.edges.google.live.verdicts import Answer, NotAsked, Verdict, as_expected
from okrsheets.edges.google.wire.api import BOOKS
from okrsheets.words.errors import GoogleError, OkrsheetsError
from okrsheets.words.message import Fact, say

LONGEST_WAIT, PAUSE = 90.0, 5.0
"""Seconds that the feed may take, and between two looks."""
READS = 90
"""More than the 60 reads that Google gives a user in a minute."""
MINUTE = 60.0
TOO_MANY = 429


def narrow_robot(bench: Bench) -> Answer:
    """A service account with `drive.file` alone is not shown what a person shared with it."""
    if bench.narrow is None:
        raise NotAsked(say("this is no service account"))
    try:
        bench.narrow.get_spreadsheet(bench.named.id, fields="spreadsheetId")
    except GoogleError as refusal:
        return Verdict.CONFIRMED, say("refused: {said}", said=str(refusal.facts.get("status", type(refusal).__name__)))
    except OkrsheetsError as fault:
        raise NotAsked(fault.message) from None
    return Verdict.DIFFERENT, say("shown: `drive.file` alone would do")


def narrow_feed(bench: Bench) -> Answer:
    """With `drive.file` alone, the feed of changes tells of the sheets that okrsheets made."""
    api, id = bench.narrow or bench.api, bench.empty
    try:
        token = api.start_page_token()
        done(batch(bench, written(1)))
        start = bench.clock()
        while id not in api.changes(token).file_ids:
            if bench.clock() - start > LONGEST_WAIT:
                return Verdict.DIFFERENT, say("nothing was told for {seconds} seconds", seconds=round(LONGEST_WAIT))
            bench.sleep(PAUSE)
    except GoogleError as refusal:
        return Verdict.DIFFERENT, refusal.message
    except OkrsheetsError as fault:
        raise NotAsked(fault.message) from None
    return Verdict.CONFIRMED, say("told after {seconds} seconds", seconds=round(bench.clock() - start))


def left_alone(bench: Bench) -> Answer:
    """The sheet that was named is of the version that it was before."""
    if not bench.named.version:
        raise NotAsked(say("Drive tells no version of it"))
    try:
        now = told_by_drive(bench.api, bench.named.id).version
    except OkrsheetsError as fault:
        raise NotAsked(fault.message) from None
    if now == bench.named.version:
        return Verdict.CONFIRMED, say("its version is the same as before")
    return Verdict.DIFFERENT, say(
        "its version rose meanwhile; somebody may have typed, or Google counts something else"
    )


def too_often(bench: Bench) -> Answer:
    """More than 60 reads a minute are refused with 429; whether it says how long to wait is good to know."""
    start = bench.clock()
    reads, reply = until_refused(bench)
    facts: dict[str, Fact] = {"reads": reads, "seconds": round(bench.clock() - start)}
    if not reply.good:
        facts |= {"said": reply.words, "wait": reply.headers.get("Retry-After", "-")}
        seen = say("read {reads}, after {seconds} seconds: {said}; Retry-After: {wait}", **facts)
        return as_expected(reply.status == TOO_MANY, seen)
    if bench.clock() - start >= MINUTE:
        raise NotAsked(say("{reads} reads took {seconds} seconds, which is too slow to use up a minute", **facts))
    return Verdict.DIFFERENT, say("{reads} reads in {seconds} seconds, and none was refused", **facts)


def until_refused(bench: Bench) -> tuple[int, Reply]:
    """How many reads were made, and what the last of them came to."""
    url, params = f"{BOOKS}/{bench.empty}", {"fields": "spreadsheetId"}
    for reads in count(1):
        reply = bench.asker.ask("GET", url, params=params)
        if reads == READS or not reply.good:
            return reads, reply
    raise AssertionError  # pragma: no cover
