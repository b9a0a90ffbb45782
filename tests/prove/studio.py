"""A studio under saves, sections and tabs -> a table: every tab shows the last save, and its memory stays what it was.

``python tests/prove/studio.py`` takes some minutes. An issue of 500 sections is open in 30 tabs of one Chromium, in
every view; its file is saved a hundred times a second for ten seconds, twice, after four such rounds with few tabs.
After each round the tabs may take their time, but every one of them must come to show the last save; and after the last
round the studio's process may not hold more memory than after the one before, by more than a tenth.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import BrowserContext, Page, sync_playwright
from rich.console import Console
from rich.table import Table

from newsletter.studio.views import VIEWS
from newsletter.workspace import Workspace, shipped
from tests.any.studio import Studio, start

ROUNDS, WARMING, FEW = 2, 4, 3  # rounds with all tabs, after rounds with few
MORE = 1.10  # times the memory after warming up
LONGEST = 600  # seconds until every tab shows the last save
SECTION = '  - {{type: letter, body: "{title}. The **families** of {number} people have waited for years."}}\n'
"""As short as may be: an issue of 500 long sections is refused, since no letter can be so long."""
# What a tab shows of the letter, whichever view it is.
SHOWS = """words => [...document.querySelectorAll('#seen .frame iframe:not(.coming)')].some(one => one.contentDocument?.body?.textContent.replace(/\\s+/g, ' ').includes(words))
  || document.querySelector('#stage')?.textContent.replace(/\\s+/g, ' ').includes(words)"""


@dataclass(frozen=True)
class Round:
    """What came of one round of saves."""

    name: str
    saves: int
    seconds: float
    settled: float  # seconds until every tab showed the last save
    stuck: list[str]
    memory: int  # kB


def main() -> int:
    """Run both rounds, print the table; 1 if a tab is stuck or the memory has grown."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, value in (("sections", 500), ("tabs", 30), ("rate", 100), ("seconds", 10)):
        asked.add_argument(f"--{name}", type=int, default=value)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        workspace = Workspace(Path(folder).resolve())
        shutil.copytree(shipped() / "issues", workspace.issues)
        write(workspace, given.sections, "Save 0")
        studio = start(workspace, "2025-07", "--port", "0")
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            context = browser.new_context()
            few = opened(context, studio, FEW)
            for number in range(WARMING):  # until all that is kept, and is bounded, is full
                one_round(number, studio, few, given)
            tabs = [*few, *opened(context, studio, given.tabs - FEW)]
            done = [one_round(WARMING + number, studio, tabs, given) for number in range(ROUNDS)]
        finally:
            browser.close()
            studio.kill()
    return show(done)


def write(workspace: Workspace, sections: int, title: str) -> None:
    """An issue whose subject and first section hold these words."""
    head = f'subject: "{title}"\npreheader: What stands beside the subject of an issue that is much too long\nsend_on: 2025-07-04\nsections:\n'
    titles = [title, *(f"What became of case {number}" for number in range(1, sections))]
    body = "".join(SECTION.format(title=one, number=number) for number, one in enumerate(titles))
    (workspace.issues / "2025-07.yaml").write_text(head + body, "utf-8")


def opened(context: BrowserContext, studio: Studio, count: int) -> list[Page]:
    """So many tabs, in all views in turn."""
    context.set_default_timeout(LONGEST * 1000)
    tabs = []
    for _, view in zip(range(count), itertools.cycle(VIEWS), strict=False):
        tab = context.new_page()
        tab.goto(f"{studio.address}?view={view}", wait_until="domcontentloaded")
        tabs.append(tab)
    return tabs


def one_round(number: int, studio: Studio, tabs: list[Page], given: argparse.Namespace) -> Round:
    """Save again and again, then wait until every tab shows the last."""
    saves = given.rate * given.seconds
    began = time.monotonic()
    for save in range(1, saves + 1):
        last = f"Round {number} save {save} end"
        write(studio.workspace, given.sections, last)
        time.sleep(max(0.0, began + save / given.rate - time.monotonic()))
    saved = time.monotonic()
    stuck = list(tabs)
    while stuck and time.monotonic() - saved < LONGEST:
        stuck = [tab for tab in stuck if not tab.evaluate(SHOWS, last)]
        if stuck:
            stuck[0].wait_for_timeout(250)
    settled = time.monotonic() - saved
    time.sleep(2)
    return Round(
        f"{number + 1}" if number else "to warm up",
        saves,
        saved - began,
        settled,
        [tab.url for tab in stuck],
        memory(studio.process.pid),
    )


def memory(process: int) -> int:
    """The kilobytes that a process holds (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def show(done: list[Round]) -> int:
    """The table, and whether all is well."""
    table = Table("round", "saves", "in s", "all tabs right after s", "stuck tabs", "memory MB")
    for one in done:
        figures = (one.saves, f"{one.seconds:.1f}", f"{one.settled:.1f}", len(one.stuck), f"{one.memory / 1000:.0f}")
        table.add_row(one.name, *map(str, figures))
    console = Console(width=110)
    console.print(table)
    for address in itertools.chain.from_iterable(one.stuck for one in done):
        console.print(f"stuck: {address}")
    grown = done[-1].memory / done[0].memory
    console.print(f"memory after the last round: {grown:.2f} times that after the one before")
    return int(grown > MORE or any(one.stuck for one in done))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
