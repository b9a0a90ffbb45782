"""An opened picture -> its points alone: upright, in the colours of the web, no larger than needed, nothing told beside."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

from newsletter.rendering.pictures.open import kind

_BAND = 4_000_000  # points unpacked further at a time
_AIR = 2  # how much larger than asked for a picture stays until its last, best scaling
_TURN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What to do by EXIF's orientation (CIPA DC-008, tag 0x0112)."""
_ORIENTATION = 0x0112
_BROKEN_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Points across and down, once the picture is turned as it was held. Nothing is unpacked."""
    wide, high = image.size
    return (high, wide) if turn(image) in (5, 6, 7, 8) else (wide, high)


def plain(image: Image.Image, least: tuple[int, int]) -> Image.Image:
    """The picture in RGB or RGBA, upright; one that is far larger than ``least`` (upright) comes smaller, but not below."""
    turned = turn(image)
    across, down = reversed(least) if turned in (5, 6, 7, 8) else least
    if kind(image) == "JPEG":
        image.draft(None, (across * _AIR, down * _AIR))
    profile = image.info.get("icc_profile")
    image.load()
    image = in_plain_colours(
        _reduced(image, min(image.width // (across * _AIR), image.height // (down * _AIR))), profile
    )
    return image.transpose(_TURN[turned]) if turned in _TURN else image


def in_plain_colours(image: Image.Image, profile: bytes | None = None) -> Image.Image:
    """RGB, or RGBA where one sees through it, in sRGB, with nothing of what a camera writes beside the points."""
    image = _in_eight_bits(image)
    base = image.convert({"LA": "L", "RGBA": "RGB"}.get(image.mode, image.mode))
    found = (_from_profile(base, profile) if profile else None) or base.convert("RGB")
    if image.mode in ("LA", "RGBA"):
        see_through = image.getchannel("A")
        if see_through.getextrema() != (255, 255):
            found.putalpha(see_through)
    found.info.clear()
    return found


def turn(image: Image.Image) -> int:
    """EXIF's orientation; 1 where there is none, where it is broken, and for TIFF, which Pillow turns by itself."""
    if kind(image) == "TIFF":
        return 1
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a picture is none the worse for broken words beside it
        return 1
    return found if isinstance(found, int) else 1


def _reduced(image: Image.Image, times: int) -> Image.Image:
    """The picture this many times smaller, in eight bits a colour, made band by band so that memory is not needed twice."""
    if times <= 1:
        return image
    limits = _limits(image) if image.mode.startswith(("I", "F")) else None
    rows = times * max(1, _BAND // (image.width * times))
    bands = [
        _in_eight_bits(image.crop((0, top, image.width, min(top + rows, image.height))), limits).reduce(times)
        for top in range(0, image.height, rows)
    ]
    whole = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole


def _in_eight_bits(image: Image.Image, limits: tuple[float, float] | None = None) -> Image.Image:
    """L, LA, RGB, RGBA or CMYK, whatever it was; ``limits`` are the darkest and the brightest point of the whole."""
    if image.mode in ("LA", "RGBA"):
        return image
    if image.mode in ("L", "RGB", "CMYK") and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        return _deep(image, limits or _limits(image))
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _deep(image: Image.Image, limits: tuple[float, float]) -> Image.Image:
    """Greys of 16 or 32 bits: ``convert`` alone would cut them off at 255, and leave a white sheet."""
    low, high = limits
    scale = 255 / ((high - low) or 1)
    real = image if image.mode == "F" else image.convert("I").convert("F")
    return real.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _limits(image: Image.Image) -> tuple[float, float]:
    if image.mode.startswith("I;16"):
        return 0, 0xFFFF
    low, high = image.convert("F").getextrema()
    return float(str(low)), float(str(high))


def _from_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture's colours by its own profile in sRGB; None where the profile is broken or another picture's."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except _BROKEN_PROFILE:
        return None
