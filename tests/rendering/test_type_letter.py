"""The letter: opening words, who signs, and a face before the name."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.rendering.conftest import PROFILE

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LETTER = "- {type: letter, body: Dear friends}"
TWO = PROFILE.replace(
    "coordinators: [{name: Ines Hartley, role: {en: Country coordinator, es: Coordinadora}}]",
    "coordinators: [{name: Ines Hartley, role: {en: Country coordinator}, portrait: wide.png}, {name: Ana Pryce, role: Writer, portrait: tall.jpg}]",
)


@pytest.mark.parametrize(
    ("signature", "name", "role", "file"),
    [
        ("", "Ines Hartley", "Country coordinator", "wide-"),
        (", signature: Ana Pryce", "Ana Pryce", "Writer", "tall-"),
        (", signature: Ana Pryce, role: For this once", "Ana Pryce", "For this once", "tall-"),
        (", signature: Ana Pryce, portrait: {file: wide.png, alt: Ana at her desk}", "Ana Pryce", "Writer", "wide-"),
    ],
)
def test_who_signs_brings_role_and_portrait(house: House, signature: str, name: str, role: str, file: str) -> None:
    """From newsletter.yaml, by name; what the section says goes first."""
    page, text = house.letter(LETTER[:-1] + signature + "}", profile=TWO)
    heard = " ".join(house.page(page).words)
    assert f"{name} {role}" in " ".join(heard.split())
    assert f"{name}\n{role}\n" in text
    (picture,) = house.page(page).all("img")
    assert picture["src"].startswith(f"images/{file}")
    assert (picture["width"], picture["height"]) == ("64", "64")
    assert picture["alt"] == ("Ana at her desk" if "alt:" in signature else "")


def test_a_portrait_is_a_sharp_square(house: House) -> None:
    """Its middle, at twice the size that is shown."""
    rendered, _ = house.render(LETTER, profile=TWO)
    (picture,) = rendered.pictures
    assert Image.open(io.BytesIO(picture.data)).size == (128, 128)


def test_a_guest_brings_nothing_of_ours(house: House) -> None:
    """Neither role nor face of a coordinator stands beside another's name."""
    page, text = house.letter(LETTER[:-1] + ", signature: A Guest}", profile=TWO)
    assert "<img" not in page
    assert "coordinator" not in page.replace("Peru coordination", "")
    assert "A Guest" in text


def test_a_portrait_that_is_not_there_is_told_where_it_is_named(house: House) -> None:
    """In newsletter.yaml, at its line; the name stands without it."""
    rendered, problems = house.render(LETTER, profile=TWO.replace("wide.png", "gone.png"))
    assert [one.place.file for one in problems] == ["issues/newsletter.yaml"]
    assert problems[0].place.line > 1
    assert "Ines Hartley" in house.filled(rendered.html)


@pytest.mark.parametrize(("language", "edge"), [("en", "left"), ("ar", "right")])
def test_the_name_stands_on_the_axis_with_its_portrait_or_without(
    house: House, browser: Any, language: str, edge: str
) -> None:
    """No gap is left where the picture does not come: name and text begin on the same edge."""
    page = browser.new_page(viewport={"width": 640, "height": 800})
    page.set_content(house.letter(LETTER, language, profile=TWO)[0])
    names = "[...document.querySelectorAll('strong')].find(one => one.textContent.includes('Ines'))"
    edges = f"[document.querySelector('p'), {names}, document.querySelector('img')].map(one => one.getBoundingClientRect().{edge})"
    text, name, picture = page.evaluate(edges)
    page.close()
    assert text == name == picture
