"""A recording's picture says that there is something to watch: a mark at the corner where one begins to read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from newsletter.drafting.look import contrast
from newsletter.nouns.draft import Look
from newsletter.rendering.palette import palette
from newsletter.rendering.pictures.play_mark import PlayMark, play_mark
from newsletter.rendering.pictures.ready import ready
from tests.rendering.conftest import PROFILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rendering.conftest import House

RECORDING = (
    '- {type: recording, title: Voices, url: "https://example.org/r", image: {file: wide.png, alt: Microphones}}'
)
PICTURE = "- {type: picture, image: {file: wide.png, alt: Microphones}}"
SEEN = 3
DISC, MIDDLE = 24, 48
"""In CSS pixels from the corner: a point of the disc beside the triangle, and its middle."""


def shown(house: House, sections: str, language: str = "en", look: str = "") -> Image.Image:
    """The only picture of a letter, as it travels."""
    rendered, problems = house.render(sections, language, profile=PROFILE + look)
    assert not [one for one in problems if one.severity == "error"]
    (picture,) = rendered.pictures
    return Image.open(io.BytesIO(picture.data)).convert("RGB")


def at(image: Image.Image, x: int, y: int) -> str:
    """The colour at this many CSS pixels from the upper left corner; from the right where x is below 0."""
    points = image.width / 488
    across = round(x * points) if x >= 0 else image.width + round(x * points)
    point = image.getpixel((across, round(y * points)))
    assert isinstance(point, tuple)
    red, green, blue = map(int, point)
    return f"#{red:02x}{green:02x}{blue:02x}"


@pytest.mark.parametrize(("language", "side"), [("en", 1), ("ar", -1)])
def test_the_mark_stands_at_the_upper_start_corner(house: House, language: str, side: int) -> None:
    """In the accent's colour with a triangle; in a script from right to left at the right."""
    marked, plain = shown(house, RECORDING, language), shown(house, PICTURE, language)
    assert marked.size == plain.size
    assert near(at(marked, side * DISC, MIDDLE), "#ffe600")
    assert near(at(marked, side * MIDDLE, MIDDLE), "#141414")
    across = ImageChops.difference(marked, plain).point(lambda value: 255 if value > 40 else 0).getbbox()
    assert across
    left, top, right, bottom = (edge * 488 / marked.width for edge in across)
    start = left if side > 0 else 488 - right
    assert (round(start), round(top)) == (20, 20)
    assert (round(right - left), round(bottom - top)) == (56, 56)


@pytest.mark.parametrize("accent", ["#ffe600", "#1a3d8f", "#767676", "#000000", "#ffffff"])
def test_the_triangle_can_be_seen_on_every_accent(house: House, accent: str) -> None:
    """WCAG 2.2, 1.4.11 asks for 3 to 1; black or white gives more on whatever is chosen."""
    mark = play_mark(palette(Look(accent=accent)), "ltr")
    assert contrast(mark.disc, mark.triangle) >= SEEN
    marked = shown(house, RECORDING, look=f'look: {{accent: "{accent}"}}\n')
    assert near(at(marked, DISC, MIDDLE), mark.disc)
    assert near(at(marked, MIDDLE, MIDDLE), mark.triangle)


def test_what_is_kept_for_next_time_knows_of_the_mark(house: House, tmp_path: Path) -> None:
    """The same file with a mark, with another, and without one are three pictures."""
    path = house.workspace.images / "wide.png"
    marks = [None, PlayMark("#ffe600", "#141414"), PlayMark("#ffe600", "#141414", at_right=True)]
    for _ in range(2):
        assert len({ready(path, 488, tmp_path / "kept", mark=mark).name for mark in marks}) == len(marks)
    assert len(list((tmp_path / "kept").iterdir())) == len(marks)


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (200, 3), (5000, 40)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P"])
def test_no_picture_is_too_small_for_it(house: House, mode: str, size: tuple[int, int]) -> None:
    """Of whatever shape and kind: a mark that does not fit is drawn smaller."""
    Image.new(mode, size).save(house.workspace.images / "wide.png")
    shown(house, RECORDING)


def test_under_a_mark_nothing_moves(house: House) -> None:
    """The still of an animation bears it: what plays is what the link leads to, and that is said of no picture twice."""
    frames = [Image.new("RGB", (600, 300), colour) for colour in ("#335577", "#775533", "#337755")]
    path = house.workspace.images / "moving.gif"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=400)
    marked = ready(path, 488, None, mark=PlayMark("#ffe600", "#141414"))
    assert ready(path, 488, None).media_type == "image/gif"
    assert marked.media_type != "image/gif"
    assert near(at(Image.open(io.BytesIO(marked.data)).convert("RGB"), DISC, MIDDLE), "#ffe600")


def near(one: str, other: str) -> bool:
    """Whether two colours look the same: a JPEG is never exact."""
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) < 12 for at in (1, 3, 5))
