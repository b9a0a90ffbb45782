"""The sample -> screenshots of a letter and of the public pages, in outbox/gallery/; --readme: the two of the README.

Run by ``make gallery``. The reader is invented, the day is that of the sample's last letter.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from gallery_pages import shoot_pages
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from newsletter.archive.publish import publish
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.draft import IssueName
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(public_url="https://news.example.org")
ISSUE = IssueName(2025, 7)
DAY = dt.date(2025, 7, 4)
READER = "Joan"
BETWEEN = "#c8c8c8"
MOST_BYTES = 150_000
README_SIZE = (1055, 1240)


@dataclass(frozen=True, slots=True)
class View:
    """One way to see a letter: how wide the window, by day or by night, with its pictures or without."""

    width: int = 640
    dark: bool = False
    pictures: bool = True


VIEWS = {
    "desktop": View(),
    "phone": View(375),
    "dark": View(dark=True),
    "phone-dark": View(375, dark=True),
    "images-off": View(pictures=False),
    "narrow": View(320),
}


def main() -> None:
    """Take every picture; with --readme put the README's two into docs/pictures/."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--readme", action="store_true", help="put the two pictures of the README into docs/pictures/")
    readme = asked.parse_args().readme
    out = ROOT / "outbox" / "gallery"
    shutil.rmtree(out, ignore_errors=True)
    workspace = sample(out / "workspace")
    letters = write_letters(workspace, out)
    site = publish(workspace, SETTINGS, DAY).folder
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for language, letter in letters.items():
            shoot_letter(browser, letter, out, language)
        shoot_pages(browser, site, out)
        browser.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out.relative_to(ROOT)}/")
    if readme:
        for picture in for_readme(out, ROOT / "docs" / "pictures"):
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")


def sample(folder: Path) -> Workspace:
    """A copy of the sample in which nobody has to approve."""
    shutil.copytree(ROOT / "issues", folder / "issues", ignore=shutil.ignore_patterns("*.approval.yaml"))
    workspace = Workspace(folder)
    profile = workspace.profile.read_text("utf-8")
    workspace.profile.write_text(profile.replace("approval: required", "approval: optional"), "utf-8")
    return workspace


def write_letters(workspace: Workspace, out: Path) -> dict[str, Path]:
    """The letter of July in each language as one reader gets it, its pictures beside it."""
    prepared = prepare(workspace, ISSUE, SETTINGS)
    if prepared.dossier is None:
        sys.exit("\n".join(map(str, prepared.problems)))
    answers = reader_answers(READER, "https://news.example.org/u/example", lambda name: f"images/{name}")
    (out / "images").mkdir()
    found: dict[str, Path] = {}
    for language, rendered in prepared.dossier.renderings.items():
        letter = fill(rendered, answers)
        for picture in letter.pictures:
            (out / "images" / picture.name).write_bytes(picture.data)
        found[language] = out / f"email.{language}.html"
        found[language].write_text(letter.html, "utf-8")
        (out / f"email.{language}.txt").write_text(letter.text, "utf-8")
    return found


def shoot_letter(browser: Browser, letter: Path, out: Path, language: str) -> None:
    """A letter in every view, whole."""
    for name, view in VIEWS.items():
        page = browser.new_page(
            viewport={"width": view.width, "height": 800}, color_scheme="dark" if view.dark else "light"
        )
        if not view.pictures:
            page.route("**/images/*", lambda route: route.abort())
        page.goto(letter.as_uri())
        page.screenshot(path=out / f"letter-{name}.{language}.png", full_page=True)
        page.close()


def for_readme(shots: Path, pictures: Path) -> list[Path]:
    """The top of the letter by day and, on a phone, by night; the top of the public page. Small files."""
    pictures.mkdir(parents=True, exist_ok=True)
    wide, high = README_SIZE
    letter = Image.new("RGB", README_SIZE, BETWEEN)
    by_day = Image.open(shots / "letter-desktop.en.png").convert("RGB")
    by_night = Image.open(shots / "letter-phone-dark.en.png").convert("RGB")
    letter.paste(by_day.crop((0, 0, by_day.width, high)), (0, 0))
    letter.paste(by_night.crop((0, 0, by_night.width, high)), (wide - by_night.width, 0))
    page = Image.open(shots / "page-desktop.png").convert("RGB")
    page = page.crop((0, 0, page.width, page.width * high // wide)).resize(README_SIZE, Image.Resampling.LANCZOS)
    return [_small(letter, pictures / "letter.png"), _small(page, pictures / "page.png")]


def _small(image: Image.Image, path: Path) -> Path:
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    return path


if __name__ == "__main__":
    main()
