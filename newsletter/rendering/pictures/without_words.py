"""The bytes of a picture -> the same picture, point for point, without what its file tells beside: place, time, thumbnail.

JPEG, PNG, GIF and WebP are taken apart and put together again without being unpacked, so that nothing of their quality
is lost; what does not read as the format says is refused with BrokenParts. Nothing that stands after the picture's end is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal


class BrokenParts(ValueError):
    """The parts of a file do not follow each other as its format says."""


def without_words(data: bytes, kind: str) -> bytes | None:
    """The picture alone; None for a kind that is not taken apart here. Raises BrokenParts."""
    take = _KINDS.get(kind)
    if take is None:
        return None
    try:
        return b"".join(take(data))
    except (IndexError, ValueError) as error:
        raise BrokenParts from error


_NO_LENGTH = {0x01, *range(0xD0, 0xD8)}  # markers of JPEG that stand alone (ITU-T T.81, B.1.1.3)
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_JFIF = 16  # bytes of a plain JFIF part with its length: what follows is a thumbnail


def _jpeg(data: bytes) -> Iterator[bytes]:
    """ITU-T T.81, annex B: parts up to the scans, each with its length, and scans up to the next marker."""
    if data[:2] != b"\xff\xd8":
        raise BrokenParts
    yield data[:2]
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:  # noqa: PLR2004 - markers may be preceded by more of it
            at += 1
        if data[at] != 0xFF:  # noqa: PLR2004 - what begins a marker
            raise BrokenParts
        marker = data[at + 1]
        if marker == _END:
            yield b"\xff\xd9"
            return
        if marker in _NO_LENGTH:
            at += 2
            continue
        end = at + 2 + _number(data, at + 2, 2)
        yield from _jpeg_part(data[at:end], marker)
        at = end
        if marker == _SCAN:
            found = _NEXT_MARKER.search(data, at)
            if found is None:
                raise BrokenParts
            yield data[at : found.start()]
            at = found.start()


def _jpeg_part(part: bytes, marker: int) -> Iterator[bytes]:
    if marker == _COMMENT:
        return
    if marker not in _APPLICATION:
        yield part
    elif part.startswith(b"JFIF\0", 4):
        yield part[:2] + _JFIF.to_bytes(2, "big") + part[4:16] + b"\0\0"
    elif part.startswith((b"ICC_PROFILE\0", b"Adobe"), 4):
        yield part


_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs cICP acTL fcTL fdAT".split())


def _png(data: bytes) -> Iterator[bytes]:
    """PNG (Third Edition), 5.3: a length, a name, that many bytes and a checksum."""
    yield data[:8]
    at, name = 8, b""
    while name != b"IEND":
        name = data[at + 4 : at + 8]
        end = at + 12 + _number(data, at, 4)
        if end > len(data):
            raise BrokenParts
        if name in _PNG_KEPT:
            yield data[at:end]
        at = end


_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_PART, _GIF_PICTURE, _GIF_END, _GIF_CONTROL, _GIF_APPLICATION = 0x21, 0x2C, 0x3B, 0xF9, 0xFF


def _gif(data: bytes) -> Iterator[bytes]:
    """GIF89a, 17 to 27: a head, then parts, each a chain of short blocks."""
    at = 13 + _colours(data[10])
    yield data[:at]
    while data[at] != _GIF_END:
        if data[at] == _GIF_PICTURE:
            end = _chain(data, at + 11 + _colours(data[at + 9]))
        elif data[at] == _GIF_PART:
            end = _chain(data, at + 2)
        else:
            raise BrokenParts
        application = data[at + 1] == _GIF_APPLICATION and data[at + 3 : at + 14] in _LOOPS
        if data[at] == _GIF_PICTURE or data[at + 1] == _GIF_CONTROL or application:
            yield data[at:end]
        at = end
    yield b"\x3b"


def _colours(flags: int) -> int:
    """Bytes of a table of colours, 0 where there is none."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _chain(data: bytes, at: int) -> int:
    """Where a chain of blocks ends that begins here."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"))
_WEBP_TELLS = 0x08 | 0x04  # in VP8X: that EXIF and XMP are there


def _webp(data: bytes) -> Iterator[bytes]:
    """RFC 9649, 2: a name, a length, that many bytes, made even."""
    kept = b"".join(_webp_parts(data, 8 + _number(data, 4, 4, "little")))
    yield b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WEBP" + kept


def _webp_parts(data: bytes, whole: int) -> Iterator[bytes]:
    if whole > len(data) + 1:  # the last byte that makes it even is often missing
        raise BrokenParts
    at = 12
    while at + 8 <= whole:
        name, length = data[at : at + 4], _number(data, at + 4, 4, "little")
        part = data[at : at + 8 + length]
        if len(part) < 8 + length:
            raise BrokenParts
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~_WEBP_TELLS]) + part[9:]
        if name in _WEBP_KEPT:
            yield part + b"\0" * (length % 2)
        at += 8 + length + length % 2


def _number(data: bytes, at: int, length: int, order: Literal["big", "little"] = "big") -> int:
    found = data[at : at + length]
    if len(found) < length:
        raise BrokenParts
    return int.from_bytes(found, order)


_KINDS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp}
