"""A picture's file -> whether it says where the picture was taken (EXIF's GPS, or the same in XMP)."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

from PIL import Image

from newsletter.rendering.pictures.open import UnreadablePicture, opened
from newsletter.workspace import stamp

_GPS = 0x8825
"""EXIF's pointer to what a camera knows of its place (CIPA DC-008)."""
_LATITUDE, _LONGITUDE = 2, 4


def located(path: Path) -> bool:
    """Whether it does; a file that is no picture says nothing."""
    return _located(path, stamp(path))


@lru_cache(maxsize=256)
def _located(path: Path, _: Hashable) -> bool:
    try:
        with opened(path) as image:
            return says_where(image)
    except UnreadablePicture:
        return False


def says_where(image: Image.Image) -> bool:
    """Whether an opened picture's file says where it was taken."""
    found = image.getexif().get_ifd(_GPS)
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    told = xmp if isinstance(xmp, bytes) else str(xmp).encode("utf-8", "replace")
    return bool(found.get(_LATITUDE) or found.get(_LONGITUDE)) or b"GPSLatitude" in told
