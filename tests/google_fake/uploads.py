"""An .xlsx that comes over the wire and is opened as a Google Sheet at once; other uploads the fake does not take."""

from __future__ import annotations

import json
import tempfile
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

from .answers import Json, Refused, sheets_error
from .drive_api import USUAL_FILE, drive_of, no_storage, selected, shown_file, take_over
from .request import Request
from .sheets_api import filled_book
from .workbook import as_create_request
from .world import SHEET, World

LOCALE = "en_US"
"""That of an account; Google reads the numbers of an .xlsx as they are stored, whatever it is."""


def parts(body: bytes, kind: str) -> tuple[Json, bytes]:
    """What is said about a file, and the file; 400 for a body that is not made of the two."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    found = [part.get_payload(decode=True) for part in message.iter_parts()] if message.is_multipart() else []
    if len(found) != 2:
        raise Refused(sheets_error(400, "Malformed multipart body."))
    return json.loads(found[0]), found[1]


def files_create(world: World, ask: Request, about: Json, content: bytes) -> Json:
    """`drive.files.create` with content."""
    world.require_scope(ask.caller, "drive", "drive.file")
    if about.get("mimeType") != SHEET:
        raise Refused(sheets_error(501, "The fake takes nothing but what is to become a sheet.", "UNIMPLEMENTED"))
    drive = drive_of(world, about.get("parents", []))
    if not world.may_own(ask.caller, drive):
        raise no_storage()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "uploaded.xlsx"
        path.write_bytes(content)
        body = as_create_request(path, LOCALE)
    file = world.add_file(about.get("name", "Untitled"), ask.caller, SHEET, drive=drive)
    take_over(file, about)
    body["properties"]["title"] = file.name
    filled_book(world.add_book(file), body)
    return selected(shown_file(world, file, ask.caller), ask, USUAL_FILE)
