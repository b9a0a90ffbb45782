"""A picture that is dropped in is kept as one sees it, under a safe name, and tells nothing beside."""

from __future__ import annotations

import io
import os
import re
import struct
import unicodedata
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from newsletter.rendering.pictures.located import located
from newsletter.rendering.pictures.open import UnreadablePicture
from newsletter.rendering.pictures.ready import ready
from newsletter.rendering.pictures.take_in import LARGEST, LONGEST_NAME, Found, refuse_large, take_in
from newsletter.rendering.pictures.without_words import BrokenParts, without_words
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite

from .battery import READ, REFUSED, SECRETS, Kind, quarters


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "issues").mkdir()
    return Workspace(tmp_path)


def saved(kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    quarters().save(out, kind, **how)
    return out.getvalue()


def names(workspace: Workspace) -> set[str]:
    return {path.name for path in workspace.images.glob("*")} if workspace.images.exists() else set()


@pytest.mark.parametrize("kind", [kind for kind in READ if ".." not in kind.name], ids=lambda kind: kind.name)
def test_what_a_letter_can_show(tmp_path: Path, workspace: Workspace, kind: Kind) -> None:
    """It looks the same in a letter as it would have, and tells nothing beside."""
    path = tmp_path / kind.name
    path.parent.mkdir(exist_ok=True)
    kind.make(path)
    path = next(one for one in (path, tmp_path / unicodedata.normalize("NFD", kind.name)) if one.exists())
    before = ready(path, 200, None)
    kept = take_in(workspace, path.read_bytes(), path.name)
    after = ready(workspace.images / kept.name, 200, None)
    with Image.open(io.BytesIO(before.data)) as one, Image.open(io.BytesIO(after.data)) as other:
        assert one.size == other.size
        assert getattr(one, "n_frames", 1) == getattr(other, "n_frames", 1)
        difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
        assert max(ImageStat.Stat(difference).mean) < 3
    assert not [secret for secret in SECRETS if secret in (workspace.images / kept.name).read_bytes()]
    assert not located(workspace.images / kept.name)


@pytest.mark.parametrize("kind", REFUSED, ids=lambda kind: kind.name)
def test_what_a_letter_cannot_show(tmp_path: Path, workspace: Workspace, kind: Kind) -> None:
    """It is refused as a check would have refused it, and nothing is written."""
    path = tmp_path / kind.name
    kind.make(path)
    with pytest.raises(UnreadablePicture, match=re.escape(kind.refused)) as said:
        take_in(workspace, path.read_bytes(), path.name)
    assert said.value.hint
    assert names(workspace) == set()


def exif(**more: object) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0132], made[0x013B] = "CAMERA-MAKER", "2025:06:13 10:00:00", "Marta Quispe"
    made.get_ifd(0x8825).update({1: "S", 2: (12.0, 2.0, 36.0), 3: "W", 4: (77.0, 1.0, 42.0)})
    if more:
        made[0x0112] = more["turned"]
    return made


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_it_told_is_said_and_gone(workspace: Workspace, kind: str) -> None:
    """Place, hour, camera and person; every point is the one it was."""
    data = saved(kind, exif=exif())
    kept = take_in(workspace, data, "IMG 0001.JPG")
    assert kept.found == (Found.PLACE, Found.TIME, Found.DEVICE, Found.PERSON)
    assert kept.credit == "Marta Quispe"
    assert kept.found[0].sentence == "The file held the place where it was taken; that was taken out."
    clean = (workspace.images / kept.name).read_bytes()
    assert b"CAMERA" not in clean
    assert b"Quispe" not in clean
    with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(clean)) as other:
        assert one.tobytes() == other.tobytes()
        assert not dict(other.getexif())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_is_set_upright(workspace: Workspace, kind: str) -> None:
    """A photograph held on its side stands upright in its file, so that no program has to know."""
    kept = take_in(workspace, saved(kind, exif=exif(turned=6)), "side.jpg")
    assert (kept.width, kept.height) == (240, 400)
    assert Found.TURNED in kept.found
    with Image.open(workspace.images / kept.name) as image:
        assert image.size == (240, 400)
        assert image.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Marcha en Lima.JPG", "marcha-en-lima.png"),
        ("../../../etc/passwd", "passwd.png"),
        ("..\\..\\Windows\\system32\\evil.png", "evil.png"),
        ("C:\\Users\\ana\\foto.png", "foto.png"),
        ("/etc/cron.d/x", "x.png"),
        ("CON.png", "picture-con.png"),
        ("lpt1", "picture-lpt1.png"),
        ("a\0b\nc\x1b[31m.png", "a-b-c-31m.png"),
        ("\u202egnp.exe", "gnp-exe.png"),
        ("Niño ß Ærø ﬁn.jpeg", "nino-ss-aero-fin.png"),
        ("صورة.png", "picture.png"),
        ("🙂.png", "picture.png"),
        (".htaccess", "htaccess.png"),
        ("", "picture.png"),
        ("...", "picture.png"),
        ("a" * 300 + ".png", "a" * 52 + ".png"),
        ("x.png.exe", "x-png-exe.png"),
        ("photo.tar.png", "photo-tar.png"),
        ("a;rm -rf $HOME&.png", "a-rm-rf-home.png"),
        ("%2e%2e%2f.png", "2e-2e-2f.png"),
    ],
)
def test_names_are_safe(workspace: Workspace, name: str, kept: str) -> None:
    """Small plain letters, the ending of what it is, no way out of the folder, nothing that Windows keeps for itself."""
    taken = take_in(workspace, saved("PNG"), name)
    assert taken.name == kept
    assert len(taken.name) <= LONGEST_NAME
    assert names(workspace) == {kept}
    assert workspace.picture(taken.name) == workspace.images / kept


def test_nothing_is_written_over(workspace: Workspace) -> None:
    """The same picture is found again, whatever it is called now; another one of the same name gets a number."""
    first = take_in(workspace, saved("PNG"), "march.png")
    again = take_in(workspace, saved("PNG"), "other name.png")
    other = take_in(workspace, saved("PNG", compress_level=0), "March.PNG")
    third = take_in(workspace, saved("JPEG"), "march.jpg")
    assert (first.name, again.name, other.name, third.name) == ("march.png", "march.png", "march-2.png", "march.jpg")
    assert (first.new, again.new, other.new) == (True, False, True)
    assert names(workspace) == {"march.png", "march-2.png", "march.jpg"}


def test_a_picture_that_was_put_there_by_hand_stays(workspace: Workspace) -> None:
    """Also where its name differs in capitals only, which is one name to Windows."""
    workspace.images.mkdir()
    (workspace.images / "March.PNG").write_bytes(b"by hand")
    assert take_in(workspace, saved("PNG"), "march.png").name == "march-2.png"
    assert (workspace.images / "March.PNG").read_bytes() == b"by hand"


def test_what_is_too_large_is_said_before_it_is_read(workspace: Workspace) -> None:
    """A door that knows the length asks first."""
    refuse_large(LARGEST, "a.jpg")
    with pytest.raises(UnreadablePicture, match="200 MB large, and at most 40 MB"):
        refuse_large(200_000_000, "a.jpg")
    with pytest.raises(UnreadablePicture):
        take_in(workspace, b"\xff\xd8" + bytes(LARGEST), "a.jpg")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(wide: int, high: int) -> bytes:
    """A PNG of a hundred kilobytes or so that claims to be as large as this."""
    squeezed = zlib.compress(bytes(10_000_000), 9)
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        (b"", "empty", "put the file there again"),
        (b"hello, I am text", "no picture that we know", "JPEG or PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG", "PNG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG", "PNG"),
        (HEIC, "HEIC", "Most Compatible"),
        (b"%PDF-1.7\n", "PDF", "PNG or JPEG"),
        (b"PK\x03\x04word/", "office document", "Take the picture out"),
        (b"<!doctype html><html><body><img src=x>", "web page", "Save image as"),
        (b"MZ\x90\0" + bytes(500), "no picture that we know", "JPEG or PNG"),
        (bomb(60_000, 60_000), "too many points", "1200 points wide"),
        (bomb(2_000_000_000, 2_000_000_000), "cannot be used", ""),
        (bomb(400, 400_000), "too many points", ""),
        (saved("PNG")[:-40], "cannot be used", ""),
        (saved("JPEG")[:-400], "damaged", "JPEG or PNG"),
        (saved("GIF")[:-400], "cannot be used", ""),
        (saved("WEBP", quality=90)[:-200], "cannot be used", ""),
        (b"\x89PNG\r\n\x1a\n", "cannot be used", ""),
        (b"\xff\xd8\xff", "cannot be used", ""),
        (b"GIF89a", "cannot be used", ""),
    ],
    ids=lambda one: one[:12].decode("latin-1").encode("unicode_escape").decode() if isinstance(one, bytes) else "",
)
def test_what_is_refused(workspace: Workspace, data: bytes, reason: str, hint: str) -> None:
    """A sentence with the way out, and nothing is written."""
    with pytest.raises(UnreadablePicture, match=reason) as said:
        take_in(workspace, data, "x\x1b[31m/../photo\n.jpg")
    assert hint in said.value.hint
    assert said.value.hint
    assert "\n" not in str(said.value)
    assert names(workspace) == set()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_hangs_on_the_end_is_cut_off(workspace: Workspace, kind: str) -> None:
    """An archive or a page behind a picture is not kept with it."""
    kept = take_in(workspace, saved(kind) + b"PK\x03\x04<script>alert(1)</script>", "a")
    assert b"script" not in (workspace.images / kept.name).read_bytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_file_cut_or_spoilt_anywhere_never_fails_otherwise(kind: str) -> None:
    """Whatever stands in the parts, the answer is a picture or one kind of refusal, soon."""
    data = saved(kind)
    for at in range(0, len(data), max(1, len(data) // 300)):
        for spoilt in (data[:at], data[:at] + b"\xff" + data[at + 1 :], data[:at] + b"\0" + data[at + 1 :]):
            try:
                without_words(spoilt, kind)
            except BrokenParts:
                continue


def test_a_full_disk(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written whole or not at all."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="no space left"):
        take_in(workspace, saved("PNG"), "a.png")
    assert names(workspace) == set()
