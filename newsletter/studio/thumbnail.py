"""A picture of ``issues/images/`` -> how large it is, and a small one of it for a form."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from newsletter.workspace import Workspace, stamp

WIDE, HIGH = 456, 288  # three times as large as it is shown
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
KILO = 1000


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture's width and height in pixels, and its file's size."""

    width: int
    height: int
    kilobytes: int


def measured(workspace: Workspace, name: str) -> Measured | None:
    """How large a picture is; None where there is none of that name."""
    path = workspace.picture(name) if name else None
    return _measured(path, stamp(path)) if path else None


@lru_cache(maxsize=256)
def _measured(path: Path, _: Hashable) -> Measured | None:
    try:
        with Image.open(path, formats=FORMATS) as picture:
            return Measured(*picture.size, max(path.stat().st_size // KILO, 1))
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def thumbnail(workspace: Workspace, name: str) -> bytes | None:
    """A small PNG of a picture; None where there is none of that name, or it cannot be opened."""
    path = workspace.picture(name)
    return _thumbnail(path, stamp(path)) if path else None


@lru_cache(maxsize=64)
def _thumbnail(path: Path, _: Hashable) -> bytes | None:
    out = BytesIO()
    try:
        with Image.open(path, formats=FORMATS) as picture:
            picture.draft("RGB", (WIDE, HIGH))
            small = ImageOps.exif_transpose(picture.convert("RGBA"))
            small.thumbnail((WIDE, HIGH))
            small.save(out, "PNG")
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    return out.getvalue()
