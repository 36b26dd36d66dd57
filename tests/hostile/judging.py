"""What is asked of okrsheets whatever the file: an exit code of the contract, few words, and a whole file."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any, NoReturn

CODES = (0, 2, 3, 4, 75)
MOST_LINES = 2
"""What happened, and what to do about it."""
MOST_SECONDS = 5.0
"""Of the processor's time, a command."""
MOST_MEMORY = 512 * 1024 * 1024
BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn around what a terminal shows behind them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered: its words, whether they are to be JSON, and the processor's seconds it took."""

    command: str
    code: int
    out: str
    err: str
    seconds: float
    is_json: bool = False


def faults_of(answer: Answer) -> list[str]:
    """What is wrong with an answer, whatever it says."""
    found = []
    if answer.code not in CODES:
        found.append(f"exit code {answer.code}")
    if "Traceback" in answer.err + answer.out and answer.code == 1:
        found.append("a traceback")
    if len(answer.err.splitlines()) > MOST_LINES:
        found.append(f"{len(answer.err.splitlines())} lines of complaint")
    if answer.code == 0 and answer.err:
        found.append("success with a complaint")
    if answer.code != 0 and not answer.err and not answer.is_json:
        found.append("failure without a word")
    if answer.seconds > MOST_SECONDS:
        found.append(f"{answer.seconds:.1f} s")
    return [f"{answer.command}: {fault}" for fault in [*found, *_faults_of_words(answer)]]


def _faults_of_words(answer: Answer) -> list[str]:
    found = [f"{sign!r} for the terminal to obey" for sign in sorted(_obeyed(answer.err))]
    if not answer.is_json:
        return [*found, *(f"{sign!r} for the terminal to obey" for sign in sorted(_obeyed(answer.out)))]
    try:
        json.loads(answer.out, parse_constant=_no_number)
    except ValueError as fault:
        found.append(f"no JSON: {fault}")
    return found


def _obeyed(text: str) -> set[str]:
    return {sign for sign in text if sign != "\n" and (unicodedata.category(sign) == "Cc" or sign in BIDIRECTIONAL)}


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def document(answer: Answer) -> Any:
    """The JSON that a command answered; None where it is none."""
    try:
        return json.loads(answer.out)
    except ValueError:
        return None


def changed_parts(old: bytes, new: bytes) -> list[str]:
    """The parts of a synced workbook that differ, as stored; all names, where they are not the same ones."""
    before, after = _stored(old), _stored(new)
    if list(before) != list(after):
        return sorted({*before, *after})
    return [name for name, packed in before.items() if after[name] != packed]


def _stored(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {f"{n} {info.filename}": _packed(data, info) for n, info in enumerate(archive.infolist())}


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """Header and content as they stand."""
    at = info.header_offset
    lengths = int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")
    return data[at : at + 30 + lengths + info.compress_size]


def faults_of_sync(old: bytes, new: bytes, outcome: str | None, again: str | None) -> list[str]:
    """What is wrong with a file after a sync, and after a second one."""
    if outcome != "synced":
        return [f"sync: the file changed, outcome {outcome}"] if old != new else []
    try:
        changed = changed_parts(old, new)
    except (zipfile.BadZipFile, NotImplementedError) as fault:
        return [f"sync: no zip any more: {fault}"]
    found = [f"sync: too much changed: {changed}"] if not 1 <= len(changed) <= 2 else []
    return [*found, f"sync: a second one was {again}"] if again != "unchanged" else found
