"""The examples of section types -> a picture of each as a reader sees it: a letter in Chromium, cut to the section."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from manual_example import issue
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.workspace import Workspace, shipped

NAME = "2025-07"
READER = "Joan"
PUBLIC = "https://news.example.org"
LEAVE = f"{PUBLIC}/u/example"
WIDTH = 640
AROUND = 24  # pixels of paper above and below a section
HEAVIEST = 40_000  # bytes
COLOURS = (64, 32, 16)

WHERE = """leave => {
  // A letter is a row of blocks: one holds its name (h1), one its footer with the way to leave; what is between is ours.
  const name = document.querySelector('h1');
  const footer = [...document.querySelectorAll('a')].find(one => one.href === leave);
  let around = name;
  while (!around.contains(footer)) around = around.parentElement;
  const blocks = [...around.children];
  const from = blocks.findIndex(one => one.contains(name)), to = blocks.findIndex(one => one.contains(footer));
  const places = blocks.slice(from + 1, to).map(one => one.getBoundingClientRect()).filter(one => one.height);
  return [Math.min(...places.map(one => one.top)), Math.max(...places.map(one => one.bottom))];
}"""


class Unshowable(ValueError):
    """An example cannot be shown; the sentence says why."""


def letters(workspace: Workspace, examples: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Path]]:
    """A letter with one section for each example, as files with their pictures beside them. Raises Unshowable."""
    types, _ = read_types(workspace)
    profile, problems = read_profile(workspace.profile, workspace.root)
    if profile is None:
        raise Unshowable("\n".join(map(str, problems)))
    shelf = Shelf(workspace, types, PUBLIC, profile.languages[:1])
    for name, text in examples.items():
        path = workspace.issues / f"{NAME}.yaml"
        path.write_text(issue([text]), "utf-8")
        edition, problems = read(path, types, root=workspace.root, language=profile.languages[0])
        if edition is None:
            raise Unshowable("\n".join(map(str, problems)))
        rendered, problems = render(edition, profile, shelf)
        if problems:
            raise Unshowable("\n".join(map(str, problems)))
        letter = fill(rendered, reader_answers(READER, LEAVE, lambda file: file))
        for picture in letter.pictures:
            (folder / picture.name).write_bytes(picture.data)
        page = folder / f"{name}.html"
        page.write_text(letter.html, "utf-8")
        yield name, page


def stage(workspace: Workspace, folder: Path) -> Workspace:
    """The sample's profile and pictures with a workspace's own templates and pictures, to show examples in."""
    (folder / "issues").mkdir(parents=True)
    shutil.copy(shipped() / "issues" / "newsletter.yaml", folder / "issues")
    for images in (shipped() / "issues" / "images", workspace.images):
        if images.is_dir():
            shutil.copytree(images, folder / "issues" / "images", dirs_exist_ok=True)
    if workspace.root != shipped() and (workspace.root / "templates").is_dir():
        shutil.copytree(workspace.root / "templates", folder / "templates")
    return Workspace(folder)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser to take pictures with, closed afterwards."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def shoot(browser: Browser, workspace: Workspace, examples: Mapping[str, str], out: Path) -> list[Path]:
    """Take a picture of each example, in a folder that is made; gives the files. Raises Unshowable."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        folder = Path(made).resolve()
        staged = stage(workspace, folder / "workspace")
        shown = letters(staged, examples, folder)
        return [_save(_cut(browser, letter), out / f"{name}.png") for name, letter in shown]


def _cut(browser: Browser, letter: Path) -> Image.Image:
    page: Page = browser.new_page(viewport={"width": WIDTH, "height": 800}, color_scheme="light")
    try:
        page.goto(letter.as_uri())
        top, bottom = page.evaluate(WHERE, LEAVE)
        image = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    finally:
        page.close()
    return _trimmed(image.crop((0, round(top), WIDTH, round(bottom))))


def _trimmed(image: Image.Image) -> Image.Image:
    """The picture with the same strip of paper above and below it."""
    paper = image.getpixel((0, 0))
    box = ImageChops.difference(image, Image.new("RGB", image.size, paper)).getbbox()
    if box is None:
        raise Unshowable("There is nothing to be seen.")
    trimmed = Image.new("RGB", (image.width, box[3] - box[1] + 2 * AROUND), paper)
    trimmed.paste(image.crop((0, box[1], image.width, box[3])), (0, AROUND))
    return trimmed


def _save(image: Image.Image, path: Path) -> Path:
    for colours in COLOURS:
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= HEAVIEST:
            return path
    raise Unshowable(f"{path.name} is heavier than {HEAVIEST} bytes: shorten the example, or take a simpler picture.")
