from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("script", "words", "said"),
    [
        ("power_loss.py", ["--people", "12", "--connections", "3"], "failures of the power. The promise holds"),
        ("network_cut.py", ["--connections", "2", "--steps", "at the dot"], "12 cuts. The promise holds"),
    ],
)
def test_power_and_network_may_fail_anywhere(script: str, words: list[str], said: str) -> None:
    """S1, S5: a smaller form of ``make prove``: books as they were after each commit, and a line cut in each way."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert said in done.stdout
    assert " 0\n" in done.stdout
