"""The Drive interface: files, permissions and the feed of changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from . import masks
from .answers import Answer, Json, Refused, drive_error
from .batch import without_nulls
from .clock import stamp
from .drive_query import compiled
from .ranges import Area
from .request import Request
from .showing import ADDRESS
from .values import read
from .world import SHEET, WIDE, Caller, File, World, permission

USUAL_FILE = "kind,id,name,mimeType"
USUAL_PERMISSION = "kind,id,type,role"
NO_STORAGE = "The user's Drive storage quota has been exceeded."
NO_STORAGE_FOR_ROBOTS = (
    "Service Accounts do not have storage quota. Leverage shared drives "
    "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation "
    "(http://support.google.com/a/answer/7281227) instead."
)
CAN = {"owner": (True, True), "organizer": (True, True), "writer": (True, True)}


def shown_file(world: World, file: File, caller: Caller) -> Json:
    """A file with all fields that the fake knows."""
    can_edit, can_share = CAN.get(file.role_of(caller), (False, False))
    out: Json = {"kind": "drive#file", "id": file.id, "name": file.name, "mimeType": file.mime}
    modified, version = file.as_told(world.clock.now())
    out |= {"createdTime": stamp(file.created), "modifiedTime": stamp(modified), "version": str(version)}
    out |= {"trashed": file.trashed, "parents": list(file.parents), "ownedByMe": file.owner == caller.email}
    out |= {"permissions": file.permissions, "capabilities": {"canEdit": can_edit, "canShare": can_share}}
    out |= {name: own for name, own in optional_fields(file).items() if own}
    return out


def optional_fields(file: File) -> Json:
    """Fields that are not there when they are empty."""
    owners = [] if file.drive else [{"kind": "drive#user", "displayName": file.owner, "emailAddress": file.owner}]
    link = ADDRESS.format(file.id) + "?usp=drivesdk" if file.mime == SHEET else ""
    own = {"appProperties": file.app_properties, "properties": file.properties, "driveId": file.drive}
    return own | {"owners": owners, "webViewLink": link}


def selected(value: Json, ask: Request, usual: str) -> Json:
    """What the field mask names, or the few fields that Drive answers without one."""
    return masks.select(value, masks.tree(ask.first("fields") or usual))  # type: ignore[no-any-return]


def about_get(world: World, ask: Request) -> Json:
    if not ask.first("fields"):
        text = "The 'fields' parameter is required for this method."
        raise Refused(drive_error(400, "required", text, locationType="parameter", location="fields"))
    user = {"kind": "drive#user", "displayName": ask.caller.email, "me": True, "emailAddress": ask.caller.email}
    quota = {"limit": "0" if ask.caller.is_service else "16106127360", "usage": "0"}
    return selected({"kind": "drive#about", "user": user, "storageQuota": quota}, ask, "*")


def files_create(world: World, ask: Request) -> Json:
    world.require_scope(ask.caller, "drive", "drive.file")
    body = without_nulls(ask.body or {})
    drive = drive_of(world, body.get("parents", []))
    if not world.may_own(ask.caller, drive):
        raise no_storage()
    mime = body.get("mimeType", "application/octet-stream")
    file = world.add_file(body.get("name", "Untitled"), ask.caller, mime, drive=drive)
    take_over(file, body)
    if mime == SHEET:
        world.add_book(file).add_tab({"title": "Sheet1", "sheetId": 0})
    return selected(shown_file(world, file, ask.caller), ask, USUAL_FILE)


def no_storage() -> Refused:
    """The refusal for a service account that would own a file."""
    return Refused(drive_error(403, "storageQuotaExceeded", NO_STORAGE_FOR_ROBOTS, domain="usageLimits"))


def drive_of(world: World, parents: list[str]) -> str:
    """The shared drive that a parent is, or lies in."""
    for parent in parents:
        file = world.files.get(parent)
        if file is not None and file.drive:
            return file.drive
    return ""


def take_over(file: File, body: Json) -> None:
    """The fields of a file that a request may set; a property set to null is taken away."""
    file.name = body.get("name", file.name)
    file.trashed = body.get("trashed", file.trashed)
    file.parents = body.get("parents", file.parents)
    for own, name in ((file.app_properties, "appProperties"), (file.properties, "properties")):
        own |= body.get(name) or {}
        for key in [key for key, value in own.items() if value is None]:
            del own[key]


def files_get(world: World, ask: Request) -> Json:
    file = world.file_for(ask.named["fileId"], ask.caller)
    return selected(shown_file(world, file, ask.caller), ask, USUAL_FILE)


def files_update(world: World, ask: Request) -> Json:
    file = world.file_for(ask.named["fileId"], ask.caller, needs="writer")
    take_over(file, ask.body or {})
    file.parents += [id for id in ask.first("addParents").split(",") if id]
    file.parents = [id for id in file.parents if id not in ask.first("removeParents").split(",")]
    if file.id in world.books:
        world.books[file.id].properties["title"] = file.name
    world.touch(file)
    return selected(shown_file(world, file, ask.caller), ask, USUAL_FILE)


def files_delete(world: World, ask: Request) -> Answer:
    file = world.file_for(ask.named["fileId"], ask.caller, needs="owner")
    world.changed(file, removed=True)
    world.files.pop(file.id)
    world.books.pop(file.id, None)
    return Answer(204, None, "text/html")


def files_copy(world: World, ask: Request) -> Json:
    source = world.file_for(ask.named["fileId"], ask.caller)
    body = without_nulls(ask.body or {})
    drive = drive_of(world, body.get("parents", source.parents))
    if not world.may_own(ask.caller, drive):
        raise no_storage()
    file = world.add_file(f"Copy of {source.name}", ask.caller, source.mime, drive=drive)
    take_over(file, {"appProperties": source.app_properties, "properties": source.properties, **body})
    if source.id in world.books:
        copied = replace(world.books[source.id].draft(), id=file.id, owner=file.owner)
        copied.properties["title"] = file.name
        world.books[file.id] = copied
    return selected(shown_file(world, file, ask.caller), ask, USUAL_FILE)


def files_export(world: World, ask: Request) -> Answer:
    file = world.file_for(ask.named["fileId"], ask.caller)
    mark = {"text/csv": ",", "text/tab-separated-values": "\t"}.get(ask.first("mimeType"))
    if mark is None or file.id not in world.books:
        text = "The requested conversion is not supported."
        raise Refused(drive_error(400, "badRequest", text, locationType="parameter", location="convertTo"))
    book = world.books[file.id]
    tab = book.first_visible()
    rows = read(book, tab, Area(tab.id).within(tab), {}).get("values", [])
    width = max((len(row) for row in rows), default=0)
    lines = [mark.join(quoted(value, mark) for value in [*row, *[""] * (width - len(row))]) for row in rows]
    return Answer(200, "\r\n".join(lines), ask.first("mimeType"))


def quoted(value: str, mark: str) -> str:
    """A field of a csv file."""
    if any(sign in value for sign in (mark, '"', "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value


def files_list(world: World, ask: Request) -> Json:
    world.require_scope(ask.caller, *WIDE["drive"], "drive.file")
    test = compiled(ask.first("q"))
    found = [file for file in world.files.values() if world.listed(file, ask.caller) and test(file)]
    found = ordered(found, ask.first("orderBy"))
    size = page_size(ask)
    start = int(ask.first("pageToken") or 0)
    page = [shown_file(world, file, ask.caller) for file in found[start : start + size]]
    out: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": page}
    if start + size < len(found):
        out["nextPageToken"] = str(start + size)
    return selected(out, ask, f"kind,incompleteSearch,nextPageToken,files({USUAL_FILE})")


def ordered(files: list[File], order: str) -> list[File]:
    """The newest first, unless another order is asked for."""
    keys: dict[str, Any] = {
        "name": lambda file: file.name.casefold(),
        "createdTime": lambda file: file.created,
        "modifiedTime": lambda file: file.modified,
    }
    files = sorted(files, key=keys["modifiedTime"], reverse=True)
    for one in reversed([part.strip() for part in order.split(",") if part.strip()]):
        name, _, down = one.partition(" ")
        if name not in keys:
            raise Refused(drive_error(400, "invalid", "Invalid Value", locationType="parameter", location="orderBy"))
        files = sorted(files, key=keys[name], reverse=down == "desc")
    return files


def page_size(ask: Request) -> int:
    """How many entries a page has: 100 unless asked otherwise, 1000 at most."""
    size = int(ask.first("pageSize") or 100)
    if not 1 <= size <= 1000:
        text = f"Invalid value '{size}'. Values must be within the range: [1, 1000]"
        raise Refused(drive_error(400, "invalid", text, locationType="parameter", location="pageSize"))
    return size


def permissions_create(world: World, ask: Request) -> Json:
    file = world.file_for(ask.named["fileId"], ask.caller, needs="writer")
    body = without_nulls(ask.body or {})
    kind, role = body.get("type"), body.get("role")
    if not kind or not role or (kind in ("user", "group") and not body.get("emailAddress")):
        text = "The permission type and role fields are required, and an address for users and groups."
        raise Refused(drive_error(400, "required", text))
    item = permission(world, body.get("emailAddress", ""), role, kind)
    file.permissions = [p for p in file.permissions if p.get("emailAddress") != body.get("emailAddress")] + [item]
    world.changed(file)
    return selected(item, ask, USUAL_PERMISSION)


def permissions_list(world: World, ask: Request) -> Json:
    file = world.file_for(ask.named["fileId"], ask.caller, needs="writer")
    out = {"kind": "drive#permissionList", "permissions": file.permissions}
    return selected(out, ask, f"kind,permissions({USUAL_PERMISSION})")


def permissions_delete(world: World, ask: Request) -> Answer:
    file = world.file_for(ask.named["fileId"], ask.caller, needs="writer")
    kept = [item for item in file.permissions if item["id"] != ask.named["permissionId"]]
    if len(kept) == len(file.permissions):
        raise Refused(drive_error(404, "notFound", f"Permission not found: {ask.named['permissionId']}."))
    [gone] = [item for item in file.permissions if item not in kept]
    file.permissions = kept
    world.changed(file, lost_by=gone.get("emailAddress", ""))
    return Answer(204, None, "text/html")


def comments_list(world: World, ask: Request) -> Json:
    world.file_for(ask.named["fileId"], ask.caller)
    return selected({"kind": "drive#commentList", "comments": []}, ask, "*")


def changes_get_start_page_token(world: World, ask: Request) -> Json:
    world.require_scope(ask.caller, *WIDE["drive"], "drive.file")
    token = str(seen_so_far(world) + 1)
    return selected({"kind": "drive#startPageToken", "startPageToken": token}, ask, "kind,startPageToken")


def seen_so_far(world: World) -> int:
    """How many entries of the feed show by now; a later one never shows before an earlier one."""
    now = world.clock.now()
    return next((n for n, change in enumerate(world.feed) if change.seen_from > now), len(world.feed))


def changes_list(world: World, ask: Request) -> Json:
    """Each file once, at its latest change; the last page carries the token to go on with."""
    world.require_scope(ask.caller, *WIDE["drive"], "drive.file")
    start, last = page_start(ask), seen_so_far(world)
    shown = [n for n in range(start, last + 1) if shows(world, ask, n)]
    numbers = sorted({world.feed[n - 1].file: n for n in shown}.values())
    page = numbers[: page_size(ask)]
    out: Json = {"kind": "drive#changeList", "changes": [shown_change(world, ask, n) for n in page]}
    more = len(numbers) > len(page)
    out["nextPageToken" if more else "newStartPageToken"] = str(page[-1] + 1 if more else last + 1)
    usual = f"changes(kind,changeType,type,time,removed,fileId,file({USUAL_FILE}))"
    return selected(out, ask, f"kind,newStartPageToken,nextPageToken,{usual}")


def page_start(ask: Request) -> int:
    """The entry that a page token names."""
    token = ask.first("pageToken")
    if not token.isdigit() or int(token) < 1:
        raise Refused(drive_error(400, "invalid", "Invalid Value", locationType="parameter", location="pageToken"))
    return int(token)


def shows(world: World, ask: Request, number: int) -> bool:
    """Whether an entry of the feed is for the caller."""
    change = world.feed[number - 1]
    file = world.files.get(change.file)
    if change.removed or file is None or change.lost_by == ask.caller.email:
        return ask.first("includeRemoved").lower() != "false"
    in_drive = ask.first("driveId") == file.drive if ask.first("driveId") else True
    return in_drive and world.listed(file, ask.caller)


def shown_change(world: World, ask: Request, number: int) -> Json:
    """An entry of the feed; a file that is gone is only named."""
    change = world.feed[number - 1]
    file = world.files.get(change.file)
    gone = file is None or change.removed or change.lost_by == ask.caller.email
    out: Json = {"kind": "drive#change", "changeType": "file", "type": "file", "fileId": change.file}
    out |= {"time": stamp(change.seen_from), "removed": gone}
    return out if gone or file is None else {**out, "file": shown_file(world, file, ask.caller)}
