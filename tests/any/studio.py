"""A studio that runs, as she starts it: what the studio's tests share."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.studio.sight import Sight, glance, looked_over, with_found
from newsletter.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOMENT_MS = 60_000  # generous for a busy machine: a wait ends when the thing happens
ISSUE = "2025-07"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false};
  const found = await axe.run({exclude: [['iframe']]}, options);
  return [found.passes.length, found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))];
}"""


@dataclass
class Studio:
    """A studio that runs."""

    workspace: Workspace
    root: str
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """The page of July 2025."""
        return f"{self.root}/issues/{ISSUE}"

    @property
    def file(self) -> Path:
        """The issue's default edition."""
        return self.workspace.issues / f"{ISSUE}.yaml"

    @cached_property
    def token(self) -> str:
        """What this run's own pages know."""
        found = re.search(r'name="studio-token" content="([^"]+)"', httpx.get(self.root).text)
        assert found
        return found[1]

    def post(self, path: str, content: object = None, **headers: str) -> httpx.Response:
        """Act as one of its own pages does."""
        given = {"X-Studio-Token": self.token, "Accept": "application/json", **headers}
        return httpx.post(f"{self.root}{path}", json=content, headers=given, timeout=60)

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code and what it said at the end."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def kill(self) -> None:
        """End it, if it runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


def start(workspace: Workspace, *words: str, **environ: str) -> Studio:
    """Start ``newsletter preview`` in a workspace, at the start page."""
    typed = [sys.executable, "-m", "newsletter", "preview", "--no-open", *words]
    pipe = subprocess.PIPE
    environ = dict(os.environ, PYTHONUNBUFFERED="1", **environ)
    process = subprocess.Popen(typed, cwd=workspace.root, stdout=pipe, stderr=pipe, text=True, env=environ)
    assert process.stdout is not None
    line = process.stdout.readline()
    if "http://" not in line:
        process.kill()
        pytest.fail(f"the studio did not start: {line}{process.communicate()[1]}")
    found = re.search(r"http://[\d.]+:\d+", line)
    assert found
    httpx.get(f"{found[0]}/assets/icon.svg", timeout=60)  # it says where it is before it is ready
    return Studio(workspace, found[0], process)


def look(
    workspace: Workspace, issue: IssueName, settings: Settings, now: dt.datetime, before: Sight | None = None
) -> Sight:
    """An issue as the studio shows it, once every check has looked at it."""
    sight = glance(workspace, issue, settings, now, before)
    return with_found(sight, dict(looked_over(sight, now)), now)


def until(page: Page, expression: str, longest: float = MOMENT_MS) -> None:
    """Wait for something to be true in the page; its policy forbids Playwright's own way, which evaluates a string."""
    end = time.monotonic() + longest / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(30)


def violations_of(page: Page) -> list[str]:
    """What axe finds in what is shown; the letter in its frame is looked over by tests of its own."""
    page.evaluate(AXE)
    passes, violations = page.evaluate(RUN, TAGS)
    assert passes > 15
    found: list[str] = violations
    return found


def letter_says(page: Page, words: str, longest: float = MOMENT_MS) -> None:
    """Wait until the letter in its frame holds these words."""
    page.frame_locator("iframe#shown:not(.coming)").get_by_text(words).first.wait_for(timeout=longest)


def change(studio: Studio, old: str, new: str) -> None:
    """Save the issue with one thing changed, as an editor does."""
    text = studio.file.read_text("utf-8")
    assert old in text
    studio.file.write_text(text.replace(old, new, 1), "utf-8")


def title_line(studio: Studio) -> str:
    """The line of the first news title."""
    return title_line_of(studio.file.read_text("utf-8"))


def title_line_of(text: str) -> str:
    """The line of the first news title in a text."""
    found = re.search(r"^    title: .*$", text, re.MULTILINE)
    assert found
    return found.group()
