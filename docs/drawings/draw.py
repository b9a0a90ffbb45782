"""Drawings (SVG) -> the pictures of the sample issues and of the kitchen sink (PNG in ``issues/images/`` of each).

Run it after changing a drawing: ``make pictures``. It needs Chromium and the packages of the extra ``dev``.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
KITCHEN_SINK = ROOT / "docs" / "kitchen-sink"
FOLDERS = {
    ROOT / "docs" / "drawings": ROOT / "issues" / "images",
    KITCHEN_SINK / "drawings": KITCHEN_SINK / "issues" / "images",
}
SEE_THROUGH = "logo"  # stands on any paper
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
    picture = Image.open(io.BytesIO(png))
    if picture.getextrema()[-1] == (255, 255) or picture.mode == "RGB":
        few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    else:
        few = picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def draw() -> None:
    """Draw every SVG of every folder."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for drawings, images in FOLDERS.items():
            images.mkdir(parents=True, exist_ok=True)
            for drawing in sorted(drawings.glob("*.svg")):
                draw_one(browser, drawing, images / f"{drawing.stem}.png")
        browser.close()


def draw_one(browser: Browser, drawing: Path, picture: Path) -> None:
    """One drawing, at the size that it says."""
    svg = drawing.read_text("utf-8")
    width, height = size(svg)
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f'<body style="margin:0"><style>svg{{display:block}}</style>{svg}</body>')
    png = lighten(page.screenshot(omit_background=drawing.stem == SEE_THROUGH))
    page.close()
    if len(png) > HEAVIEST:
        raise SystemExit(f"{drawing.name} makes a picture of {len(png)} bytes, more than {HEAVIEST}.")
    picture.write_bytes(png)
    print(f"{picture.relative_to(ROOT)}  {width} x {height}  {len(png):,} bytes")


if __name__ == "__main__":
    draw()
