"""From a save to the painted letter, and from the command to the first one, beside react-email's preview server.

    make bench

The sample's July, in our studio as it is, and at react-email as a component with the same sections, words and pictures
(``peers/letter.mjs``; no Outlook code, no text part, no second language). Both are opened in the same Chromium, in one
run and in turns. What is timed is the same for both: a word is changed in the issue's file, and the page is asked at
each frame that it draws whether a letter that can be seen holds that word. Start-up is from the command to a letter in
the page, asked for anew as long as nobody listens; each was started once before, so that both have what they keep.
react-email's telemetry is off. Peers are installed here, from package.json, without a lock file.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from compose import PEERS, ROOT, document_of, install, july
from playwright.sync_api import Browser, Error, Page, sync_playwright
from rich.console import Console
from rich.table import Table

SAVES, STARTS = 21, 5
LONGEST = 60.0  # seconds for anything
BARS = {"save": 1 / 3, "start": 1 / 2}
# A letter that can be seen holds the words: the time of the frame in which that was so, in ms since 1970.
SEEN = """words => new Promise(seen => {
  const look = () => {
    for (const frame of document.querySelectorAll('iframe')) {
      const body = frame.contentDocument?.body;
      if (body && frame.checkVisibility({opacityProperty: true, visibilityProperty: true}) && body.textContent.replace(/\\s+/g, ' ').includes(words)) {
        requestAnimationFrame(() => seen(performance.timeOrigin + performance.now()));
        return;
      }
    }
    requestAnimationFrame(look);
  };
  look();
})"""


@dataclass
class Preview:
    """A preview server: how it is started, which file is edited, and where its letter is."""

    name: str
    command: list[str]
    folder: Path
    file: Path
    path: str
    words: str  # stand in the letter, and are changed

    def __post_init__(self) -> None:
        self.text = self.file.read_text("utf-8")

    def save(self, number: int) -> str:
        """Save the file with another word in it; the words that now stand in the letter."""
        new = f"Round {number} of {self.words}"
        self.file.write_text(self.text.replace(self.words, new, 1), "utf-8")
        return new

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Start it; its address."""
        port = free_port()
        typed = [word.replace("PORT", str(port)) for word in self.command]
        quiet = dict(os.environ, NEXT_TELEMETRY_DISABLED="1", DO_NOT_TRACK="1", CI="1")
        process = subprocess.Popen(
            typed,
            cwd=self.folder,
            env=quiet,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield f"http://localhost:{port}{self.path}"
        finally:
            os.killpg(process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main() -> None:
    """Install the peer if need be, take turns, print the table."""
    install()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        both = [ours(Path(folder).resolve()), theirs()]
        starts: dict[str, list[float]] = {one.name: [] for one in both}
        for _ in range(STARTS + 1):
            for one in both:
                starts[one.name].append(start(browser, one))
        saves = {one.name: save_to_paint(browser, one) for one in both}
        browser.close()
    show(saves, {name: times[1:] for name, times in starts.items()})


def ours(folder: Path) -> Preview:
    """Our studio on a copy of the sample."""
    shutil.copytree(ROOT / "issues", folder / "issues")
    command = [sys.executable, "-m", "newsletter", "preview", "2025-07", "--port", "PORT", "--no-open"]
    os.environ["PYTHONPATH"] = str(ROOT)
    file = folder / "issues" / "2025-07.yaml"
    return Preview("studio", command, folder, file, "/issues/2025-07", title_of(file.read_text("utf-8")))


def theirs() -> Preview:
    """react-email's preview of the same issue, written as a component."""
    edition, profile, shelf = july()
    document = document_of(edition, profile, shelf)
    emails = PEERS / "emails"
    shutil.rmtree(emails, ignore_errors=True)
    (emails / "static").mkdir(parents=True)
    for section in document["sections"]:
        if section["image"]:
            shutil.copy(ROOT / "issues" / "images" / section["image"]["file"], emails / "static")
            section["image"]["file"] = f"/static/{section['image']['file']}"
    written = json.dumps(document, ensure_ascii=False, indent=2)
    file = emails / "july.jsx"
    component = "export default function July() {\n  return letterOf(edition);\n}\n"
    file.write_text(
        f'import {{ letterOf }} from "../letter.mjs";\n\nconst edition = {written};\n\n{component}', "utf-8"
    )
    words = next(section.title for section in edition.sections if section.title)
    command = ["node", "node_modules/react-email/dist/cli/index.mjs", "dev", "--dir", "emails", "--port", "PORT"]
    return Preview("react-email", command, PEERS, file, "/preview/july", words)


def title_of(text: str) -> str:
    """The first section's title that stands in an issue's file."""
    return next(line.partition("title: ")[2].strip('"') for line in text.splitlines() if line.startswith("    title: "))


def start(browser: Browser, one: Preview) -> float:
    """Milliseconds from the command to a letter that can be seen."""
    page = browser.new_page()
    began = time.time() * 1000
    with one.running() as address:
        seen = open_page(page, address, one.words)
        page.close()
    return seen - began


def open_page(page: Page, address: str, words: str) -> float:
    """Ask for a page until somebody answers; when its letter was seen."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            page.goto(address, wait_until="commit")
            return float(page.evaluate(SEEN, words))
        except Error:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def save_to_paint(browser: Browser, one: Preview) -> list[float]:
    """Milliseconds from each save to the letter that shows it."""
    page = browser.new_page()
    took = []
    with one.running() as address:
        open_page(page, address, one.words)
        time.sleep(3)  # until everything that goes on after the first letter is over
        for number in range(SAVES + 2):
            began = time.time() * 1000
            words = one.save(number)
            took.append(float(page.evaluate(SEEN, words)) - began)
            time.sleep(1)
        page.close()
    one.file.write_text(one.text, "utf-8")
    return took[2:]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def show(saves: dict[str, list[float]], starts: dict[str, list[float]]) -> None:
    """The table: medians, the slowest, and ours as a part of theirs."""
    table = Table("what", "studio ms", "slowest", "react-email ms", "slowest", "ours to theirs", "bar")
    for name, key, times in (("save to painted letter", "save", saves), ("command to first letter", "start", starts)):
        mine, others = times["studio"], times["react-email"]
        ratio = statistics.median(mine) / statistics.median(others)
        row = [f"{value:.0f}" for side in (mine, others) for value in (statistics.median(side), max(side))]
        table.add_row(f"{name} ({len(mine)})", *row, f"{ratio:.2f}", f"at most {BARS[key]:.2f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
