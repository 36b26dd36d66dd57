"""Every request and answer, held strictly against Google's discovery documents (schemas.json)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from . import masks
from .answers import Json

DOCUMENTS = json.loads((Path(__file__).parent / "schemas.json").read_text(encoding="utf-8"))
WHOLE_AS_TEXT = ("int64", "uint64")


@dataclass(frozen=True, slots=True)
class Call:
    """A method of an interface that a path names, with what the path says."""

    id: str
    named: dict[str, str]

    @property
    def interface(self) -> Json:
        """The document that describes it."""
        return DOCUMENTS[self.id.split(".")[0]]  # type: ignore[no-any-return]

    @property
    def method(self) -> Json:
        """Its own entry there."""
        return self.interface["methods"][self.id]  # type: ignore[no-any-return]


@cache
def routes() -> list[tuple[str, re.Pattern[str], str]]:
    """Verb, pattern and method, the most literal path first."""
    found = []
    for interface in ("sheets", "drive"):
        for id, method in DOCUMENTS[interface]["methods"].items():
            for path in method["paths"]:
                literal = len(re.sub(r"\{.*?\}", "", path))
                pattern = re.sub(r"\\\{\\?\+?(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(path))
                found.append((-literal, method["verb"], re.compile(pattern + "$"), id))
    return [(verb, pattern, id) for _, verb, pattern, id in sorted(found, key=lambda route: route[0])]


def find_call(verb: str, path: str) -> Call | None:
    """The method that answers a verb and a path."""
    for its_verb, pattern, id in routes():
        if its_verb == verb and (match := pattern.match(path)):
            return Call(id, {name: unquote(text) for name, text in match.groupdict().items()})
    return None


def request_faults(call: Call, query: list[tuple[str, str]], body: Any) -> list[str]:
    """What the documents have against a request."""
    faults = query_faults(call, query)
    if "request" in call.method:
        faults += value_faults(call.interface, {"$ref": call.method["request"]}, body, "request", True)
    elif body:
        faults.append(f"request: {call.id} takes no body")
    return faults


def answer_faults(call: Call, body: Any) -> list[str]:
    """What the documents have against an answer."""
    if "response" not in call.method or not isinstance(body, dict):
        return []
    return value_faults(call.interface, {"$ref": call.method["response"]}, body, "answer", False)


def query_faults(call: Call, query: list[tuple[str, str]]) -> list[str]:
    """Names and values in a query that the method does not know, and required ones that are not there."""
    known = {**call.interface["parameters"], **call.method["parameters"]}
    known = {name: node for name, node in known.items() if node.get("location") == "query"}
    given = {name for name, _ in query}
    missing = [f"query {name}: is required" for name in known if known[name].get("required") and name not in given]
    return missing + [fault for name, text in query for fault in parameter_faults(call, known, name, text)]


def parameter_faults(call: Call, known: Json, name: str, text: str) -> list[str]:
    """What is wrong with one parameter of a query."""
    if name not in known:
        return [f"query {name}: {call.id} has no such parameter"]
    kind, choices = known[name]["type"], known[name].get("enum")
    if (kind == "boolean" and text.lower() not in ("true", "false")) or (choices and text not in choices):
        return [f"query {name}: {text!r} is not one of its values"]
    if kind == "integer" and not re.fullmatch(r"-?\d+", text):
        return [f"query {name}: {text!r} is no whole number"]
    if name == "fields" and "response" in call.method:
        return [f"query fields: {fault}" for fault in mask_faults(call.interface, call.method["response"], text)]
    return []


def mask_faults(interface: Json, type_name: str, mask: str) -> list[str]:
    """Names in a field mask that the type cannot have."""
    try:
        return tree_faults(interface, {"$ref": type_name}, masks.tree(mask))
    except ValueError as error:
        return [str(error)]


def tree_faults(interface: Json, node: Json, tree: masks.Tree) -> list[str]:
    """The same for a mask that is already taken apart."""
    shape = resolved(interface, node)
    while shape.get("type") == "array":
        shape = resolved(interface, shape["items"])
    faults = []
    for name, inner in tree.items():
        step = shape.get("properties", {}).get(name) or shape.get("additionalProperties")
        if step is None and name != "*":
            faults.append(f"{shape.get('id', shape.get('type'))} has no field {name!r}")
        elif step is not None:
            faults += tree_faults(interface, step, inner)
    return faults


def resolved(interface: Json, node: Json) -> Json:
    """The node itself, or the one that it refers to."""
    if "$ref" not in node:
        return node
    return {"id": node["$ref"], **interface["schemas"][node["$ref"]]}


def value_faults(interface: Json, node: Json, value: Any, where: str, null_is_unset: bool) -> list[str]:
    """What is wrong with a value: unknown fields, wrong types, unknown choices, numbers too large."""
    node = resolved(interface, node)
    kind = node.get("type", "any")
    if kind == "any" or (value is None and null_is_unset):
        return []
    if kind == "object":
        return object_faults(interface, node, value, where, null_is_unset)
    if kind == "array":
        if not isinstance(value, list):
            return [f"{where}: {json.dumps(value)[:60]} is no list"]
        items = (value_faults(interface, node["items"], v, f"{where}[{i}]", null_is_unset) for i, v in enumerate(value))
        return [fault for faults in items for fault in faults]
    return scalar_faults(node, kind, value, where)


def object_faults(interface: Json, node: Json, value: Any, where: str, null_is_unset: bool) -> list[str]:
    """What is wrong with an object and all in it."""
    if not isinstance(value, dict):
        return [f"{where}: {json.dumps(value)[:60]} is no object"]
    known, others = node.get("properties", {}), node.get("additionalProperties")
    faults = []
    for name, inner in value.items():
        step = known.get(name, others)
        if step is None:
            faults.append(f"{where}.{name}: {node.get('id', 'this object')} has no such field")
        else:
            faults += value_faults(interface, step, inner, f"{where}.{name}", null_is_unset)
    return faults


def scalar_faults(node: Json, kind: str, value: Any, where: str) -> list[str]:
    """What is wrong with a text, a number or a truth value."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    fits = {
        "boolean": isinstance(value, bool),
        "integer": whole,
        "number": whole or isinstance(value, float),
        "string": isinstance(value, str) or (whole and node.get("format") in WHOLE_AS_TEXT),
    }
    if not fits[kind]:
        return [f"{where}: {json.dumps(value)[:60]} is no {kind}"]
    if "enum" in node and value not in node["enum"]:
        return [f"{where}: {value!r} is not one of its values"]
    if node.get("format") == "int32" and not -(2**31) <= value < 2**31:
        return [f"{where}: {value} does not fit in 32 bits"]
    return []
