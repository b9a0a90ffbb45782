"""A running studio, and its page of July 2025 in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from newsletter.workspace import Workspace, shipped
from tests.any.managed import Managed, keep_books, managed
from tests.any.pictures import pictures_at_hand
from tests.any.studio import Studio, start
from tests.conftest import sample_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def studio(sample: Workspace) -> Iterator[Studio]:
    """A studio on a copy of the sample."""
    running = start(sample, "--port", "0")
    yield running
    running.kill()


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Managed]:
    """A studio in this process with June's books, shared by the tests that change nothing."""
    workspace = sample_in(tmp_path_factory.mktemp("still"))
    keep_books(workspace, "2025-06", accepted=60, refused=3, in_doubt=1, skipped=2)
    with managed(workspace) as running:
        yield running


@pytest.fixture
def page(browser: Browser, studio: Studio) -> Iterator[Page]:
    """The page of July 2025, with every address that the browser asked for in ``page.asked``."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.asked = asked  # type: ignore[attr-defined]  # kept with the page
    opened.goto(studio.address)
    yield opened
    context.close()


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One studio for the tests of a module that change nothing in it."""
    root = tmp_path_factory.mktemp("steady").resolve()
    shutil.copytree(shipped() / "issues", root / "issues")
    pictures_at_hand(root)
    running = start(Workspace(root), "--port", "0")
    yield running
    running.kill()
