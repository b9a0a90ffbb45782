"""The drawings in this folder (SVG) -> the pictures of the sample issues (PNG in ``issues/images/``).

Run it after changing a drawing: ``make pictures``. It needs Chromium and the packages of the extra ``dev``.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

DRAWINGS = Path(__file__).resolve().parent
IMAGES = DRAWINGS.parents[1] / "issues" / "images"
CHROMIUM = "/usr/bin/chromium"
COLOURS = 32  # flat drawings need few; the rest is for smooth edges
HEAVIEST = 120_000  # bytes: a letter may carry several of them


def size(svg: str) -> tuple[int, int]:
    """Width and height of a drawing in pixels, from its viewBox."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if not found:
        raise SystemExit('A drawing needs a viewBox="0 0 WIDTH HEIGHT".')
    return int(found[1]), int(found[2])


def lighten(png: bytes) -> bytes:
    """The same picture with a palette of few colours: a fraction of the bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def draw() -> None:
    """Draw every SVG in this folder."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            svg = drawing.read_text("utf-8")
            width, height = size(svg)
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(f'<body style="margin:0"><style>svg{{display:block}}</style>{svg}</body>')
            png = lighten(page.screenshot())
            page.close()
            if len(png) > HEAVIEST:
                raise SystemExit(f"{drawing.name} makes a picture of {len(png)} bytes, more than {HEAVIEST}.")
            (IMAGES / f"{drawing.stem}.png").write_bytes(png)
            print(f"{drawing.stem}.png  {width} x {height}  {len(png):,} bytes")
        browser.close()


if __name__ == "__main__":
    draw()
