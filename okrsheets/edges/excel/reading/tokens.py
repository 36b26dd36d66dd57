"""Elements by regular expression, where there are thousands of them and a call for each tag would be most of the work.

That is exact on two conditions: expat has found the part well-formed, and the stretch has neither comments nor CDATA
nor instructions. Then every `<` begins a tag. The readers go token by token, so that no byte is skipped unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from okrsheets.edges.excel.disk.faults import Unreadable
from okrsheets.edges.excel.reading.sheet import Span
from okrsheets.words.message import say

NextToken = Callable[[], "re.Match[bytes] | None"]
MORE_THAN_TAGS = re.compile(rb"<[!?]")
ATTRIBUTES = rb"""(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*"""


def tokens(template: bytes, prefix: str, data: bytes, span: Span) -> NextToken:
    """Gives, call by call, the next token right behind the last one; None where none matches.

    In the verbose `template`, `<P` and `</P` stand for a tag with the part's own prefix, ATTRIBUTES for any of them.
    """
    if MORE_THAN_TAGS.search(data, *span):
        raise Unreadable(say("its cells are written with comments or CDATA"))
    next_token: NextToken = _compiled(template, prefix).scanner(data, *span).match  # type: ignore[attr-defined]
    return next_token


def each(next_token: NextToken) -> Iterator[re.Match[bytes]]:
    """The tokens, as long as they match."""
    return iter(next_token, None)


@lru_cache(maxsize=32)
def _compiled(template: bytes, prefix: str) -> re.Pattern[bytes]:
    own = re.escape(prefix.encode())
    pattern = template.replace(b"ATTRIBUTES", ATTRIBUTES).replace(b"<P", b"<" + own).replace(b"</P", b"</" + own)
    return re.compile(pattern, re.VERBOSE | re.DOTALL)
