"""Pictures without words for those who do not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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


@pytest.mark.parametrize(
    "alt", ["march.png", "March", "photo.HEIC", "IMG_0042", "dsc 1204", "Foto", "Screenshot 2025-06-13"]
)
def test_the_name_or_number_of_a_file_is_no_alt(desk: Desk, finds: Finds, alt: str) -> None:
    """X3, rule 8 of the survey: what a camera or a program called it tells nobody what is seen."""
    found = finds(desk.dossier(f'- type: picture\n  image: {{file: march.png, alt: "{alt}"}}\n'))
    assert [(severity, "name or number of a file" in said) for _, severity, said in found] == [("warning", True)]


@pytest.mark.parametrize(
    "alt", ["Women carry candles", "march in Ayacucho", "Fotos on a wall, 1992", "1992", "Imagine a forest", ""]
)
def test_an_alt_that_says_what_one_sees_passes(desk: Desk, finds: Finds, alt: str) -> None:
    """X3: also in the words of which the file's name is made."""
    assert finds(desk.dossier(f'- type: picture\n  image: {{file: women-carry-candles.png, alt: "{alt}"}}\n')) == []


@pytest.mark.parametrize(("length", "severities"), [(125, []), (126, ["warning"])])
def test_a_long_alt(desk: Desk, finds: Finds, length: int, severities: list[str]) -> None:
    """Rule 8 of the survey: at most 125 characters."""
    found = finds(desk.dossier(f'- type: picture\n  image: {{file: march.png, alt: "{"Wo" + "w" * (length - 2)}"}}\n'))
    assert [severity for _, severity, _ in found] == severities


@pytest.mark.parametrize(
    "alt",
    [
        "Image of a march",
        "A photo of women with candles",
        "Fotografía de una marcha",
        "Photo d’une marche",
        "Imagem de uma marcha",
        "Bild von einem Marsch",
        "Foto di una marcia",
        "صورة لمسيرة",
    ],
)
def test_an_alt_that_says_that_it_is_a_picture(desk: Desk, finds: Finds, alt: str) -> None:
    """A screen reader has said so already, in each of our languages."""
    found = finds(desk.dossier(f'- type: picture\n  image: {{file: march.png, alt: "{alt}"}}\n'))
    assert [severity for _, severity, _ in found] == ["note"]
