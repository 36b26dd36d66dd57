"""What all tests share."""

from __future__ import annotations

import os
import shutil
import signal

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault: how long an example takes, to be made or to be run, fails no test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Who starts the tests in the background of a script has Ctrl-C ignored, and all their processes would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def require_program(name: str) -> str:
    """The path of a program of the system. Without it the test is skipped, or fails where everything must run."""
    path = shutil.which(name)
    if path is None and os.environ.get("OKRSHEETS_REQUIRE_ALL") == "1":
        pytest.fail(f"{name} is not installed, and OKRSHEETS_REQUIRE_ALL=1 forbids to skip what needs it")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command line."""
    return require_program("soffice")


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    """The judge of systemd's units."""
    return require_program("systemd-analyze")
