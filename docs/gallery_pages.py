"""A published site -> screenshots of its public pages, as the documentation shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to be taken: of which page, how wide the window, by day or by night, at most how high."""

    page: str
    width: int
    scheme: str = "light"
    height: int = 1760
    whole: bool = False


SHOTS: Mapping[str, Shot] = {
    "page-desktop.png": Shot("index.html", 1200),
    "page-dark.png": Shot("index.html", 1200, "dark"),
    "page-phone.png": Shot("index.html", 375, whole=True),
    "page-phone-dark.png": Shot("index.html", 375, "dark", whole=True),
    "page-issue.png": Shot("2025-07/index.html", 1200),
    "page-issue-es.png": Shot("2025-07/es/index.html", 1200),
    "page-issue-phone.png": Shot("2025-07/index.html", 375, whole=True),
}


def shoot_pages(browser: Browser, site: Path, out: Path, shots: Mapping[str, Shot] = SHOTS) -> list[Path]:
    """Take each picture of the site in this folder (opened from the disk); gives the files that were written."""
    out.mkdir(parents=True, exist_ok=True)
    return [_shoot(browser, site / shot.page, out / name, shot) for name, shot in shots.items()]


def _shoot(browser: Browser, page_file: Path, picture: Path, shot: Shot) -> Path:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, color_scheme="dark" if shot.scheme == "dark" else "light"
    )
    try:
        page.goto(page_file.resolve().as_uri())
        page.screenshot(path=picture, full_page=shot.whole)
    finally:
        page.close()
    return picture
