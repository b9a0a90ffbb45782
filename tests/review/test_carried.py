"""Beside last month's issue: what is new, what was carried over, what changed, and what is asked no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.nouns.draft import IssueName
from newsletter.pipeline import prepare
from newsletter.review.carried import Fared, carried, last_before
from newsletter.settings import Settings

if TYPE_CHECKING:
    from newsletter.workspace import Workspace

ASKS = """\
  - {type: petition, id: free-them, title: Let them go, body: Ask., url: "https://example.org/a", button: Sign, until: 2025-09-30}
  - {type: petition, id: over, title: It is over, body: Ask., url: "https://example.org/b", button: Sign}
  - {type: news, title: Last month, body: Old news.}
"""


def test_each_section_is_told_apart(sample: Workspace) -> None:
    """By its id where it has one; news of last month that is not here is no news."""
    june, july = (sample.issues / f"2025-0{month}.yaml" for month in (6, 7))
    head = "subject: A subject of some length for this\npreheader: What stands beside it in a mailbox, to read on\nsend_on: 2025-0{}-04\nsections:\n"
    june.write_text(head.format(6) + ASKS, "utf-8")
    asked = ASKS.splitlines()[0].replace("Let them go", "Let all of them go").replace("09-30", "10-31")
    july.write_text(head.format(7) + asked + "\n  - {type: news, title: This month, body: New.}\n", "utf-8")
    (sample.issues / "2025-07.es.yaml").unlink()
    dossier = prepare(sample, IssueName(2025, 7), Settings()).dossier
    assert dossier
    before = last_before(dossier, "en")
    assert before
    assert before.issue == IssueName(2025, 6)
    found = carried(dossier.editions[0], before)
    assert [(one.title, one.fared) for one in found] == [
        ("Let all of them go", Fared.CHANGED),
        ("This month", Fared.NEW),
        ("It is over", Fared.GONE),
    ]
    assert [len(one.paragraphs) for one in found[0].fields] == [1, 1]
    assert carried(before, before)[0].fared is Fared.SAME


def test_the_first_issue_has_none_before_it(sample: Workspace) -> None:
    """Nor has the first in its language."""
    dossier = prepare(sample, IssueName(2025, 7), Settings()).dossier
    assert dossier
    assert last_before(dossier, "es") is None
