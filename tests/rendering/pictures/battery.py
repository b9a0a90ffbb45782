"""Pictures of all kinds as coordinators have them, made on the spot; each knows what should become of it."""

from __future__ import annotations

import gzip
import io
import os
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, PngImagePlugin

Colour = tuple[int, int, int]
SIZE = (400, 240)
QUARTERS: tuple[Colour, ...] = ((200, 40, 40), (30, 150, 60), (40, 60, 200), (240, 220, 120))
"""Top left, top right, bottom left, bottom right: what every picture here shows, if nothing else is said."""

GREYS: tuple[Colour, ...] = tuple((level, level, level) for level in (40, 100, 160, 230))
SECRETS = (b"CAMERA-MAKER", b"Calle Secreta", b"<x:xmpmeta", b"Photoshop 3.0", b"a private remark", b"Exif")


@dataclass(frozen=True)
class Kind:
    """A picture: how it is made, and what should become of it: shown as ``shows``, or refused with these words."""

    name: str
    make: Callable[[Path], object]
    shows: tuple[Colour, ...] = QUARTERS
    near: int = 12  # of 255, by which a colour may be off
    size: tuple[int, int] = SIZE
    ending: str = ""  # of what is made of it, where that is said
    refused: str = ""
    remark: str = ""


def quarters(colours: Iterable[Colour] = QUARTERS, size: tuple[int, int] = SIZE) -> Image.Image:
    """Four fields of colour: which is where tells how the picture is turned."""
    image = Image.new("RGB", (2, 2))
    image.putdata(list(colours))
    return image.resize(size, Image.Resampling.NEAREST)


def _saves(kind: str, image: Image.Image | None = None, **how: object) -> Callable[[Path], object]:
    return lambda path: (image or quarters()).save(path, kind, **how)


def _writes(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _bytes(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


# PNG, by hand (the PNG specification, third edition, 5 to 8).


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(size: tuple[int, int], depth: int, colour: int, rows: bytes, *, interlaced: bool = False) -> bytes:
    head = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _deep(colours: Iterable[Colour]) -> bytes:
    """Sixteen bits a colour, the lower byte other than the upper: read as eight it would be noise."""
    image = quarters(colours)
    rows = b""
    for down in range(image.height):
        line = image.crop((0, down, image.width, down + 1)).tobytes()
        rows += b"\0" + b"".join(bytes((value, 255 - value)) for value in line)
    return _png(image.size, 16, 2, rows)


def _interlaced() -> bytes:
    image = quarters()
    rows = b""
    for left, top, across, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for row in range(top, image.height, down):
            line = image.crop((0, row, image.width, row + 1)).tobytes()
            points = [line[3 * at : 3 * at + 3] for at in range(left, image.width, across)]
            rows += b"\0" + b"".join(points)
    return _png(image.size, 8, 2, rows, interlaced=True)


def _bomb_beside(name: bytes) -> bytes:
    """A small picture, and a hundred megabytes of nothing in a chunk beside it."""
    packed = zlib.compress(bytes(100_000_000), 1)
    whole = _bytes(quarters(), "PNG")
    return whole[:33] + _chunk(name, b"note\0\0" + packed) + whole[33:]


# Colour profiles, by hand (ICC.1:2001-04).


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(79),
        b"cprt": b"text" + bytes(4) + b"none\0",
        **tags,
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4xI", 128 + len(table) + len(body), 0x02400000) + kind + space + connection
    head += struct.pack(">6H", 2025, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(65536 * value) for value in values))


def wide_gamut() -> bytes:
    """Adobe RGB (1998), from its published primaries."""
    gamma = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.19921875 * 256))
    tags = {b"wtpt": _xyz(0.9642, 1, 0.8249)}
    primaries = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
    for name, primary in zip((b"r", b"g", b"b"), primaries, strict=True):
        tags |= {name + b"XYZ": _xyz(*primary), name + b"TRC": gamma}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def in_adobe_rgb(colour: Colour) -> Colour:
    """An sRGB colour in Adobe RGB (1998), by the published matrices for D50."""
    linear = [v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour]
    to_xyz = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
    from_xyz = (
        (1.9624274, -0.6105343, -0.3413404),
        (-0.9787684, 1.9161415, 0.0334540),
        (0.0286869, -0.1406752, 1.3487655),
    )
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in to_xyz]
    adobe = [max(0.0, sum(a * b for a, b in zip(row, xyz, strict=True))) for row in from_xyz]
    red, green, blue = (round(255 * value ** (1 / 2.19921875)) for value in adobe)
    return red, green, blue


INK: Colour = (0, 128, 128)
"""What a full sheet of the first ink of our press looks like; without its profile it would be taken for cyan."""


def press() -> bytes:
    """A press whose first ink is a dark teal: CMYK -> Lab, two points a side (lut8Type)."""
    straight = bytes(range(256))
    lab = {0: (255, 128, 128), 1: (123, 99, 119)}  # paper; teal is L* 48.3, a* -28.8, b* -8.5
    grid = b"".join(bytes(lab.get(corner >> 3 if not corner & 7 else 2, (0, 128, 128))) for corner in range(16))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + matrix + straight * 4 + grid + straight * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _xyz(0.9642, 1, 0.8249), b"A2B0": table})


def _of_the_press(path: Path) -> None:
    Image.new("CMYK", SIZE, (255, 0, 0, 0)).save(path, "JPEG", icc_profile=press(), quality=95)


def _photoshop(path: Path) -> None:
    """YCCK, as Photoshop writes it: Adobe's marker says transform 2, and all four are the other way round."""
    cyan, magenta, yellow, black = quarters().convert("CMYK").split()
    luma, blue, red = Image.merge("RGB", (cyan, magenta, yellow)).convert("YCbCr").split()
    turned = [*map(ImageChops.invert, (luma, blue, red)), black]
    data = bytearray(_bytes(Image.merge("CMYK", turned), "JPEG", quality=95, subsampling=0))
    marker = data.index(b"Adobe")
    assert data[marker + 11] == 0
    data[marker + 11] = 2
    path.write_bytes(data)


def _unmarked_cmyk(path: Path) -> None:
    data = _bytes(quarters().convert("CMYK"), "JPEG", quality=95)
    start = data.index(b"\xff\xee")
    path.write_bytes(data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4], "big") :])


# What cameras and programs write beside a picture.

STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the camera's sensor had the picture, by the orientation that it then wrote."""


def _held(orientation: int, kind: str = "JPEG") -> Callable[[Path], object]:
    turn = STORED[orientation]
    image = quarters() if turn is None else quarters().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    quality = {} if kind == "TIFF" else {"quality": 95}
    return lambda path: image.save(path, kind, exif=exif, **quality)


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MAKER"
    exif[0x010E] = "Calle Secreta 12"
    exif.get_ifd(0x8825).update({1: "S", 2: (12.0, 2.0, 36.0), 3: "W", 4: (77.0, 1.0, 42.0)})
    exif.get_ifd(0x8769)[0x9003] = "2025:06:13 10:00:00"
    return exif.tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>Calle Secreta 12</rdf:RDF></x:xmpmeta>'


def _told_everything(path: Path) -> None:
    thumbnail = _bytes(quarters(size=(80, 48)), "JPEG")
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 21) + b"\x1c\x02\x5a\x00\x10Calle Secreta 12\0"
    photo = ImageChops.add(quarters(), Image.effect_noise(SIZE, 40).convert("RGB"), offset=-128)
    data = _bytes(photo, "JPEG", quality=95, exif=_exif(), xmp=XMP, comment=b"a private remark")
    beside = b"\xff\xed" + struct.pack(">H", 2 + len(iptc)) + iptc
    beside += b"\xff\xe2" + struct.pack(">H", 2 + 4 + len(thumbnail)) + b"EXTR" + thumbnail
    path.write_bytes(data[:2] + beside + data[2:] + thumbnail)


def _png_told_everything(path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "a private remark")
    words.add_text("Location", "Calle Secreta 12", zip=True)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    quarters(map(in_adobe_rgb, QUARTERS)).save(path, "PNG", pnginfo=words, exif=_exif(), icc_profile=wide_gamut())


# Animations.


def _moves(
    colours: Iterable[Colour], kind: str, lasts: int, loop: int | None, size: tuple[int, int] = SIZE
) -> Callable[[Path], object]:
    frames = [Image.new("RGB", size, colour) for colour in colours]
    how: dict[str, object] = {} if loop is None else {"loop": loop}
    if kind == "WEBP":
        how |= {"lossless": True}
    first, *others = frames
    return lambda path: first.save(path, kind, save_all=True, append_images=others, duration=lasts, **how)


def _changing(kind: str, lasts: int, loop: int | None) -> Callable[[Path], object]:
    """The quarters with a dot that wanders: calm, and every picture of it tells what it is about."""
    frames = []
    for step in range(5):
        image = quarters()
        image.paste((255, 255, 255), (20 + 70 * step, 110, 40 + 70 * step, 130))
        frames.append(image)
    how: dict[str, object] = {} if loop is None else {"loop": loop}
    if kind == "WEBP":
        how |= {"lossless": True}
    return lambda path: frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=lasts, **how)


BLACK, WHITE, RED = (0, 0, 0), (255, 255, 255), (255, 0, 0)
STILL = "shown as a still picture"


# Places.


def _elsewhere(path: Path) -> None:
    """A picture that stands above the folder of pictures."""
    quarters().save(path.parent.parent / "secret.png")


def _folder(path: Path) -> None:
    path.mkdir()
    quarters().save(path / "a.png")


def _linked(path: Path) -> None:
    quarters().save(path.parent / "archive.png")
    path.symlink_to("archive.png")


def _decomposed(path: Path) -> None:
    """A Mac writes ñ as n and a tilde; the author's keyboard writes it as one letter."""
    quarters().save(path.with_name(unicodedata.normalize("NFD", path.name)))


def _large(mode: str, size: tuple[int, int], kind: str, **how: object) -> Callable[[Path], object]:
    return lambda path: quarters(size=size).convert(mode).save(path, kind, **how)


HEIC = struct.pack(">I", 28) + b"ftypheic" + bytes(4) + b"mif1heic" + bytes(4) + bytes(200)
FILM = struct.pack(">I", 24) + b"ftypisom" + bytes(4) + b"isommp42" + bytes(200)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10'/></svg>"
JPEG, PNG = _bytes(quarters(), "JPEG", quality=95), _bytes(quarters(), "PNG")

READ: tuple[Kind, ...] = (
    Kind("baseline.jpg", _saves("JPEG", quality=95)),
    Kind("progressive.jpg", _saves("JPEG", quality=95, progressive=True)),
    Kind("cmyk.jpg", _saves("JPEG", quarters().convert("CMYK"), quality=95)),
    Kind("cmyk-unmarked.jpg", _unmarked_cmyk),
    Kind("cmyk-photoshop.jpg", _photoshop),
    Kind("cmyk-profile.jpg", _of_the_press, (INK,) * 4, near=24),
    Kind("grey.jpg", _saves("JPEG", quarters(GREYS).convert("L"), quality=95), GREYS),
    Kind("grey16.png", _saves("PNG", quarters(GREYS).convert("I").point(lambda v: v * 257).convert("I;16")), GREYS, 2),
    Kind("rgb16.png", _writes(_deep(QUARTERS)), near=2),
    Kind("float.tif", _saves("TIFF", quarters(((0, 0, 0), *GREYS[1:3], WHITE)).convert("F")), ((0, 0, 0), *GREYS[1:3], WHITE)),
    Kind("palette.png", _saves("PNG", quarters().quantize(4)), ending="png"),
    Kind("palette-clear.png", _saves("PNG", quarters().quantize(5), transparency=4)),
    Kind("rgba.png", lambda path: _half_clear().save(path), ending="png"),
    Kind("grey-alpha.png", lambda path: _half_clear(GREYS).convert("LA").save(path), GREYS, ending="png"),
    Kind("bilevel.png", _saves("PNG", quarters((BLACK, WHITE, WHITE, BLACK)).convert("1")), (BLACK, WHITE, WHITE, BLACK), 2),
    Kind("interlaced.png", _writes(_interlaced()), near=2),
    *(Kind(f"held-{number}.jpg", _held(number)) for number in STORED),
    Kind("held-6.webp", _held(6, "WEBP")),
    Kind("held-6.tif", _held(6, "TIFF"), near=2),
    Kind("held-8.png", _held(8, "PNG"), near=2),
    Kind("told.jpg", _told_everything, near=16, ending="jpg"),
    Kind("told.png", _png_told_everything, near=4),
    Kind("wide-gamut.jpg", _saves("JPEG", quarters(map(in_adobe_rgb, QUARTERS)), quality=97, subsampling=0, icc_profile=wide_gamut())),
    Kind("profile-broken.jpg", _saves("JPEG", quality=95, icc_profile=b"no profile at all")),
    Kind("more-pictures.jpg", lambda path: quarters().save(path, "MPO", save_all=True, append_images=[quarters(GREYS)], quality=95)),
    Kind("scan.bmp", _saves("BMP"), near=2),
    Kind("pages.tif", lambda path: quarters().save(path, "TIFF", save_all=True, append_images=[quarters(GREYS)] * 2), near=2, remark="3 pages"),
    Kind("still.webp", _saves("WEBP", quality=95)),
    Kind("still.avif", _saves("AVIF", quality=95)),
    Kind("dot.gif", _saves("GIF"), near=2),
    Kind("short.gif", _changing("GIF", 500, None), ending="gif"),
    Kind("short.webp", _changing("WEBP", 500, 1), ending="gif"),
    Kind("short-a.png", _changing("PNG", 500, 1), ending="gif"),
    Kind("endless.gif", _changing("GIF", 500, 0), ending="png", remark="without end"),
    Kind("endless.webp", _changing("WEBP", 500, 0), ending="png", remark="without end"),
    Kind("endless-a.png", _changing("PNG", 500, 0), ending="png", remark="without end"),
    Kind("long.gif", _changing("GIF", 1500, None), ending="png", remark="more than 5 seconds"),
    Kind("thrice.gif", _changing("GIF", 500, 2), ending="png", remark="more than 5 seconds"),
    Kind("flash.gif", _moves([BLACK, WHITE] * 5, "GIF", 100, None), (BLACK,) * 4, ending="png", remark="flashes"),
    Kind("called.jpg", _writes(PNG), near=2, remark="really a picture of the kind PNG"),
    Kind("avif-called.jpg", _saves("AVIF", quality=95), remark="of the kind AVIF"),
    Kind("one.png", _saves("PNG", Image.new("RGB", (1, 1), QUARTERS[0])), (QUARTERS[0],) * 4, size=(1, 1), remark="hardly see"),
    Kind("thin.png", _saves("PNG", Image.new("RGB", (1, 5000), QUARTERS[0])), (QUARTERS[0],) * 4, size=(1, 5000), remark="hardly see"),
    Kind("flat.png", _saves("PNG", Image.new("RGB", (5000, 1), QUARTERS[0])), (QUARTERS[0],) * 4, size=(488, 1), remark="hardly see"),
    Kind("60-million.jpg", _large("RGB", (9000, 6700), "JPEG", quality=90), size=(488, 363)),
    Kind("60-million.png", _large("RGB", (9000, 6700), "PNG", compress_level=1), size=(488, 363)),
    Kind("60-million-palette.png", lambda path: quarters().quantize(4).resize((9000, 6700)).save(path, compress_level=1), size=(488, 363)),
    Kind("108-million.jpg", _large("L", (12000, 9000), "JPEG", quality=75), tuple((v, v, v) for v in (88, 104, 70, 214)), size=(488, 366)),
    Kind("Foto de la acción (1).jpg", _saves("JPEG", quality=95)),
    Kind("año.jpg", _decomposed),
    Kind("trip/march day.jpg", _saves("JPEG", quality=95)),
    Kind("linked.png", _linked, near=2),
)  # fmt: skip
"""Those that readers see."""

REFUSED: tuple[Kind, ...] = (
    Kind("cut.jpg", _writes(JPEG[: len(JPEG) // 2]), refused="the file is damaged"),
    Kind("cut.png", _writes(PNG[: len(PNG) // 2]), refused="the file is damaged"),
    Kind("cut.gif", lambda path: path.write_bytes(_bytes(Image.effect_noise(SIZE, 60), "GIF")[:9000]), refused="the file is damaged"),
    Kind("bomb.png", _writes(_png((50_000, 50_000), 8, 2, b"\0" * 100)), refused="too many points"),
    Kind("bomb-packed.png", lambda path: Image.new("RGB", (9000, 7500)).save(path, compress_level=1), refused="too many points"),
    Kind("bomb-words.png", lambda path: path.write_bytes(_bomb_beside(b"zTXt")), refused="damaged"),
    Kind("bomb-profile.png", lambda path: path.write_bytes(_bomb_beside(b"iCCP")), refused="damaged"),
    Kind("bomb.webp", lambda path: Image.new("RGB", (5000, 4000)).save(path, method=0), refused="too many points"),
    Kind("bomb-progressive.jpg", lambda path: Image.new("RGB", (8000, 7000)).save(path, progressive=True, subsampling=0), refused="too many points"),
    Kind("page.png", _writes(b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><svg/></body></html>"), refused="it is a web page"),
    Kind("iphone.jpg", _writes(HEIC), refused="Apple's own form, HEIC"),
    Kind("film.jpg", _writes(FILM), refused="it is a film"),
    Kind("plain.svg", _writes(SVG), refused="SVG"),
    Kind("bom.svg", _writes(b"\xef\xbb\xbf" + SVG), refused="SVG"),
    Kind("wide.svg", _writes("\ufeff".encode("utf-16-le") + SVG.decode().encode("utf-16-le")), refused="SVG"),
    Kind("doctype.svg", _writes(b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "">\n' + SVG), refused="SVG"),
    Kind("comment.svg", _writes(b"\n<!-- drawn by hand, " + b"long ago, " * 150 + b" -->\n" + SVG), refused="SVG"),
    Kind("packed.svgz", _writes(gzip.compress(SVG)), refused="SVG"),
    Kind("packed-bomb.svgz", _writes(gzip.compress(bytes(20_000_000))), refused="no picture that we know"),
    Kind("svg-called.png", _writes(SVG), refused="SVG"),
    Kind("flyer.pdf", _writes(b"%PDF-1.7\n..."), refused="it is a PDF document"),
    Kind("empty.jpg", _writes(b""), refused="the file is empty"),
    Kind("words.jpg", _writes(b"No es una imagen"), refused="no picture that we know"),
)  # fmt: skip
"""Those that are no pictures for a letter, and what is said."""

NOT_THERE: tuple[Kind, ...] = (
    Kind("missing.png", lambda _: None, refused="no picture missing.png"),
    Kind("../secret.png", lambda path: _elsewhere(path.parent / "x"), refused="no picture ../secret.png"),
    Kind("folder", _folder, refused="folder is a folder"),
    Kind("nowhere.png", lambda path: path.symlink_to("gone.png"), refused="no picture nowhere.png"),
    Kind("pipe.png", os.mkfifo, refused="no picture pipe.png"),
)  # fmt: skip
"""Names behind which no file stands that may be read."""


def _half_clear(colours: Iterable[Colour] = QUARTERS) -> Image.Image:
    image = quarters(colours).convert("RGBA")
    image.paste((0, 0, 0, 0), (190, 0, 210, SIZE[1]))
    return image


def fill(folder: Path, kinds: Iterable[Kind]) -> None:
    """Put the pictures into a folder."""
    for kind in kinds:
        path = folder / kind.name
        if ".." not in kind.name:
            path.parent.mkdir(parents=True, exist_ok=True)
        kind.make(path)
