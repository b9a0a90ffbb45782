"""Asks of which somebody has to look whether they are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

ASK = "- type: petition\n  title: Sign for Celia\n  body: Ask them.\n  url: https://example.org/sign\n  closed: {}\n"


def test_it_asks_until_somebody_has_looked(desk: Desk, finds: Finds) -> None:
    """At the word itself; yes, no and a day are answers."""
    found = finds(desk.dossier(ASK.format("unsure")))
    assert found == [("issues/2025-07.yaml:9:11", "warning", "Is “Sign for Celia” still open? Nobody is sure yet.")]
    assert not any(finds(desk.dossier(ASK.format(said))) for said in ("no", "yes", "2025-07-20", ""))
