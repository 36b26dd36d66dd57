"""The wheel is what people install: it must hold everything, templates and words included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "__pycache__", "*.egg-info", "build", "tests", "demo"
)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, and nothing but the wheel, was unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=LEFT_OUT)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(folder / "source")]
    subprocess.run(wheel, check=True)
    (built,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "there"), str(built)], check=True)
    return folder / "there"


def okr(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the installed wheel; `-S` keeps an editable install of the source from helping out."""
    path = os.pathsep.join([str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "HOME": str(folder), "LANG": "C.UTF-8"}
    command = [sys.executable, "-S", "-m", "okrsheets", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_every_package_of_the_source_is_in_the_wheel(installed: Path) -> None:
    packages = {path.parent.relative_to(ROOT / "okrsheets") for path in (ROOT / "okrsheets").rglob("*.py")}
    missing = [str(package) for package in packages if not (installed / "okrsheets" / package).is_dir()]
    assert missing == []


def test_the_wheel_does_the_whole_job(installed: Path, tmp_path: Path) -> None:
    listed = okr(installed, tmp_path, "templates", "list")
    assert "high-ticket" in listed.stdout, listed.stderr
    assert okr(installed, tmp_path, "new", "social", "plan.xlsx", "--lang", "nl").returncode == 0
    assert okr(installed, tmp_path, "sync", "plan.xlsx").returncode == 0
    told = okr(installed, tmp_path, "demo", "--lang", "nl")
    assert (told.returncode, (tmp_path / "okrsheets-demo.xlsx").exists()) == (0, True)
