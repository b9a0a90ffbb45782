from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_sending_that_is_killed_loses_nobody_and_writes_to_nobody_twice() -> None:
    """S5, S6: a smaller form of ``make prove``: 40 readers, killed three times, around the final answer too."""
    script = Path(__file__).with_name("kill9.py")
    words = [sys.executable, str(script), "--people", "40", "--kills", "3"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "lost 0\ntwice 0\n" in done.stdout
    assert done.stdout.count("before the answer") == 1
