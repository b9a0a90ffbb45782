"""Leaving by one click: whether there is a public address for it, and whether it answers."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.web.reach import NotFetched

NAME = "one-click"
STEP = Step.SENDER
_BROKEN = 500


def look(facts: Facts) -> Iterator[Finding]:
    """Advice where readers leave by mail; an error where a public address is set that does not answer (A12)."""
    url = facts.settings.public_url
    if not url:
        yield Finding(
            Grade.ADVICE,
            NAME,
            "Readers leave by mail, as there is no public address for leaving by one click.",
            "Gmail and Yahoo want one click of whoever sends them 5,000 letters a day; a smaller list does well without.",
            "When your newsletter has public pages of its own, set NEWSLETTER_PUBLIC_URL in the file .env.",
        )
        return
    try:
        answer = facts.probe(url)
    except NotFetched as error:
        offline = not facts.names.online()
        yield Finding(Grade.UNSEEN if offline else Grade.ERROR, NAME, error.message, _why(url), error.hint)
        return
    if answer.status >= _BROKEN:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{url} answers, but only with an error ({answer.status}).",
            _why(url),
            "Tell whoever looks after that web server.",
        )
    else:
        yield Finding(Grade.OK, NAME, f"{url}, where readers leave by one click, answers.")


def _why(url: str) -> str:
    return f"Every letter holds a link to {url}; readers who cannot leave there complain, and mailboxes count that."
