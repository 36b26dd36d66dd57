"""A truthful stand-in for Google Sheets v4, Drive v3 and the sign-in, over HTTP on the loopback.

with GoogleFake() as google:
    client = …(google.base_url)
    google.fault(faults.too_many_requests(retry_after=1), "read", nth=2)
    google.person(id).type("Actions!D3", "12,5")
    assert google.log.count("write") == 1 and google.violations == []

Or from a shell: `python -m tests.google_fake --port 0`; the first line is the base URL.
"""

from . import faults
from .fake import GoogleFake
from .person import Person, Refusal
from .quotas import Quotas, as_google
from .world import FOLDER, PERSON, ROBOT, SCOPE, SHEET, Caller

__all__ = [
    "FOLDER",
    "PERSON",
    "ROBOT",
    "SCOPE",
    "SHEET",
    "Caller",
    "GoogleFake",
    "Person",
    "Quotas",
    "Refusal",
    "as_google",
    "faults",
]
