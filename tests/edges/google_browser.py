"""A person with a browser, as far as signing in needs one."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urlsplit

import requests
from google_fake import SCOPE


@dataclass
class Browser:
    """Goes to the consent page, ticks these scopes (None: all that are asked), presses a button, is sent back."""

    scopes: tuple[str, ...] | None = None
    answer: str = "continue"
    asked: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def visit(self, url: str) -> None:
        """All of it, by hand."""
        with requests.Session() as session:
            session.trust_env = False
            page = session.get(url, timeout=20)
            self.asked = {name: texts[0] for name, texts in parse_qs(urlsplit(url).query).items()}
            self.pages.append(page.text)
            action = unescape(re.search(r'action="([^"]+)"', page.text)[1])  # type: ignore[index]
            base = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            ticked = self.asked["scope"].split() if self.scopes is None else [SCOPE + one for one in self.scopes]
            form = {"scope": ticked, "answer": self.answer}
            sent = session.post(base + action, data=form, timeout=20, allow_redirects=False)
            self.pages.append(session.get(sent.headers["Location"], timeout=20).text)

    def open(self, url: str) -> bool:
        """As webbrowser.open does: at once, and the rest happens by itself."""
        threading.Thread(target=self.visit, args=(url,), daemon=True).start()
        return True
