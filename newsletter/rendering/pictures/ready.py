"""A picture as a coordinator has it -> PictureFile: opened safely, cleaned, scaled for sharp screens, cached."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageOps
from PIL import __version__ as pillow_version

from newsletter.nouns.letter import PictureFile
from newsletter.nouns.problem import Severity
from newsletter.rendering.pictures.lightest import lightest, scaled
from newsletter.rendering.pictures.moving import Verdict, film, is_moving, judge
from newsletter.rendering.pictures.open import Remark, UnreadablePicture, called_wrong, digest, kind, opened
from newsletter.rendering.pictures.plain import plain, upright_size
from newsletter.rendering.pictures.plain_stem import plain_stem
from newsletter.rendering.pictures.play_mark import PlayMark
from newsletter.workspace import stamp

__all__ = ["Remark", "UnreadablePicture", "may_move", "ready", "remarks", "shape"]

SHARPNESS = 2
"""Picture points to a CSS pixel: what screens of phones need."""

WIDEST = 1200
"""Points across, at most: the letter's 600 CSS pixels, sharp."""

SMALLEST = 8
"""Points across or down below which there is nothing to see."""

_RECIPE = f"2-{pillow_version}"
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}


def ready(
    path: Path, width: int, cache: Path | None, *, height: int = 0, square: bool = False, mark: PlayMark | None = None
) -> PictureFile:
    """The picture at most ``width`` CSS pixels wide (and ``height`` high, where given); ``square`` cuts its middle out.

    With a ``mark`` it says that it leads to a recording, and stands still. Same file, same bytes. ``cache`` is a folder for scaled pictures; it may be missing or read-only.
    Raises UnreadablePicture.
    """
    return _ready(path, stamp(path), width, height, cache, square=square, mark=mark)


def shape(path: Path) -> float:
    """How many times as wide as high the picture is. Raises UnreadablePicture."""
    return _shape(path, stamp(path))


def remarks(path: Path) -> tuple[Remark, ...]:
    """What its author should know of a picture that is shown all the same. Raises UnreadablePicture."""
    return _remarks(path, stamp(path))


def may_move(path: Path) -> bool:
    """Whether it is an animation that readers may see move. Raises UnreadablePicture."""
    verdict = _verdict(path, stamp(path))
    return bool(verdict and verdict.moves)


# What was made of a file is kept as long as the file stays as it was: a preview renders at each change of the text.


@lru_cache(maxsize=64)
def _ready(
    path: Path, _: Hashable, width: int, height: int, cache: Path | None, *, square: bool, mark: PlayMark | None
) -> PictureFile:
    key = hashlib.sha256(f"{digest(path)}|{_RECIPE}|{width}|{height}|{square}|{mark or ''}".encode()).hexdigest()
    kept = _from_cache(cache, key)
    if kept is None:
        kept = _made(path, width, height, square=square, mark=mark)
        _into_cache(cache, key, kept)
    ending, wide, high, data = kept
    name = f"{stem(path)}-{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
    return PictureFile(name, _TYPES[ending], data, wide, high)


@lru_cache(maxsize=256)
def _shape(path: Path, _: Hashable) -> float:
    with opened(path) as image:
        wide, high = upright_size(image)
        return wide / high


@lru_cache(maxsize=256)
def _remarks(path: Path, stamped: Hashable) -> tuple[Remark, ...]:
    verdict = _verdict(path, stamped)
    with opened(path) as image:
        found = (called_wrong(path, image), _of_its_pages(path.name, image), _of_its_size(path.name, image))
    return tuple(remark for remark in (*found, verdict.remark if verdict else None) if remark)


@lru_cache(maxsize=256)
def _verdict(path: Path, _: Hashable) -> Verdict | None:
    with opened(path) as image:
        return judge(image, path.name) if is_moving(image) else None


def _of_its_pages(name: str, image: Image.Image) -> Remark | None:
    pages = getattr(image, "n_frames", 1) if kind(image) == "TIFF" else 1
    if pages == 1:
        return None
    message = f"{name} has {pages} pages, and readers see the first."
    return Remark(Severity.NOTE, message, "If another is meant, save that page alone.")


def _of_its_size(name: str, image: Image.Image) -> Remark | None:
    if min(image.size) >= SMALLEST:
        return None
    wide, high = upright_size(image)
    message = f"{name} measures {wide} by {high} points: readers will hardly see it."
    return Remark(Severity.WARNING, message, "Put the picture itself there, or leave it out.")


_Kept = tuple[str, int, int, bytes]  # ending, width and height in CSS pixels, bytes


def _made(path: Path, width: int, height: int, *, square: bool, mark: PlayMark | None) -> _Kept:
    verdict = _verdict(path, stamp(path))
    with opened(path) as image:
        size = upright_size(image)
        if square:
            size = min(size), min(size)
        wide, high = _fitting(size, width, height)
        points = min(wide * SHARPNESS, WIDEST, size[0])
        if verdict and verdict.moves and not square and not mark and (moving := film(image, wide, points)):
            return "gif", wide, high, moving
        if verdict:
            image.seek(verdict.still)
        least = (points, points) if square else (points, max(1, round(points * size[1] / size[0])))
        upright = plain(image, least)
        if square:
            upright = ImageOps.fit(upright, least, Image.Resampling.LANCZOS)
        small = scaled(upright, points)
        ending, data = lightest(mark.on(small, wide) if mark else small, wide)
        return ending, wide, high, data


def _fitting(size: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    """Width and height in CSS pixels: never larger than the picture itself, nor than asked for."""
    scale = min(1.0, width / size[0], *((height / size[1],) if height else ()))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def stem(path: Path) -> str:
    """What a picture is called in a letter, before its digest: plain small letters of its own name."""
    return plain_stem(path.stem, 40)


_NAMED = re.compile(r"(\d+)x(\d+)\.(png|jpg|gif)")


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
