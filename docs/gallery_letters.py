"""A letter as one reader gets it -> pictures of it in every condition in which people read, cut into columns to look at."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

from newsletter.emulations.conditions import CONDITIONS, Condition, script, style

WIDTHS = (640, 375, 320)
BETWEEN = "#c8c8c8"
COLUMN = 1800  # pixels of a column's height
GAP = 24
A4 = {"format": "A4", "print_background": False, "margin": dict.fromkeys(("top", "right", "bottom", "left"), "15mm")}


VIEWS = {
    "light": CONDITIONS["desktop"],
    **{name: CONDITIONS[name] for name in ("dark", "partial-night", "unmarked-night", "full-night", "images-off")},
    "text-spacing": CONDITIONS["text-spacing"],
}
ENLARGED = CONDITIONS["large"]


def shoot_letter(browser: Browser, letter: Path, out: Path) -> Iterator[Path]:
    """Every picture of a letter; ``letter`` is its HTML, its text stands beside it."""
    for width in WIDTHS:
        for name, condition in VIEWS.items():
            yield _shoot(browser, letter, out / f"{letter.stem}-{width}-{name}.png", width, condition)
    yield _shoot(browser, letter, out / f"{letter.stem}-640-twice.png", ENLARGED.width, ENLARGED)
    yield from print_letter(browser, letter, out)
    yield _shoot_text(browser, letter.with_suffix(".txt"), out / f"{letter.stem}-text.png")


def under(browser: Browser, letter: Path, width: int, condition: Condition) -> Page:
    """A page that shows a letter in a condition; whoever opens it closes it."""
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if condition.dark else "light",
        device_scale_factor=condition.scale,
    )
    if not condition.pictures:
        page.route("**/images/*", lambda route: route.abort())
    page.goto(letter.as_uri())
    if condition.style:
        page.add_style_tag(content=style(condition))
    if condition.script:
        page.evaluate(script(condition), condition.given)
    return page


def _shoot(browser: Browser, letter: Path, picture: Path, width: int, condition: Condition) -> Path:
    page = under(browser, letter, width, condition)
    shot = page.screenshot(full_page=True)
    page.close()
    return _columns(Image.open(io.BytesIO(shot)), picture, condition.scale)


def _columns(image: Image.Image, picture: Path, scale: int = 1) -> Path:
    """A long picture cut into columns that are read from the left."""
    high = COLUMN * scale
    parts = [image.crop((0, top, image.width, min(top + high, image.height))) for top in range(0, image.height, high)]
    return beside(parts, picture)


def beside(images: Sequence[Image.Image], picture: Path) -> Path:
    """Pictures beside each other, as one file."""
    wide = sum(one.width for one in images) + GAP * (len(images) - 1)
    sheet = Image.new("RGB", (wide, max(one.height for one in images)), BETWEEN)
    left = 0
    for one in images:
        sheet.paste(one, (left, 0))
        left += one.width + GAP
    sheet.save(picture)
    return picture


def print_letter(browser: Browser, letter: Path, out: Path) -> Iterator[Path]:
    """The letter as it comes out of a printer, its pages beside each other."""
    page = under(browser, letter, 640, CONDITIONS["desktop"])
    document = pypdfium2.PdfDocument(page.pdf(**A4))  # type: ignore[arg-type] # a mapping says less than its keys
    page.close()
    pages = [one.render(scale=1.25).to_pil() for one in document]
    document.close()
    yield beside(pages, out / f"{letter.stem}-print.png")


def _shoot_text(browser: Browser, text: Path, picture: Path) -> Path:
    page = browser.new_page(viewport={"width": 640, "height": 800})
    page.set_content("<body style='margin:16px;background:#fff'><pre style='font:14px/20px monospace'></pre></body>")
    page.locator("pre").evaluate(
        "(pre, text) => { pre.dir = 'auto'; pre.textContent = text; }", text.read_text("utf-8")
    )
    shot = page.screenshot(full_page=True)
    page.close()
    return _columns(Image.open(io.BytesIO(shot)), picture)
