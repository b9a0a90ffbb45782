"""Pictures as coordinators have them, ready for readers."""

from __future__ import annotations

import io
import stat
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from newsletter.rendering.pictures import UnreadablePicture, ready, shape


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
