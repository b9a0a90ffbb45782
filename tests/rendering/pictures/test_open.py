"""A file that is opened as a picture, while others are opened too."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

from PIL import Image

from newsletter.rendering.pictures.open import opened

SCRIPT = """
    import sys, threading, warnings
    from pathlib import Path
    from newsletter.rendering.pictures.open import opened

    before, wrong = list(warnings.filters), []

    def look(path):
        try:
            for _ in range(20):
                with opened(path) as image:
                    image.getexif()
                    wrong.extend([] if warnings.filters == before else ["changed under another's hands"])
        except Warning as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=look, args=(Path(path),)) for path in sys.argv[1:] * 4]
    for one in threads: one.start()
    for one in threads: one.join()
    sys.exit("; ".join(wrong) or 0)
"""


def talkative(folder: Path) -> list[Path]:
    """A picture of more points than Pillow likes, and one whose EXIF data are broken off: it warns of both."""
    large, broken = folder / "large.jpg", folder / "broken.jpg"
    Image.new("L", (13_000, 7_000)).save(large)
    exif = Image.Exif()
    exif[0x010E] = "A description that is longer than what is left of it"
    Image.new("RGB", (40, 30)).save(broken, exif=exif.tobytes()[:-30])
    return [large, broken]


def test_pillow_warns_nobody_in_any_thread(tmp_path: Path) -> None:
    """The studio draws in several threads: none changes for the others what is done with warnings."""
    script = textwrap.dedent(SCRIPT)
    command = [sys.executable, "-W", "error", "-c", script, *map(str, talkative(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_these_pictures_do_make_it_warn(tmp_path: Path) -> None:
    """What finds nothing has looked."""
    for path in talkative(tmp_path):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            with Image.open(path) as image:
                image.getexif()
        assert said, path.name
        with opened(path):
            pass
