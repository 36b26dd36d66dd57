"""Trim Google's discovery documents to what the tests need: tests/google_fake/schemas.json.

    python -m pip install google-api-python-client
    python tools/google_schema.py

Kept are the methods that the fake answers and every type they can reach; prose, scopes and addresses go.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
OUT = Path(__file__).parent.parent / "tests" / "google_fake" / "schemas.json"
KEPT_OF_A_NODE = (
    "type",
    "format",
    "enum",
    "items",
    "properties",
    "additionalProperties",
    "$ref",
    "required",
    "location",
)
DRIVE = {
    *(f"drive.files.{name}" for name in ("copy", "create", "delete", "export", "get", "list", "update")),
    *(f"drive.permissions.{name}" for name in ("create", "delete", "list")),
    *("drive.changes.getStartPageToken", "drive.changes.list", "drive.about.get", "drive.comments.list"),
}
LICENCE = (
    "Trimmed from the discovery documents in google-api-python-client "
    "(Google LLC, Apache License 2.0, see LICENSE-schemas.txt)."
)


def documents() -> Path:
    """The folder where an installed google-api-python-client keeps its discovery documents."""
    spec = importlib.util.find_spec("googleapiclient")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("google-api-python-client is not installed")
    return Path(spec.submodule_search_locations[0]) / "discovery_cache" / "documents"


def trimmed(node: Any) -> Any:
    """A node of a document without its prose."""
    if not isinstance(node, dict):
        return node
    kept = {key: node[key] for key in KEPT_OF_A_NODE if key in node}
    for key in ("items", "additionalProperties"):
        if key in kept:
            kept[key] = trimmed(kept[key])
    if "properties" in kept:
        kept["properties"] = {name: trimmed(inner) for name, inner in kept["properties"].items()}
    return kept


def methods(resource: Json) -> Iterator[Json]:
    """All methods of a document."""
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from methods(inner)


def method(document: Json, found: Json) -> Json:
    """What is kept of a method: its verb, paths, parameters and the types that go in and out."""
    paths = ["/" + document["servicePath"] + found.get("flatPath", found["path"])]
    paths += [way["path"] for way in found.get("mediaUpload", {}).get("protocols", {}).values()]
    bodies: Json = {side: found[side]["$ref"] for side in ("request", "response") if side in found}
    parameters = {name: trimmed(node) for name, node in found.get("parameters", {}).items()}
    return {"verb": found["httpMethod"], "paths": sorted(set(paths)), "parameters": parameters, **bodies}


def references(node: Any) -> Iterator[str]:
    """The types that a node names, at any depth."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for inner in node.values():
            yield from references(inner)


def reachable(schemas: Json, names: set[str]) -> Json:
    """The named types and all that they mention."""
    found: Json = {}
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = trimmed(schemas[name])
            waiting += references(found[name])
    return dict(sorted(found.items()))


def part(document: Json, wanted: set[str] | None) -> Json:
    """One interface, trimmed to the wanted methods, or with all of them."""
    kept = {m["id"]: method(document, m) for m in methods(document) if wanted is None or m["id"] in wanted}
    names = {kept[id][side] for id in kept for side in ("request", "response") if side in kept[id]}
    common = {name: trimmed(node) for name, node in document["parameters"].items()}
    return {
        "revision": document["revision"],
        "parameters": common,
        "methods": kept,
        "schemas": reachable(document["schemas"], names),
    }


def lines(value: Json, depth: int) -> str:
    """JSON with one entry a line down to a depth, so that a new revision is a readable difference."""
    if depth == 0:
        return json.dumps(value, separators=(",", ":"))
    inner = (
        f"{json.dumps(key)}:{lines(v, depth - 1) if isinstance(v, dict) else json.dumps(v)}" for key, v in value.items()
    )
    return "{\n" + ",\n".join(inner) + "\n}"


def main() -> None:
    """Write the trimmed documents and say how large they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else documents()
    sheets, drive = (json.loads((folder / f"{name}.json").read_text()) for name in ("sheets.v4", "drive.v3"))
    text = lines({"licence": LICENCE, "sheets": part(sheets, None), "drive": part(drive, DRIVE)}, 3)
    OUT.write_text(text + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(text):,} characters")


if __name__ == "__main__":
    main()
