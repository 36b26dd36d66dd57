"""From a request to its answer: who asks, is it well-formed, what carries it out, is the answer well-formed."""

from __future__ import annotations

import base64
import json
import re
import traceback
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from . import consent, drive_api, masks, schemas, sheets_api, uploads
from .accounts import Accounts
from .answers import Answer, Json, Refused, sheets_error, unauthenticated
from .faults import Plan, service_disabled
from .kinds import kinds_of
from .quotas import Quotas
from .request import Request
from .world import World

OTHER_PATHS = {"/token": "token", "/revoke": "revoke", consent.PATH: "consent"}


@dataclass(slots=True)
class Incoming:
    """A request as it came over the wire."""

    verb: str
    url: str
    body: bytes = b""
    authorization: str = ""
    content_type: str = ""
    parsed: Any = None
    kinds: tuple[str, ...] = ("unknown",)
    call: schemas.Call | None = None

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    @property
    def query(self) -> str:
        return urlsplit(self.url).query


@dataclass(slots=True)
class Dispatcher:
    """All that an answer depends on, and what the documents had against requests and answers."""

    world: World
    accounts: Accounts
    quotas: Quotas = field(default_factory=Quotas)
    plan: Plan = field(default_factory=Plan)
    violations: list[str] = field(default_factory=list)

    def recognise(self, incoming: Incoming) -> None:
        """Finds the method, and reads the body."""
        if incoming.path in OTHER_PATHS:
            incoming.kinds = (OTHER_PATHS[incoming.path],)
            incoming.parsed = dict(parse_qsl(incoming.body.decode())) if incoming.body else None
            return
        incoming.call = schemas.find_call(incoming.verb, incoming.path)
        if incoming.call is not None:
            incoming.kinds = kinds_of(incoming.call.id, incoming.verb)
        try:
            incoming.parsed = json.loads(incoming.body) if incoming.body else None
        except ValueError:
            incoming.parsed = {"_raw": incoming.body.decode(errors="replace")}

    def answer(self, incoming: Incoming) -> Answer:
        """The right answer, whatever it is."""
        try:
            if incoming.path in OTHER_PATHS:
                return self.sign_in(incoming)
            if incoming.call is None:
                self.violations.append(f"no method answers {incoming.verb} {incoming.path}")
                raise Refused(sheets_error(404, "The requested URL was not found on this server."))
            answer = self.carried_out(incoming, incoming.call)
        except Refused as refusal:
            return refusal.answer
        except Exception:
            self.violations.append(f"the fake itself failed at {incoming.kinds[0]}:\n{traceback.format_exc()}")
            return sheets_error(500, "Internal error encountered.", "INTERNAL")
        faults = schemas.answer_faults(incoming.call, answer.body)
        self.violations += [f"{incoming.call.id}: {fault}" for fault in faults]
        return answer

    def sign_in(self, incoming: Incoming) -> Answer:
        """The endpoints that stand beside the interfaces."""
        form = parse_qs(incoming.body.decode())
        first = {name: texts[0] for name, texts in form.items()}
        if incoming.path == "/token":
            return self.accounts.answer(client_in_header(incoming.authorization) | first)
        if incoming.path == "/revoke":
            return self.accounts.revoke(first.get("token") or dict(parse_qsl(incoming.query)).get("token", ""))
        if incoming.verb == "POST":
            return consent.decide(self.accounts, incoming.query, form)
        return consent.show(self.accounts, incoming.query)

    def carried_out(self, incoming: Incoming, call: schemas.Call) -> Answer:
        """A call of an interface."""
        uploaded = incoming.path.startswith("/upload/")
        if incoming.path.startswith("/resumable/") or (uploaded and call.id != "drive.files.create"):
            raise Refused(sheets_error(501, "The fake takes no such uploads.", "UNIMPLEMENTED"))
        caller = self.accounts.caller_of(incoming.authorization.removeprefix("Bearer ").strip())
        if caller is None:
            raise unauthenticated()
        interface = call.id.split(".")[0]
        if interface in self.world.disabled:
            raise Refused(service_disabled(interface))
        self.refuse_beyond_quota(incoming, caller.email)
        content = b""
        if uploaded:
            incoming.parsed, content = uploads.parts(incoming.body, incoming.content_type)
        self.refuse_malformed(incoming, call)
        query = parse_qs(incoming.query, keep_blank_values=True)
        ask = Request(call.id, call.named, query, incoming.parsed, caller)
        if uploaded:
            return Answer(200, uploads.files_create(self.world, ask, incoming.parsed, content))
        result = carrier(call.id)(self.world, ask)
        if isinstance(result, Answer):
            return result
        return Answer(200, masked(result, ask) if interface == "sheets" else result)

    def refuse_beyond_quota(self, incoming: Incoming, user: str) -> None:
        """429 for a read or write of Sheets too many."""
        for kind in ("read", "write"):
            if kind in incoming.kinds and (refusal := self.quotas.refusal(kind, user, self.world.clock)):
                raise Refused(refusal)

    def refuse_malformed(self, incoming: Incoming, call: schemas.Call) -> None:
        """Sheets refuses what it does not know; Drive reads over unknown names. Both are violations."""
        query = parse_qsl(incoming.query, keep_blank_values=True)
        faults = schemas.request_faults(call, query, incoming.parsed)
        self.violations += [f"{call.id}: {fault}" for fault in faults]
        if call.id.startswith("drive."):
            faults = [fault for fault in faults if not fault.startswith("query") and "has no such field" not in fault]
        if faults:
            raise malformed(worded(faults[0], incoming.parsed))


def client_in_header(authorization: str) -> dict[str, str]:
    """An application may name itself and its secret in the header (RFC 6749, section 2.3.1)."""
    if not authorization.startswith("Basic "):
        return {}
    id, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
    return {"client_id": unquote(id), "client_secret": unquote(secret)}


def masked(result: Json, ask: Request) -> Json:
    """What a field mask leaves of an answer."""
    mask = ask.first("fields")
    return masks.select(result, masks.tree(mask)) if mask else result


def malformed(message: str) -> Refused:
    """400 for a request that does not fit the interface, with the details that come with it."""
    field_name = message.partition("'")[2].partition("'")[0]
    violation = {"field": field_name, "description": message}
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    return Refused(sheets_error(400, message, details=details))


def worded(fault: str, body: Any) -> str:
    """A violation in Google's words, as far as they are known."""
    where, _, what = fault.partition(": ")
    field_name = where.removeprefix("request.")
    if what.endswith("has no such field"):
        outer, _, name = field_name.rpartition(".")
        place = f" at '{outer}'" if outer else ""
        return f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'
    if what.endswith("is no list") and isinstance(body, dict):
        kind = "type.googleapis.com/google.protobuf.ListValue"
        return f"Invalid value at 'data.{field_name}' ({kind}), {json.dumps(body.get(field_name))}"
    return f"Invalid value at '{field_name}': {what}"


def carrier(id: str) -> Any:
    """The function that carries a method out: `values_batch_get` for sheets.spreadsheets.values.batchGet."""
    interface, _, name = id.partition(".")
    module = sheets_api if interface == "sheets" else drive_api
    name = re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name.removeprefix("spreadsheets.").replace(".", "_"))
    return getattr(module, name)
