from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_sending_that_is_killed_loses_nobody_and_writes_to_nobody_twice() -> None:
    """S1, S5, S6: a smaller form of ``make prove``: 80 readers, four kills, one to seven connections.

    Around the final answer, as where the power fails between two commits, and after a line that was dropped.
    """
    script = Path(__file__).with_name("kill9.py")
    words = [sys.executable, str(script), "--people", "80", "--kills", "4"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0\ntwice 0\n" in done.stdout
    assert done.stdout.count("before the answer") == 1
    assert " power " in done.stdout
    assert "after a drop at MAIL" in done.stdout
