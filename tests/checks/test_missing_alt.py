"""Pictures without words for those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def test_an_alt_left_out_is_an_error_at_the_picture(desk: Desk, finds: Finds) -> None:
    """X3: every picture has an alt; where it is left out, nothing leaves the building."""
    dossier = desk.dossier("""\
        - type: picture
          image:
            file: march.png
            caption: The march
    """)
    assert [(place, severity) for place, severity, _ in finds(dossier)] == [("issues/2025-07.yaml:7:5", "error")]


def test_an_empty_alt_says_decoration(desk: Desk, finds: Finds) -> None:
    """X3: empty only for decoration, and that is the author's word."""
    assert finds(desk.dossier('- type: picture\n  image: {file: march.png, alt: ""}\n')) == []


def test_an_alt_that_repeats_says_nothing(desk: Desk, finds: Finds) -> None:
    """X3: the caption said twice, or the name of a file, is no help; each is pointed at where the alt stands."""
    twice = desk.dossier("- type: picture\n  image: {file: march.png, alt: The March, caption: The march}\n")
    named = desk.dossier("- type: picture\n  image: {file: march.png, alt: IMG_0042.JPG}\n")
    assert [one[:2] for one in finds(twice)] == [("issues/2025-07.yaml:6:33", "warning")]
    assert [one[:2] for one in finds(named)] == [("issues/2025-07.yaml:6:33", "warning")]


def test_a_picture_well_described_passes(desk: Desk, finds: Finds) -> None:
    """X3: nothing to say."""
    good = "- type: picture\n  image: {file: march.png, alt: Women carry candles, caption: The march in Ayacucho}\n"
    assert finds(desk.dossier(good)) == []
