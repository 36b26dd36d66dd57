"""The question about the third door: what is left of a workbook that Google made of an .xlsx."""

from __future__ import annotations

import json
import uuid

from okrsheets.edges.google.live.asking import done
from okrsheets.edges.google.live.bench import Bench
from okrsheets.edges.google.live.making import first_cell
from okrsheets.edges.google.live.verdicts import Answer, NotAsked, Verdict, as_expected
from okrsheets.edges.google.store.creating import SPREADSHEET
from okrsheets.edges.google.store.reading import quoted
from okrsheets.edges.google.store.store import GoogleStore
from okrsheets.edges.google.wire.api import BOOKS
from okrsheets.edges.google.wire.call import Json
from okrsheets.edges.google.wire.endpoint import DRIVE
from okrsheets.words.errors import OkrsheetsError
from okrsheets.words.grid import Address, a1
from okrsheets.words.message import say

UPLOAD = f"{DRIVE}/upload/drive/v3/files?uploadType=multipart&supportsAllDrives=true&fields=id"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOX = "sheets/data/rowData/values(effectiveValue,dataValidation/condition/type)"


def imported(bench: Bench) -> Answer:
    """The names that lead the way are all there, and a box of Excel is a box, or at least true or false."""
    store = GoogleStore(bench.api, uploaded(bench), {tab.title for tab in bench.workbook.tabs})
    try:
        names = sum(1 for area in store.read().names.values() if area)
    except OkrsheetsError as fault:
        return Verdict.DIFFERENT, fault.message
    cell = box(bench, store.id)
    value = next(iter(cell.get("effectiveValue", {})), "-")
    condition = cell.get("dataValidation", {}).get("condition", {}).get("type", "-")
    seen = say(
        "{names} of {all} names; a box is {value}, its check is {condition}",
        names=names,
        all=len(bench.workbook.names),
        value=value,
        condition=condition,
    )
    return as_expected(names == len(bench.workbook.names) and value in ("boolValue", "-"), seen)


def uploaded(bench: Bench) -> str:
    """The id of the sheet that Google made of the .xlsx. Raises NotAsked."""
    where = {"parents": [bench.scratch.folder]} if bench.scratch.folder else {}
    named: Json = {"name": bench.scratch.name, "mimeType": SPREADSHEET, **where}
    body, boundary = multipart(named, bench.xlsx())
    reply = done(bench.asker.upload(UPLOAD, body, f"multipart/related; boundary={boundary}"))
    try:
        return bench.scratch.adopt(str(reply.body["id"]))
    except OkrsheetsError as fault:
        raise NotAsked(fault.message) from None


def multipart(about: Json, content: bytes) -> tuple[bytes, str]:
    """A file and what is said about it, as one body, and the line between its parts."""
    boundary = uuid.uuid4().hex
    head = f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{json.dumps(about)}\r\n"
    head += f"--{boundary}\r\nContent-Type: {EXCEL}\r\n\r\n"
    return head.encode() + content + f"\r\n--{boundary}--\r\n".encode(), boundary


def box(bench: Bench, id: str) -> Json:
    """The first box of the plan, as it is now."""
    at = first_box(bench)
    params = {"fields": BOX, "ranges": f"{quoted(at.tab)}!{a1(at.spot)}"}
    return first_cell(done(bench.asker.ask("GET", f"{BOOKS}/{id}", params=params)).body)


def first_box(bench: Bench) -> Address:
    """Where the described workbook has its first box."""
    return next(
        Address(tab.title, *spot)
        for tab in bench.workbook.tabs
        for spot, entry in sorted(tab.entries.items())
        if entry.style.checkbox
    )
