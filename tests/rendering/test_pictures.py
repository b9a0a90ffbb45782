"""Pictures as coordinators have them, ready for readers."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from newsletter.nouns.problem import Severity
from newsletter.rendering import pictures
from newsletter.rendering.light_picture import HEAVY
from newsletter.rendering.pictures import UnreadablePicture, ready, shape

if TYPE_CHECKING:
    from tests.rendering.conftest import House


def photo(path: Path, size: tuple[int, int] = (3000, 2000), **options: Any) -> Path:
    """A picture with as many colours as a photograph."""
    wide, high = size
    image = Image.merge("RGB", [Image.effect_noise(size, 60), *(Image.linear_gradient("L").resize((wide, high)),) * 2])
    image.save(path, **options)
    return path


def test_a_photo_is_scaled_for_sharp_screens(tmp_path: Path) -> None:
    """F13, L9: twice the width it is shown at, as JPEG; its size is said in CSS pixels."""
    file = ready(photo(tmp_path / "A Foto ñ.JPG", format="JPEG"), 488, None)
    assert (file.width, file.height, file.media_type) == (488, 325, "image/jpeg")
    assert Image.open(io.BytesIO(file.data)).size == (976, 651)
    assert file.name.startswith("a-foto-n-")
    assert file.name.endswith(".jpg")


def test_a_drawing_stays_sharp(tmp_path: Path) -> None:
    """PNG where it weighs less; see-through stays see-through; nothing is made larger than it is."""
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(tmp_path / "logo.png")
    file = ready(tmp_path / "logo.png", 600, None)
    assert (file.width, file.height, file.media_type) == (300, 100, "image/png")
    assert ready(tmp_path / "logo.png", 200, None, height=32).height == 32
    assert ready(tmp_path / "logo.png", 64, None, square=True).width == 64


def test_what_a_camera_tells_is_taken_out(tmp_path: Path) -> None:
    """P7: no place, no time, no device; the picture is turned as it was held."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CAMERA-MAKER"
    exif.get_ifd(0x8825)[2] = (12.0, 2.0, 36.0)
    path = photo(tmp_path / "held.jpg", (400, 200), exif=exif)
    assert shape(path) == 0.5
    file = ready(path, 600, None)
    assert (file.width, file.height) == (200, 400)
    assert b"CAMERA-MAKER" in path.read_bytes()
    assert b"CAMERA-MAKER" not in file.data
    assert not Image.open(io.BytesIO(file.data)).getexif()


def test_the_same_picture_gives_the_same_bytes_and_name(tmp_path: Path) -> None:
    """With a cache, without one, and again."""
    path = photo(tmp_path / "p.jpg", (800, 600))
    cache = tmp_path / "cache"
    first = ready(path, 300, cache)
    assert list(cache.rglob("300x225.*"))
    assert ready(path, 300, cache) == first == ready(path, 300, None)
    assert ready(path, 200, cache).name != first.name


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    """The picture comes all the same."""
    path = photo(tmp_path / "p.jpg", (80, 60))
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    blocked.chmod(stat.S_IRUSR)
    assert ready(path, 300, blocked).width == 80


def test_a_picture_that_would_fill_all_memory_is_not_unpacked(tmp_path: Path) -> None:
    """A file of some kilobytes that holds more points than Pillow unpacks, or in colours that fill more than we give."""
    Image.new("1", (14_000, 14_000)).save(tmp_path / "bomb.png")
    assert (tmp_path / "bomb.png").stat().st_size < 100_000
    with pytest.raises(UnreadablePicture, match="too many points"):
        ready(tmp_path / "bomb.png", 600, None)


def test_a_large_scan_in_black_and_white_is_none(tmp_path: Path) -> None:
    """64 million points, each of which takes a byte: unpacked, and shown."""
    Image.new("1", (8000, 8000), 1).save(tmp_path / "scan.png")
    assert ready(tmp_path / "scan.png", 600, None).width == 600


def test_a_picture_cut_short_is_said_so(tmp_path: Path) -> None:
    """A copy that stopped half-way."""
    path = photo(tmp_path / "p.jpg", (400, 300))
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadablePicture, match="damaged"):
        ready(path, 600, None)


def landscape(size: tuple[int, int], grain: int = 12) -> Image.Image:
    """A picture as rich as a photograph: light and shade large and small, and the grain of a sensor."""
    colours = []
    for _ in range(3):
        image = Image.new("L", size, 128)
        for coarse in (4, 16, 64, 256):
            noise = Image.effect_noise((max(2, size[0] // coarse), max(2, size[1] // coarse)), 50)
            image = ImageChops.add(image, noise.resize(size, Image.Resampling.BICUBIC), offset=-128)
        colours.append(ImageChops.add(image, Image.effect_noise(size, grain), offset=-128))
    return Image.merge("RGB", colours)


def test_a_photograph_saved_as_png_becomes_a_jpeg(tmp_path: Path) -> None:
    """L9: chosen by weight; also where a program wrote a transparency that nothing of it uses."""
    landscape((800, 500)).convert("RGBA").save(tmp_path / "photo.png")
    file = ready(tmp_path / "photo.png", 400, None)
    assert file.media_type == "image/jpeg"
    assert len(file.data) < (tmp_path / "photo.png").stat().st_size / 4


def test_a_drawing_stays_a_png_in_a_palette(tmp_path: Path) -> None:
    """L9: lines scaled down have hundreds of colours, of which nobody sees more than some."""
    drawing = Image.new("RGB", (2400, 1200), "#f4f1ea")
    for step in range(40):
        ImageDraw.Draw(drawing).ellipse(
            (60 * step, 20 * step, 60 * step + 300, 20 * step + 300), outline="#b03020", width=9
        )
    drawing.save(tmp_path / "drawing.png")
    file = ready(tmp_path / "drawing.png", 488, None)
    image = Image.open(io.BytesIO(file.data))
    assert (file.media_type, image.mode, image.size) == ("image/png", "P", (976, 488))
    meant = drawing.resize((976, 488), Image.Resampling.LANCZOS)
    assert max(ImageStat.Stat(ImageChops.difference(meant, image.convert("RGB"))).rms) < 2.5


@pytest.mark.parametrize("grain", [30, 90])
def test_a_heavy_photograph_is_made_lighter_step_by_step(tmp_path: Path, grain: int) -> None:
    """L9: less quality first, then fewer points, never fewer than it is shown at."""
    landscape((1400, 1000), grain).save(tmp_path / "photo.jpg", quality=97)
    file = ready(tmp_path / "photo.jpg", 488, None)
    assert len(file.data) <= HEAVY
    assert 488 <= Image.open(io.BytesIO(file.data)).width <= 976
    assert (file.width, file.height) == (488, 349)


def test_what_stays_heavy_is_told(house: House) -> None:
    """L9: a photograph that one sees through can be no JPEG; the author learns its weight, at its place."""
    photo = landscape((1200, 900), 60).convert("RGBA")
    photo.paste((0, 0, 0, 0), (0, 0, 600, 90))
    photo.save(house.workspace.images / "clear.png")
    rendered, problems = house.render('- {type: picture, image: {file: clear.png, alt: "A hill"}}')
    assert len(rendered.pictures) == 1
    assert [(one.severity, str(one.place)) for one in problems] == [(Severity.NOTE, "issues/2025-07.yaml:6:33")]
    assert "kB even when scaled down" in problems[0].message


def test_a_new_recipe_does_not_take_up_what_an_old_one_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache answers for this version's pictures alone."""
    path, cache = photo(tmp_path / "p.jpg", (80, 60)), tmp_path / "cache"
    ready(path, 40, cache)
    (kept,) = cache.iterdir()
    monkeypatch.setattr(pictures, "_RECIPE", "another")
    pictures._ready.cache_clear()
    ready(path, 40, cache)
    assert {kept} < set(cache.iterdir())
