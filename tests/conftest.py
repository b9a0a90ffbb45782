"""What every test may use: the repository, a workspace of its own, and a real browser."""

from __future__ import annotations

import base64
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter.workspace import Workspace, shipped
from tests.any import pictures

if TYPE_CHECKING:
    from newsletter.demo.server import Received

ROOT = Path(__file__).resolve().parent.parent
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
"""The key of a test's own list."""
OFF = (
    # As Playwright 1.65.2 switches them off itself: a second list takes the place of its own, so they stand here again.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
    # The list below the address bar is a page of its own in every window, which nobody sees here: half a second each.
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
)
BROWSER = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    f"--disable-features={','.join(OFF)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # no test leaves this machine
)
"""How the browser is started."""


def missing(part: str) -> None:
    """A part that could not start: a failure where everything must be there, else a named skip."""
    if os.environ.get("CI"):
        pytest.fail(f"{part} could not start, and CI=true asks for everything")
    pytest.skip(f"{part} is not installed: see .ci/system")


def _heard(number: int, _frame: object) -> None:
    """The tests themselves go on."""


def pytest_configure() -> None:
    """Under nohup, or in the background of a shell, a child would ignore what it is to hear; what is handled is not handed on."""
    if (closed := getattr(signal, "SIGHUP", None)) and signal.getsignal(closed) == signal.SIG_IGN:
        signal.signal(closed, _heard)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One folder of scaled pictures for the whole run, whatever the number of processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "pictures-at-hand"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(pictures.NAME, str(folder))
        yield


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    """A copy of the sample workspace, free to be broken."""
    return sample_in(tmp_path)


@pytest.fixture
def received(tmp_path: Path) -> Iterator[Received]:
    """A real mail server on loopback, and what it has taken."""
    from newsletter.demo.server import mail_server

    with mail_server(tmp_path / "mailbox") as running:
        yield running


@pytest.fixture
def environ(received: Received) -> dict[str, str]:
    """The environment of somebody whose mail server that is."""
    return {
        "NEWSLETTER_KEY": KEY,
        "NEWSLETTER_SMTP_HOST": "127.0.0.1",
        "NEWSLETTER_SMTP_PORT": str(received.port),
        "NEWSLETTER_SMTP_SECURITY": "none",
        "NEWSLETTER_SMTP_PROFILE": "own-relay",
    }


def sample_in(folder: Path) -> Workspace:
    """A copy of the sample workspace in a folder."""
    shutil.copytree(shipped() / "issues", folder / "sample" / "issues")
    pictures.pictures_at_hand(folder / "sample")
    return Workspace((folder / "sample").resolve())


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real headless Chromium (Debian's), for the whole session."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        yield started
        started.close()
