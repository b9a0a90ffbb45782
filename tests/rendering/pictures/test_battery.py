"""Pictures of all kinds: each right in the letter, or refused in a sentence at its place, in little memory."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from newsletter.nouns.letter import PictureFile, Rendered
from newsletter.nouns.problem import Problem, Severity
from newsletter.pipeline import everything, prepare
from newsletter.rendering.pictures.ready import UnreadablePicture, ready, remarks, shape
from newsletter.settings import Settings
from newsletter.workspace import Workspace
from tests.rendering.conftest import HEAD, PROFILE, House
from tests.rendering.pictures.battery import GREYS, NOT_THERE, QUARTERS, READ, REFUSED, SECRETS, SIZE, Kind

ALL = (*READ, *REFUSED, *NOT_THERE)
MOST_MEMORY = 400  # MB
BLOCKS: set[object] = {
    *(0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA, 0xDD),  # JPEG: JFIF, tables, frames, scans; no APP1 (EXIF, XMP), no comment
    *(b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"),  # PNG
    *(b"\x21\xf9", b"NETSCAPE2.0"),  # GIF: how long a picture stands, and how often all are played
}
"""What a picture is made of, and nothing that is told beside it."""


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An issue with a section for each picture; made in a process of its own, for some fill much memory while made."""
    root = tmp_path_factory.mktemp("battery")
    images = root / "issues" / "images"
    images.mkdir(parents=True)
    made = "from tests.rendering.pictures.battery import *; import sys; fill(Path(sys.argv[1]), (*READ, *REFUSED, *NOT_THERE))"
    subprocess.run([sys.executable, "-W", "ignore", "-c", made, images], check=True, env=_here())
    (root / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
    sections = ['- {type: letter, body: "The words before the pictures."}']
    sections += [
        f'- type: picture\n  image:\n    file: "{kind.name}"\n    alt: What number {at} shows'
        for at, kind in enumerate(ALL)
    ]
    sections.append('- {type: letter, body: "The words after the pictures."}\n')
    (root / "issues" / "2025-07.yaml").write_text(HEAD.format(subject="Many pictures") + "\n".join(sections), "utf-8")
    return Workspace(root)


def _here() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.name)
def test_it_is_shown_as_it_is(workspace: Workspace, kind: Kind) -> None:
    """F13, L9, P7: turned as it was held, in its colours, at its size, its kind told by its bytes; nothing told beside."""
    path = workspace.picture(kind.name)
    assert path
    file = ready(path, 488, None)
    assert (file.width, file.height) == kind.size
    assert file.name.endswith(kind.ending)
    image = Image.open(io.BytesIO(file.data))
    assert Image.MIME[image.format or ""] == file.media_type
    assert image.width <= min(2 * file.width, 1200)
    assert (image.width, image.height) == pytest.approx((image.width, max(1, image.width / shape(path))), abs=1)
    off = max(
        abs(seen - meant)
        for pair in zip(_seen(image), kind.shows, strict=True)
        for seen, meant in zip(*pair, strict=True)
    )
    assert off <= kind.near, (_seen(image), kind.shows)
    assert untold(file) == []


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.name)
def test_what_its_author_should_know_is_said(workspace: Workspace, kind: Kind) -> None:
    """Another kind than its name says, pages, an animation that stands still: a sentence and a way out; else nothing."""
    path = workspace.picture(kind.name)
    assert path
    said = remarks(path)
    assert [kind.remark in remark.message for remark in said] == ([True] if kind.remark else [])
    assert all(remark.hint and remark.severity is not Severity.ERROR for remark in said)


def _seen(image: Image.Image) -> list[tuple[int, int, int]]:
    """The colour in the middle of each quarter, on average."""
    plain, (wide, high) = image.convert("RGBA").convert("RGB"), image.size
    found = []
    for down in (0.25, 0.75):
        for across in (0.25, 0.75):
            left, top = int(wide * across), int(high * down)
            box = plain.crop((left, top, left + max(1, wide // 10), top + max(1, high // 10)))
            red, green, blue = (round(value) for value in ImageStat.Stat(box).mean)
            found.append((red, green, blue))
    return found


def untold(file: PictureFile) -> list[object]:
    """What stands in the file beside the picture: EXIF, XMP, IPTC, profile, comments, thumbnail."""
    cuts = {"image/jpeg": _segments, "image/png": _chunks, "image/gif": _blocks}
    beside = [block for block in cuts[file.media_type](file.data) if block not in BLOCKS]
    return beside + [secret for secret in SECRETS if secret in file.data]


def _segments(data: bytes) -> Iterator[object]:
    assert data[:2] == b"\xff\xd8"
    assert data.count(b"\xff\xd8") == 1  # no second picture in it
    at = 2
    while data[at + 1] != 0xD9:
        yield data[at + 1]
        scan = data[at + 1] == 0xDA
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        while scan and (data[at] != 0xFF or data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7):
            at += 1
    assert data[at + 2 :] == b""


def _chunks(data: bytes) -> Iterator[object]:
    at = 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        yield name
        at += 12 + length


def _blocks(data: bytes) -> Iterator[object]:
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while data[at] != 0x3B:
        if data[at] == 0x21:
            yield data[at + 3 : at + 14] if data[at + 1] == 0xFF else data[at : at + 2]
            at += 2
        else:
            at += 10 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0) + 1
        while data[at]:
            at += data[at] + 1
        at += 1
    assert data[at + 1 :] == b""


@pytest.mark.parametrize("kind", REFUSED, ids=lambda kind: kind.name)
def test_it_is_refused_in_a_sentence(workspace: Workspace, kind: Kind) -> None:
    """What is wrong, in one sentence, and what to do about it."""
    path = workspace.images / kind.name
    with pytest.raises(UnreadablePicture) as caught:
        ready(path, 488, None)
    assert kind.refused in caught.value.message
    assert caught.value.message.startswith(f"The picture {kind.name} cannot be used: ")
    assert caught.value.message.count(".") == 1 + kind.name.count(".")
    assert re.match("[A-Z].*[.]$", caught.value.hint)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system says no, here by a stand-in, for those who run tests as administrators may read everything."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "mine.jpg"
    path.write_bytes(b"\xff\xd8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadablePicture, match="not allowed to read"):
        ready(path, 488, None)


def _problems(workspace: Workspace) -> tuple[Rendered, list[Problem]]:
    name = workspace.issue("2025-07")
    prepared = prepare(workspace, name, Settings())
    assert prepared.dossier
    return prepared.dossier.renderings["en"], [one for one in everything(prepared) if one.check.startswith("picture")]


def test_each_stands_in_the_letter_or_is_told_of_at_its_place(workspace: Workspace) -> None:
    """One error at the line and column of the picture's name; all the others are shown, and so are all words."""
    rendered, problems = _problems(workspace)
    lines = (workspace.issues / "2025-07.yaml").read_text("utf-8").splitlines()
    errors = [one for one in problems if one.severity is Severity.ERROR]
    for kind in (*REFUSED, *NOT_THERE):
        line = lines.index(f'    file: "{kind.name}"') + 1
        here = [one for one in errors if (one.place.line, one.place.column) == (line, 11)]
        assert [kind.refused in one.message for one in here] == [True], (kind.name, here)
        assert here[0].place.file == "issues/2025-07.yaml"
    assert len(errors) == len(REFUSED) + len(NOT_THERE)
    html = House.filled(rendered.html)
    shown = re.findall(r'<img[^>]* alt="What number (\d+) shows" width="\d+" height="\d+"', html)
    assert [ALL[int(number)].name for number in shown] == [kind.name for kind in READ]
    for whole in (html, House.filled(rendered.text)):
        assert "The words before the pictures." in whole
        assert "The words after the pictures." in whole


def test_memory_stays_small(workspace: Workspace) -> None:
    """The whole issue, 60 and 108 million points among it, checked in a process of its own: less than 400 MB at the peak.

    Linux tells a new process's own peak as VmHWM; ru_maxrss is at least that of the process that started it.
    """
    command = (
        "import resource, sys; from pathlib import Path; from newsletter.pipeline import everything, prepare;"
        "from newsletter.settings import Settings; from newsletter.workspace import Workspace;"
        "here = Workspace(Path(sys.argv[1])); everything(prepare(here, here.issue('2025-07'), Settings()));"
        "status = Path('/proc/self/status');"
        "lines = status.read_text().splitlines() if status.exists() else [];"
        "told = [int(line.split()[1]) for line in lines if line.startswith('VmHWM')];"
        "print((told or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0])"
    )
    for cached in workspace.outbox.rglob("*x*.*"):
        cached.unlink()
    done = subprocess.run(
        [sys.executable, "-c", command, workspace.root], check=True, capture_output=True, text=True, env=_here()
    )
    assert 40 < int(done.stdout) / 1024 < MOST_MEMORY
    assert done.stderr == ""


def test_no_damage_brings_it_down(workspace: Workspace, tmp_path: Path) -> None:
    """Some bytes of each picture changed, again and again: a picture all the same, or a sentence; never a traceback."""
    chance = random.Random(20250704)  # noqa: S311 - the same damage each time
    shown = refused = 0
    for kind in READ:
        source = workspace.picture(kind.name)
        assert source
        if kind.size != SIZE:
            continue
        data = source.read_bytes()
        for number in range(4):
            damaged = bytearray(data)
            for _ in range(1 + number % 4):
                damaged[chance.randrange(min(len(data), 200 if number % 2 else len(data)))] = chance.randrange(256)
            path = tmp_path / f"{number}-{source.name}"
            path.write_bytes(damaged)
            try:
                shape(path)
                remarks(path)
                ready(path, 120, None)
                shown += 1
            except UnreadablePicture:
                refused += 1
    assert shown > 20
    assert refused > 20


def test_the_battery_is_whole() -> None:
    """At least 24 pictures; the four colours that tell how one is turned are told apart by more than is let pass."""
    assert len(ALL) >= 24
    assert len({kind.name for kind in ALL}) == len(ALL)
    for colours in (QUARTERS, GREYS):
        pairs = [(a, b) for a in colours for b in colours if a != b]
        assert min(max(abs(x - y) for x, y in zip(a, b, strict=True)) for a, b in pairs) > 2 * 24
