"""Letters that Gmail cuts off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.checks.size import MOST, WARN, check, weigh
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Context, Pieces, Rendered, Slot, SlotName

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

TWO = "- type: letter\n  body: Short.\n- type: news\n  title: The long one\n  body: Long.\n"
NAME = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend")


def rendering(size: int, *, slots: int = 0) -> Rendered:
    """An English rendering of this many bytes, most of them in its second section."""
    html = (("x" * 70 + "\n") * (size // 71 + 1))[:size]
    pieces: Pieces = (html, *(NAME,) * slots)
    sections = (html[:1000],), (html[1000:],)
    return Rendered(IssueName(2025, 7), "en", "ltr", ("s",), "p", pieces, ("t",), (), "d", sections)


@pytest.mark.parametrize(
    ("size", "severity"), [(WARN - 10, ""), (WARN + 10, "warning"), (MOST, "warning"), (MOST + 10, "error")]
)
def test_the_limits(desk: Desk, finds: Finds, size: int, severity: str) -> None:
    """L1: up to 90 kB nothing, to 100 kB a warning, above an error; pointed at the heaviest section."""
    found = finds(desk.dossier(TWO, rendered=rendering(size)))
    assert [one[:2] for one in found] == ([("issues/2025-07.yaml:7:3", severity)] if severity else [])


def test_the_heaviest_sections_are_named(desk: Desk) -> None:
    """L1: she is told where to shorten."""
    dossier = desk.dossier(TWO, rendered=rendering(95_000))
    assert "“The long one” 94 kB, letter (section 1) 1 kB" in check(dossier, dossier.editions[0].send_on)[0].hint


def test_the_worst_reader_counts() -> None:
    """L1: weighed as it travels, to a reader with a long name full of accents."""
    assert weigh(rendering(1000, slots=1).html) >= 1000 + 60 * 6
    assert weigh(("ñ" * 100,)) >= 600
