"""Pictures too heavy for slow connections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import PictureFile, Rendered

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


SENTENCES = {
    "": "",
    "note": "200 kB is advised",
    "warning": "weigh 1.2 MB together",
    "error": "many mailboxes refuse it",
}


@pytest.mark.parametrize(
    ("size", "inside", "hosted"),
    [
        (60_000, "", ""),
        (80_000, "note", ""),
        (400_000, "note", ""),
        (600_000, "warning", "warning"),
        (4_000_000, "error", "warning"),
    ],
)
def test_the_limits(desk: Desk, finds: Finds, size: int, inside: str, hosted: str) -> None:
    """L9: all pictures within 1 MB are fine; with more a warning. Inside the letter they count for each reader."""
    pictures = tuple(PictureFile(f"{name}.png", "image/png", bytes(size), 600, 400) for name in "ab")
    rendered = Rendered(IssueName(2025, 7), "en", "ltr", ("s",), "p", ("h",), ("t",), pictures, "d")
    dossier = desk.dossier(rendered=rendered)
    found = finds(dossier)
    assert [one[1] for one in found] == ([inside] if inside else [])
    assert all(SENTENCES[one[1]] in one[2] for one in found)
    on_pages = finds(replace(dossier, public_url="https://news.example.org"))
    assert [one[1] for one in on_pages] == ([hosted] if hosted else [])
