"""A plain picture -> the bytes of a file: PNG or JPEG, whichever is lighter, and lighter still where it is too heavy."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageStat

HEAVY = 200_000
"""Bytes of one picture above which its quality is lowered, step by step: a whole letter should weigh no more."""

_STEPS = ((1.0, 82), (1.0, 74), (1.0, 66), (0.75, 74), (0.5, 74), (0.5, 60))
"""How wide, as a share of the sharpest, and JPEG's quality."""

_MANY = 1 << 16  # colours: only photographs have more, and for them PNG is never lighter
_PALETTES = (64, 128, 256)  # colours
_SAME = 2.0  # root mean square difference of a colour, of 255, that nobody sees
_SHARP = 1.25  # how much more a drawing may weigh than as JPEG, which leaves dirt along its lines


def lightest(image: Image.Image, width: int) -> tuple[str, bytes]:
    """The ending of the file and its bytes: the first step that is light enough, never less than ``width`` points wide."""
    tried: list[tuple[str, bytes]] = []
    for share, quality in _STEPS:
        across = max(min(width, image.width), round(image.width * share))
        tried.append(_encoded(scaled(image, across), quality))
        if len(tried[-1][1]) <= HEAVY:
            return tried[-1]
    return min(tried, key=lambda one: len(one[1]))


def scaled(image: Image.Image, across: int) -> Image.Image:
    """The picture this many points wide, never larger than it is."""
    if across >= image.width:
        return image
    size = across, max(1, round(image.height * across / image.width))
    return image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, quality: int) -> tuple[str, bytes]:
    if image.mode == "RGBA":  # JPEG knows no transparency, and the letter's paper is dark for some readers
        return "png", min((_png(one) for one in (image, _in_palette(image)) if one), key=len)
    jpeg = _saved(image, "JPEG", quality=quality, optimize=True, progressive=True)
    if image.getcolors(_MANY) is None:
        return "jpg", jpeg
    png = min((_png(one) for one in (image, _in_palette(image)) if one), key=len)
    return ("png", png) if len(png) <= len(jpeg) * _SHARP else ("jpg", jpeg)


def _in_palette(image: Image.Image) -> Image.Image | None:
    """The picture in the smallest palette with which nobody sees a difference; None for a photograph."""
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    for colours in _PALETTES:
        few = image.quantize(colours, method=method, dither=Image.Dither.NONE)
        difference = ImageChops.difference(image, few.convert(image.mode))
        if max(ImageStat.Stat(difference).rms) <= _SAME:
            return few
    return None


def _png(image: Image.Image) -> bytes:
    return _saved(image, "PNG", optimize=True)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
