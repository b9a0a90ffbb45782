"""A wheel built from this checkout and installed elsewhere does the whole job, and passes the suite's core."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = ("drafting", "rendering", "letters", "ledger", "store", "checks")
"""The rooms whose tests run against the installed wheel too: those that read what is shipped with the program."""
SHIPPED = re.compile(r"\bshipped\(|\bsample\b")


def run(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command to its end; its output, which must come with exit code 0."""
    said = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=env or {**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert said.returncode == 0, said.stdout[-3000:] + said.stderr[-3000:]
    return said.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would be."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel and nothing of this checkout; its folder of programs."""
    there = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", there / "venv", cwd=there)
    programs = there / "venv" / ("Scripts" if os.name == "nt" else "bin")
    quiet = ("--quiet", "--disable-pip-version-check", "-c", ROOT / "constraints.txt")
    tools = ("pytest", "hypothesis", "pytest-socket", "dkimpy")  # none of a browser's: see the last test
    run(sys.executable, "-m", "pip", "--python", programs / "python", "install", *quiet, wheel, *tools, cwd=there)
    return programs


def test_the_wheel_ships_what_it_needs(wheel: Path) -> None:
    """Templates, the sample, the schema, migrations and types travel with the program; no test or list does."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "newsletter/py.typed",
        "newsletter/mail_programs/caniemail.LICENCE.txt",
        "newsletter/mail_programs/caniemail.json",
        "newsletter/rendering/lint/mjml_tags.yaml",
        "newsletter/shipped/templates/frame.mjml",
        "newsletter/shipped/templates/words/es.yaml",
        "newsletter/shipped/templates/pace/gmail.yaml",
        "newsletter/shipped/templates/words/problems/es.yaml",
        "newsletter/shipped/templates/words/review/es.yaml",
        "newsletter/shipped/templates/words/studio/es.yaml",
        "newsletter/shipped/templates/schema/issue.schema.json",
        "newsletter/shipped/issues/2025-07.yaml",
        "newsletter/shipped/issues/newsletter.yaml",
    ):
        assert needed in names
    assert any("migrations/versions/" in name for name in names)
    assert not [name for name in names if name.startswith(("tests/", "records/", "outbox/")) or name.endswith(".db")]


def test_installed_elsewhere_it_does_a_whole_month(elsewhere: Path, tmp_path: Path) -> None:
    """``newsletter init there`` and ``newsletter demo`` in it, with no checkout near."""
    home = {**os.environ, "PYTHONPATH": "", "HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    run(elsewhere / "newsletter", "init", "there", cwd=tmp_path, env=home)
    assert not (tmp_path / "there" / "templates").exists()
    run(elsewhere / "newsletter", "demo", cwd=tmp_path / "there", env=home)
    assert list((tmp_path / "there" / "outbox" / "demo").rglob("*.eml"))


def test_the_core_of_the_suite_passes_against_it(elsewhere: Path, tmp_path: Path) -> None:
    """The same tests, run from a folder where only the installed program can be imported.

    Only what reads shipped files can differ there. What is looked at in a browser is left out: the letters are the same.
    """
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("tests", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    there = run(elsewhere / "python", "-c", "import newsletter; print(newsletter.__file__)", cwd=tmp_path)
    assert str(elsewhere.parent) in there
    rooms = [tmp_path / "tests" / room for room in CORE]
    files = [file for room in rooms for file in room.rglob("test_*.py") if _reads_what_is_shipped(file)]
    said = run(elsewhere / "python", "-m", "pytest", "-p", "no:cacheprovider", *files, cwd=tmp_path)
    assert " passed" in said


def _reads_what_is_shipped(file: Path) -> bool:
    text = file.read_text("utf-8")
    return bool(SHIPPED.search(text)) and "browser" not in text
