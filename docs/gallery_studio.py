"""A workspace -> pictures of the studio's pages by day and by night, on a wide screen and on a phone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from newsletter.workspace import Workspace

PAGES = {
    "start": "/",
    "issue": "/issues/2025-07?section=2",
    "views": "/issues/2025-07/views",
    "history": "/issues/2025-07/history",
    "approve": "/issues/2025-07/approve",
    "books": "/issues/2025-07/books",
    "export": "/issues/2025-07/export",
    "new": "/new",
    "clip": "/clip",
    "find": "/find?q=Celia",
    "public": "/public",
    "setup": "/setup",
    "help": "/help",
}
SIZES = ((1440, 1000), (375, 800))
MOMENT_MS, LONG_MS = 700, 60_000  # until nothing moves; until a letter is made on a slow machine


def shoot_studio(browser: Browser, workspace: Workspace, out: Path) -> Iterator[Path]:
    """Every page of the studio; ``studio-issue-1440-light.png`` and so on."""
    with studio(workspace) as root:
        for scheme in ("light", "dark"):
            for wide, high in SIZES:
                window = browser.new_page(viewport={"width": wide, "height": high}, color_scheme=scheme, locale="en-GB")
                for name, path in PAGES.items():
                    window.goto(root + path)
                    quiet(window)
                    picture = out / f"studio-{name}-{wide}-{scheme}.png"
                    window.screenshot(path=picture)
                    yield picture
                window.close()


@contextmanager
def studio(workspace: Workspace) -> Iterator[str]:
    """A studio that runs until the block ends; its address."""
    typed = [sys.executable, "-m", "newsletter", "preview", "--no-open", "--port", "0"]
    environ = dict(os.environ, PYTHONUNBUFFERED="1")
    with subprocess.Popen(typed, cwd=workspace.root, stdout=subprocess.PIPE, text=True, env=environ) as process:  # noqa: S603 - our own program
        said = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://[\d.]+:\d+", said)
        if found is None:
            sys.exit(f"the studio did not start: {said}")
        try:
            yield found[0]
        finally:
            process.terminate()


def quiet(window: Page) -> None:
    """Wait until nothing is being made any more."""
    window.wait_for_timeout(MOMENT_MS)
    window.locator("[aria-busy='true']").first.wait_for(state="detached", timeout=LONG_MS)
    window.wait_for_timeout(MOMENT_MS)
