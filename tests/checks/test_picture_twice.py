"""The same picture twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


TWO = "- {{type: picture, image: {{file: a.png, alt: {alt}, credit: us}}}}\n- {{type: {kind}, title: T, url: 'https://example.org/', image: {{file: a.png, alt: {alt}, credit: us}}}}\n"


def test_the_second_is_noted(desk: Desk, finds: Finds) -> None:
    """Not one that decorates, nor the still of a recording."""
    ((place, severity, message),) = finds(
        desk.dossier(TWO.format(alt="A field", kind="picture").replace(" url: 'https://example.org/',", ""))
    )
    assert (place[:21], severity) == ("issues/2025-07.yaml:6", "note")
    assert "line 5" in message
    assert finds(desk.dossier(TWO.format(alt="A field", kind="recording"))) == []
    assert finds(desk.dossier(TWO.format(alt='""', kind="picture").replace(" url: 'https://example.org/',", ""))) == []
