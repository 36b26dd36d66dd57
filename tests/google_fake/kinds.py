"""What kinds of calls there are, for counting, for quotas and for the fault plan."""

from __future__ import annotations

READING_POSTS = ("getByDataFilter", "batchGetByDataFilter", "search")


def kinds_of(id: str, verb: str) -> tuple[str, ...]:
    """Kinds of a method, the narrowest first: `sheets.spreadsheets.values.batchGet` is a read of sheets.

    Reads and writes are those of Sheets, as its quotas count them; all calls of Drive are `drive`.
    """
    interface, _, name = id.partition(".")
    if interface == "sheets":
        reading = verb == "GET" or name.split(".")[-1] in READING_POSTS
        return (
            id,
            *(("create",) if id == "sheets.spreadsheets.create" else ()),
            "read" if reading else "write",
            "sheets",
        )
    if interface == "drive":
        return (id, *(("create",) if id in ("drive.files.create", "drive.files.copy") else ()), "drive")
    return (id, interface)
