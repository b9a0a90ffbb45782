"""Any text in any field of any type, in every language of the sample: the letter is sound. `make prove` tries 20,000."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.drafting.types import read_types
from newsletter.workspace import Workspace, shipped
from tests.any.house import LANGUAGES, NAMES, Press
from tests.any.written import Issue, Written, issues

TYPES = read_types(Workspace(shipped()))[0]
MOST = 45  # issues of each type
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def presses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Press]:
    """One for each language."""
    return {language: Press(tmp_path_factory.mktemp(language), language) for language in LANGUAGES}


@pytest.mark.parametrize("name", TYPES)
def test_any_text_in_any_field_gives_a_sound_letter(presses: dict[str, Press], name: str) -> None:
    """F8, F9, F11, X1, X3, X8, X14: well-formed, the same words in HTML and text, no markup of the author's, no slot left.

    What is looked at stands in ``tests/any/sound.py``; what is written, in ``tests/any/written.py``.
    """
    count = Counter[str]()

    @settings(
        max_examples=MOST, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(issue=issues(TYPES[name]), language=st.sampled_from(LANGUAGES), reader=st.sampled_from(NAMES))
    def look(issue: Issue, language: str, reader: str) -> None:
        written = Written(issue)
        press = presses[language]
        before = press.refused
        assert list(press.faults(written, reader)) == [], written.yaml
        count["letters"] += press.refused == before

    look()
    assert count["letters"] > MOST * 3 // 4


def test_a_smaller_form_of_the_proof_counts_its_letters() -> None:
    """``make prove`` says how many letters it tried, and fails where one is not sound."""
    script = ROOT / "tests" / "prove" / "any_text.py"
    words = [sys.executable, str(script), "--types", "quote", "--examples", "4"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"letters {len(LANGUAGES) * 4}, not sound 0 (" in done.stdout
