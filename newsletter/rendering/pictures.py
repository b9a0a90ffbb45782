"""A picture as a coordinator has it -> PictureFile: opened safely, cleaned, scaled for sharp screens, cached."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import unicodedata
import warnings
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL import __version__ as pillow_version

from newsletter.errors import ToMend
from newsletter.nouns.letter import PictureFile
from newsletter.workspace import stamp

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
SHARPNESS = 2
"""Picture points to a CSS pixel: what screens of phones need."""

WIDEST = 1200
"""Points across, at most: the letter's 600 CSS pixels, sharp."""

LARGEST = 50_000_000
"""Points that we unpack, at most; a hundred kilobytes can hold a picture that fills all memory."""

QUALITY = 82
_RECIPE = f"1-{pillow_version}"


class UnreadablePicture(ToMend):
    """A file is no picture that we can show."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        super().__init__(f"The picture {name} cannot be used: {reason}.", hint)


def ready(path: Path, width: int, cache: Path | None, *, height: int = 0, square: bool = False) -> PictureFile:
    """The picture at most ``width`` CSS pixels wide (and ``height`` high, where given); ``square`` cuts its middle out.

    Same file, same bytes. ``cache`` is a folder for scaled pictures; it may be missing or read-only.
    Raises UnreadablePicture.
    """
    return _ready(path, stamp(path), width, height, cache, square=square)


def shape(path: Path) -> float:
    """How many times as wide as high the picture is. Raises UnreadablePicture."""
    return _shape(path, stamp(path))


# What was made of a file is kept as long as the file stays as it was: a preview renders at each change of the text.


@lru_cache(maxsize=64)
def _ready(path: Path, _: Hashable, width: int, height: int, cache: Path | None, *, square: bool) -> PictureFile:
    source = _read(path)
    key = hashlib.sha256(source + f"|{_RECIPE}|{width}|{height}|{square}".encode()).hexdigest()
    kept = _from_cache(cache, key)
    if kept is None:
        kept = _scaled(source, path.name, width, height, square=square)
        _into_cache(cache, key, kept)
    ending, wide, high, data = kept
    name = f"{_stem(path)}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    return PictureFile(name, "image/png" if ending == "png" else "image/jpeg", data, wide, high)


@lru_cache(maxsize=256)
def _shape(path: Path, _: Hashable) -> float:
    with _opened(_read(path), path.name) as image:
        wide, high = image.size
        turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        return high / wide if turned else wide / high


_Kept = tuple[str, int, int, bytes]  # ending, width and height in CSS pixels, bytes


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadablePicture(path.name, error.strerror or "it cannot be read", "Put the file there again.") from None


@contextmanager
def _opened(source: bytes, name: str) -> Iterator[Image.Image]:
    """The picture, its size known but not unpacked yet; whatever goes wrong inside is said in plain words."""
    if b"<svg" in source[:1000].lower():
        raise UnreadablePicture(name, "mail programs do not show SVG drawings", "Save it as PNG.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # LARGEST is stricter
            image = Image.open(io.BytesIO(source), formats=FORMATS)
        with image:
            if image.width * image.height > LARGEST:
                raise Image.DecompressionBombError  # noqa: TRY301 - said below, like Pillow's own
            yield image
    except Image.DecompressionBombError:
        raise UnreadablePicture(name, "it has too many points", f"Make it about {WIDEST} points wide.") from None
    except UnidentifiedImageError:
        raise UnreadablePicture(name, "it is no picture that we know", "Save it as JPEG or PNG.") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise UnreadablePicture(name, "the file is damaged", "Save it again as JPEG or PNG.") from None


def _scaled(source: bytes, name: str, width: int, height: int, *, square: bool) -> _Kept:
    with _opened(source, name) as image:
        image.load()
        upright = ImageOps.exif_transpose(image)
        plain = _in_plain_colours(upright)
        if square:
            side = min(plain.size)
            plain = ImageOps.fit(plain, (side, side))
        wide, high = _fitting(plain.size, width, height)
        points = (min(wide * SHARPNESS, WIDEST, plain.width), 0)
        if points[0] < plain.width:
            across = points[0]
            plain = plain.resize((across, max(1, round(plain.height * across / plain.width))), Image.Resampling.LANCZOS)
        ending, data = _lighter(plain)
        return ending, wide, high, data


def _fitting(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """Width and height in CSS pixels: never larger than the picture itself, nor than asked for."""
    scale = min(1.0, width / size[0], *((height / size[1],) if height else ()))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, with nothing of what a camera writes beside the picture: place, time, device."""
    profile = image.info.get("icc_profile")
    see_through = image.has_transparency_data
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            converted = None
        image = converted or image
    plain = image.convert("RGBA" if see_through else "RGB")
    plain.info.clear()
    return plain


def _lighter(image: Image.Image) -> tuple[str, bytes]:
    """The picture as PNG or as JPEG, whichever weighs less; see-through ones as PNG."""
    png = _encoded(image, "PNG", optimize=True)
    if image.mode == "RGBA":
        return "png", png
    few = image.getcolors(256)
    if few is not None:
        png = min(png, _encoded(image.quantize(len(few), dither=Image.Dither.NONE), "PNG", optimize=True), key=len)
    jpeg = _encoded(image, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return ("png", png) if len(png) <= len(jpeg) else ("jpg", jpeg)


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _stem(path: Path) -> str:
    plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "picture"


_NAMED = re.compile(r"(\d+)x(\d+)\.(png|jpg)")


def _from_cache(cache: Path | None, key: str) -> _Kept | None:
    if cache is None:
        return None
    try:
        for path in (cache / key).iterdir():
            if named := _NAMED.fullmatch(path.name):
                return named[3], int(named[1]), int(named[2]), path.read_bytes()
    except OSError:
        return None
    return None


def _into_cache(cache: Path | None, key: str, kept: _Kept) -> None:
    """Keep it for next time; where nothing can be written, next time costs the same as this one."""
    if cache is None:
        return
    ending, wide, high, data = kept
    try:
        folder = cache / key
        folder.mkdir(parents=True, exist_ok=True)
        handle, waiting = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(waiting).replace(folder / f"{wide}x{high}.{ending}")
    except OSError:
        return
