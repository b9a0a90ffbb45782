"""What an issue's page says of its month: one next step, the same as on the first page, and how far the issue is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.exceptions import HTTPException

from newsletter.errors import NewsletterError
from newsletter.journal import What, note
from newsletter.nouns.draft import IssueName
from newsletter.workspace import Workspace
from tests.any.managed import KEY, TUESDAY, Managed, keep_books, managed, wait_for
from tests.studio.test_managing import approved
from tests.studio.test_watch import run

JULY = IssueName(2025, 7)
NEXT = re.compile(r'<a id="next" class="button main" href="([^"]+)"')


@pytest.fixture
def at(sample: Workspace) -> Iterator[Managed]:
    """A studio on the sample, three days before its July goes out."""
    with managed(sample, environ={"NEWSLETTER_KEY": KEY}) as studio:
        yield studio


def told(at: Managed) -> tuple[str, str]:
    """Where the main button of July's page leads once all checks have looked, and how far the issue is."""
    at.get("/issues/2025-07")
    wait_for(lambda: at.desk.watch.sights[JULY].checked, 120)
    page = at.get("/issues/2025-07/parts").text
    assert NEXT.findall(at.get("/start/2025-07/current").json()["part"]) == NEXT.findall(page)
    state = re.search(r'<div id="state-now">([^<.]+)', page)
    assert state
    return NEXT.findall(page)[0], state[1]


def test_a_draft_is_read_then_leaves_and_is_published(at: Managed) -> None:
    """Approved, exported and in the books: each time the page leads on, and never back to an approval that is given."""
    assert told(at) == ("/issues/2025-07/approve", "Draft")
    approved(at)
    assert told(at) == ("/issues/2025-07/export", "Approved")
    note(at.workspace, JULY, What.EXPORT, TUESDAY)
    assert told(at) == ("/public", "Approved")
    keep_books(at.workspace, "2025-07", accepted=2, deferred=1)
    assert told(at) == ("/issues/2025-07/books", "Being sent")


def test_one_that_has_left_is_not_a_draft(at: Managed) -> None:
    """Every letter is away: what is left is the public page."""
    keep_books(at.workspace, "2025-07", accepted=3)
    assert told(at) == ("/public", "Sent")


def test_an_approval_that_cannot_be_read_keeps_the_page(at: Managed) -> None:
    """The page for approvals says what is wrong with it; this one leads there."""
    approved(at)
    (at.workspace.issues / "2025-07.approval.yaml").write_text("- no approval", "utf-8")
    at.get("/issues/2025-07")
    wait_for(lambda: at.desk.watch.sights[JULY].checked, 120)
    page = at.get("/issues/2025-07/parts")
    assert page.status_code == 200
    assert NEXT.findall(page.text) == ["/issues/2025-07/approve"]


@pytest.mark.parametrize(
    ("error", "raised"), [(HTTPException(404), HTTPException), (ValueError("juana"), NewsletterError)]
)
def test_what_is_not_there_is_no_trouble(at: Managed, error: Exception, raised: type[Exception]) -> None:
    """An act that finds nothing says so; a report is kept of what nobody foresaw, and of nothing else."""

    def work() -> None:
        raise error

    with pytest.raises(raised):
        run(at.desk.act(work))
    reports = list(at.workspace.outbox.glob("trouble-*"))
    assert len(reports) == (raised is NewsletterError)
