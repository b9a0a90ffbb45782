"""What was given to read is kept by its code, and found again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from newsletter.gate.leaving import Leaving
from newsletter.nouns.draft import IssueName
from newsletter.review.states import keep, states
from newsletter.workspace import Workspace

ISSUE = IssueName(2025, 7)
AT = dt.datetime(2025, 7, 3, 18, 20, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


def test_newest_first_each_language_for_itself(tmp_path: Path) -> None:
    """With every sign of its text."""
    there = Workspace(tmp_path)
    for number, language in enumerate(("en", "en", "es")):
        it = Leaving(language, f"{number + 1}{0:063x}", ("subject 12", "news “x” 34"))
        keep(there, ISSUE, it, f"Text {number}: “¿Qué?”\n\n  - and\ttabs\n", AT + dt.timedelta(hours=number))
    found = states(there, ISSUE, "en")
    assert [one.digest[0] for one in found] == ["2", "1"]
    assert found[0].text == "Text 1: “¿Qué?”\n\n  - and\ttabs\n"
    assert found[1].at == AT
    assert found[0].saw == ("subject 12", "news “x” 34")
    assert found[0].code == Leaving("en", f"{2}{0:063x}", ()).code


def test_what_cannot_be_read_can_be_done_without(tmp_path: Path) -> None:
    """A file that somebody changed, and one that is something else."""
    there = Workspace(tmp_path)
    folder = tmp_path / "outbox" / "2025-07" / "reviews"
    folder.mkdir(parents=True)
    for text in ("[", "x", "language: en\nat: once\n", ""):
        (folder / "en.7K3M29QXTB.yaml").write_text(text, "utf-8")
        assert states(there, ISSUE, "en") == []
