"""A studio in this process, with a clock, a web and settings of its own: what the tests of its pages share."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn

from newsletter.door import Door
from newsletter.studio.app import studio_app
from newsletter.studio.desk import Desk
from newsletter.studio.port import take_port
from newsletter.studio.watch import Watch
from newsletter.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Page

TUESDAY = dt.datetime(2025, 7, 1, 10, 42, tzinfo=dt.timezone(dt.timedelta(hours=1)))
"""Three days before the sample's July goes out."""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap(one => one.nodes.map(node => one.id + ': ' + node.html.slice(0, 200)));
}"""


@dataclass
class Managed:
    """A studio that runs in a thread of this process."""

    workspace: Workspace
    root: str
    desk: Desk

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page, or ask as a page of ours does."""
        return httpx.get(f"{self.root}{path}", headers={"Accept": "text/html", **headers}, timeout=60)

    def post(self, path: str, content: object = None, **headers: str) -> httpx.Response:
        """Act as one of its own pages does; bytes go as a file."""
        given = {"X-Studio-Token": self.desk.token, "Accept": "application/json", **headers}
        how: dict[str, Any] = {"content": content} if isinstance(content, bytes) else {"json": content or {}}
        return httpx.post(f"{self.root}{path}", headers=given, timeout=60, **how)


@contextmanager
def managed(
    workspace: Workspace, *, now: dt.datetime = TUESDAY, environ: dict[str, str] | None = None, **more: Any
) -> Iterator[Managed]:
    """A studio on a workspace, until the block ends. ``more`` is what its door knows besides: ``fetch``."""
    door = Door(workspace.root, workspace.root, environ or {}, lambda: now, **more)
    listener = take_port(18_000)
    port = listener.getsockname()[1]
    desk = Desk(door, Watch(door.workspace, door.settings, door.now))
    config = uvicorn.Config(
        studio_app(desk, port), log_config=None, log_level="error", access_log=False, lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    desk.watch.stopping = lambda: server.should_exit
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_for(lambda: server.started)
    try:
        yield Managed(workspace, f"http://127.0.0.1:{port}", desk)
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def wait_for(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def violations(page: Page) -> list[str]:
    """What axe-core finds; the page must have been opened with ``bypass_csp``."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
READERS = ("juana.invented@example.net", "pedro.invented@example.com", "maría.invented@example.org")
"""Real subscribers of a list: invented people, whose addresses no page may ever show."""


def keep_books(workspace: Workspace, issue: str, now: dt.datetime = TUESDAY, **fates: int) -> None:
    """A list with a few readers, and the books of an issue whose letters met these fates."""
    from sqlalchemy import update

    from newsletter.audience.subscribers import add
    from newsletter.audience.terms import Terms
    from newsletter.ledger.book import Ledger
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.person import Ground
    from newsletter.settings import Settings
    from newsletter.store.ledger_tables import copy
    from newsletter.store.open import open_store

    with open_store(workspace, Settings(key=KEY)) as store:
        terms = Terms(ground=Ground.CONSENT, source="sign-up sheet", since=dt.date(2025, 1, 1), language="en")
        if not workspace.records.joinpath("there").exists():
            for address in READERS:
                add(store, address, address.partition(".")[0], terms, dt.date(2025, 7, 1))
            workspace.records.joinpath("there").touch()
        ids = [f"{number:032x}" for number in range(sum(fates.values()))]
        skipped = dict.fromkeys(ids[len(ids) - fates.get("skipped", 0) :], "left since")
        name = IssueName.parse(issue)
        Ledger(store.database).plan(
            name, {"en": "1" * 64}, [(one, "en") for one in ids if one not in skipped], skipped, now
        )
        at, left = int(now.timestamp()), [one for one in ids if one not in skipped]
        with store.database.write() as connection:
            for state, number in fates.items():
                said = {"refused": ("5.1.1", "550 no such user"), "deferred": ("4.2.2", "452 mailbox full")}
                enhanced, reply = said.get(state, ("", ""))
                values: dict[str, Any] = {
                    "state": state,
                    "first_try": at,
                    "last_try": at + 2_460,
                    "enhanced": enhanced,
                    "reply": reply,
                }
                if state == "deferred":
                    values["next_try"] = at + 5_400
                for one in left[:number] if state != "skipped" else ():
                    connection.execute(
                        update(copy).where(copy.c.issue == issue, copy.c.subscriber == one).values(**values)
                    )
                left = left[number:] if state != "skipped" else left
