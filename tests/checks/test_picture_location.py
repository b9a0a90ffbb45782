"""Pictures whose file says where they were taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from newsletter.rendering.pictures.located import located
from tests.tour.slips import Slip, made, said_of

XMP = '<x:xmpmeta><rdf:Description exif:GPSLatitude="12,2.5S"/></x:xmpmeta>'


def with_gps(path: Path) -> Path:
    """A photograph with a place in it, as a phone writes it."""
    image = Image.new("RGB", (40, 30), "green")
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (12.0, 2.0, 30.0), 3: "W", 4: (77.0, 1.0, 40.0)}
    image.save(path, exif=exif)
    return path


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_place_in_the_file_is_found(tmp_path: Path, ending: str) -> None:
    """Whatever the kind of file; one without is not blamed."""
    assert located(with_gps(tmp_path / f"a.{ending}"))
    plain = tmp_path / f"b.{ending}"
    Image.new("RGB", (40, 30)).save(plain)
    assert not located(plain)


def test_a_place_in_xmp_is_found_too(tmp_path: Path) -> None:
    """As picture programs write it."""
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP)
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png", pnginfo=info)
    assert located(tmp_path / "a.png")


def test_what_is_no_picture_says_nothing(tmp_path: Path) -> None:
    """It is told of elsewhere."""
    (tmp_path / "a.jpg").write_bytes(b"GPSLatitude")
    assert not located(tmp_path / "a.jpg")
    assert not located(tmp_path / "none.jpg")


def test_a_located_picture_is_noted_at_its_name(tmp_path: Path) -> None:
    """In the whole program: once for each edition that shows it."""
    workspace = made(Slip("none", "none"), tmp_path / "made")
    with_gps(workspace.images / "dam.png")
    told = [one for one in said_of(workspace) if one.check == "picture-location"]
    assert [(one.severity, one.place.line) for one in told] == [("note", 24), ("note", 24)]
