"""A file -> the picture in it, its kind and size known but nothing unpacked yet; what is none is refused in a sentence."""

from __future__ import annotations

import hashlib
import io
import logging
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from newsletter.errors import ToMend
from newsletter.nouns.problem import Severity

ENDINGS = {
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "mpo"),
    "PNG": ("png", "apng"),
    "GIF": ("gif",),
    "WEBP": ("webp",),
    "AVIF": ("avif", "avifs"),
    "TIFF": ("tif", "tiff"),
    "BMP": ("bmp", "dib"),
}
"""The kinds of pictures that we read, and what their files are called."""

MEMORY = 270_000_000
"""Bytes that unpacking a picture may take; a hundred kilobytes can hold a picture that fills all memory."""

_HEAD = 4096
_WIDEST_ADVICE = "Make it about 1200 points wide, and save it as JPEG."
_POINT = {"1": 1.3, "L": 1.3, "P": 1.3, "I;16": 2.3, "LA": 4.3}  # bytes, by Pillow's mode; all others take four
_WHOLE = {"WEBP": 19.0, "AVIF": 10.5, "TIFF": 9.0}  # bytes a point takes where the reader holds more than the picture
# Pillow's readers raise whatever a damaged file leads them to.
_DAMAGE = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError),
    *(struct.error, zlib.error),
)
# What it has to say of a damaged file or a large one, we say. Once and for all: to leave its warnings out around each
# picture would change them under the hands of whoever opens another one at the same time.
logging.getLogger("PIL").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", module="PIL")


class UnreadablePicture(ToMend):
    """A file is no picture that we can show."""

    def __init__(self, name: str, reason: str, hint: str) -> None:
        super().__init__(f"The picture {name} cannot be used: {reason}.", hint)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a picture that is shown all the same."""

    severity: Severity
    message: str
    hint: str


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The picture in a file, unpacked only when it is loaded. Raises UnreadablePicture, also for what goes wrong inside."""
    with _in_plain_words(path.name), path.open("rb") as file, _opened(file, path.name) as image:
        yield image


@contextmanager
def opened_bytes(data: bytes, name: str) -> Iterator[Image.Image]:
    """The same of bytes that stand in no file yet; ``name`` is what they are called in a sentence."""
    with _in_plain_words(name), _opened(io.BytesIO(data), name) as image:
        yield image


@contextmanager
def _opened(file: BinaryIO, name: str) -> Iterator[Image.Image]:
    _refuse_by_head(file.read(_HEAD), name)
    file.seek(0)
    with Image.open(file, formats=tuple(ENDINGS)) as image:
        if cost(image) > MEMORY:
            raise Image.DecompressionBombError
        yield image


def digest(path: Path) -> str:
    """What stays the same as long as the file's bytes do. Raises UnreadablePicture."""
    with _in_plain_words(path.name), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _in_plain_words(name: str) -> Iterator[None]:
    try:
        yield
    except (Image.DecompressionBombError, MemoryError):
        raise UnreadablePicture(name, "it has too many points to be unpacked", _WIDEST_ADVICE) from None
    except UnidentifiedImageError:
        raise UnreadablePicture(name, "it is no picture that we know", "Save it as JPEG or PNG.") from None
    except PermissionError:
        hint = "Copy it from where you have it, or give yourself the right to read it."
        raise UnreadablePicture(name, "you are not allowed to read the file", hint) from None
    except FileNotFoundError:
        raise UnreadablePicture(name, "it is not there any more", "Put the file there again.") from None
    except _DAMAGE:
        raise UnreadablePicture(
            name, "the file is damaged", "Copy it again, or save it again as JPEG or PNG."
        ) from None


def cost(image: Image.Image) -> int:
    """Bytes that unpacking the picture takes, as measured; JPEG is unpacked smaller than it is, by ``draft``."""
    points = image.width * image.height
    if kind(image) == "JPEG":
        return round(points * (0.6 + _waiting(image)))
    return round(points * _WHOLE.get(kind(image), _POINT.get(image.mode, 4.3)))


def _waiting(image: Image.Image) -> int:
    """Bytes a point of a progressive JPEG: its coefficients are all held until the last scan has been read."""
    if not image.info.get("progressive"):
        return 0
    layers: list[tuple[int, int]] = [(across, down) for _, across, down, _ in getattr(image, "layer", ())]
    most = max(across for across, _ in layers) * max(down for _, down in layers)
    return -(-2 * sum(across * down for across, down in layers) // most)


def kind(image: Image.Image) -> str:
    """What kind of file the picture is from; a JPEG with more pictures in it (MPO) is a JPEG."""
    return "JPEG" if image.format == "MPO" else image.format or ""


def called_wrong(path: Path, image: Image.Image) -> Remark | None:
    """A note where a file's ending says another kind than the file is; readers get it as what it is."""
    said, real = path.suffix.lower().lstrip("."), kind(image)
    if not said or said in ENDINGS[real]:
        return None
    right = path.with_suffix(f".{ENDINGS[real][0]}").name
    message = f"{path.name} is called .{said}, and is really a picture of the kind {real}."
    return Remark(Severity.NOTE, message, f"Readers get it right all the same. To set it right, call it {right}.")


def _refuse_by_head(head: bytes, name: str) -> None:
    """Say of well-known files that are no pictures what they are. Raises UnreadablePicture."""
    if not head:
        hint = "The copy stopped before it began: put the file there again."
        raise UnreadablePicture(name, "the file is empty", hint)
    text = _as_text(head)
    for matches, reason, hint in _NO_PICTURES:
        if matches(head, text):
            raise UnreadablePicture(name, reason, hint)


def _as_text(head: bytes) -> bytes:
    """The beginning as one would read it: unpacked, in one byte a letter, small, without what may stand before it."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, _HEAD)
        except zlib.error:
            return b""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lower().lstrip()


def _brands(head: bytes) -> set[bytes]:
    """The brands in the first box of a file of the ISO family: HEIC, AVIF, films (ISO/IEC 14496-12, 4.3)."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))}


def _is_svg(_: bytes, text: bytes) -> bool:
    return text.startswith(b"<") and (b"<svg" in text or b"<!doctype svg" in text or b"/svg" in text)


def _is_page(_: bytes, text: bytes) -> bool:
    return text.startswith(b"<") and (b"<html" in text or b"<!doctype html" in text or b"<body" in text)


def _is_heic(head: bytes, _: bytes) -> bool:
    found = _brands(head)
    return bool(found & {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}) and b"avif" not in found


def _is_film(head: bytes, _: bytes) -> bool:
    found = _brands(head)
    return bool(found) and not found & {b"avif", b"avis"}


def _begins(*starts: bytes) -> Callable[[bytes, bytes], bool]:
    return lambda head, _: head.startswith(starts)


_NO_PICTURES: tuple[tuple[Callable[[bytes, bytes], bool], str, str], ...] = (
    (
        _is_page,
        "it is a web page, not a picture",
        "In the browser, click the picture itself with the right button and choose Save image as.",
    ),
    (
        _is_svg,
        "mail programs do not show SVG drawings",
        "Open it in a browser or a drawing program and save it as PNG, 1200 points wide.",
    ),
    (
        _is_heic,
        "it is in Apple's own form, HEIC, which most mail programs do not show",
        "Open it and save it as JPEG. For the next ones, on the iPhone: Settings, Camera, Formats, Most Compatible.",
    ),
    (_is_film, "it is a film", "Use a still from it, and a section of the type recording for the link to the film."),
    (_begins(b"%PDF"), "it is a PDF document", "Open it, and save the page or the picture in it as PNG or JPEG."),
    (_begins(b"8BPS"), "it is a Photoshop document", "Save it as JPEG (a photograph) or PNG (a drawing)."),
    (
        _begins(b"PK\x03\x04"),
        "it is a packed file or an office document",
        "Take the picture out of it, as JPEG or PNG.",
    ),
)
