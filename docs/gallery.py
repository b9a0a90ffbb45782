"""The sample and the kitchen sink -> pictures of their letters and pages and of the studio, in outbox/gallery/.

--readme puts those of the README and the manual into docs/pictures/.

Run by ``make gallery``; a word after it takes only the letters whose file has it in its name, such as ``07.ar``. The
reader is invented, the day is that of the sample's last letter.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from gallery_letters import BETWEEN, shoot_letter, under
from gallery_pages import shoot_pages
from gallery_studio import shoot_studio
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from newsletter.archive.publish import publish
from newsletter.emulations.conditions import CONDITIONS
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.draft import IssueName
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(public_url="https://news.example.org")
DAY = dt.datetime(2025, 7, 4, 12, tzinfo=dt.UTC)
READER = "Joan"
LAST = 3  # issues
MOST_BYTES = 150_000
README_SIZE = (1055, 1240)


def main() -> None:
    """Take every picture; with --readme put those of the README and the manual into docs/pictures/."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--readme", action="store_true", help="put the pictures of the README and the manual into docs/pictures/"
    )
    asked.add_argument("only", nargs="?", default="", help="take the letters whose file has this in its name")
    given = asked.parse_args()
    out = ROOT / "outbox" / "gallery"
    shutil.rmtree(out, ignore_errors=True)
    sample = without_approval(ROOT, out / "sample")
    letters = write_letters(sample, out / "sample")
    everything = write_letters(without_approval(ROOT / "docs" / "kitchen-sink", out / "all"), out / "all")
    site = publish(sample, SETTINGS, DAY).folder
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for letter in [*letters[-2:], *everything]:
            if given.only in letter.name:
                print(f"{letter.parent.name}/{letter.stem}: {len(list(shoot_letter(browser, letter, letter.parent)))}")
        shoot_pages(browser, site, out)
        print(f"studio: {len(list(shoot_studio(browser, without_approval(ROOT, out / 'desk'), out)))}")
        if given.readme:
            for picture in for_readme(browser, letters[-2], out, ROOT / "docs" / "pictures"):
                print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes")
        browser.close()
    print(f"{len(list(out.rglob('*.png')))} pictures in {out.relative_to(ROOT)}/")


def without_approval(source: Path, folder: Path) -> Workspace:
    """A copy of a workspace in which nobody has to approve."""
    shutil.copytree(source / "issues", folder / "issues", ignore=shutil.ignore_patterns("*.approval.yaml"))
    workspace = Workspace(folder)
    profile = workspace.profile.read_text("utf-8")
    workspace.profile.write_text(profile.replace("approval: required", "approval: optional"), "utf-8")
    return workspace


def write_letters(workspace: Workspace, out: Path) -> list[Path]:
    """The letters of the last three issues in each language as one reader gets them, their pictures beside them."""
    (out / "images").mkdir()
    return [path for issue in workspace.issue_names()[-LAST:] for path in _write(workspace, issue, out)]


def _write(workspace: Workspace, issue: IssueName, out: Path) -> Iterator[Path]:
    prepared = prepare(workspace, issue, SETTINGS)
    if prepared.dossier is None:
        sys.exit("\n".join(map(str, prepared.problems)))
    answers = reader_answers(READER, "https://news.example.org/u/example", lambda name: f"images/{name}")
    for language, rendered in prepared.dossier.renderings.items():
        letter = fill(rendered, answers)
        for picture in letter.pictures:
            (out / "images" / picture.name).write_bytes(picture.data)
        path = out / f"{issue}.{language}.html"
        path.write_text(letter.html, "utf-8")
        path.with_suffix(".txt").write_text(letter.text, "utf-8")
        yield path


def for_readme(browser: Browser, letter: Path, shots: Path, pictures: Path) -> list[Path]:
    """The top of the letter by day and, on a phone, by night; of the public page; two pages of the studio. Small files."""
    pictures.mkdir(parents=True, exist_ok=True)
    wide, high = README_SIZE
    both = Image.new("RGB", README_SIZE, BETWEEN)
    for width, condition, left in ((640, CONDITIONS["desktop"], 0), (375, CONDITIONS["dark"], wide - 375)):
        window = under(browser, letter, width, condition)
        window.set_viewport_size({"width": width, "height": high})
        both.paste(Image.open(io.BytesIO(window.screenshot())), (left, 0))
        window.close()
    page = Image.open(shots / "page-desktop.png").convert("RGB")
    page = page.crop((0, 0, page.width, page.width * high // wide)).resize(README_SIZE, Image.Resampling.LANCZOS)
    studio = [
        _small(Image.open(shots / f"studio-{name}-1440-light.png").convert("RGB"), pictures / f"studio-{name}.png")
        for name in ("issue", "views")
    ]
    return [_small(both, pictures / "letter.png"), _small(page, pictures / "page.png"), *studio]


def _small(image: Image.Image, path: Path) -> Path:
    for colours in (128, 64, 32):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    return path


if __name__ == "__main__":
    main()
