"""Whose pictures they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


NEWS = "- type: news\n  title: A vote\n  body: x\n  image: {{file: a.png, alt: {alt}{more}}}\n"


def test_a_picture_says_whose_it_is(desk: Desk, finds: Finds) -> None:
    """A warning at the picture; with a credit, as decoration, or of who signs, there is nothing to say."""
    bare = NEWS.format(alt="A field", more="")
    assert [one[:2] for one in finds(desk.dossier(bare))] == [("issues/2025-07.yaml:8:10", "warning")]
    assert finds(desk.dossier(NEWS.format(alt="A field", more=", credit: 'Photo: Ana'"))) == []
    assert finds(desk.dossier(NEWS.format(alt='""', more=""))) == []
    assert finds(desk.dossier("- {type: letter, body: x, portrait: {file: a.png, alt: Ana}}\n")) == []
