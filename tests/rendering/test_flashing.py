"""Nothing flashes in a letter."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from tests.rendering.conftest import House


def test_a_picture_that_flashes_without_end_does_not_move_in_a_letter(house: House) -> None:
    """X11: ten times a second, black and white, for ever: it stands still, or it is left out and its author told."""
    frames = [Image.new("RGB", (600, 400), colour) for colour in ("#000000", "#ffffff") * 5]
    frames[0].save(house.workspace.images / "flash.gif", save_all=True, append_images=frames[1:], duration=50, loop=0)
    rendered, problems = house.render("- {type: picture, image: {file: flash.gif, alt: A signal}}")
    for one in rendered.pictures:
        with Image.open(io.BytesIO(one.data)) as shown:
            assert getattr(shown, "n_frames", 1) == 1
    assert rendered.pictures or [one.place.line for one in problems]
