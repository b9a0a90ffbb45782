"""Animations: what may move in a letter, what stands still, and what is said of it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from newsletter.letters.encode import encode
from newsletter.nouns.problem import Severity
from newsletter.rendering.pictures import moving
from newsletter.rendering.pictures.flashes import CELL, flash
from newsletter.rendering.pictures.ready import may_move, ready, remarks
from tests.rendering.pictures.battery import BLACK, RED, WHITE, Colour, quarters

if TYPE_CHECKING:
    from tests.rendering.conftest import House

SHEET = (150, 112)  # cells: a picture 600 by 448 CSS pixels large
GREY = (127, 127, 127)  # as light as saturated red, 0.2126


def animation(path: Path, frames: Sequence[Image.Image], lasts: int | list[int], **how: object) -> Path:
    """A GIF of these frames, each so many milliseconds; it plays once, if nothing else is said."""
    frames[0].save(path, "GIF", save_all=True, append_images=frames[1:], duration=lasts, **how)
    return path


def walk(steps: int, size: tuple[int, int] = (400, 240)) -> list[Image.Image]:
    """A dot that walks over a calm picture."""
    frames = []
    for step in range(steps):
        image = quarters(size=size)
        left = 10 + (size[0] - 40) * step // steps
        image.paste((10, 10, 10), (left, 60, left + 20, 80))
        frames.append(image)
    return frames


def at(image: Image.Image, across: int, down: int) -> tuple[int, ...]:
    """The colour of a point."""
    found = image.getpixel((across, down))
    assert isinstance(found, tuple)
    return found


def played(data: bytes) -> tuple[list[Image.Image], list[int], object]:
    """The frames of a GIF, how long each stands, and what it says of playing it again."""
    image = Image.open(io.BytesIO(data))
    frames, lasts = [], []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        frames.append(image.convert("RGBA"))
        lasts.append(int(image.info["duration"]))
    return frames, lasts, image.info.get("loop")


def test_a_calm_one_that_stops_moves_in_the_letter(tmp_path: Path) -> None:
    """X11: every picture is there, each as long as before, and it is played as often as before."""
    path = animation(tmp_path / "walk.gif", walk(8, (1600, 960)), 300, comment=b"a private remark")
    file = ready(path, 488, None)
    assert (file.media_type, file.width, file.height) == ("image/gif", 488, 293)
    assert b"a private remark" not in file.data
    frames, lasts, again = played(file.data)
    assert (len(frames), lasts, again) == (8, [300] * 8, None)
    assert frames[0].size == (976, 586)
    for number, frame in enumerate(frames):
        left = (10 + 1560 * number // 8 + 10) * 976 // 1600
        assert max(at(frame, left, 42)[:3]) < 60
    assert remarks(path) == ()


@pytest.mark.parametrize(
    ("lasts", "loop", "moves"), [(500, None, True), (510, None, False), (250, 1, True), (250, 2, False), (10, 0, False)]
)
def test_five_seconds_are_the_most(tmp_path: Path, lasts: int, loop: int | None, *, moves: bool) -> None:
    """X11, WCAG 2.2.2: ten pictures of half a second; played again as often as the file says."""
    path = animation(tmp_path / "walk.gif", walk(10), lasts, **({} if loop is None else {"loop": loop}))
    assert may_move(path) is moves
    assert (ready(path, 488, None).media_type == "image/gif") is moves
    assert bool(remarks(path)) is not moves


def test_pictures_too_swift_to_be_shown_count_as_browsers_show_them(tmp_path: Path) -> None:
    """Sixty pictures of no time at all last six seconds: browsers show each for a tenth of a second."""
    assert not may_move(animation(tmp_path / "swift.gif", walk(60), 0))


def test_a_play_again_is_kept(tmp_path: Path) -> None:
    """What plays twice plays twice in the letter."""
    path = animation(tmp_path / "walk.gif", walk(5), 300, loop=1)
    assert played(ready(path, 488, None).data)[2] == 1


def test_what_one_sees_through_stays_so(tmp_path: Path) -> None:
    """And what was drawn in one picture is gone in the next."""
    frames = []
    for step in range(4):
        image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
        image.paste((200, 30, 30, 255), (50 * step, 0, 50 * step + 50, 100))
        frames.append(image)
    path = animation(tmp_path / "clear.gif", frames, 400, disposal=2)
    shown, _, _ = played(ready(path, 488, None).data)
    seen = [[at(frame, 50 * place + 25, 50)[3] for place in range(4)] for frame in shown]
    assert seen == [[255 if place == step else 0 for place in range(4)] for step in range(4)]


def test_a_still_is_one_that_shows_something(tmp_path: Path) -> None:
    """Many begin with an empty sheet."""
    frames = [Image.new("RGB", (400, 240), WHITE), *walk(3)]
    file = ready(animation(tmp_path / "walk.gif", frames, 500, loop=0), 400, None)
    image = Image.open(io.BytesIO(file.data)).convert("RGB")
    assert image.getpixel((300, 200)) == (240, 220, 120)


def test_what_outlook_shows_is_told(tmp_path: Path) -> None:
    """A first picture that is blank, or unlike all that follows, is all that some readers see."""
    blank = animation(tmp_path / "blank.gif", [Image.new("RGB", (400, 240), WHITE), *walk(3)], 500)
    unlike = animation(tmp_path / "unlike.gif", [quarters(), quarters(((30, 30, 30),) * 3 + ((250, 250, 250),))], 500)
    assert [(one.severity, "blank" in one.message) for one in remarks(blank)] == [(Severity.WARNING, True)]
    assert [(one.severity, "unlike" in one.message) for one in remarks(unlike)] == [(Severity.NOTE, True)]
    assert may_move(blank)
    assert may_move(unlike)


def test_one_too_large_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture unpacked costs time and memory: of a large one none is, of a long one those of five seconds."""
    looked: list[Image.Image] = []
    cells = moving._in_cells

    def look(image: Image.Image) -> Image.Image:
        looked.append(image)
        return cells(image)

    monkeypatch.setattr(moving, "_in_cells", look)
    large = animation(tmp_path / "large.gif", [Image.new("P", (3000, 2000), shade) for shade in (1, 2)], 500)
    assert "too large to move" in remarks(large)[0].message
    assert not looked
    assert "more than 5 seconds" in remarks(animation(tmp_path / "long.gif", walk(400, (900, 240)), 20))[0].message
    assert len(looked) == 251


def test_one_too_heavy_stands_still_and_is_told(house: House) -> None:
    """L9: two hundred pictures of noise would weigh megabytes; the letter has one of them, and says why."""
    noise = [Image.effect_noise((700, 500), 90).convert("P") for _ in range(12)]
    animation(house.workspace.images / "noise.gif", noise, 400)
    rendered, problems = house.render('- {type: picture, image: {file: noise.gif, alt: "Noise"}}')
    assert [one.media_type for one in rendered.pictures] == ["image/jpeg"]
    assert ["would weigh more than 400 kB" in one.message for one in problems] == [True]
    assert str(problems[0].place) == "issues/2025-07.yaml:6:33"


def test_a_moving_picture_travels_as_one(house: House) -> None:
    """F13: embedded with its own media type, or named in its address."""
    animation(house.workspace.images / "walk.gif", walk(4), 300)
    rendered, problems = house.render('- {type: picture, image: {file: walk.gif, alt: "A dot walks by"}}')
    assert not problems
    body = b"".join(part for part in encode(rendered, house.profile()).body if isinstance(part, bytes))
    assert b"Content-Type: image/gif\r\n" in body


def sheets(colours: Iterable[Colour], lasts: float) -> list[tuple[Image.Image, float]]:
    """Pictures of one colour each."""
    return [(Image.new("RGB", SHEET, colour), lasts) for colour in colours]


@pytest.mark.parametrize(
    ("colours", "lasts", "much"),
    [
        ((BLACK, WHITE) * 4, 100, True),  # seven turns in 0.8 seconds: the fourth flash has begun
        ((BLACK, WHITE) * 3 + (BLACK,), 100, False),  # three flashes
        ((BLACK, WHITE) * 8, 170, False),  # never more than six turns in a second
        ((BLACK, (88, 88, 88)) * 8, 50, False),  # 0.097 of luminance
        ((BLACK, (92, 92, 92)) * 8, 50, True),  # 0.107 of it
        (((232, 232, 232), WHITE) * 8, 50, False),  # the darker at 0.81
        (((226, 226, 226), WHITE) * 8, 50, True),  # the darker at 0.76
        ((RED, GREY) * 8, 50, True),  # no lighter, no darker: a saturated red
        (((0, 180, 0), GREY) * 8, 50, True),
        (((180, 127, 60), (127, 140, 127)) * 8, 50, False),  # another colour as light, and no red
        (tuple((level, level, level) for level in range(0, 256, 5)), 20, False),  # it grows light once
    ],
)
def test_flashes(colours: tuple[Colour, ...], lasts: float, *, much: bool) -> None:
    """X11, WCAG 2.3.1: more than three times in a second, by the definition's thresholds."""
    assert flash(sheets(colours, lasts)) is much


def test_a_small_flash_is_let_pass() -> None:
    """A quarter of ten degrees of sight is 21,824 CSS pixels."""
    for side, much in ((144, False), (152, True)):
        light = Image.new("RGB", SHEET)
        light.paste(WHITE, (0, 0, side // CELL, side // CELL))
        assert flash([(Image.new("RGB", SHEET), 50), (light, 50)] * 8) is much


def test_flashes_go_on_when_it_is_played_again() -> None:
    """Two flashes each time it is played, and it is played three times in a second."""
    once = sheets((BLACK, WHITE, BLACK, WHITE), 60)
    assert not flash(once)
    assert flash(once, 3)


def test_one_that_flashes_stands_still_in_a_letter_and_its_author_is_told(house: House) -> None:
    """X11: ten times a second, black and white, for ever: readers see its first picture, at its line she reads why."""
    frames = [Image.new("RGB", (600, 400), colour) for colour in ("#000000", "#ffffff") * 5]
    animation(house.workspace.images / "flash.gif", frames, 50, loop=0)
    rendered, problems = house.render('- {type: picture, image: {file: flash.gif, alt: "A signal"}}')
    assert [one.media_type for one in rendered.pictures] != ["image/gif"]
    assert len(rendered.pictures) == 1
    assert [str(one.place) for one in problems if one.severity is Severity.WARNING] == ["issues/2025-07.yaml:6:33"]
