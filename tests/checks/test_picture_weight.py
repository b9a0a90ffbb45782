"""Pictures too heavy for slow connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import PictureFile, Rendered

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(("size", "severity"), [(400_000, ""), (600_000, "warning"), (4_000_000, "error")])
def test_the_limits(desk: Desk, finds: Finds, size: int, severity: str) -> None:
    """L9: all pictures within 1 MB are fine; with more a warning; what mailboxes refuse is an error."""
    pictures = tuple(PictureFile(f"{name}.png", "image/png", bytes(size), 600, 400) for name in "ab")
    rendered = Rendered(IssueName(2025, 7), "en", "ltr", ("s",), "p", ("h",), ("t",), pictures, "d")
    found = finds(desk.dossier(rendered=rendered))
    assert [one[1] for one in found] == ([severity] if severity else [])
