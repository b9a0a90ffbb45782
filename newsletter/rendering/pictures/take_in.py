"""The bytes of a picture and the name it had -> a file in ``issues/images/`` that tells nothing but what one sees.

Nothing there is ever written over or deleted: the same picture is found again, another of the same name gets a number.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image

from newsletter.rendering.pictures.located import says_where
from newsletter.rendering.pictures.open import ENDINGS, UnreadablePicture, kind, opened_bytes
from newsletter.rendering.pictures.plain import plain, turn, upright_size
from newsletter.rendering.pictures.plain_stem import plain_stem
from newsletter.rendering.pictures.without_words import BrokenParts, without_words
from newsletter.snapshots import one_at_a_time
from newsletter.workspace import Workspace
from newsletter.write_file import holds, write_file

LARGEST = 40_000_000
"""Bytes of a picture that is taken in: photographs of 108 million points have some thirty."""
LONGEST_NAME = 60
"""Characters of a file's name, with its ending."""

_WIDE = 3000  # points across or down of a picture that has to be written anew: five times what a letter shows
_QUALITY = 95
_SHOWN = 80  # characters of a name in a sentence
_ANY = tuple(ending for endings in ENDINGS.values() for ending in endings)
_MAKER, _ARTIST, _RIGHTS, _TIME, _EXIF, _SMALL, _TAKEN = 0x010F, 0x013B, 0x8298, 0x0132, 0x8769, 1, 0x9003
"""EXIF's numbers (CIPA DC-008): camera, who took it, whose it is, its time; its own part, the thumbnail's, the taking."""


class Found(StrEnum):
    """What a picture's file told beside the picture, or what had to be done to it: the key of its phrase."""

    PLACE = "place"
    TIME = "time"
    DEVICE = "device"
    PERSON = "person"
    THUMBNAIL = "thumbnail"
    TURNED = "turned"
    REMADE = "remade"

    @property
    def sentence(self) -> str:
        """The same in words."""
        return _SENTENCES[self]


_SENTENCES = {
    Found.PLACE: "The file held the place where it was taken; that was taken out.",
    Found.TIME: "The file held the hour at which it was taken; that was taken out.",
    Found.DEVICE: "The file named the camera or telephone; that was taken out.",
    Found.PERSON: "The file named who took it; that was taken out, and can be given as the credit.",
    Found.THUMBNAIL: "The file held a second, small picture; that was taken out.",
    Found.TURNED: "The picture lay on its side in the file; it was set upright.",
    Found.REMADE: "The picture was written anew in a form that every program reads.",
}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A picture in ``issues/images/``: its name, as an issue names it, and whether it is new there; points, upright.

    ``credit`` is who took it, as the file said, "" where it did not.
    """

    name: str
    new: bool
    width: int
    height: int
    found: tuple[Found, ...] = ()
    credit: str = ""


def refuse_large(size: int, name: str) -> None:
    """Say of a picture that it is too large, before it is read. Raises UnreadablePicture."""
    if size > LARGEST:
        reason = f"it is {size // 1_000_000} MB large, and at most {LARGEST // 1_000_000} MB are taken"
        raise UnreadablePicture(shown(name), reason, "Save it as JPEG, about 2400 points wide, and take that.")


def take_in(workspace: Workspace, data: bytes, name: str) -> TakenIn:
    """Keep a picture, without anything that its file tells beside. Raises UnreadablePicture, CannotWrite, BeingSaved."""
    refuse_large(len(data), name)
    called = shown(name)
    with opened_bytes(data, called) as image:
        real, size, turned = kind(image), upright_size(image), turn(image) != 1
        found, credit = tuple(_told(image)), _credit(image)
        plain(image, (1, 1))  # unpacked to its end, as small as can be: what is damaged is found here
    clean, ending = _clean(data, real, called, turned=turned)
    found = (*found, *([Found.TURNED] if turned else []), *([Found.REMADE] if ending not in ENDINGS[real] else []))
    if ending not in ENDINGS[real] or turned:
        with opened_bytes(clean, called) as image:
            size = image.size
    kept, new = _keep(workspace, clean, f"{_stem(name, len(ending))}.{ending}")
    return TakenIn(kept, new, *size, found, credit)


def shown(name: str) -> str:
    """A name as a sentence may say it: its last part, without signs that are none."""
    last = re.split(r"[/\\]", name)[-1]
    readable = "".join(one if one.isprintable() else " " for one in last)
    return " ".join(readable.split())[:_SHOWN] or "without a name"


def _stem(name: str, ending: int) -> str:
    last = re.split(r"[/\\]", name)[-1].rstrip(". ")
    stem, dot, said = last.rpartition(".")
    known = dot and (said.lower() in _ANY or said.lower() in {"heic", "heif", "svg", "pdf"})
    return plain_stem(stem if known else last, LONGEST_NAME - ending - len("-999."))


def _clean(data: bytes, real: str, called: str, *, turned: bool) -> tuple[bytes, str]:
    """The picture alone, and its ending; written anew only where it has to be turned or is of a kind for few."""
    if not turned:
        try:
            clean = without_words(data, real)
        except BrokenParts:
            raise UnreadablePicture(
                called, "the file is damaged", "Copy it again, or save it again as JPEG or PNG."
            ) from None
        if clean is not None:
            return clean, ENDINGS[real][0]
    with opened_bytes(data, called) as image:
        wide, high = upright_size(image)
        share = min(1.0, _WIDE / max(wide, high))
        upright = plain(image, (max(1, round(wide * share)), max(1, round(high * share))))
        as_png = real == "PNG" or upright.mode == "RGBA" or (real in {"BMP", "TIFF"} and _has_few_colours(upright))
    out = io.BytesIO()
    if as_png:
        upright.save(out, "PNG", optimize=True)
    else:
        upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), "png" if as_png else "jpg"


def _has_few_colours(image: Image.Image) -> bool:
    """Whether it is a drawing, which JPEG would leave dirt on."""
    return image.getcolors(1 << 12) is not None


def _told(image: Image.Image) -> Iterator[Found]:
    try:
        exif = image.getexif()
        taken = exif.get(_TIME) or exif.get_ifd(_EXIF).get(_TAKEN)
        small = exif.get_ifd(_SMALL)
        tells = {
            Found.PLACE: says_where(image),
            Found.TIME: taken,
            Found.DEVICE: exif.get(_MAKER),
            Found.PERSON: _credit(image),
            Found.THUMBNAIL: small,
        }
    except Exception:  # noqa: BLE001 - broken words beside a picture are taken out like others
        return
    yield from (one for one, there in tells.items() if there)


def _credit(image: Image.Image) -> str:
    try:
        said = image.getexif().get(_ARTIST) or image.getexif().get(_RIGHTS) or ""
    except Exception:  # noqa: BLE001 - see above
        return ""
    readable = "".join(one for one in str(said) if one.isprintable())
    return " ".join(readable.split())[:_SHOWN]


def _keep(workspace: Workspace, data: bytes, name: str) -> tuple[str, bool]:
    """The name under which the picture is kept, and whether it is new."""
    with one_at_a_time(workspace):
        taken = {path.name.casefold(): path for path in _there(workspace.images)}
        for path in taken.values():
            if holds(path, data):
                return path.name, False
        stem, _, ending = name.rpartition(".")
        number, free = 1, name
        while free in taken:
            number += 1
            free = f"{stem}-{number}.{ending}"
        write_file(workspace.images / free, data)
        return free, True


def _there(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        with os.scandir(folder) as entries:
            yield from (Path(entry.path) for entry in entries if entry.is_file())
