"""The example of an adopted page in the manual is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.__main__ import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "manual" / "adopt.md"
PROFILE = "title: Peru newsletter\nlanguages: [en, es]\ncountries:\n  peru:\n    name: Peru\n"


def test_the_example_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the text above it, to the last line."""
    example = PAGE.read_text("utf-8").partition("## An example")[2]
    text, printed = re.findall(r"^```(?:text)?\n(.*?)^```$", example, re.DOTALL | re.MULTILINE)
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
    (tmp_path / "old-page.txt").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["adopt", "old-page.txt"]) == 0
    assert capsys.readouterr().out == printed
